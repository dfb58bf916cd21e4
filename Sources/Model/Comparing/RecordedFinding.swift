/// An allele in a gene as an earlier run reported it: a candidate, or a near miss.
public struct RecordedFinding: Sendable, Hashable {
  /// Where it stood.
  public enum Standing: Sendable, Hashable {
    /// 1 is best.
    case candidate(rank: Int)
    /// Kind of the near miss, and the stage that removed it with what it saw.
    case nearMiss(kind: String, stage: String, value: String?, threshold: String?)
  }

  public struct Criterion: Sendable, Hashable {
    public var code: String
    /// With its strength: `PM2_Supporting`.
    public var name: String
    public var points: Int
    /// Who gave it; nil for a rule of the program.
    public var reviewer: String?
    /// The reviewer who took it away.
    public var remover: String?

    public init(code: String, name: String, points: Int, reviewer: String? = nil, remover: String? = nil) {
      self.code = code
      self.name = name
      self.points = points
      self.reviewer = reviewer
      self.remover = remover
    }
  }

  public struct ClinVar: Sendable, Hashable {
    public var significance: String
    public var text: String
    public var stars: Int?

    public init(significance: String, text: String, stars: Int?) {
      self.significance = significance
      self.text = text
      self.stars = stars
    }

    public var isPathogenicOrLikely: Bool { ["P", "P/LP", "LP"].contains(significance) }
  }

  public struct Frequency: Sendable, Hashable {
    /// `NODATA`, `ZERO` or `KNOWN`.
    public var state: String
    /// The figure that filters look at, a fraction 0…1.
    public var value: Double?
    public var homozygotes: Int?
    /// Names of the fields that told it; those of a store begin with the store's name.
    public var sources: [String]

    public init(state: String, value: Double?, homozygotes: Int?, sources: [String]) {
      self.state = state
      self.value = value
      self.homozygotes = homozygotes
      self.sources = sources
    }
  }

  /// Sums of the account; nil where they were not scored.
  public struct Sums: Sendable, Hashable {
    public var phenotype: Double?
    public var variant: Double
    public var segregation: Double
    public var gene: Double
    public var total: Double

    public init(phenotype: Double?, variant: Double, segregation: Double, gene: Double, total: Double) {
      self.phenotype = phenotype
      self.variant = variant
      self.segregation = segregation
      self.gene = gene
      self.total = total
    }
  }

  /// `CHROM-POS-REF-ALT`, normalised.
  public var allele: String
  public var gene: String
  public var hgncID: String?
  public var standing: Standing
  /// Both alleles of a compound heterozygote; nil for a single one.
  public var group: String?
  public var models: [String] = []
  public var disease: String?
  public var sums: Sums?
  /// Class that the points give: `P`, `LP`, `VUS`, `LB`, `B`. A hint, never a classification.
  public var classHint = "VUS"
  public var points = 0
  /// Class that a reviewer gave, with who and whether it is signed: `LP by A. Berg, signed`.
  public var givenClass: Wording?
  /// `Sanger negative (A. Berg, 2026-03-01)`; nil for one that no reviewer dismissed.
  public var dismissal: String?
  public var criteria: [Criterion] = []
  public var clinVar: ClinVar?
  public var frequency = Frequency(state: "NODATA", value: nil, homozygotes: nil, sources: [])
  /// Copies in the laboratory's own cohort.
  public var localCount: Int?
  /// Scores by the name of their tool.
  public var predictions: [String: Double] = [:]
  /// Terms of the chosen transcript, joined by `&`.
  public var consequence: String?
  public var transcript: String?
  public var hgvsC: String?
  public var hgvsP: String?
  /// Genotypes by sample, as the screen judged them.
  public var genotypes: [String: String] = [:]

  public init(allele: String, gene: String, hgncID: String? = nil, standing: Standing) {
    self.allele = allele
    self.gene = gene
    self.hgncID = hgncID
    self.standing = standing
  }

  /// Rank of a candidate; nil for a near miss.
  public var rank: Int? {
    if case .candidate(let rank) = standing { return rank }
    return nil
  }

  public var isCandidate: Bool { rank != nil }

  /// Whether the points or ClinVar call it pathogenic or likely so.
  public var isPathogenic: Bool { ["P", "LP"].contains(classHint) || clinVar?.isPathogenicOrLikely == true }
}
