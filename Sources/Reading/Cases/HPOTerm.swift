/// Spelling of HPO ids; whether a term exists is for those to say who hold the ontology.
enum HPOTerm {
  /// `HP:0001250` from `HP:0001250`, `HP_0001250`, `hp:0001250`, an OBO PURL, or an id with its label behind it.
  static func id(from word: some StringProtocol) -> String? {
    var rest = word.drop { $0.isWhitespace }
    if let slash = rest.lastIndex(of: "/"), rest.hasPrefix("http") { rest = rest[rest.index(after: slash)...] }
    guard rest.prefix(2).uppercased() == "HP" else { return nil }
    rest = rest.dropFirst(2)
    guard rest.first == ":" || rest.first == "_" else { return nil }
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    let behind = rest.dropFirst().dropFirst(digits.count).first
    guard digits.count == 7, behind == nil || behind?.isWhitespace == true else { return nil }
    return "HP:" + digits
  }

  /// The id that a mistyped one most likely means: digits in the right number with zeros added in front.
  static func suggestion(for word: String) -> String? {
    let digits = word.filter { $0.isASCII && $0.isNumber }
    let letters = word.filter { $0.isLetter }.uppercased()
    guard !digits.isEmpty, ["HP", "HPO", "H", "P", "PH", ""].contains(letters) else { return nil }
    let significant = digits.drop { $0 == "0" }
    guard !significant.isEmpty, significant.count <= 7 else { return nil }
    return "HP:" + String(repeating: "0", count: 7 - significant.count) + significant
  }
}
