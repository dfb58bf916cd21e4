public import Model

/// Tells what alleles do to the transcripts of a gene model. A value belongs to one worker.
///
///     let caller = ConsequenceCaller(model, reference: window)
///     caller.effects(.chr9, 127_675_855, "C", "T")  // stop_gained on STXBP1
///
/// Terms and their windows are Ensembl's (Sequence Ontology), told on the allele as it is spelled, without the bases that both
/// sides share; names are HGVS. Without a reference what the place alone decides is told: splice sites, introns, untranslated
/// regions, shifts of the frame; other changes of the coding sequence are `coding_sequence_variant`.
public final class ConsequenceCaller {
  public let model: GeneModel
  let reference: ReferenceWindow?

  /// The transcripts around the place that is being looked at: records come in order, and share them.
  private(set) var window: Region?
  /// The stretch that was asked for last: records come in order, and lie in the same one.
  var stretch: QuietStretch?
  /// A region that is known to lie in no stretch.
  var exception: Region?
  private var placed: [PlacedTranscript] = []
  /// Of the contig that was asked for last.
  private var accession: (contig: Contig, text: [UInt8])?

  /// Ensembl's distance within which an allele lies upstream or downstream of a gene.
  static let flank = 5_000
  private static let windowBits = 15

  public init(_ model: GeneModel, reference: ReferenceWindow?) {
    self.model = model
    self.reference = reference
  }

  /// The effects of one allele on every transcript within 5,000 bases, in the order of the gene model.
  ///
  /// - Parameters:
  ///   - position: 1-based, of the first base of `reference`.
  ///   - reference, alternate: bases in upper case; anything else has no effects.
  public func effects(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>
  ) -> [TranscriptEffect] {
    guard let change = GenomicChange(contig, position, reference, alternate) else { return [] }
    var effects: [TranscriptEffect] = []
    for transcript in transcripts(near: change)
    where transcript.region.start - Self.flank <= change.range.upperBound
      && change.range.lowerBound <= transcript.region.end + Self.flank
    {
      if let effect = TranscriptJudge(transcript: transcript, reference: self.reference).effect(of: change) {
        effects.append(effect)
      }
    }
    return effects
  }

  /// The HGVS name of an allele on the genome, for example `NC_000009.12:g.127675855C>T`, at its 3' end.
  ///
  /// - Parameters:
  ///   - position: 1-based, of the first base of `reference`.
  ///   - reference, alternate: bases in upper case.
  /// - Returns: nil where the assembly is not known, bases are missing, or there is no change.
  public func genomicName(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>
  ) -> String? {
    guard let assembly = model.assembly, let change = GenomicChange(contig, position, reference, alternate) else {
      return nil
    }
    if accession?.contig != contig { accession = (contig, Array((assembly.refSeqAccession(of: contig) + ":").utf8)) }
    return SequenceNaming.genomic(change, in: self.reference, after: accession?.text ?? [])
  }

  /// Whether the reference holds the contig; false without a reference.
  public func hasSequence(of contig: Contig) -> Bool { reference?.length(of: contig) != nil }

  /// Holds REF to the reference; unknown bases on either side agree.
  ///
  /// - Parameter bases: in upper case; of a long REF the beginning is looked at.
  /// - Returns: what the reference has, cut short; nil where both agree, or the reference has nothing there.
  public func mismatch(_ contig: Contig, _ position: Int, _ bases: ArraySlice<UInt8>) -> String? {
    let checked = bases.prefix(ReferenceAgreement.checkedBases)
    if reference?.has(checked, at: position - 1, of: contig) == true { return nil }
    guard let expected = reference?.bases(Region(contig, position - 1, position - 1 + checked.count)),
      !ReferenceAgreement.holds(checked, expected)
    else { return nil }
    return String(decoding: expected.prefix(ReferenceAgreement.shownBases), as: UTF8.self)
  }

  /// A transcript by its number in the gene model.
  func placed(_ index: Int) -> PlacedTranscript {
    placed.first { $0.index == index } ?? PlacedTranscript(index, model.transcripts[index], reference: reference)
  }

  /// Transcripts around a change, some of them further away than the flank.
  func transcripts(near change: GenomicChange) -> [PlacedTranscript] {
    let span = Region(change.contig, change.range.lowerBound, max(change.range.upperBound, change.range.lowerBound + 1))
    if let window, window.contig == span.contig, window.start <= span.start, span.end <= window.end { return placed }
    let start = (span.start >> Self.windowBits) << Self.windowBits
    let window = Region(span.contig, start, max(span.end, start + 1 << Self.windowBits))
    let known = Dictionary(uniqueKeysWithValues: placed.map { ($0.index, $0) })
    placed = model.indices(overlapping: window.padded(by: Self.flank)).map { index in
      known[index] ?? PlacedTranscript(index, model.transcripts[index], reference: reference)
    }
    self.window = window
    return placed
  }
}
