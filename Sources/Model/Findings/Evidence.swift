/// Strength of an ACMG/AMP criterion on the points scale of Tavtigian et al. 2020.
public enum EvidenceStrength: String, Sendable, Hashable, CaseIterable {
  case supporting = "Supporting"
  case moderate = "Moderate"
  case strong = "Strong"
  case veryStrong = "VeryStrong"
  case standAlone = "StandAlone"

  /// Size in points; `standAlone` is a verdict of its own and counts as very strong.
  public var points: Int {
    switch self {
    case .supporting: 1
    case .moderate: 2
    case .strong: 4
    case .veryStrong, .standAlone: 8
    }
  }
}

/// One ACMG/AMP criterion that was met, with the fact that met it.
public struct Criterion: Sendable, Hashable {
  /// `PVS1`, `PM2`, `BA1`, …
  public var code: String
  public var strength: EvidenceStrength
  public var isBenign: Bool
  /// The fact, for example `REVEL 0.80 in [0.773, 0.932)`.
  public var evidence: Wording
  /// The rule with its source.
  public var rule: Wording
  /// Points that count in the sum; 0 when the criterion was set aside.
  public var points: Int
  /// What to mind.
  public var note: Wording?
  /// Why another criterion, or a reviewer, keeps this one from counting: `PVS1 already counts the effect on the product`.
  public var setAside: Wording?
  /// Who gave it; nil for a rule of the program.
  public var reviewer: String?
  /// The reviewer who took it away.
  public var remover: String?

  public init(
    _ code: String, _ strength: EvidenceStrength, isBenign: Bool = false, evidence: Wording, rule: Wording,
    note: Wording? = nil, reviewer: String? = nil
  ) {
    self.code = code
    self.strength = strength
    self.isBenign = isBenign
    self.evidence = evidence
    self.rule = rule
    self.note = note
    self.reviewer = reviewer
    points = Self.points(strength, isBenign: isBenign)
  }

  private static func points(_ strength: EvidenceStrength, isBenign: Bool) -> Int {
    isBenign ? -strength.points : strength.points
  }

  /// `PM2_Supporting`; the plain code where the strength is the criterion's own.
  public var name: String { CriterionCode.name(of: code, at: strength) }

  /// Why it does not count and what to mind, in one sentence; nil where there is neither.
  public var remark: Wording? {
    let removal: Wording? = setAside == nil ? remover.map { "removed by \($0)" } : nil
    let aside: Wording? = setAside.map { "not counted: \($0)" }
    let parts = [aside, removal, note].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Keeps the criterion in the list without its points. One that its own rule gave no points stays as it is.
  public mutating func setAside(because reason: Wording) {
    guard points != 0 else { return }
    points = 0
    setAside = reason
  }

  /// Takes back what another criterion or a reviewer did to it. One that its own rule gave no points keeps none.
  public mutating func restore() {
    remover = nil
    guard setAside != nil else { return }
    setAside = nil
    points = Self.points(strength, isBenign: isBenign)
  }
}

/// The criteria of one variant, automated ones and those of a reviewer, and what they sum up to; never a classification, save
/// the one that a reviewer gave.
public struct AutomatedEvidence: Sendable, Hashable {
  public var criteria: [Criterion]
  /// The class that a reviewer gave; nil where none did.
  public var given: GivenClass?

  public init(criteria: [Criterion] = [], given: GivenClass? = nil) {
    self.criteria = criteria
    self.given = given
  }

  /// Criteria that count; the others stand with a note why they do not.
  public var counted: [Criterion] { criteria.filter { $0.points != 0 } }

  public var points: Int { criteria.reduce(0) { $0 + $1.points } }

  /// Class that the points would give (≥ 10 P, 6…9 LP, 0…5 VUS, -1…-6 LB, ≤ -7 B); P and LP need two criteria, and BA1 stands
  /// alone.
  ///
  /// Source: Tavtigian et al. 2020 (doi:10.1002/humu.24088).
  public var classHint: String {
    if standsAlone { return "B" }
    switch points {
    case 10... where !isSingle: return "P"
    case 6... where !isSingle: return "LP"
    case 0...: return "VUS"
    case -6...(-1): return "LB"
    default: return "B"
    }
  }

  /// The class that a reader goes by: that of a reviewer, else that of the points, which is a hint.
  public var standingClass: String { given?.value.rawValue ?? classHint }

  private var standsAlone: Bool { criteria.contains { $0.code == "BA1" && $0.points != 0 } }

  /// Whether fewer than two criteria speak for pathogenicity.
  private var isSingle: Bool { criteria.count { $0.points > 0 } < 2 }

  /// Why the class is not what the points alone would give; nil where it is.
  public var demotion: String? { points >= 6 && isSingle && !standsAlone ? "P and LP need two criteria" : nil }

  /// Probability of pathogenicity, 0…1, from a prior of 0.10 and odds of 350^(1/8) a point; nil where BA1 stands alone, which is
  /// a verdict outside the scale.
  ///
  /// Source: Tavtigian et al. 2018 and 2020 (doi:10.1038/gim.2017.210, doi:10.1002/humu.24088).
  public var posterior: Double? {
    if standsAlone { return nil }
    var odds = Self.priorOdds
    for _ in 0..<abs(points) { odds = points > 0 ? odds * Self.oddsPerPoint : odds / Self.oddsPerPoint }
    return odds / (1 + odds)
  }

  private static let priorOdds = 0.10 / (1 - 0.10)
  private static let oddsPerPoint = 350.0.squareRoot().squareRoot().squareRoot()

  // MARK: Reviewers

  /// Who gave a class, or gave or took away a criterion, each once, in order.
  public var reviewers: [String] {
    var seen: Set<String> = []
    let names = criteria.flatMap { [$0.reviewer, $0.remover] } + [given?.reviewer]
    return names.compactMap { $0 }.filter { seen.insert($0).inserted }
  }

  public var isReviewed: Bool { !reviewers.isEmpty }

  /// Points of the criteria that a reviewer gave.
  public var reviewedPoints: Int { criteria.reduce(0) { $0 + ($1.reviewer == nil ? 0 : $1.points) } }

  /// Automated criteria that a reviewer took away.
  public var removedCount: Int { criteria.count { $0.remover != nil } }

  /// `LP (automated points 9; human criteria pending)`, or `LP (points 9, of them 4 by a reviewer; a hint, not a
  /// classification)`, or `P (class given by A. Berg, 2026-03-01; points 9 are a hint of LP)`: never a bare class.
  public var wording: String {
    if let given {
      return "\(given.value.rawValue) (class given by \(given.signature); points \(points) are a hint of \(classHint))"
    }
    guard isReviewed else { return "\(classHint) (automated points \(points); human criteria pending)" }
    let people = reviewers.count == 1 ? "a reviewer" : "\(reviewers.count) reviewers"
    var parts = ["points \(points), of them \(reviewedPoints) by \(people)"]
    if removedCount > 0 {
      parts.append("\(removedCount) automated \(removedCount == 1 ? "criterion" : "criteria") removed")
    }
    if let demotion { parts.append(demotion) }
    return "\(classHint) (\((parts + ["a hint, not a classification"]).joined(separator: "; ")))"
  }
}
