internal import Model

/// A transcript with what is reckoned from it once: offsets of its exons, and its sequence when somebody asks.
///
/// A worker has its own, so that no reference count is shared between threads.
final class PlacedTranscript {
  let index: Int
  let model: TranscriptModel
  /// Of the model, since it is asked for with every change nearby.
  let region: Region
  let exons: [Range<Int>]
  /// Bases of the transcript before each exon, in the order of the transcript.
  private let before: [Int]
  /// Bases of all exons.
  let length: Int
  /// The coding sequence along the transcript, 0-based half-open.
  let coding: Range<Int>?
  let code: GeneticCode
  private let reference: ReferenceWindow?
  private var loaded: CodingSequence??

  init(_ index: Int, _ model: TranscriptModel, reference: ReferenceWindow?) {
    self.index = index
    self.model = model
    self.reference = reference
    region = model.region
    exons = model.exons
    var before = [Int](repeating: 0, count: exons.count)
    var sum = 0
    for place in model.isForward ? Array(exons.indices) : exons.indices.reversed() {
      before[place] = sum
      sum += exons[place].count
    }
    self.before = before
    length = sum
    code = model.region.contig == .mitochondrion ? .mitochondrial : .standard
    coding = Self.coding(model, exons: exons, before: before)
  }

  private static func coding(_ model: TranscriptModel, exons: [Range<Int>], before: [Int]) -> Range<Int>? {
    guard let coding = model.coding else { return nil }
    func offset(_ position: Int) -> Int? {
      guard let place = exons.firstIndex(where: { $0.contains(position) }) else { return nil }
      return before[place]
        + (model.isForward ? position - exons[place].lowerBound : exons[place].upperBound - 1 - position)
    }
    guard let left = offset(coding.lowerBound), let right = offset(coding.upperBound - 1) else { return nil }
    return min(left, right)..<max(left, right) + 1
  }

  /// Spliced sequence and reading frame; nil for a transcript that is not coding, or whose bases are not at hand.
  var sequence: CodingSequence? {
    if let loaded { return loaded }
    let made = load()
    loaded = .some(made)
    return made
  }

  private func load() -> CodingSequence? {
    guard let reference, let coding else { return nil }
    var bases: [UInt8] = []
    bases.reserveCapacity(length)
    for exon in exons {
      let region = Region(model.region.contig, exon.lowerBound, exon.upperBound)
      guard let part = reference.bases(region) else { return nil }
      bases += part
    }
    if !model.isForward { bases = Bases.reverseComplement(bases) }
    return CodingSequence(
      bases: bases, coding: coding, phase: model.startPhase, code: code, lacksStart: model.lacksStart,
      lacksStop: model.lacksStop)
  }

  /// Number of an exon in the order of the transcript, from 1.
  func number(ofExon place: Int) -> Int { model.isForward ? place + 1 : exons.count - place }

  /// Number of the intron behind an exon (in the order of the genome).
  func number(ofIntronBehind place: Int) -> Int { model.isForward ? place + 1 : exons.count - 1 - place }

  /// The exon that holds a position, or the intron behind an exon that does; nil outside the transcript.
  enum Place {
    case exon(Int)
    case intronBehind(Int)
  }

  func place(of position: Int) -> Place? {
    var low = 0
    var high = exons.count
    while low < high {
      let middle = (low + high) / 2
      if exons[middle].upperBound <= position { low = middle + 1 } else { high = middle }
    }
    guard low < exons.count else { return nil }
    if exons[low].lowerBound <= position { return .exon(low) }
    return low > 0 ? .intronBehind(low - 1) : nil
  }

  /// Offset along the transcript of a genome position within an exon.
  func offset(_ position: Int, inExon place: Int) -> Int {
    before[place] + (model.isForward ? position - exons[place].lowerBound : exons[place].upperBound - 1 - position)
  }

  /// Offsets of a range of the genome that lies within one exon; empty for an insertion, which may lie at the exon's edge.
  func offsets(_ range: Range<Int>, inExon place: Int) -> Range<Int> {
    let exon = exons[place]
    let start =
      before[place]
      + (model.isForward ? range.lowerBound - exon.lowerBound : exon.upperBound - range.upperBound)
    return start..<start + range.count
  }

  /// Where the last exon begins along the transcript.
  var lastJunction: Int? {
    guard exons.count > 1 else { return nil }
    return before[model.isForward ? exons.count - 1 : 0]
  }
}
