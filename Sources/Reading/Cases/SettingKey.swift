public import Model

/// One threshold as a case file names it: `settings: {max_af: 0.01}` sets `Settings.maximumFrequency`.
///
/// Every stored property of `Settings` has exactly one key.
public struct SettingKey: Sendable {
  public typealias Property<Value> = any WritableKeyPath<Settings, Value> & Sendable

  /// Type of the value, with the property that it sets.
  public enum Kind: Sendable {
    /// 0…1.
    case fraction(Property<Double>)
    /// A number from 0 to the limit.
    case number(Property<Double>, limit: Double)
    /// A whole number from 0 to the limit.
    case count(Property<Int>, limit: Int)
    /// Points of the ledger, which may be negative.
    case points(Property<Double>)
    case flag(Property<Bool>)
    case words(Property<[String]>)
    case impact(Property<Impact>)
    case confidence(Property<PanelConfidence>)
  }

  /// Name in a case file.
  public let name: String
  public let kind: Kind
  /// `fraction`, `Phred`, `reads` and so on.
  public let unit: String
  /// One line.
  public let meaning: String
  /// Publication or guideline of the default value; nil where it is rarescreen's own choice.
  public let source: String?

  init(_ name: String, _ kind: Kind, _ unit: String, _ meaning: String, source: String? = nil) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.meaning = meaning
    self.source = source
  }

  public static func named(_ name: String) -> SettingKey? { all.first { $0.name == name } }

  var isList: Bool {
    if case .words = kind { return true }
    return false
  }

  /// What may be written, for help and messages.
  public var expected: String {
    switch kind {
    case .fraction: "a fraction from 0 to 1"
    case .number(_, let limit): "a number from 0 to \(SettingKey.text(limit)) (\(unit))"
    case .count(_, let limit): "a whole number from 0 to \(limit) (\(unit))"
    case .points: "points from -50 to 50"
    case .flag: "true or false"
    case .words: "a list of words"
    case .impact: "one of " + Impact.allCases.reversed().map(\.rawValue).joined(separator: ", ")
    case .confidence: "one of " + PanelConfidence.allCases.reversed().map(\.rawValue).joined(separator: ", ")
    }
  }

  /// All settings with their values as a case file would write them, sorted by key; for provenance and reports.
  public static func list(_ settings: Settings) -> [(key: String, value: String)] {
    all.map { ($0.name, $0.value(in: settings)) }.sorted { $0.0 < $1.0 }
  }

  /// The value in `settings`, as text.
  public func value(in settings: Settings) -> String {
    switch kind {
    case .fraction(let path), .number(let path, _), .points(let path): SettingKey.text(settings[keyPath: path])
    case .count(let path, _): String(settings[keyPath: path])
    case .flag(let path): String(settings[keyPath: path])
    case .words(let path): "[" + settings[keyPath: path].joined(separator: ", ") + "]"
    case .impact(let path): settings[keyPath: path].rawValue
    case .confidence(let path): settings[keyPath: path].rawValue
    }
  }

  /// Shortest decimal text that reads back as the same number, without a needless `.0` or exponent.
  static func text(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    let text = number.description
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]), exponent < 0 else {
      return text
    }
    let digits = text[..<mark].filter { $0 != "." && $0 != "-" }
    let significant = digits.hasSuffix("0") && digits.count > 1 ? String(digits.dropLast()) : String(digits)
    return (number < 0 ? "-" : "") + "0." + String(repeating: "0", count: -exponent - 1) + significant
  }

  /// Pairs that must be in order: the first not above the second.
  static let ordered: [(low: String, high: String)] = [
    ("max_af_dominant", "max_af_dominant_soft"), ("min_het_fraction", "max_het_fraction"),
    ("min_de_novo_fraction", "max_de_novo_fraction"), ("min_mosaic_fraction", "min_het_fraction"),
    ("min_heteroplasmy", "homoplasmy"),
  ]
}

extension SettingKey {
  /// Reads a written value into `settings`; nil when it was taken.
  func set(_ written: CaseFile.WrittenSetting, in settings: inout Settings) -> CaseFault? {
    if case .words(let path) = kind {
      settings[keyPath: path] = written.values.map(\.value)
      return nil
    }
    guard let value = written.values.first, written.values.count == 1, !written.isList else {
      let place = written.values.first?.place ?? written.key.place
      return CaseFault(
        .key(.wrongShape(key: name, expected: expected, found: "a list")), reason: .malformedCase, at: place)
    }
    if assign(value.value, in: &settings) { return nil }
    return CaseFault(
      .key(.settingValue(key: name, value: value.value, expected: expected, hint: hint(for: value.value))),
      reason: .malformedCase, at: value.place)
  }

  private func assign(_ word: String, in settings: inout Settings) -> Bool {
    switch kind {
    case .fraction(let path): assign(Self.number(word, limit: 1), to: path, in: &settings)
    case .number(let path, let limit): assign(Self.number(word, limit: limit), to: path, in: &settings)
    case .count(let path, let limit):
      assign(Self.number(word, limit: Double(limit)).flatMap { Int(exactly: $0) }, to: path, in: &settings)
    case .points(let path): assign(Self.number(word, in: -50...50), to: path, in: &settings)
    case .flag(let path): assign(Self.truth(word), to: path, in: &settings)
    case .impact(let path): assign(Impact(rawValue: word.uppercased()), to: path, in: &settings)
    case .confidence(let path): assign(PanelConfidence(rawValue: word.lowercased()), to: path, in: &settings)
    case .words: false
    }
  }

  private func assign<Value>(
    _ value: Value?, to path: WritableKeyPath<Settings, Value>, in settings: inout Settings
  ) -> Bool {
    guard let value else { return false }
    settings[keyPath: path] = value
    return true
  }

  /// Digits, one point, an exponent; no hexadecimal, infinity or not-a-number, which `Double` would read.
  private static func number(_ word: String, limit: Double) -> Double? { number(word, in: 0...limit) }

  private static func number(_ word: String, in range: ClosedRange<Double>) -> Double? {
    guard word.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let number = Double(word), number.isFinite,
      range.contains(number)
    else { return nil }
    return number
  }

  private static func truth(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// What a value was probably meant to be: a percentage, a decimal comma, a mistyped word.
  private func hint(for word: String) -> String? {
    switch kind {
    case .fraction:
      let isPercent = word.hasSuffix("%")
      let digits = (isPercent ? String(word.dropLast()) : word).filter { $0 != " " }
      if let number = Self.number(digits, limit: 100), isPercent || number > 1 {
        return "write a fraction: \(Self.text(number)) % is \(Self.text(number / 100))"
      }
      fallthrough
    case .number, .count, .points:
      let point = String(word.map { $0 == "," ? "." : $0 })
      if point != word, Self.number(point, limit: .greatestFiniteMagnitude) != nil {
        return "write \(point), with a point"
      }
      return nil
    case .impact: return nearest(to: word, in: Impact.allCases.map(\.rawValue)).map { "did you mean `\($0)`?" }
    case .confidence:
      return nearest(to: word, in: PanelConfidence.allCases.map(\.rawValue)).map { "did you mean `\($0)`?" }
    case .flag, .words: return nil
    }
  }
}
