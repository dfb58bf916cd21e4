public import Model

/// What the family says of a variant, for the criteria that need it.
public struct FamilyFacts: Sendable, Hashable {
  /// The other allele of a pair in a recessive gene.
  public struct Partner: Sendable, Hashable {
    public var phase: PairPhase
    /// What ClinVar says of the other allele.
    public var clinVar: ClinVarRecord?

    public init(phase: PairPhase, clinVar: ClinVarRecord?) {
      self.phase = phase
      self.clinVar = clinVar
    }
  }

  /// Verdict of the de novo model; nil when it was not asked.
  public var deNovo: Verdict?
  /// Whether genotypes confirm both parents.
  public var areParentsConfirmed: Bool
  public var partners: [Partner]
  /// Whether the proband is homozygous for the allele.
  public var isHomozygous: Bool

  public init(
    deNovo: Verdict? = nil, areParentsConfirmed: Bool = false, partners: [Partner] = [], isHomozygous: Bool = false
  ) {
    self.deNovo = deNovo
    self.areParentsConfirmed = areParentsConfirmed
    self.partners = partners
    self.isHomozygous = isHomozygous
  }

  /// A variant seen without its family.
  public static let none = FamilyFacts()
}

/// PS2, PM6 and PM3.
struct FamilyEvidence {
  let facts: FamilyFacts
  let gene: TargetGene

  var criteria: [Criterion] { [deNovo, inTrans].compactMap { $0 } }

  private static let deNovoRule: Wording =
    "PS2/PM6 by points per proband (ClinGen SVI v1.1); starts at Supporting until a human confirms that the phenotype fits"

  private var deNovo: Criterion? {
    switch facts.deNovo {
    case .pass:
      facts.areParentsConfirmed
        ? Criterion("PS2", .supporting, evidence: "de novo, both parents confirmed by genotypes", rule: Self.deNovoRule)
        : Criterion("PM6", .supporting, evidence: "de novo, parents not confirmed", rule: Self.deNovoRule)
    case .possible(let reasons) where reasons.allSatisfy { Self.absentParent.contains($0) }:
      {
        var criterion = Criterion(
          "PM6", .supporting, evidence: "not seen in the parent at hand", rule: Self.deNovoRule,
          note: "suggestion only: \(reasons.map { "\($0)" }.joined(separator: "; "))")
        criterion.points = 0
        return criterion
      }()
    case .possible, .fail, nil: nil
    }
  }

  private static let absentParent: Set<VerdictReason> = [.oneParentMissing, .fatherMissing, .motherMissing]

  private static let transRule: Wording =
    """
    PM3 by points (ClinGen SVI v1.0): in trans with P or LP 1.0; phase unknown with P 0.5, LP 0.25; homozygous 0.5; in trans \
    with an uncertain variant 0.25; 0.5 Supporting, 1 Moderate, 2 Strong, 4 VeryStrong; this proband counts once
    """

  /// The best partner alone counts: one proband gives one observation.
  private var inTrans: Criterion? {
    guard gene.modes.contains(where: { $0 == .autosomalRecessive || $0 == .dominantAndRecessive }) else { return nil }
    var best: (points: Double, evidence: Wording)? = facts.isHomozygous ? (0.5, "homozygous") : nil
    for partner in facts.partners {
      let found = Self.points(of: partner)
      if found.points > best?.points ?? 0 { best = found }
    }
    guard let best, let strength = Self.strength(of: best.points) else { return nil }
    return Criterion("PM3", strength, evidence: "\(best.evidence): \(best.points) points", rule: Self.transRule)
  }

  private static func points(of partner: FamilyFacts.Partner) -> (points: Double, evidence: Wording) {
    let isPathogenic = partner.clinVar?.significance == .pathogenic
    let word: Wording = partner.clinVar.map { "\($0.significance.rawValue)" } ?? "unclassified"
    switch partner.phase {
    case .confirmedTrans:
      switch partner.clinVar?.significance {
      case .benign, .benignOrLikely, .likelyBenign: return (0, "in trans with \(word)")
      default:
        return (partner.clinVar?.isPathogenicOrLikely == true ? 1 : 0.25, "confirmed in trans with \(word)")
      }
    case .probableTrans, .unphased, .unknown:
      guard partner.clinVar?.isPathogenicOrLikely == true else { return (0, "phase unknown with \(word)") }
      return (isPathogenic ? 0.5 : 0.25, "phase not confirmed, with \(word)")
    case .probableCis, .cis: return (0, "in cis")
    }
  }

  private static func strength(of points: Double) -> EvidenceStrength? {
    switch points {
    case 4...: .veryStrong
    case 2...: .strong
    case 1...: .moderate
    case 0.5...: .supporting
    default: nil
    }
  }
}
