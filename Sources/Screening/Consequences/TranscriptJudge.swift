internal import Model

/// Tells what one change does to one transcript.
struct TranscriptJudge {
  let transcript: PlacedTranscript
  let reference: ReferenceWindow?

  private var model: TranscriptModel { transcript.model }

  /// nil when the change lies further away than Ensembl's flank.
  func effect(of change: GenomicChange) -> TranscriptEffect? {
    let region = transcript.region
    let range = change.range
    let isInside =
      range.isEmpty
      ? region.start < range.lowerBound && range.lowerBound < region.end
      : range.lowerBound < region.end && region.start < range.upperBound
    guard isInside else { return beside(range) }
    if range.lowerBound <= region.start, range.upperBound >= region.end, change.isDeletion {
      return TranscriptEffect(transcript: transcript.index, terms: .transcriptAblation)
    }
    var effect = TranscriptEffect(transcript: transcript.index, terms: [])
    let whole = walk(range, into: &effect)
    if let whole {
      judge(change, inExon: whole, into: &effect)
    } else {
      judgeAcross(range, into: &effect)
    }
    if transcript.coding == nil {
      effect.terms.insert(effect.exons == nil ? .nonCodingTranscript : .nonCodingExon)
    }
    if model.isSubjectToDecay { effect.terms.insert(.decayTranscript) }
    effect.transcriptName = name(of: change)
    return effect
  }

  /// Genes of the mitochondrion have names on the genome (HGVS recommendations, "m.").
  private func name(of change: GenomicChange) -> String? {
    guard model.namingReference != nil else { return nil }
    return change.contig == .mitochondrion
      ? SequenceNaming.genomic(change, in: reference) : SequenceNaming.transcript(change, on: transcript, in: reference)
  }

  private func beside(_ range: Range<Int>) -> TranscriptEffect? {
    let region = transcript.region
    let isBefore = range.upperBound <= region.start
    let distance = isBefore ? region.start - range.upperBound + 1 : range.lowerBound - region.end + 1
    guard distance <= ConsequenceCaller.flank else { return nil }
    var effect = TranscriptEffect(
      transcript: transcript.index, terms: isBefore == model.isForward ? .upstreamGene : .downstreamGene)
    effect.distance = distance
    return effect
  }

  /// Notes the exons and introns that the change touches, with the terms of the introns.
  ///
  /// - Returns: the exon that holds the whole change; an insertion at the edge of an exon belongs to it.
  private func walk(_ range: Range<Int>, into effect: inout TranscriptEffect) -> Int? {
    let exons = transcript.exons
    var low = 0
    var high = exons.count
    while low < high {
      let middle = (low + high) / 2
      if exons[middle].upperBound < range.lowerBound - 3 { low = middle + 1 } else { high = middle }
    }
    var whole: Int?
    var place = max(0, low - 1)
    while place < exons.count, exons[place].lowerBound <= range.upperBound + 3 {
      let exon = exons[place]
      let isTouched =
        range.isEmpty
        ? exon.lowerBound <= range.lowerBound && range.lowerBound <= exon.upperBound : exon.overlaps(range)
      if isTouched {
        let number = transcript.number(ofExon: place)
        effect.exons = effect.exons.map { min($0.lowerBound, number)...max($0.upperBound, number) } ?? number...number
        if exon.lowerBound <= range.lowerBound, range.upperBound <= exon.upperBound { whole = place }
      }
      if place + 1 < exons.count { judgeIntron(behind: place, range, into: &effect) }
      place += 1
    }
    return whole
  }

  private func judgeIntron(behind place: Int, _ range: Range<Int>, into effect: inout TranscriptEffect) {
    let intron = transcript.exons[place].upperBound..<transcript.exons[place + 1].lowerBound
    let along =
      model.isForward
      ? range.lowerBound - intron.lowerBound..<range.upperBound - intron.lowerBound
      : intron.upperBound - range.upperBound..<intron.upperBound - range.lowerBound
    effect.terms.formUnion(SpliceSites.terms(of: along, intronOf: intron.count))
    let isTouched =
      range.isEmpty
      ? intron.lowerBound < range.lowerBound && range.lowerBound < intron.upperBound : intron.overlaps(range)
    if isTouched {
      let number = transcript.number(ofIntronBehind: place)
      effect.introns = effect.introns.map { min($0.lowerBound, number)...max($0.upperBound, number) } ?? number...number
    }
  }

