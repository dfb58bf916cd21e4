import TestSupport

/// Reads of one person around a few alleles, as SAM text that samtools makes a BAM of. Reads are copies of the reference, with or
/// without the alleles; positions are 1-based.
struct MemberReads {
  /// An allele as VCF writes it; of an insertion or deletion the first base stays.
  struct Change {
    var contig: String
    var position: Int
    var reference: String
    var alternate: String

    init(_ contig: String, _ position: Int, _ reference: String, _ alternate: String) {
      self.contig = contig
      self.position = position
      self.reference = reference
      self.alternate = alternate
    }

    /// As a single record of the caller.
    func add(to family: inout SmallFamily, _ calls: [String], gene: String, consequence: String = "stop_gained") {
      family.add(contig, position, reference, alternate, calls, gene: gene, consequence: consequence)
    }
  }

  /// Name of the person in the header; nil for a header without read groups.
  var sample: String?
  var build = SmallFamily.Build.grch38
  /// The reference where no change is.
  var base: (Int) -> Character = { pattern[$0 % pattern.count] }
  private static let pattern = Array("TTGACCATGCATTAGCCATACGGA")
  private var lines: [(contig: Int, start: Int, text: String)] = []

  init(_ sample: String?) { self.sample = sample }

  /// Adds one read.
  ///
  /// - Parameters:
  ///   - changes: alleles that it may reach over, and whether it shows them.
  ///   - mate: position of the mate.
  mutating func add(
    _ name: String, on contig: String, from start: Int, length: Int = 100, _ changes: [(Change, isShown: Bool)],
    flag: Int = 0, mate: Int? = nil, mappingQuality: Int = 60
  ) {
    var bases = ""
    var cigar = ""
    var matched = 0
    var position = start
    while bases.count < length {
      guard let (change, isShown) = changes.first(where: { $0.0.position == position }) else {
        bases.append(base(position))
        matched += 1
        position += 1
        continue
      }
      let (reference, alternate) = (change.reference.count, change.alternate.count)
      bases += isShown ? change.alternate : change.reference
      matched += isShown ? min(reference, alternate) : reference
      if isShown, reference != alternate {
        cigar += "\(matched)M\(abs(alternate - reference))\(alternate > reference ? "I" : "D")"
        matched = 0
      }
      position += reference
    }
    cigar += "\(matched)M"
    let number = build.contigs.firstIndex { $0.name == contig } ?? 0
    let fields = [
      name, "\(flag)", contig, "\(start)", "\(mappingQuality)", cigar, mate == nil ? "*" : "=", "\(mate ?? 0)", "0",
      bases,
      String(repeating: "I", count: bases.count),
    ]
    lines.append((number, start, (fields + (sample == nil ? [] : ["RG:Z:1"])).joined(separator: "\t")))
  }

  /// Adds single reads over an allele, of both strands, so many without and so many with it.
  mutating func cover(_ change: Change, reference: Int, alternate: Int) {
    for read in 0..<reference + alternate {
      add(
        "\(change.position)-\(read)", on: change.contig, from: change.position - 15 - read * 2 % 70,
        [(change, read < alternate)], flag: read % 2 == 0 ? 0 : 16)
    }
  }

  /// Adds fragments of which each end is over one of two alleles.
  mutating func span(_ first: Change, _ second: Change, together: Int, apart: Int) {
    for pair in 0..<together + apart {
      let showsFirst = pair % 2 == 0
      let showsSecond = pair < together ? showsFirst : !showsFirst
      let (left, right) = (first.position - 40 - pair, second.position - 40 - pair)
      add("pair\(pair)", on: first.contig, from: left, [(first, showsFirst)], flag: 99, mate: right)
      add("pair\(pair)", on: second.contig, from: right, [(second, showsSecond)], flag: 147, mate: left)
    }
  }

  private var text: String {
    var head = ["@HD\tVN:1.6\tSO:coordinate"]
    head += build.contigs.map { "@SQ\tSN:\($0.name)\tLN:\($0.length)" }
    if let sample { head.append("@RG\tID:1\tSM:\(sample)") }
    let sorted = lines.enumerated().sorted {
      ($0.element.contig, $0.element.start, $0.offset) < ($1.element.contig, $1.element.start, $1.offset)
    }
    return (head + sorted.map(\.element.text)).joined(separator: "\n") + "\n"
  }

  /// Writes `NAME.bam` with its index; the result is its path.
  func write(_ name: String, in folder: TemporaryFolder, isIndexed: Bool = true) throws -> String {
    try SmallAlignment.bam(name, of: text, in: folder, isIndexed: isIndexed)
  }
}
