/// HPO's classes of the age at which a disease begins (terms below HP:0003674), earliest first.
public enum OnsetClass: Int, Sendable, Hashable, Comparable, CaseIterable {
  case antenatal, congenital, neonatal, infantile, childhood, juvenile, youngAdult, middleAge, late

  public static func < (left: OnsetClass, right: OnsetClass) -> Bool { left.rawValue < right.rawValue }

  /// The class of an HPO term; nil for a term that is no onset.
  public init?(term: String) {
    guard let found = Self.terms[term] else { return nil }
    self = found
  }

  /// The classes that an HPO term of onset takes in: `HP:0003581`, adult onset, has no upper end.
  public static func range(term: String) -> ClosedRange<OnsetClass>? {
    OnsetClass(term: term).map { $0...(term == "HP:0003581" ? .late : $0) }
  }

  /// The class of an age: neonatal below 28 days, infantile below a year, childhood below 5, juvenile below 16, adult below 40,
  /// middle age below 60. An age of 0 is congenital.
  ///
  /// - Parameter years: age in years.
  public init(years: Double) {
    switch years {
    case ...0: self = .congenital
    case ..<(28 / 365.25): self = .neonatal
    case ..<1: self = .infantile
    case ..<5: self = .childhood
    case ..<16: self = .juvenile
    case ..<40: self = .youngAdult
    case ..<60: self = .middleAge
    default: self = .late
    }
  }

  /// Years of an ISO 8601 duration such as `P1Y6M`; nil for another text.
  public static func years(ofDuration text: String) -> Double? {
    guard text.first == "P", text.count > 1 else { return nil }
    let perUnit: [Character: Double] = ["Y": 1, "M": 1 / 12, "W": 7 / 365.25, "D": 1 / 365.25]
    var years = 0.0
    var digits = ""
    // Hours and less do not matter here.
    for character in text.dropFirst().prefix(while: { $0 != "T" }) {
      if let unit = perUnit[character] {
        guard let number = Double(digits), number.isFinite else { return nil }
        years += number * unit
        digits = ""
      } else {
        guard character.isASCII, character.isNumber || character == "." else { return nil }
        digits.append(character)
      }
    }
    return digits.isEmpty ? years : nil
  }

  private static let terms: [String: OnsetClass] = [
    "HP:0030674": .antenatal, "HP:0011460": .antenatal, "HP:0011461": .antenatal, "HP:0034197": .antenatal,
    "HP:0034198": .antenatal, "HP:0034199": .antenatal, "HP:0003577": .congenital, "HP:0003623": .neonatal,
    "HP:0003593": .infantile, "HP:0011463": .childhood, "HP:0003621": .juvenile, "HP:0003581": .youngAdult,
    "HP:0011462": .youngAdult, "HP:0025708": .youngAdult, "HP:0025709": .youngAdult, "HP:0025710": .youngAdult,
    "HP:0003596": .middleAge, "HP:0003584": .late,
  ]
}
