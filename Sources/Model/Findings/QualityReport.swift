/// A quality check's answer. `notEvaluable` is never a pass.
public enum CheckOutcome: String, Sendable, Hashable, Comparable {
  case pass, warning, fail
  case notEvaluable = "not_evaluable"

  private var severity: Int {
    switch self {
    case .pass: 0
    case .notEvaluable: 1
    case .warning: 2
    case .fail: 3
    }
  }

  public static func < (left: CheckOutcome, right: CheckOutcome) -> Bool { left.severity < right.severity }
}

/// One check of one sample, pair or trio: what was measured, against what, and the verdict.
public struct QualityCheck: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case sexFromX = "sex_x_heterozygosity"
    case sexFromY = "sex_y_calls"
    case sexFromDepth = "sex_depth"
    /// Whether reads and variants are of one person.
    case readIdentity = "read_identity"
    case relatedness
    case parentChildIdentity = "parent_child_ibs0"
    case mendelianErrors = "mendelian_errors"
    case heterozygosityRatio = "het_hom_ratio"
    case transitionRatio = "ti_tv_ratio"
    case contamination
    case homozygosity = "runs_of_homozygosity"
    case earlierSamples = "earlier_samples"
    case uniparentalDisomy = "uniparental_disomy"
  }

  public var kind: Kind
  /// The samples concerned: one, a pair, or child, father, mother.
  public var samples: [String]
  /// What was measured; nil when there was not enough to measure.
  public var value: Double?
  /// The cut-off in words, with its source.
  public var threshold: Wording
  public var outcome: CheckOutcome
  /// Counts behind the value, for example `sites`, `ibs0`.
  public var counts: [String: Int]
  /// One sentence for the reader.
  public var message: Wording

  public init(
    kind: Kind, samples: [String], value: Double?, threshold: Wording, outcome: CheckOutcome,
    counts: [String: Int] = [:], message: Wording
  ) {
    self.kind = kind
    self.samples = samples
    self.value = value
    self.threshold = threshold
    self.outcome = outcome
    self.counts = counts
    self.message = message
  }
}

/// All checks of a case, and what they forbid.
public struct QualityReport: Sendable, Hashable {
  public var checks: [QualityCheck]
  /// Parent–child links, as `child parent`, that the genotypes contradict: their genotypes prove nothing about descent.
  public var refutedLinks: Set<ParentLink>
  /// Links that the genotypes confirm.
  public var confirmedLinks: Set<ParentLink>
  /// Runs of homozygosity of each sample that could be judged, the proband first.
  public var homozygosity: [Homozygosity]
  /// Of each child whose descent from both parents the genotypes do not contradict.
  public var origins: [ChromosomeOrigins]

  public struct ParentLink: Sendable, Hashable {
    public var child: String
    public var parent: String

    public init(child: String, parent: String) {
      self.child = child
      self.parent = parent
    }
  }

  public init(
    checks: [QualityCheck] = [], refutedLinks: Set<ParentLink> = [], confirmedLinks: Set<ParentLink> = [],
    homozygosity: [Homozygosity] = [], origins: [ChromosomeOrigins] = []
  ) {
    self.origins = origins
    self.homozygosity = homozygosity
    self.checks = checks
    self.refutedLinks = refutedLinks
    self.confirmedLinks = confirmedLinks
  }

  public var worst: CheckOutcome { checks.map(\.outcome).max() ?? .notEvaluable }
}
