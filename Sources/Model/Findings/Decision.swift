/// Stages at which a record or an allele can leave the screen, in the order in which they are met.
///
/// Every record of the input ends as reported or under exactly one of these.
public enum Removal: String, Sendable, Hashable, CaseIterable, Comparable, Codable, CodingKeyRepresentable {
  /// Decoys, alternate loci, HLA: not an assembled chromosome.
  case otherContig = "other_contig"
  /// Mitochondrial record of a reference that is not the revised Cambridge sequence.
  case foreignMitochondrion = "foreign_mitochondrion"
  /// Outside every gene and region of the panels.
  case outsidePanel = "outside_panel"
  /// `.`, `*`, `<*>`, `<NON_REF>` only: no alternate allele to report.
  case noAlternate = "no_alternate"
  /// A repeat locus: judged by its length, apart from the ranking.
  case repeatLocus = "repeat_locus"
  /// No affected member carries the allele.
  case notCarried = "not_carried"
  case siteFilter = "site_filter"
  case siteQuality = "site_quality"
  case populationFrequency = "population_frequency"
  case localFrequency = "local_frequency"
  /// The file tells no consequence for the allele, and it lies outside the coding exons known here.
  case noConsequence = "no_consequence"
  /// The consequence belongs to no gene of the panels.
  case otherGene = "other_gene"
  case impact = "impact"
  /// The same allele came from an earlier record or file.
  case duplicate = "duplicate"
  /// No affected member's genotype stood the quality check.
  case genotypeQuality = "genotype_quality"
  /// One copy in a gene that needs two: kept on the list of near misses.
  case singleHeterozygous = "single_heterozygous"
  /// No mode of inheritance of the gene fits the family.
  case inheritance = "inheritance"
  /// Too few points of variants and family for the ranked list: kept on the list of near misses.
  case weakEvidence = "weak_evidence"

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (left: Removal, right: Removal) -> Bool { left.order < right.order }
}

/// What one stage decided about one allele: the value it saw, the threshold it held against it, and the rule.
public struct Decision: Sendable, Hashable {
  public enum Outcome: String, Sendable, Hashable {
    /// Passed the rule.
    case kept
    /// Passed although the value is missing: unknown is not a reason to drop.
    case unknown
    /// Failed the rule, and an exemption keeps it.
    case exempt
    case removed
  }

  /// A value or threshold as it was compared.
  public enum Value: Sendable, Hashable {
    case missing
    case number(Double)
    case text(Wording)
  }

  public var stage: Removal
  public var outcome: Outcome
  public var value: Value
  public var threshold: Value
  /// The rule in words with its source, for example `QUAL at least (min_qual)`.
  public var rule: Wording

  public init(_ stage: Removal, _ outcome: Outcome, value: Value, threshold: Value, rule: Wording) {
    self.stage = stage
    self.outcome = outcome
    self.value = value
    self.threshold = threshold
    self.rule = rule
  }

  public var isKept: Bool { outcome != .removed }
}

/// Counts of what came in and where it left, for records and for their alternate alleles.
///
/// A record leaves at the stage that its furthest allele reached. `imbalance` is 0 in a sound run:
/// records read = reported + Σ removed.
public struct Tally: Sendable, Hashable, Codable {
  public var recordsRead = 0
  public var allelesRead = 0
  public var recordsReported = 0
  public var allelesReported = 0
  public var records: [Removal: Int] = [:]
  public var alleles: [Removal: Int] = [:]
  /// Badges of alleles that passed with a value missing, for example `no frequency data`.
  public var unknowns: [Removal: Int] = [:]
  /// Alleles kept by an exemption, by the stage that would have dropped them.
  public var exempted: [Removal: Int] = [:]

  public init() {}

  public static func += (left: inout Tally, right: Tally) {
    left.recordsRead += right.recordsRead
    left.allelesRead += right.allelesRead
    left.recordsReported += right.recordsReported
    left.allelesReported += right.allelesReported
    left.records.merge(right.records, uniquingKeysWith: +)
    left.alleles.merge(right.alleles, uniquingKeysWith: +)
    left.unknowns.merge(right.unknowns, uniquingKeysWith: +)
    left.exempted.merge(right.exempted, uniquingKeysWith: +)
  }

  public var recordImbalance: Int { recordsRead - recordsReported - records.values.reduce(0, +) }
  public var alleleImbalance: Int { allelesRead - allelesReported - alleles.values.reduce(0, +) }
}
