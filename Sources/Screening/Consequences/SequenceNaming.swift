public import Model

/// Names of changes of a genome or a transcript (HGVS recommendations 21.0, DNA level).
///
/// Plain insertions and deletions are named at the most 3' place that the sequence lets them have, along the strand that is
/// read; where no sequence is at hand they get no name, since a wrong one is worse.
struct SequenceNaming {
  /// What is said behind the coordinates.
  ///
  /// - Parameter reference, alternate: along the strand that is read.
  private static func words(_ reference: [UInt8], _ alternate: [UInt8], isDuplication: Bool) -> [UInt8] {
    if isDuplication { return Array("dup".utf8) }
    if reference.isEmpty { return Array("ins".utf8) + alternate }
    if alternate.isEmpty { return Array("del".utf8) }
    if reference.count == 1, alternate.count == 1 { return [reference[0], UInt8(ascii: ">"), alternate[0]] }
    if reference.count == alternate.count, Bases.reverseComplement(reference) == alternate { return Array("inv".utf8) }
    return Array("delins".utf8) + alternate
  }

  /// What is said of which bases of a change that stands at its 3' end already.
  static func name(_ change: GenomicChange, isForward: Bool, in window: ReferenceWindow?) -> QuietChange.Name {
    let isDuplication = window.map { change.isDuplication(forward: isForward, in: $0) } ?? false
    var left = change.range.lowerBound
    var right = change.range.upperBound - 1
    if isDuplication {
      (left, right) =
        isForward
        ? (left - change.alternate.count, left - 1) : (left, left + change.alternate.count - 1)
    } else if change.isInsertion {
      (left, right) = (left - 1, left)
    }
    let reference = isForward ? change.reference : Bases.reverseComplement(change.reference)
    let alternate = isForward ? change.alternate : Bases.reverseComplement(change.alternate)
    return QuietChange.Name(
      first: isForward ? left : right, last: isForward ? right : left,
      words: words(reference, alternate, isDuplication: isDuplication))
  }

  /// `g.` and the change, or `m.` for the mitochondrion; nil where bases are missing.
  static func genomic(_ change: GenomicChange, in window: ReferenceWindow?) -> String? {
    let prefix = change.contig == .mitochondrion ? "m." : "g."
    let end = window?.length(of: change.contig) ?? .max
    guard let shifted = change.shifted(forward: true, in: window, within: 0..<end) else { return nil }
    return named(shifted, isForward: true, in: window) { "\($0 + 1)" }.map { prefix + $0 }
  }

  /// `c.` or `n.` and the change; nil where bases are missing or a base of the change lies outside the transcript.
  static func transcript(_ change: GenomicChange, on transcript: PlacedTranscript, in window: ReferenceWindow?)
    -> String?
  {
    let isForward = transcript.model.isForward
    let region = transcript.model.region
    guard let shifted = change.shifted(forward: isForward, in: window, within: region.start..<region.end) else {
      return nil
    }
    return named(shifted, isForward: isForward, in: window) { coordinate($0, on: transcript) }.map {
      prefix(of: transcript) + $0
    }
  }

  private static func named(
    _ change: GenomicChange, isForward: Bool, in window: ReferenceWindow?, coordinate: (Int) -> String?
  ) -> String? {
    let name = name(change, isForward: isForward, in: window)
    guard let first = coordinate(name.first), let last = coordinate(name.last) else { return nil }
    return (first == last ? first : "\(first)_\(last)") + String(decoding: name.words, as: UTF8.self)
  }

  /// The coordinate of a base, for example `250`, `-12`, `*5`, `250+3`: an intron is counted from its nearer end, and its
  /// middle base from the beginning.
  private static func coordinate(_ position: Int, on transcript: PlacedTranscript) -> String? {
    switch transcript.place(of: position) {
    case nil: return nil
    case .exon(let place)?: return label(transcript.offset(position, inExon: place), on: transcript)
    case .intronBehind(let place)?:
      let (anchor, ruler) = intron(behind: place, at: position, on: transcript)
      return anchor + "\(ruler.count(to: position))"
    }
  }

  /// How a base of an intron is counted: from the end of it that is nearer.
  ///
  /// - Returns: the name of that exon's last base with the sign, for example `250+`, and the count behind it.
  private static func intron(
    behind place: Int, at position: Int, on transcript: PlacedTranscript
  ) -> (anchor: String, ruler: QuietStretch.Ruler) {
    let left = transcript.exons[place].upperBound - 1
    let right = transcript.exons[place + 1].lowerBound
    let isForward = transcript.model.isForward
    let fromBegin = isForward ? position - left : right - position
    let fromEnd = isForward ? right - position : position - left
    let isByBegin = fromBegin <= fromEnd
    let isByLeft = isByBegin == isForward
    let end = isByLeft ? left : right
    let offset = transcript.offset(end, inExon: isByLeft ? place : place + 1)
    return (label(offset, on: transcript) + (isByBegin ? "+" : "-"), .init(origin: end, isForward: isByLeft))
  }

  /// The first base of an intron that is counted from its right end.
  static func middle(of intron: Range<Int>, isForward: Bool) -> Int {
    // The two neighbours of the intron; the base halfway between them, if there is one, is counted from the beginning.
    let sum = intron.lowerBound - 1 + intron.upperBound
    return isForward ? sum / 2 + 1 : (sum + 1) / 2
  }

  /// How the bases of the half of an intron are named that holds a position.
  static func naming(ofIntronBehind place: Int, at position: Int, on transcript: PlacedTranscript)
    -> QuietStretch.Naming
  {
    let (anchor, ruler) = intron(behind: place, at: position, on: transcript)
    return .init(prefix: prefix(of: transcript), anchor: anchor, ruler: ruler)
  }

  private static func prefix(of transcript: PlacedTranscript) -> String { transcript.coding == nil ? "n." : "c." }

  private static func label(_ offset: Int, on transcript: PlacedTranscript) -> String {
    guard let coding = transcript.coding else { return "\(offset + 1)" }
    if offset < coding.lowerBound { return "-\(coding.lowerBound - offset)" }
    if offset < coding.upperBound { return "\(offset - coding.lowerBound + 1)" }
    return "*\(offset - coding.upperBound + 1)"
  }
}
