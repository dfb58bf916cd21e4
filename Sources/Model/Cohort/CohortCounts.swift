/// What the cohort knows of one allele.
///
/// Counts of copies (`alleleCount`, `alleleNumber`) are over unrelated members who were looked at there: of each family a
/// largest set of members without a common ancestor in the pedigree. Counts of people are over all members.
public struct CohortCounts: Sendable, Hashable {
  /// Copies of the allele in unrelated members.
  public var alleleCount = 0
  /// Copies that were called, of the allele or another. A member counts where the genotype is not missing and the place lies
  /// in the regions of the sample; on X and Y outside the pseudoautosomal regions only where the sex is known.
  public var alleleNumber = 0
  /// The same of males alone on X and Y outside the pseudoautosomal regions, where they have one copy; else 0.
  public var maleAlleleCount = 0
  public var maleAlleleNumber = 0
  /// Members with at least one copy.
  public var carriers = 0
  /// Members of whom both copies are the allele.
  public var homozygotes = 0
  /// Members whose only copy is the allele: X and Y of males, a homoplasmic mitochondrion.
  public var hemizygotes = 0
  /// Families with a carrier.
  public var families = 0
  /// Members who were looked at there, related or not, and whose genotype is not missing.
  public var samples = 0

  public init() {}

  /// Fraction 0…1; nil when nobody was looked at: not known is not zero.
  public var alleleFrequency: Double? { alleleNumber > 0 ? Double(alleleCount) / Double(alleleNumber) : nil }
}

/// Everything that the cohort answers of one allele.
public struct CohortAnswer: Sendable, Hashable {
  public var allele: Allele
  public var counts: CohortCounts
  /// Nil when nobody asked who they are.
  public var carriers: [CohortCarrier]?
  public var findings: [CohortFinding]

  public init(allele: Allele, counts: CohortCounts, carriers: [CohortCarrier]?, findings: [CohortFinding]) {
    self.allele = allele
    self.counts = counts
    self.carriers = carriers
    self.findings = findings
  }
}
