/// Takes terms from the lines of `hp.obo` (OBO flat file format 1.2 and 1.4), of any release.
///
/// Only stanzas of terms count. Exact synonyms are kept, since people search by them; others say something else than the term.
struct OntologyFile {
  struct Term: Hashable {
    var id: String
    var label = ""
    var parents: [String] = []
    var alternatives: [String] = []
    var replacements: [String] = []
    var considered: [String] = []
    var synonyms: [String] = []
    var isObsolete = false
  }

  /// By id, in the order of the file where an id is written twice.
  private(set) var terms: [Term] = []
  /// `data-version: hp/releases/2025-01-16` as `2025-01-16`.
  private(set) var version: String?
  private var isInTerm = false
  private var isInHeader = true

  mutating func add(_ line: String) {
    if line.hasPrefix("[") {
      isInHeader = false
      isInTerm = line == "[Term]"
      return
    }
    guard let mark = line.firstRange(of: ": ") else { return }
    let key = line[..<mark.lowerBound]
    let value = line[mark.upperBound...]
    if isInHeader, key == "data-version" { version = value.split(separator: "/").last.map(String.init) }
    guard isInTerm else { return }
    if key == "id" {
      terms.append(Term(id: Self.plain(value)))
      return
    }
    guard !terms.isEmpty else { return }
    let last = terms.count - 1
    switch key {
    case "name": terms[last].label = String(value)
    case "is_a": terms[last].parents.append(Self.plain(value))
    case "alt_id": terms[last].alternatives.append(Self.plain(value))
    case "replaced_by": terms[last].replacements.append(Self.plain(value))
    case "consider": terms[last].considered.append(Self.plain(value))
    case "is_obsolete": terms[last].isObsolete = value == "true"
    case "synonym":
      guard let synonym = Self.exactSynonym(value), !terms[last].synonyms.contains(synonym) else { return }
      terms[last].synonyms.append(synonym)
    default: break
    }
  }

  /// The value without the remark and the modifiers that may follow it.
  private static func plain(_ value: Substring) -> String {
    String(value.prefix { $0 != " " && $0 != "{" && $0 != "!" })
  }

  /// The text between quotation marks of `"…" EXACT …`.
  private static func exactSynonym(_ value: Substring) -> String? {
    guard value.first == "\"", let end = value.dropFirst().firstIndex(of: "\"") else { return nil }
    guard value[value.index(after: end)...].hasPrefix(" EXACT") else { return nil }
    let text = value[value.index(after: value.startIndex)..<end]
    return text.contains { $0 == "|" || $0 == "\t" || $0 == "\\" } ? nil : String(text)
  }
}