  // MARK: Within one exon

  private func judge(_ change: GenomicChange, inExon place: Int, into effect: inout TranscriptEffect) {
    let offsets = transcript.offsets(change.range, inExon: place)
    effect.transcriptPosition = Self.extent(offsets)
    guard let coding = transcript.coding else { return }
    let alternate = model.isForward ? change.alternate : Bases.reverseComplement(change.alternate)
    let edit = TranscriptEdit(range: offsets, alternate: alternate)
    let isBefore = offsets.isEmpty ? offsets.lowerBound <= coding.lowerBound : offsets.lowerBound < coding.lowerBound
    let isBehind = offsets.isEmpty ? offsets.lowerBound >= coding.upperBound : offsets.upperBound > coding.upperBound
    if isBefore { effect.terms.insert(.fivePrimeUTR) }
    if isBehind { effect.terms.insert(.threePrimeUTR) }
    let isCoding = offsets.isEmpty ? !isBefore && !isBehind : offsets.overlaps(coding)
    guard isCoding else { return }
    if isBefore, isBehind {
      effect.terms.formUnion([.startLost, .stopLost])
    } else if isBefore {
      judgeStart(edit, coding, into: &effect)
    } else if isBehind {
      judgeStop(edit, coding, into: &effect)
    } else {
      tell(edit, into: &effect)
    }
  }

  /// Terms of which the coding sequence is the ground.
  static let codingTerms: ConsequenceTerms = [
    .stopGained, .frameshift, .stopLost, .startLost, .inframeInsertion, .inframeDeletion, .missense, .proteinAltering,
    .incompleteTerminalCodon, .startRetained, .stopRetained, .synonymous, .codingSequence,
  ]

  /// Notes what a change within the coding sequence does.
  func tell(_ edit: TranscriptEdit, into effect: inout TranscriptEffect) {
    guard let coding = transcript.coding else { return }
    effect.codingPosition = Self.extent(
      edit.range.lowerBound - coding.lowerBound..<edit.range.upperBound - coding.lowerBound)
    judgeCoding(edit, coding, into: &effect)
  }

  /// Along a sequence from 1; an insertion has the two bases that it stands between.
  private static func extent(_ range: Range<Int>) -> TranscriptEffect.Extent {
    range.isEmpty ? .init(range.lowerBound, range.lowerBound + 1) : .init(range.lowerBound + 1, range.upperBound)
  }

  /// A change that reaches from the untranslated beginning into the coding sequence.
  private func judgeStart(_ edit: TranscriptEdit, _ coding: Range<Int>, into effect: inout TranscriptEffect) {
    effect.codingPosition = .init(nil, edit.range.upperBound - coding.lowerBound)
    effect.proteinPosition = .init(nil, (edit.range.upperBound - coding.lowerBound + 2) / 3)
    guard let sequence = transcript.sequence else {
      effect.terms.insert(model.lacksStart ? .codingSequence : .startLost)
      return
    }
    guard sequence.hasStart else {
      effect.terms.insert(.codingSequence)
      return
    }
    if sequence.keepsStart(edit) {
      effect.terms.insert(.startRetained)
      effect.proteinName = ProteinNaming.keptStart
    } else {
      effect.terms.insert(.startLost)
      effect.proteinName = ProteinNaming.lostStart
    }
  }

