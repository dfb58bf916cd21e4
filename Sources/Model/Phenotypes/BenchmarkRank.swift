/// Ranks that the cause of a published case gets by phenotype alone, asked in one way.
public struct BenchmarkRank: Sendable, Hashable {
  public enum Way: String, Sendable, Hashable, CaseIterable {
    case full
    /// Annotations that cite the case's own publications are left out.
    case withoutOwnPublications = "leakage_controlled"
    case withoutExcludedTerms = "without_excluded"
    /// Two random terms added, two terms made one level vaguer.
    case withNoise = "noise"
    case resnik
    case resnikWithoutOwnPublications = "resnik_leakage_controlled"
  }

  public var way: Way
  /// Rank by the disease's id; nil when it was not found.
  public var disease: Int?
  /// Rank by any id of the same disease (MONDO).
  public var group: Int?
  public var gene: Int?
  /// Share of the disease that is ranked first, 0…1; nil for a way that gives none.
  public var topShare: Double?

  public init(way: Way, disease: Int?, group: Int?, gene: Int?, topShare: Double? = nil) {
    self.way = way
    self.disease = disease
    self.group = group
    self.gene = gene
    self.topShare = topShare
  }
}

/// One published case of a benchmark.
public struct BenchmarkCase: Sendable, Hashable {
  public var file: String
  public var disease: String
  public var gene: String
  public var observedCount: Int
  public var excludedCount: Int
  /// Whether the release knows features of the disease.
  public var isAnnotated: Bool
  /// Whether the gene is of the half on which nothing was tuned.
  public var isTest: Bool
  public var ranks: [BenchmarkRank]

  public init(
    file: String, disease: String, gene: String, observedCount: Int, excludedCount: Int, isAnnotated: Bool,
    isTest: Bool,
    ranks: [BenchmarkRank]
  ) {
    self.file = file
    self.disease = disease
    self.gene = gene
    self.observedCount = observedCount
    self.excludedCount = excludedCount
    self.isAnnotated = isAnnotated
    self.isTest = isTest
    self.ranks = ranks
  }

  public func rank(_ way: BenchmarkRank.Way) -> BenchmarkRank? { ranks.first { $0.way == way } }
}
