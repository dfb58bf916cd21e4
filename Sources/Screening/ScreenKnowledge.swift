public import Knowledge
public import Model

/// Facts beside the case that the screen's rules need, read from data files by whoever makes the screen.
public struct ScreenKnowledge: Sendable {
  /// Every gene with its names and places, to tell which gene an annotation means.
  public var genes: GeneTable
  /// Alleles that BA1 is not applied to although they are common (ClinGen's list), on the case's assembly.
  public var frequencyExceptions: Set<Allele>
  /// Repeat loci with their ranges, on the case's assembly; empty where the assembly has none.
  public var repeatLoci: [RepeatLocus]
  /// What the laboratory installed beside the files of the case: frequencies, ClinVar, scores, on the case's assembly.
  public var stores: [AlleleStore]
  /// Where samples are compared with their reads and with everybody who was sequenced before; the latter nil where the case names no
  /// cohort.
  public var fingerprint: (sites: FingerprintSites, earlier: [CohortSketch]?)?
  /// What ranks phenotypes; nil for a case without terms.
  public var phenotypes: PhenotypeLikelihood?

  public init(
    genes: GeneTable, frequencyExceptions: Set<Allele> = [], repeatLoci: [RepeatLocus] = [],
    stores: [AlleleStore] = [], phenotypes: PhenotypeLikelihood? = nil,
    fingerprint: (sites: FingerprintSites, earlier: [CohortSketch]?)? = nil
  ) {
    self.fingerprint = fingerprint
    self.phenotypes = phenotypes
    self.stores = stores
    self.genes = genes
    self.frequencyExceptions = frequencyExceptions
    self.repeatLoci = repeatLoci
  }
}
