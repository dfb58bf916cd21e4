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
  public var evidence: String
  /// The rule with its source.
  public var rule: String
  /// Points that count in the sum; 0 when a double-counting rule set the criterion aside.
  public var points: Int
  /// Why the criterion does not count, or what to mind.
  public var note: String?

  public init(
    _ code: String, _ strength: EvidenceStrength, isBenign: Bool = false, evidence: String, rule: String,
    note: String? = nil
  ) {
    self.code = code
    self.strength = strength
    self.isBenign = isBenign
    self.evidence = evidence
    self.rule = rule
    self.note = note
    points = isBenign ? -strength.points : strength.points
  }

  /// `PM2_Supporting`; the plain code where the strength is the criterion's own.
  public var name: String {
    let own: EvidenceStrength =
      switch code {
      case "PVS1": .veryStrong
      case "BA1": .standAlone
      case let code where code.hasPrefix("PS") || code.hasPrefix("BS"): .strong
      case let code where code.hasPrefix("PM"): .moderate
      default: .supporting
      }
    return strength == own ? code : "\(code)_\(strength.rawValue)"
  }
}

/// The automated criteria of one variant and what they sum up to; never a classification.
public struct AutomatedEvidence: Sendable, Hashable {
  public var criteria: [Criterion]

  public init(criteria: [Criterion] = []) {
    self.criteria = criteria
  }

  /// Criteria that count; the others stand with a note why they do not.
  public var counted: [Criterion] { criteria.filter { $0.points != 0 } }

  public var points: Int { criteria.reduce(0) { $0 + $1.points } }

  /// Class that the points would give (≥ 10 P, 6…9 LP, 0…5 VUS, -1…-6 LB, ≤ -7 B); P and LP need two criteria.
  public var classHint: String {
    if criteria.contains(where: { $0.code == "BA1" && $0.points != 0 }) { return "B" }
    let counted = criteria.filter { $0.points > 0 }.count
    switch points {
    case 10... where counted >= 2: return "P"
    case 6... where counted >= 2: return "LP"
    case 0...: return "VUS"
    case -6...(-1): return "LB"
    default: return "B"
    }
  }

  /// `LP (automated points 9; human criteria pending)`: never a bare class.
  public var wording: String { "\(classHint) (automated points \(points); human criteria pending)" }
}
