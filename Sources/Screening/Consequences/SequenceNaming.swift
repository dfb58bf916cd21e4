internal import Model

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
    if reference.count == alternate.count, Bases.reverseComplement(reference) == alternate { return Array("inv".utf8) }
    return Array("delins".utf8) + alternate
  }

  /// What is said of which bases of a change that stands at its 3' end already.
  static func name(_ change: GenomicChange, isForward: Bool, in window: ReferenceWindow?) -> QuietChange.Name {
    if change.range.count == 1, change.alternate.count == 1 {
      // Without new arrays for either strand: most changes are substitutions.
      let (from, to) = (change.reference[0], change.alternate[0])
      let words = [isForward ? from : Bases.complement(from), UInt8(ascii: ">"), isForward ? to : Bases.complement(to)]
      return QuietChange.Name(first: change.range.lowerBound, last: change.range.lowerBound, words: words)
    }
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
  ///
  /// - Parameter prefix: what stands before it.
  static func genomic(_ change: GenomicChange, in window: ReferenceWindow?, after prefix: [UInt8] = []) -> String? {
    let end = window?.length(of: change.contig) ?? .max
    guard let shifted = change.shifted(forward: true, in: window, within: 0..<end) else { return nil }
    var text = prefix
    text.append(UInt8(ascii: change.contig == .mitochondrion ? "m" : "g"))
    text.append(UInt8(ascii: "."))
    return append(shifted, isForward: true, in: window, to: &text) { position, text in
      text.append(decimal: position + 1)
      return true
    }
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
    var text = Array(prefix(of: transcript).utf8)
    return append(shifted, isForward: isForward, in: window, to: &text) { position, text in
      append(position, on: transcript, to: &text)
    }
  }

  /// Appends the name of a change that stands at its 3' end already; returns the whole text.
  ///
  /// - Parameter coordinate: appends that of a base; false where it has none.
  private static func append(
    _ change: GenomicChange, isForward: Bool, in window: ReferenceWindow?, to text: inout [UInt8],
    coordinate: (Int, inout [UInt8]) -> Bool
  ) -> String? {
    let name = name(change, isForward: isForward, in: window)
    guard coordinate(name.first, &text) else { return nil }
    if name.first != name.last {
      text.append(UInt8(ascii: "_"))
      guard coordinate(name.last, &text) else { return nil }
    }
    text.append(all: name.words)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the coordinate of a base, for example `250`, `-12`, `*5`, `250+3`: an intron is counted from its nearer end, and its
  /// middle base from the beginning.
  ///
  /// - Returns: false outside the transcript.
  private static func append(_ position: Int, on transcript: PlacedTranscript, to text: inout [UInt8]) -> Bool {
    switch transcript.place(of: position) {
    case nil: return false
    case .exon(let place)?: appendLabel(transcript.offset(position, inExon: place), on: transcript, to: &text)
    case .intronBehind(let place)?:
      let (anchor, ruler) = intron(behind: place, at: position, on: transcript)
      text.append(all: anchor)
      text.append(decimal: ruler.count(to: position))
    }
    return true
  }

  /// How a base of an intron is counted: from the end of it that is nearer.
  ///
  /// - Returns: the name of that exon's last base with the sign, for example `250+`, and the count behind it.
  private static func intron(
    behind place: Int, at position: Int, on transcript: PlacedTranscript
  ) -> (anchor: [UInt8], ruler: QuietStretch.Ruler) {
    let left = transcript.exons[place].upperBound - 1
    let right = transcript.exons[place + 1].lowerBound
    let isForward = transcript.model.isForward
    let fromBegin = isForward ? position - left : right - position
    let fromEnd = isForward ? right - position : position - left
    let isByBegin = fromBegin <= fromEnd
    let isByLeft = isByBegin == isForward
    let end = isByLeft ? left : right
    var anchor: [UInt8] = []
    appendLabel(transcript.offset(end, inExon: isByLeft ? place : place + 1), on: transcript, to: &anchor)
    anchor.append(UInt8(ascii: isByBegin ? "+" : "-"))
    return (anchor, .init(origin: end, isForward: isByLeft))
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
    return .init(prefix: prefix(of: transcript), anchor: String(decoding: anchor, as: UTF8.self), ruler: ruler)
  }

  private static func prefix(of transcript: PlacedTranscript) -> String { transcript.coding == nil ? "n." : "c." }

  private static func appendLabel(_ offset: Int, on transcript: PlacedTranscript, to text: inout [UInt8]) {
    guard let coding = transcript.coding else { return text.append(decimal: offset + 1) }
    if offset < coding.lowerBound { return text.append(decimal: offset - coding.lowerBound) }
    if offset < coding.upperBound { return text.append(decimal: offset - coding.lowerBound + 1) }
    text.append(UInt8(ascii: "*"))
    text.append(decimal: offset - coding.upperBound + 1)
  }
}
