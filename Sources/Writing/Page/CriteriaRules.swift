internal import Model

/// What the page's own script checks a reviewer's criteria by, as it is typed: the rules of `CriterionCode`.
enum CriteriaRules {
  private static let known = CriterionCode.known
  private static let alone = known.filter { CriterionCode.strengths(of: $0) == [.standAlone] }
  private static let strengths = EvidenceStrength.allCases.filter { $0 != .standAlone }

  /// Lists with a space between their words.
  static let members: [String: View] = [
    "criterion_codes": text(known), "criteria_alone": text(alone),
    "criteria_retired": text(CriterionCode.retired.sorted()),
    "criterion_strengths": text(strengths.map(\.rawValue)),
    "strength_words": text(strengths.flatMap(CriterionCode.words)),
    "alone_words": text(CriterionCode.words(for: .standAlone)),
  ]

  private static func text(_ words: [String]) -> View { .text(words.joined(separator: " ")) }
}
