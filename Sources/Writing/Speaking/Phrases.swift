internal import Model

/// The words of one language by key, and how it writes numbers.
struct Phrases: Sendable {
  let language: Language
  private let file: LanguageFile

  init(_ language: Language) { self.init(language, file: language.file) }

  init(_ language: Language, file: LanguageFile) {
    self.language = language
    self.file = file
  }

  var words: [String: String] { file.phrases }

  /// The wording of a key, with `{name}` replaced by the values given; what the values hold is not looked through again.
  func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
    words[key].map { Self.filled($0, Array(values)) } ?? key
  }

  /// The form that goes with a count, which stands for `{count}`; a phrase without forms is the same for every count.
  ///
  ///     phrases("batch_sentence", count: 1)  // "1 case."
  func callAsFunction(_ key: String, count: Int, _ values: KeyValuePairs<String, String> = [:]) -> String {
    guard let wording = words["\(key).\(file.plural.category(of: count))"] ?? words[key] else { return key }
    return Self.filled(wording, values + [("count", self.count(count))])
  }

  private static func filled(_ wording: String, _ values: [(key: String, value: String)]) -> String {
    if values.isEmpty { return wording }
    var text = ""
    var rest = Substring(wording)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      text += values.first { $0.key == name }?.value ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// What the screen says, in this language; a sentence that is not translated shows itself in English.
  func callAsFunction(_ wording: Wording) -> String {
    wording.spoken { key, plural in
      guard let forms = file.wordings[key] else { return key }
      return forms[plural.map(file.plural.category) ?? PluralRule.other] ?? forms[PluralRule.other] ?? key
    } number: {
      localized($0)
    } count: {
      count($0)
    } day: {
      day($0)
    } term: {
      word($1, $0)
    }
  }

  /// A sentence without values that an earlier run recorded in English; nil where the language has no other words for it.
  func translation(of sentence: String) -> String? { file.wordings[sentence]?[PluralRule.other] }

  /// The wording of `family.key`, or the text itself where the family has no word for it: free text of the screen.
  func word(_ family: String, _ text: String) -> String { words["\(family).\(text)"] ?? text }

  /// A number as `Number` writes it, with this language's decimal mark and powers of ten as people write them: `6.1×10⁻⁶`.
  func localized(_ number: String) -> String {
    let parts = number.split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count == 2, let power = Int(parts[1]) else {
      return number.replacing(".", with: self("number.decimal"))
    }
    let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let digits = String(power).map { $0.wholeNumberValue.map { raised[$0] } ?? "⁻" }
    return parts[0].replacing(".", with: self("number.decimal")) + "×10" + String(digits)
  }

  /// A fraction 0…1 in three significant digits: `0.0123`, `6.2×10⁻⁶`.
  func fraction(_ value: Double) -> String {
    guard value > 0, value < 1 else { return localized(CandidateTable.frequency(value)) }
    var scale = 1.0
    while value * scale < 100, scale < 1e300 { scale *= 10 }
    return localized(CandidateTable.frequency((value * scale).rounded() / scale))
  }

  /// A share of probability: two places, and never 0.00 for what is only small nor 1.00 for what is only likely.
  func share(_ value: Double) -> String {
    if value > 0, value < 0.005 { return "<\(localized("0.01"))" }
    // What is not certain is not printed as if it were.
    if value < 1, value >= 0.995 { return ">\(localized("0.99"))" }
    return localized(Number.fixed(value, places: 2))
  }

  /// A count with this language's thousands mark: `12,345`.
  func count(_ value: Int) -> String {
    let digits = Array(String(abs(value)))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += self("number.thousands") }
      text.append(digit)
    }
    return value < 0 ? "-\(text)" : text
  }

  /// A moment to the minute, of ISO 8601 in UTC: `2026-11-27 19:39 UTC`; other text as it is.
  func moment(_ text: String) -> String {
    guard let parts = text.wholeMatch(of: /([0-9-]+)T([0-9]{2}:[0-9]{2}):[0-9.]+Z/) else { return text }
    return self("moment", ["day": day(String(parts.1)), "time": String(parts.2)])
  }

  /// A day as the language writes it, of `YYYY-MM-DD`; other text as it is.
  func day(_ text: String) -> String {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ Int($0) != nil }) else { return text }
    return self("day_form", ["year": parts[0], "month": parts[1], "day": parts[2]])
  }

  /// The name of a model; with the reserve where the family neither confirms nor excludes it.
  func model(_ code: String, isPossible: Bool) -> String {
    let name = self("model.\(code)")
    return isPossible ? self("model_possible", ["model": name]) : name
  }

  func models(of candidate: Candidate) -> String {
    let possible = candidate.possibleModels
    return candidate.models.map { model($0.rawValue, isPossible: possible.contains($0)) }.joined(separator: ", ")
  }

  func reasons(of verdict: Verdict) -> [String] { verdict.reasons.map { self("reason.\($0.rawValue)") } }
}