  /// A change that reaches from the coding sequence into the untranslated end.
  private func judgeStop(_ edit: TranscriptEdit, _ coding: Range<Int>, into effect: inout TranscriptEffect) {
    effect.codingPosition = .init(edit.range.lowerBound - coding.lowerBound + 1, nil)
    effect.proteinPosition = .init((edit.range.lowerBound - coding.lowerBound) / 3 + 1, nil)
    guard let sequence = transcript.sequence, sequence.hasStop, edit.range.lowerBound >= sequence.frameStart else {
      effect.terms.insert(transcript.sequence == nil && !model.lacksStop ? .stopLost : .codingSequence)
      return
    }
    let start = sequence.frameStart + (edit.range.lowerBound - sequence.frameStart) / 3 * 3
    let changed = Array(sequence.bases[start..<edit.range.lowerBound]) + edit.alternate
    let tail = sequence.protein(changed, replacing: start, to: edit.range.upperBound)
    let reference = sequence.protein(from: start)
    if tail.residues == reference {
      effect.terms.insert(.stopRetained)
    } else {
      effect.terms.insert(.stopLost)
      let shared = zip(reference, tail.residues).prefix { $0 == $1 }.count
      if shared < reference.count - 1 { effect.terms.insert(.frameshift) }
    }
    name(from: start, reference, tail.residues, hasStop: tail.hasStop, isFrameshift: true, sequence, into: &effect)
  }

  private func judgeCoding(_ edit: TranscriptEdit, _ coding: Range<Int>, into effect: inout TranscriptEffect) {
    guard let sequence = transcript.sequence else {
      effect.terms.formUnion(termsByPlace(edit, coding))
      return
    }
    guard edit.range.lowerBound >= sequence.frameStart else {
      effect.terms.insert(.codingSequence)
      return
    }
    let change = CodingChange(edit, in: sequence)
    effect.edit = edit
    let terms = change.terms
    effect.terms.formUnion(terms)
    let first =
      sequence.codon(at: change.window.lowerBound) + (sequence.frameStart > sequence.coding.lowerBound ? 2 : 1)
    effect.proteinPosition =
      change.window.isEmpty
      ? .init(first - 1, first) : .init(first, first + (change.window.count + 2) / 3 - 1)
    effect.referenceAminoAcids = Self.text(change.referenceResidues)
    effect.alternateAminoAcids = Self.text(change.alternateResidues, isCut: change.isFrameshift)
    let codons = change.codons
    effect.referenceCodons = codons.reference
    effect.alternateCodons = codons.alternate
    effect.proteinName = proteinName(of: change, terms, first: first)
    if terms.contains(.stopGained) || terms.contains(.frameshift) { effect.decay = decay(of: change) }
  }

  /// What the place alone tells of a change within the coding sequence, where no bases are at hand.
  private func termsByPlace(_ edit: TranscriptEdit, _ coding: Range<Int>) -> ConsequenceTerms {
    if !model.lacksStart, edit.range.lowerBound < coding.lowerBound + 3 { return .startLost }
    if edit.shift % 3 != 0 { return .frameshift }
    if edit.shift == 0 { return .codingSequence }
    return edit.shift > 0 ? .inframeInsertion : .inframeDeletion
  }

  private static func text(_ residues: [UInt8], isCut: Bool = false) -> String {
    let text = String(decoding: residues, as: UTF8.self) + (isCut ? "X" : "")
    return text.isEmpty ? "-" : text
  }

  // MARK: Names and decay

  private func proteinName(of change: CodingChange, _ terms: ConsequenceTerms, first: Int) -> String? {
    if terms.contains(.startLost) { return ProteinNaming.lostStart }
    if terms.contains(.startRetained) { return ProteinNaming.keptStart }
    if terms.contains(.codingSequence) { return "p.?" }
    let isOneCodon = change.edit.shift == 0 && change.window.count == 3
    if isOneCodon, !terms.contains(.stopLost) {
      return ProteinNaming(
        firstResidue: first, reference: change.referenceResidues, alternate: change.alternateResidues, hasStop: true,
        isFrameshift: false, before: []
      )
      .name
    }
    var tails = change.tails
    if change.leavesStop, tails.reference.last == GeneticCode.stop, tails.alternate.last == GeneticCode.stop {
      // The stop stays where it was: in a repeat at the end of a protein it is neither gained nor moved.
      tails.reference.removeLast()
      tails.alternate.removeLast()
    }
    let sequence = change.sequence
    let reach = min(change.window.lowerBound - sequence.frameStart, 3 * (change.edit.alternate.count / 3 + 1))
    return ProteinNaming(
      firstResidue: first, reference: tails.reference, alternate: tails.alternate, hasStop: tails.hasStop,
      isFrameshift: change.isFrameshift,
      before: sequence.aminoAcids(in: change.window.lowerBound - reach / 3 * 3..<change.window.lowerBound)
    )
    .name
  }

