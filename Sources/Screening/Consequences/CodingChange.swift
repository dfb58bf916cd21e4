internal import Model

/// What a change within the coding sequence does to the protein.
///
/// Terms are Ensembl's: a change is judged on the codons it touches, from the first to the last of them, and a shift of the frame
/// on what is read behind it.
struct CodingChange {
  let sequence: CodingSequence
  let edit: TranscriptEdit

  /// The codons that the edit touches; empty for an insertion between two.
  let window: Range<Int>
  /// The bases that stand in the window's place.
  let changed: [UInt8]
  let referenceResidues: [UInt8]
  let alternateResidues: [UInt8]

  /// - Precondition: the edit lies within the coding sequence, behind an incomplete first codon.
  init(_ edit: TranscriptEdit, in sequence: CodingSequence) {
    self.sequence = sequence
    self.edit = edit
    let start = sequence.frameStart + (edit.range.lowerBound - sequence.frameStart) / 3 * 3
    let isBetween = edit.range.isEmpty && start == edit.range.lowerBound
    let length = isBetween ? 0 : (edit.range.upperBound - start + 2) / 3 * 3
    window = start..<min(max(start + (isBetween ? 0 : 3), start + length), sequence.coding.upperBound)
    var changed: [UInt8] = []
    changed.reserveCapacity(window.count + edit.alternate.count)
    changed.append(start..<edit.range.lowerBound, of: sequence.bases)
    changed.append(all: edit.alternate)
    changed.append(edit.range.upperBound..<max(edit.range.upperBound, window.upperBound), of: sequence.bases)
    self.changed = changed
    referenceResidues = sequence.aminoAcids(in: window)
    alternateResidues = sequence.code.aminoAcids(of: changed)
  }

  /// Whether the last codon of the window is cut off by the end of what is known.
  private var isIncomplete: Bool { window.count % 3 != 0 }
  var isFrameshift: Bool { edit.shift % 3 != 0 }
  private var touchesStart: Bool { sequence.hasStart && edit.range.lowerBound < sequence.frameStart + 3 }
  /// Whether the frame goes on behind the change as it did, to the same stop.
  var leavesStop: Bool { !isFrameshift && !touchesStop && !alternateResidues.contains(GeneticCode.stop) }
  private var touchesStop: Bool {
    sequence.hasStop && window.upperBound == sequence.coding.upperBound && !window.isEmpty
  }
  private var isKnown: Bool { Bases.isKnown(changed) && Bases.isKnown(sequence.bases[window]) }

  /// The protein from the window on, with and without the change; the stop counts.
  var tails: (reference: [UInt8], alternate: [UInt8], hasStop: Bool) {
    let alternate = sequence.protein(changed, replacing: window.lowerBound, to: window.upperBound)
    let reference = sequence.protein(from: window.lowerBound)
    if sequence.hasStop || isFrameshift { return (reference, alternate.residues, alternate.hasStop) }
    // Where the end is not known, both are read to the same base.
    let known = alternate.residues.prefix(reference.count + edit.shift / 3)
    return (reference, Array(known), known.last == GeneticCode.stop)
  }

  var terms: ConsequenceTerms {
    if isIncomplete { return [.incompleteTerminalCodon, .codingSequence] }
    if touchesStart, let terms = startTerms { return terms }
    if isFrameshift { return frameshiftTerms }
    guard isKnown else { return .codingSequence }
    if referenceResidues == alternateResidues {
      return touchesStop ? .stopRetained : .synonymous
    }
    return inFrameTerms
  }

  /// What happens to the start codon; nil where it stays and the change is told like any other.
  private var startTerms: ConsequenceTerms? {
    let start = sequence.frameStart
    let before = Array(sequence.bases[start..<edit.range.lowerBound])
    let after = sequence.bases[edit.range.upperBound...].prefix(max(0, 3 - before.count - edit.alternate.count))
    if sequence.code.isStart((before + edit.alternate + after).prefix(3)) {
      return edit.shift == 0 ? .startRetained : nil
    }
    return sequence.keepsStart(edit) ? .startRetained : .startLost
  }

  private var frameshiftTerms: ConsequenceTerms {
    var terms: ConsequenceTerms = .frameshift
    if touchesStop {
      let tails = tails
      if tails.reference == tails.alternate { return .stopRetained }
      if !alternateResidues.contains(GeneticCode.stop) { terms.insert(.stopLost) }
    }
    if alternateResidues.contains(GeneticCode.stop), !referenceResidues.contains(GeneticCode.stop) {
      terms.insert(.stopGained)
    }
    return terms
  }

  private var inFrameTerms: ConsequenceTerms {
    let lengthTerm = lengthTerms
    if touchesStop {
      let tails = tails
      if tails.reference == tails.alternate { return .stopRetained }
      guard let stop = alternateResidues.firstIndex(of: GeneticCode.stop) else {
        return lengthTerm == .missense ? .stopLost : lengthTerm.union(.stopLost)
      }
      // The last codon still stops, and what changed lies before it.
      if stop == alternateResidues.count - 1 { return lengthTerm.union(.stopRetained) }
      return lengthTerm == .missense ? .stopGained : lengthTerm.union(.stopGained)
    }
    if alternateResidues.contains(GeneticCode.stop) {
      return lengthTerm == .missense ? .stopGained : lengthTerm.union(.stopGained)
    }
    return lengthTerm
  }

  private var lengthTerms: ConsequenceTerms {
    if edit.shift == 0 { return .missense }
    let (short, long) =
      edit.shift > 0 ? (referenceResidues, alternateResidues) : (alternateResidues, referenceResidues)
    // A stop among the new residues says more than how they compare.
    let isPlain =
      alternateResidues.contains(GeneticCode.stop) || long.starts(with: short)
      || long.suffix(short.count).elementsEqual(short)
    if !isPlain { return .proteinAltering }
    return edit.shift > 0 ? .inframeInsertion : .inframeDeletion
  }

  /// Codons with the changed bases in capitals, the others in small letters, as VEP writes them.
  var codons: (reference: String, alternate: String) {
    let head = window.lowerBound..<edit.range.lowerBound
    let tail = edit.range.upperBound..<max(edit.range.upperBound, window.upperBound)
    func text(_ middle: Range<Int>, of bases: [UInt8]) -> String {
      if head.isEmpty, middle.isEmpty, tail.isEmpty { return "-" }
      var text: [UInt8] = []
      text.reserveCapacity(head.count + middle.count + tail.count)
      // Small letters differ from capitals in one bit.
      for place in head { text.append(sequence.bases[place] | 0x20) }
      text.append(middle, of: bases)
      for place in tail { text.append(sequence.bases[place] | 0x20) }
      return String(decoding: text, as: UTF8.self)
    }
    return (text(edit.range, of: sequence.bases), text(edit.alternate.indices, of: edit.alternate))
  }
}
