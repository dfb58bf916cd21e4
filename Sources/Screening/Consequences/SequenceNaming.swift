public import Model

/// Names of changes of a genome or a transcript (HGVS recommendations 21.0, DNA level).
///
/// Plain insertions and deletions are named at the most 3' place that the sequence lets them have, along the strand that is
/// read; where no sequence is at hand they get no name, since a wrong one is worse.
struct SequenceNaming {
  /// What stands behind the coordinate.
  ///
  /// - Parameters:
  ///   - first, last: coordinates of the first and last base along the strand that is read.
  ///   - reference, alternate: along that strand.
  private static func text(
    first: String, last: String, reference: [UInt8], alternate: [UInt8], isDuplication: Bool
  ) -> String {
    let span = first == last ? first : "\(first)_\(last)"
    let added = String(decoding: alternate, as: UTF8.self)
    if isDuplication { return span + "dup" }
    if reference.isEmpty { return "\(first)_\(last)ins\(added)" }
    if alternate.isEmpty { return span + "del" }
    if reference.count == 1, alternate.count == 1 {
      return "\(first)\(String(decoding: reference, as: UTF8.self))>\(added)"
    }
    if reference.count == alternate.count, Bases.reverseComplement(reference) == alternate { return span + "inv" }
    return "\(span)delins\(added)"
  }

  /// `g.` and the change, or `m.` for the mitochondrion; nil where bases are missing.
  static func genomic(_ change: GenomicChange, in window: ReferenceWindow?) -> String? {
    let prefix = change.contig == .mitochondrion ? "m." : "g."
    guard let shifted = change.shifted(forward: true, in: window, within: 0..<Int.max) else { return nil }
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
    let prefix = transcript.coding == nil ? "n." : "c."
    return named(shifted, isForward: isForward, in: window) { coordinate($0, on: transcript) }.map { prefix + $0 }
  }

  private static func named(
    _ change: GenomicChange, isForward: Bool, in window: ReferenceWindow?, coordinate: (Int) -> String?
  ) -> String? {
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
    guard let first = coordinate(isForward ? left : right), let last = coordinate(isForward ? right : left) else {
      return nil
    }
    let reference = isForward ? change.reference : Bases.reverseComplement(change.reference)
    let alternate = isForward ? change.alternate : Bases.reverseComplement(change.alternate)
    return text(first: first, last: last, reference: reference, alternate: alternate, isDuplication: isDuplication)
  }

  /// The coordinate of a base, for example `250`, `-12`, `*5`, `250+3`: an intron is counted from its nearer end, and its
  /// middle base from the beginning.
  private static func coordinate(_ position: Int, on transcript: PlacedTranscript) -> String? {
    switch transcript.place(of: position) {
    case nil: return nil
    case .exon(let place)?: return label(transcript.offset(position, inExon: place), on: transcript)
    case .intronBehind(let place)?:
      let left = transcript.exons[place].upperBound - 1
      let right = transcript.exons[place + 1].lowerBound
      let isForward = transcript.model.isForward
      let fromBegin = isForward ? position - left : right - position
      let fromEnd = isForward ? right - position : position - left
      let begin = isForward ? (left, place) : (right, place + 1)
      let end = isForward ? (right, place + 1) : (left, place)
      return fromBegin <= fromEnd
        ? label(transcript.offset(begin.0, inExon: begin.1), on: transcript) + "+\(fromBegin)"
        : label(transcript.offset(end.0, inExon: end.1), on: transcript) + "-\(fromEnd)"
    }
  }

  private static func label(_ offset: Int, on transcript: PlacedTranscript) -> String {
    guard let coding = transcript.coding else { return "\(offset + 1)" }
    if offset < coding.lowerBound { return "-\(coding.lowerBound - offset)" }
    if offset < coding.upperBound { return "\(offset - coding.lowerBound + 1)" }
    return "*\(offset - coding.upperBound + 1)"
  }
}
