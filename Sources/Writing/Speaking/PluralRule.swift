/// Which form of a phrase goes with a count: conditions of Unicode CLDR for cardinals (UTS 35, part 3, "Plural rules"), here of whole
/// numbers.
///
///     try PluralRule(["one": "i = 1 and v = 0"]).category(of: 1)  // "one"
struct PluralRule: Sendable {
  /// The category of all that no condition holds for.
  static let other = "other"

  /// In this order the first condition that holds decides.
  private static let categories = ["zero", "one", "two", "few", "many"]

  /// A condition as CLDR writes it that is none, or stands under a category that CLDR does not know.
  struct Fault: Error, CustomStringConvertible {
    let category: String
    let condition: String
    var description: String { "plural: \(category): '\(condition)' is no condition of CLDR" }
  }

  /// `n % 10 = 2..4,6`
  private struct Relation: Sendable {
    /// Whether it speaks of digits behind the mark, of which a whole number has none.
    let isOfFraction: Bool
    let divisor: Int?
    let isNegated: Bool
    let ranges: [ClosedRange<Int>]

    func holds(for count: Int) -> Bool {
      let whole = isOfFraction ? 0 : count
      let operand = divisor.map { whole % $0 } ?? whole
      return ranges.contains { $0.contains(operand) } != isNegated
    }
  }

  /// Any of the groups must hold, and within it every relation.
  private var conditions: [(category: String, groups: [[Relation]])] = []

  /// One form for all counts.
  init() {}

  /// - Parameter conditions: by category, all but `other`.
  init(_ conditions: [String: String]) throws(Fault) {
    for (category, condition) in conditions where !Self.categories.contains(category) {
      throw Fault(category: category, condition: condition)
    }
    for category in Self.categories {
      guard let condition = conditions[category] else { continue }
      var groups: [[Relation]] = []
      for group in condition.split(separator: " or ") {
        var relations: [Relation] = []
        for text in group.split(separator: " and ") {
          guard let relation = Self.relation(text) else { throw Fault(category: category, condition: condition) }
          relations.append(relation)
        }
        groups.append(relations)
      }
      if groups.isEmpty { throw Fault(category: category, condition: condition) }
      self.conditions.append((category, groups))
    }
  }

  /// The categories in use, `other` last.
  var names: [String] { conditions.map(\.category) + [Self.other] }

  func category(of count: Int) -> String {
    let count = Int(clamping: count.magnitude)
    let first = conditions.first { $0.groups.contains { $0.allSatisfy { $0.holds(for: count) } } }
    return first?.category ?? Self.other
  }

  private static func relation(_ text: Substring) -> Relation? {
    var words = text.split(separator: " ")[...]
    guard let operand = words.popFirst(), "nivwftce".contains(operand), operand.count == 1 else { return nil }
    var divisor: Int?
    if words.first == "%" {
      guard let number = words.dropFirst().first.flatMap({ Int($0) }), number > 0 else { return nil }
      divisor = number
      words = words.dropFirst(2)
    }
    guard let sign = words.popFirst(), sign == "=" || sign == "!=" else { return nil }
    var ranges: [ClosedRange<Int>] = []
    for part in words.joined().split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low <= high else {
        return nil
      }
      ranges.append(low...high)
    }
    return Relation(
      isOfFraction: !"ni".contains(operand), divisor: divisor, isNegated: sign == "!=", ranges: ranges)
  }
}

extension PluralRule: Decodable {
  init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode([String: String].self))
  }
}
