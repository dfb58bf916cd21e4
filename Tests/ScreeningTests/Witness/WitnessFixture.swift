import Model

@testable import Screening

/// An invented beginning of chromosome 1, and alleles in it. Places in `bases` are 0-based, positions of alleles 1-based.
enum WitnessFixture {
  static let length = 1_200

  /// Pseudo-random, save for the places below.
  static let bases: [UInt8] = {
    var generator = SplitMix64(seed: 40)
    var bases = (0..<length).map { _ in Array("ACGT".utf8)[Int.random(in: 0..<4, using: &generator)] }
    for (place, text) in [
      (0, "ACGTTGCATC"), (300, "ACGT"), (340, "CTGA"), (397, "GAGC"),
      // Six times CA; eight A.
      (599, "GCACACACACACAT"), (799, "CAAAAAAAAG"),
    ] {
      bases.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
    }
    return bases
  }()

  static func site(
    _ position: Int, _ reference: String, _ alternate: String, hasReference: Bool = true, hasNeighbour: Bool = false
  ) -> WitnessSite {
    var site = WitnessSite(
      Allele(.chr1, position, reference, alternate), hasNeighbour: hasNeighbour, assembly: .grch38)
    if hasReference, let window = site.window { site.reference = Array(bases[window.start..<window.end]) }
    return site
  }

  static let substitution = site(301, "A", "G")
  static let substitutionOfTwo = site(301, "AC", "GT")
  static let insertion = site(400, "G", "GTTACG")
  static let deletionInRepeat = site(600, "GCA", "G")

  /// The bases of a stretch, as one piece of a read.
  static func copy(_ range: Range<Int>) -> [UInt8] { Array(bases[range]) }

  /// The stretch with other bases from one place on, as many as `text` has.
  static func copy(_ range: Range<Int>, with text: String, at place: Int) -> [UInt8] {
    var piece = copy(range)
    piece.replaceSubrange(place - range.lowerBound..<place - range.lowerBound + text.utf8.count, with: text.utf8)
    return piece
  }

  static func testimony(_ site: WitnessSite, _ batches: ReadBatch...) -> AlleleReads.Testimony {
    var reads = AlleleReads(at: site, settings: Settings())
    for batch in batches { reads.add(batch) }
    return reads.testimony
  }

  /// The counts in words: `alt 1`, `ref 2 other 1`; empty where no read is over the place.
  static func counts(_ site: WitnessSite, _ batch: ReadBatch) -> String {
    let seen = testimony(site, batch).evidence
    return [("ref", seen.reference), ("alt", seen.alternate), ("other", seen.other), ("unclear", seen.unclear)]
      .filter { $1 > 0 }.map { "\($0) \($1)" }.joined(separator: " ")
  }

  /// What one read shows.
  static func call(
    _ site: WitnessSite, at start: Int, _ cigar: String, _ bases: [UInt8], quality: UInt8 = 35,
    mappingQuality: UInt8 = 60
  ) -> String {
    var batch = ReadBatch()
    batch.add("read", at: start, cigar, bases, quality: quality, mappingQuality: mappingQuality)
    return counts(site, batch)
  }
}

extension ReadBatch {
  /// Adds a read as SAM writes it, save that its start is 0-based.
  ///
  /// - Parameter bases: none for a read whose file has `*`.
  mutating func add(
    _ name: String, at start: Int, _ cigar: String, _ bases: [UInt8], quality: UInt8 = 35, weak: [Int] = [],
    mappingQuality: UInt8 = 60, flag: UInt16 = 0
  ) {
    var operations: [UInt32] = []
    var number: UInt32 = 0
    var end = start
    for letter in cigar.utf8 {
      if letter >= 48, letter <= 57 {
        number = number * 10 + UInt32(letter - 48)
        continue
      }
      guard let code = Array("MIDNSHP=X".utf8).firstIndex(of: letter) else { preconditionFailure("CIGAR \(cigar)") }
      operations.append(number << 4 | UInt32(code))
      if "MDN=X".utf8.contains(letter) { end += Int(number) }
      number = 0
    }
    var qualities = Array(repeating: quality, count: bases.count)
    for place in weak { qualities[place] = 10 }
    add(operations: operations.span)
    add(bases: bases.span, qualities: qualities.span)
    let hash = name.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    close(
      start: Int32(start), end: Int32(end), flag: flag, mappingQuality: mappingQuality, mateStart: -1, nameHash: hash)
  }
}
