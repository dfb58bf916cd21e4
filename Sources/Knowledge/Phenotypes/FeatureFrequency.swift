/// How often a feature is seen among people with a disease, as HPO's annotations state it.
///
/// In the tables: `3/7` for counted people, a letter for one of HPO's five words, `45%`, or nothing.
enum FeatureFrequency: Hashable, Sendable {
  case counted(affected: Int, examined: Int)
  /// Fraction, 0…1: a percentage, or the middle of the range of one of HPO's words.
  case stated(Double)
  case unstated

  /// Whether nobody has the feature.
  var isNever: Bool {
    switch self {
    case .counted(let affected, _): affected == 0
    case .stated(let share): share == 0
    case .unstated: false
    }
  }

  /// More people than any publication on a rare disease counts.
  static let mostPeople = 1_000_000

  /// HPO's words (terms below HP:0040279) with their letters and the middle of their ranges.
  private static let words: [(term: String, letter: String, share: Double)] = [
    ("HP:0040280", "O", 1), ("HP:0040281", "V", 0.895), ("HP:0040282", "F", 0.545), ("HP:0040283", "S", 0.17),
    ("HP:0040284", "R", 0.025), ("HP:0040285", "X", 0),
  ]

  /// The cell of the table for a cell of `phenotype.hpoa`.
  static func written(_ text: String) -> String {
    if let word = words.first(where: { $0.term == text }) { return word.letter }
    if let share = percentage(text) { return share > 1 ? "" : text }
    return reading(text) == .unstated ? "" : text
  }

  /// Reads a cell of the table; what is none of the forms is `unstated`.
  static func reading(_ text: some StringProtocol) -> FeatureFrequency {
    if text.isEmpty { return .unstated }
    if let slash = text.firstIndex(of: "/") {
      guard let affected = Int(text[..<slash]), let examined = Int(text[text.index(after: slash)...]), examined > 0,
        (0...examined).contains(affected), examined <= mostPeople
      else { return .unstated }
      return .counted(affected: affected, examined: examined)
    }
    if let word = words.first(where: { $0.letter == text }) { return .stated(word.share) }
    if let share = percentage(text), share <= 1 { return .stated(share) }
    return .unstated
  }

  private static func percentage(_ text: some StringProtocol) -> Double? {
    guard text.last == "%", let number = Double(text.dropLast()), number >= 0 else { return nil }
    return number / 100
  }
}
