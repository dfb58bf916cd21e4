import Model

/// The Human Phenotype Ontology: terms, what is broader and what is narrower, and what became of retired ids.
public struct Ontology: Sendable {
  public struct Term: Sendable, Hashable {
    /// `HP:0001250`.
    public var id: String
    public var label: String
    /// Ids of the next broader terms.
    public var parents: [String]
    public var isObsolete: Bool
    /// Ids that replace an obsolete term; one of them is a safe replacement, several are a choice.
    public var replacements: [String]
    /// Ids that the ontology's editors suggest for an obsolete term, none of them as an equal.
    public var considered: [String]
  }

  /// Everything below is a phenotypic abnormality; inheritance, onset and modifiers are elsewhere.
  public static let phenotypicAbnormality = "HP:0000118"

  /// Release of the ontology, for the report; empty when the table does not say.
  public let version: String
  private let terms: [String: Term]
  private let primary: [String: String]
  private let children: [String: [String]]

  /// Loads `terms.tsv` of a folder, columns `id label parents alt_ids replaced_by consider obsolete`.
  public init(directory: String) throws(KnowledgeError) {
    try self.init(TextTable(file: directory + "/terms.tsv"))
  }

  init(_ table: TextTable) throws(KnowledgeError) {
    let id = try table.column("id")
    let label = try table.column("label")
    let parents = try table.column("parents")
    let alternatives = try table.column("alt_ids")
    let replacements = try table.column("replaced_by")
    let considered = try table.column("consider")
    let obsolete = try table.column("obsolete")
    var terms: [String: Term] = Dictionary(minimumCapacity: table.count)
    var primary: [String: String] = [:]
    var children: [String: [String]] = [:]
    for row in 0..<table.count {
      let term = Term(
        id: table.text(row, id), label: table.text(row, label), parents: table.list(row, parents),
        isObsolete: table.text(row, obsolete) == "true", replacements: table.list(row, replacements),
        considered: table.list(row, considered))
      terms[term.id] = term
      for parent in term.parents { children[parent, default: []].append(term.id) }
      for other in table.list(row, alternatives) { primary[other] = term.id }
    }
    version = table.metadata["version"] ?? ""
    self.terms = terms
    // Retired ids are listed as terms of their own too: there, the term that took the id over counts.
    self.primary = primary.filter { terms[$0.key]?.isObsolete ?? true }
    self.children = children
  }

  public var count: Int { terms.count }

  /// The term of a primary id.
  public subscript(id: String) -> Term? { terms[id] }

  /// The term and everything narrower.
  public func descendants(of id: String) -> Set<String> { closure(of: id) { children[$0] ?? [] } }

  /// The term and everything broader.
  public func ancestors(of id: String) -> Set<String> { closure(of: id) { terms[$0]?.parents ?? [] } }

  private func closure(of id: String, next: (String) -> [String]) -> Set<String> {
    var found: Set = [id]
    var waiting = [id]
    while let term = waiting.popLast() {
      for other in next(term) where found.insert(other).inserted { waiting.append(other) }
    }
    return found
  }
}

extension Ontology {
  /// What an id of a case stands for today.
  public struct Resolution: Sendable, Hashable {
    /// Primary id; nil when the term is obsolete without a replacement and so falls away.
    public var id: String?
    /// What changed and why; nil when the id was primary as written.
    public var note: String?
  }

  /// Finds the primary id of a term.
  ///
  /// An id that another term took over becomes that term's, silently in meaning and with a note. An obsolete term with
  /// one replacement becomes it; one with several, or with suggestions only, falls away with a note that lists them.
  /// `HP_0001250` is read as `HP:0001250`.
  ///
  /// - Throws: `KnowledgeError` for a text that is no id, or an id that the ontology does not hold, with what may
  ///   have been meant.
  public func resolve(_ text: String) throws(KnowledgeError) -> Resolution {
    guard let id = Self.canonical(text) else {
      throw KnowledgeError(.notATerm(text, labelled: labelled(text)))
    }
    if let primary = primary[id] {
      return Resolution(id: primary, note: "\(id) is now \(named(primary))")
    }
    guard let term = terms[id] else {
      throw KnowledgeError(.unknownTerm(id, near: idsNear(id).map(named)))
    }
    guard term.isObsolete else { return Resolution(id: id, note: id == text ? nil : "\(text) was read as \(id)") }
    if term.replacements.count == 1, let only = term.replacements.first, terms[only]?.isObsolete == false {
      return Resolution(id: only, note: "\(named(id)) is obsolete; replaced by \(named(only))")
    }
    let choice = (term.replacements + term.considered).map(named)
    return Resolution(
      id: nil,
      note: "\(named(id)) is obsolete and was left out"
        + (choice.isEmpty ? "" : "; choose one of \(choice.joined(separator: ", "))"))
  }

  /// `HP:` and seven digits from the usual spellings; nil for anything else.
  private static func canonical(_ text: String) -> String? {
    let upper = text.uppercased().filter { !$0.isWhitespace }
    guard upper.hasPrefix("HP:") || upper.hasPrefix("HP_") else { return nil }
    let digits = upper.dropFirst(3)
    guard (1...8).contains(digits.utf8.count), digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    return "HP:" + digits
  }

  private func named(_ id: String) -> String { terms[id].map { "\(id) (\($0.label))" } ?? id }

  /// The current term with this label.
  private func labelled(_ text: String) -> String? {
    let wanted = text.lowercased()
    let all = terms.values.filter { !$0.isObsolete }
    if let exact = all.filter({ $0.label.lowercased() == wanted }).map(\.id).min() { return named(exact) }
    guard let near = Spelling.nearest(to: text, among: all.map(\.label)).first else { return nil }
    return all.filter { $0.label == near }.map(\.id).min().map(named)
  }

  /// Ids that differ by one slip of the finger.
  private func idsNear(_ id: String) -> [String] {
    terms.values.lazy.filter { !$0.isObsolete && Spelling.distance($0.id, id) == 1 }.map(\.id).sorted().prefix(3).map {
      $0
    }
  }
}
