/// What the file of a language holds, beside its phrases under their keys: `language`, `plural` and `wordings`.
struct LanguageFile: Sendable {
  /// What its speakers call it.
  var name = ""
  /// Which form goes with a count.
  var plural = PluralRule()
  /// By key; those that go with a count under `key.one`, `key.other`, as the rule has categories.
  var phrases: [String: String] = [:]
  /// Sentences of the screen by their English, in the forms that the language needs: mostly `other` alone.
  var wordings: [String: [String: String]] = [:]
}

extension LanguageFile: Decodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A sentence, or an object with a form for each category.
  private struct Forms: Decodable {
    let forms: [String: String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        forms = [PluralRule.other: text]
      } else {
        forms = try container.decode([String: String].self)
      }
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      switch key.stringValue {
      case "language": name = try container.decode(String.self, forKey: key)
      case "plural": plural = try container.decode(PluralRule.self, forKey: key)
      case "wordings": wordings = try container.decode([String: Forms].self, forKey: key).mapValues(\.forms)
      default: phrases[key.stringValue] = try container.decode(String.self, forKey: key)
      }
    }
  }
}