  private func name(
    from start: Int, _ reference: [UInt8], _ alternate: [UInt8], hasStop: Bool, isFrameshift: Bool,
    _ sequence: CodingSequence, into effect: inout TranscriptEffect
  ) {
    effect.proteinName =
      ProteinNaming(
        firstResidue: sequence.codon(at: start) + 1, reference: reference, alternate: alternate, hasStop: hasStop,
        isFrameshift: isFrameshift, before: []
      )
      .name
  }

  /// Coding bases from the start within which translation may begin again (Lindeboom et al. 2016, doi:10.1038/ng.3664).
  private static let earlyBases = 100
  /// Bases before the last junction of exons within which a stop escapes (Nagy and Maquat 1998).
  private static let lastJunctionBases = 50

  /// Whether the premature stop of a change is expected to destroy the transcript; nil where there is no stop.
  private func decay(of change: CodingChange) -> TranscriptEffect.Decay? {
    let tails = change.tails
    guard tails.hasStop else { return nil }
    guard let junction = transcript.lastJunction else { return .escapesSingleExon }
    let end = change.window.lowerBound + tails.alternate.count * 3
    // Behind the change bases are counted as the reference has them.
    let stop =
      end > change.window.lowerBound + change.changed.count
      ? end - change.edit.shift : min(end, change.window.upperBound)
    if stop > junction - Self.lastJunctionBases { return .escapesNearEnd }
    return stop - change.sequence.coding.lowerBound <= Self.earlyBases ? .escapesNearStart : .expected
  }

  // MARK: Across exons

  /// A change that reaches beyond an exon: what is read behind it depends on what is spliced, which nobody knows.
  private func judgeAcross(_ range: Range<Int>, into effect: inout TranscriptEffect) {
    var first: Int?
    var last: Int?
    for (place, exon) in transcript.exons.enumerated() {
      let part = exon.clamped(to: range)
      if part.isEmpty { continue }
      let offsets = transcript.offsets(part, inExon: place)
      if part.lowerBound == range.lowerBound {
        if model.isForward { first = offsets.lowerBound + 1 } else { last = offsets.upperBound }
      }
      if part.upperBound == range.upperBound {
        if model.isForward { last = offsets.upperBound } else { first = offsets.lowerBound + 1 }
      }
      guard let coding = transcript.coding else { continue }
      if offsets.lowerBound < coding.lowerBound { effect.terms.insert(.fivePrimeUTR) }
      if offsets.upperBound > coding.upperBound { effect.terms.insert(.threePrimeUTR) }
      if offsets.overlaps(coding) { effect.terms.insert(.codingSequence) }
      let hasStart = transcript.sequence?.hasStart ?? !model.lacksStart
      let hasStop = transcript.sequence?.hasStop ?? !model.lacksStop
      if hasStart, offsets.overlaps(coding.lowerBound..<coding.lowerBound + 3) { effect.terms.insert(.startLost) }
      if hasStop, offsets.overlaps(coding.upperBound - 3..<coding.upperBound) { effect.terms.insert(.stopLost) }
    }
    effect.transcriptPosition = .init(first, last)
    if let coding = transcript.coding {
      func inCoding(_ position: Int?) -> Int? {
        position.flatMap { coding.contains($0 - 1) ? $0 - coding.lowerBound : nil }
      }
      effect.codingPosition = .init(inCoding(first), inCoding(last))
      effect.proteinPosition = .init(
        effect.codingPosition.first.map { ($0 + 2) / 3 }, effect.codingPosition.last.map { ($0 + 2) / 3 })
    }
  }
}
