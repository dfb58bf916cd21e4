/// One line of a candidate's account: how many points for what, by which rule.
public struct PointsEntry: Sendable, Hashable {
  /// What the points are for, for example `PVS1` or `de novo`.
  public var label: Wording
  public var points: Double
  /// The rule with its source.
  public var rule: Wording
  /// The patient's phenotype term that the points are for; nil for every other line.
  public var term: PhenotypeTerm?
  /// Whether the term was looked for and not found.
  public var isExcluded = false

  public init(
    _ label: Wording, _ points: Double, rule: Wording, term: PhenotypeTerm? = nil, isExcluded: Bool = false
  ) {
    self.label = label
    self.points = points
    self.rule = rule
    self.term = term
    self.isExcluded = isExcluded
  }
}

/// The account of a candidate, `T = P + V + S + G` (clinical specification, section 8.1).
///
/// One point is a factor of 350^(1/8) in odds, the scale of the ACMG points. Every total is the sum of its entries, after the
/// stated clamp, so that a reader can redo each sum.
public struct PointsLedger: Sendable, Hashable {
  /// Phenotype; nil when phenotype was not scored, which counts as 0 and is said in the report.
  public var phenotype: [PointsEntry]?
  /// For each variant of the candidate its own entries; the variant score is the mean of their sums.
  public var variants: [[PointsEntry]]
  public var segregation: [PointsEntry]
  public var gene: [PointsEntry]

  public init(
    phenotype: [PointsEntry]? = nil, variants: [[PointsEntry]], segregation: [PointsEntry], gene: [PointsEntry]
  ) {
    self.phenotype = phenotype
    self.variants = variants
    self.segregation = segregation
    self.gene = gene
  }

  /// Odds of one point.
  public static let oddsPerPoint = 2.0797
  /// A variant's own sum never exceeds this.
  public static let variantCeiling = 12.0
  public static let phenotypeRange = -15.0...25.0

  public var phenotypeScore: Double {
    min(max(Self.sum(phenotype ?? []), Self.phenotypeRange.lowerBound), Self.phenotypeRange.upperBound)
  }

  /// Each variant's sum, capped.
  public var variantSums: [Double] { variants.map { min(Self.sum($0), Self.variantCeiling) } }

  public var variantScore: Double {
    variants.isEmpty ? 0 : variantSums.reduce(0, +) / Double(variants.count)
  }

  public var segregationScore: Double { Self.sum(segregation) }
  public var geneScore: Double { Self.sum(gene) }
  public var total: Double { phenotypeScore + variantScore + segregationScore + geneScore }

  private static func sum(_ entries: [PointsEntry]) -> Double { entries.reduce(0) { $0 + $1.points } }
}
