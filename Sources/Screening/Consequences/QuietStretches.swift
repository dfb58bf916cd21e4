public import Model

/// Changes where nothing but their place is to be told: found once a stretch, and not once an allele.
///
/// Nine of ten changes of a genome lie between genes or deep in their introns. There every change does the same to every
/// transcript until the stretch ends; what it does is asked of `TranscriptJudge` like anything else.
extension ConsequenceCaller {
  /// Notes a change that lies in a quiet stretch, at its 3' end on either strand.
  ///
  /// - Parameters:
  ///   - position: 1-based, of the first base of `reference`.
  ///   - reference, alternate: as the record writes them.
  ///   - change: is overwritten where there is a stretch; its name on the reverse strand only where a transcript asks for it.
  /// - Returns: the stretch; nil for any other allele, of which `effects` tells.
  public func quietStretch(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>,
    noting change: inout QuietChange
  ) -> QuietStretch? {
    if reference.count == 1, alternate.count == 1 {
      let from = reference[reference.startIndex]
      let to = alternate[alternate.startIndex]
      guard from != to, (65...90).contains(from), (65...90).contains(to),
        let stretch = stretch(around: position - 1, of: contig)
      else { return nil }
      change.bases = position - 1..<position
      Self.note(from, to, at: position - 1, in: &change.forward)
      Self.note(Bases.complement(from), Bases.complement(to), at: position - 1, in: &change.reverse)
      return stretch
    }
    guard let whole = GenomicChange(contig, position, reference, alternate),
      let stretch = stretch(around: whole.range.lowerBound, of: contig),
      let forward = name(of: whole, isForward: true, in: stretch)
    else { return nil }
    change.bases = whole.range
    change.forward = forward
    if stretch.effects.contains(where: { !$0.isForward && $0.naming != nil }) {
      guard let reverse = name(of: whole, isForward: false, in: stretch) else { return nil }
      change.reverse = reverse
    }
    return stretch
  }

  /// Without new arrays: most changes are substitutions.
  private static func note(_ from: UInt8, _ to: UInt8, at position: Int, in name: inout QuietChange.Name) {
    name.first = position
    name.last = position
    if name.words.count == 3 {
      name.words[0] = from
      name.words[1] = UInt8(ascii: ">")
      name.words[2] = to
    } else {
      name.words = [from, UInt8(ascii: ">"), to]
    }
  }

  /// nil where the change, or what its name needs, reaches out of the stretch, or bases are missing.
  private func name(of change: GenomicChange, isForward: Bool, in stretch: QuietStretch) -> QuietChange.Name? {
    let region = stretch.region.start..<stretch.region.end
    guard region.contains(change.isInsertion ? change.range.lowerBound - 1 : change.range.lowerBound),
      change.range.upperBound < region.upperBound,
      let shifted = change.shifted(forward: isForward, in: reference, within: region),
      // At the edge nobody knows whether it would have gone on.
      region.lowerBound < shifted.range.lowerBound, shifted.range.upperBound < region.upperBound
    else { return nil }
    let name = SequenceNaming.name(shifted, isForward: isForward, in: reference)
    return region.contains(name.first) && region.contains(name.last) ? name : nil
  }

  // MARK: One stretch

  private func stretch(around position: Int, of contig: Contig) -> QuietStretch? {
    if let stretch, stretch.region.contig == contig, stretch.region.start <= position, position < stretch.region.end {
      return stretch
    }
    if let exception, exception.contig == contig, exception.start <= position, position < exception.end { return nil }
    guard let found = findStretch(around: position, of: contig) else { return nil }
    stretch = found
    return found
  }

  private func findStretch(around position: Int, of contig: Contig) -> QuietStretch? {
    // Genes of the mitochondrion have names on the genome.
    if contig == .mitochondrion { return nil }
    let probe = GenomicChange(contig, position..<position + 1, [UInt8(ascii: "A")], [UInt8(ascii: "C")])
    let transcripts = transcripts(near: probe)
    guard let window else { return nil }
    var bounds = window.start..<window.end
    var effects: [QuietStretch.Effect] = []
    for transcript in transcripts {
      let part = transcript.quietPart(around: position)
      guard part.isQuiet else {
        exception = Region(contig, part.bounds.lowerBound, part.bounds.upperBound)
        return nil
      }
      bounds = bounds.clamped(to: part.bounds)
      guard part.isNear, var effect = TranscriptJudge(transcript: transcript, reference: nil).effect(of: probe) else {
        continue
      }
      let naming = effect.transcriptName == nil ? nil : part.naming
      effect.transcriptName = nil
      effect.distance = nil
      effects.append(
        .init(effect: effect, isForward: transcript.model.isForward, distance: part.distance, naming: naming))
    }
    return QuietStretch(region: Region(contig, bounds.lowerBound, bounds.upperBound), effects: effects)
  }
}

extension PlacedTranscript {
  /// Bases around a position within which changes do the same to the transcript.
  struct QuietPart {
    var bounds: Range<Int>
    /// False near an exon, where they do not.
    var isQuiet = true
    /// Whether there is anything to tell of them.
    var isNear = true
    var distance: QuietStretch.Ruler?
    var naming: QuietStretch.Naming?
  }

  func quietPart(around position: Int) -> QuietPart {
    let flank = ConsequenceCaller.flank
    if position < region.start {
      if position < region.start - flank { return QuietPart(bounds: Int.min..<region.start - flank, isNear: false) }
      return QuietPart(
        bounds: region.start - flank..<region.start, distance: .init(origin: region.start, isForward: false))
    }
    if position >= region.end {
      if position >= region.end + flank { return QuietPart(bounds: region.end + flank..<Int.max, isNear: false) }
      return QuietPart(
        bounds: region.end..<region.end + flank, distance: .init(origin: region.end - 1, isForward: true))
    }
    switch place(of: position) {
    case nil: return QuietPart(bounds: position..<position + 1, isQuiet: false)
    case .exon(let exon)?: return QuietPart(bounds: exons[exon], isQuiet: false)
    case .intronBehind(let exon)?: return quietPart(around: position, ofIntronBehind: exon)
    }
  }

  private func quietPart(around position: Int, ofIntronBehind exon: Int) -> QuietPart {
    let intron = exons[exon].upperBound..<exons[exon + 1].lowerBound
    guard intron.count > 2 * SpliceSites.reach else { return QuietPart(bounds: intron, isQuiet: false) }
    let inner = intron.lowerBound + SpliceSites.reach..<intron.upperBound - SpliceSites.reach
    if position < inner.lowerBound { return QuietPart(bounds: intron.lowerBound..<inner.lowerBound, isQuiet: false) }
    if position >= inner.upperBound { return QuietPart(bounds: inner.upperBound..<intron.upperBound, isQuiet: false) }
    let middle = SequenceNaming.middle(of: intron, isForward: model.isForward)
    let half = position < middle ? Int.min..<middle : middle..<Int.max
    return QuietPart(
      bounds: inner.clamped(to: half), naming: SequenceNaming.naming(ofIntronBehind: exon, at: position, on: self))
  }
}
