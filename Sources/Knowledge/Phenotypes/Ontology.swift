public import Model

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
    /// Other names for the very same.
    public var synonyms: [String] = []
  }

  /// Everything below is a phenotypic abnormality; inheritance, onset and modifiers are elsewhere.
  public static let phenotypicAbnormality = "HP:0000118"

  /// Release of the ontology, for the report; empty when the table does not say.
  public let version: String
  private let table: TextTable
  private let columns: Columns
  /// Rows by id, and rows that list an id as an alternative one. Terms are made when they are asked for.
  private let rows: NameIndex
  private let takenOver: NameIndex

  private struct Columns: Sendable {
    var id, label, parents, alternatives, replacements, considered, obsolete, synonyms: Int

    init(_ table: TextTable) throws(KnowledgeError) {
      id = try table.column("id")
      label = try table.column("label")
      parents = try table.column("parents")
      alternatives = try table.column("alt_ids")
      replacements = try table.column("replaced_by")
      considered = try table.column("consider")
      obsolete = try table.column("obsolete")
      synonyms = try table.column("synonyms")
    }
  }

  /// Loads `terms.tsv` of a folder, columns `id label parents alt_ids replaced_by consider obsolete synonyms`.
  public init(directory: String) throws(KnowledgeError) {
    try self.init(TextTable(file: directory + "/terms.tsv"))
  }

  init(_ table: TextTable) throws(KnowledgeError) {
    columns = try Columns(table)
    var rows = NameIndex(in: table.bytes, capacity: table.count)
    var takenOver = NameIndex(in: table.bytes, capacity: 0)
    for row in 0..<table.count {
      rows.add(table.range(row, columns.id), row)
      if !table.isMissing(row, columns.alternatives) { takenOver.addList(table.range(row, columns.alternatives), row) }
    }
    version = table.metadata["version"] ?? ""
    self.table = table
    self.rows = rows
    self.takenOver = takenOver
  }

  public var count: Int { table.count }

  /// The term of a primary id.
  public subscript(id: String) -> Term? { rows.latestRow(of: id).map(term) }

  /// Terms that are in use.
  var currentTerms: [Term] { terms.filter { !$0.isObsolete } }

  private var terms: some Sequence<Term> { (0..<table.count).lazy.map(term) }

  private func term(_ row: Int) -> Term {
    Term(
      id: table.text(row, columns.id), label: table.text(row, columns.label),
      parents: table.list(row, columns.parents), isObsolete: table.text(row, columns.obsolete) == "true",
      replacements: table.list(row, columns.replacements), considered: table.list(row, columns.considered),
      synonyms: table.list(row, columns.synonyms))
  }

  /// Id of the term that took an id over. Retired ids are listed as terms of their own too: there, the other term counts.
  private func primary(of id: String) -> String? {
    guard let row = takenOver.latestRow(of: id), self[id]?.isObsolete ?? true else { return nil }
    return table.text(row, columns.id)
  }

  /// The term and everything narrower.
  public func descendants(of id: String) -> Set<String> { descendants(ofAny: [id]) }

  /// The terms and everything narrower than one of them.
  ///
  /// - Complexity: one pass over the ontology.
  func descendants(ofAny ids: Set<String>) -> Set<String> {
    var children: [String: [String]] = [:]
    for row in 0..<table.count {
      for parent in table.list(row, columns.parents) {
        children[parent, default: []].append(table.text(row, columns.id))
      }
    }
    return closure(of: ids) { children[$0] ?? [] }
  }

  /// The term and everything broader.
  public func ancestors(of id: String) -> Set<String> { closure(of: [id]) { self[$0]?.parents ?? [] } }

  private func closure(of ids: Set<String>, next: (String) -> [String]) -> Set<String> {
    var found = ids
    var waiting = Array(ids)
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
    public var note: Wording?
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
    if let primary = primary(of: id) {
      return Resolution(id: primary, note: "\(id) is now \(named(primary))")
    }
    guard let term = self[id] else {
      throw KnowledgeError(.unknownTerm(id, near: idsNear(id).map(named)))
    }
    guard term.isObsolete else { return Resolution(id: id, note: id == text ? nil : "\(text) was read as \(id)") }
    if term.replacements.count == 1, let only = term.replacements.first, self[only]?.isObsolete == false {
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

  private func named(_ id: String) -> String { self[id].map { "\(id) (\($0.label))" } ?? id }

  /// The current term with this label.
  private func labelled(_ text: String) -> String? {
    let wanted = text.lowercased()
    let all = terms.filter { !$0.isObsolete }
    if let exact = all.filter({ $0.label.lowercased() == wanted }).map(\.id).min() { return named(exact) }
    guard let near = Spelling.nearest(to: text, among: all.map(\.label)).first else { return nil }
    return all.filter { $0.label == near }.map(\.id).min().map(named)
  }

  /// Ids that differ by one slip of the finger.
  private func idsNear(_ id: String) -> [String] {
    terms.lazy.filter { !$0.isObsolete && Spelling.distance($0.id, id) == 1 }.map(\.id).sorted().prefix(3).map {
      $0
    }
  }
}
