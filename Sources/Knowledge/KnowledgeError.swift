internal import Model

/// Why something known before the case could not be used: a table, a term of the ontology.
public struct KnowledgeError: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// The file is absent or may not be read.
    case unreadable
    /// The header lacks a column.
    case missingColumn(String)
    /// A line holds another number of cells than the header.
    case cellCount(found: Int, expected: Int)
    /// The head of the table tells of another number of rows.
    case rowCount(found: Int, expected: Int)
    /// A cell that is not what its column holds.
    case badCell(column: String, value: String, expected: String)
    /// A table without rows.
    case empty
    /// A text that is no HPO id; `labelled` is the term that has it as its label.
    case notATerm(String, labelled: String?)
    /// An HPO id that the ontology does not hold.
    case unknownTerm(String, near: [String])
    /// More terms than a patient can have.
    case tooManyTerms(Int)
    /// No disease with a gene has any of the terms.
    case noDisease([String])
    /// A term was observed and, itself or by an ancestor, excluded.
    case contradiction(observed: String, excluded: String)
    /// A name that no public source of knowledge has.
    case unknownSource(String, known: [String])
    /// The laboratory's cohort cannot be used, or not in this way.
    case cohort(CohortFault)
    /// A store of knowledge cannot be used or made.
    case store(StoreFault)
    /// The tables of phenotypes cannot be used or made.
    case phenotypes(PhenotypeFault)
  }

  public struct Place: Sendable, Equatable {
    public var file: String
    /// 1-based; nil where the whole file is meant.
    public var line: Int?

    public init(file: String, line: Int? = nil) {
      self.file = file
      self.line = line
    }
  }

  public var reason: Reason
  /// Nil where no file is to blame, as for a term of the case.
  public var place: Place?

  public init(_ reason: Reason, at place: Place? = nil) {
    self.reason = reason
    self.place = place
  }
}

extension KnowledgeError: CustomStringConvertible {
  /// What, where, why and what to do.
  public var description: String {
    guard let place else { return wording }
    return "\(place.file)\(place.line.map { ":\($0)" } ?? ""): \(wording)"
  }

  private var wording: String {
    switch reason {
    case .unreadable:
      "cannot be read; check that it is a file, exists and may be read, or name another folder of knowledge"
    case .missingColumn(let name):
      "no column '\(name)' in the header; the table is of another kind or version: install the tables again"
    case .cellCount(let found, let expected):
      "\(found) cells where the header has \(expected); the line is cut short or a tab is missing: restore the file"
    case .rowCount(let found, let expected):
      "\(found) rows where its head tells of \(expected); the file is cut short or was changed: restore it"
    case .badCell(let column, let value, let expected):
      "'\(value)' in column '\(column)' is not \(expected); correct the line or restore the file"
    case .empty:
      "holds no rows; the file is cut short: restore it"
    case .notATerm(let text, let label?):
      "'\(text)' is a label, not an id; write \(label)"
    case .notATerm(let text, nil):
      "'\(text)' is no HPO term id; write HP: and seven digits, for example HP:0001250"
    case .unknownTerm(let id, let near):
      "\(id) is not in the Human Phenotype Ontology"
        + (near.isEmpty ? "; look the term up at hpo.jax.org" : "; did you mean \(near.joined(separator: " or "))?")
    case .tooManyTerms(let count):
      "\(count) HPO terms are more than the \(Ontology.mostTerms) that a case may have; give those that describe the patient best"
    case .noDisease(let terms):
      "no disease with a known gene has \(terms.joined(separator: " or ")) or a narrower term; choose a broader term"
    case .contradiction(let observed, let excluded):
      observed == excluded
        ? "\(observed) is given both as observed and as excluded; remove one"
        : "\(observed) is observed but its broader term \(excluded) is excluded; remove one"
    case .unknownSource(let name, let known):
      "no source of knowledge is named '\(name)'; "
        + (Spelling.nearest(to: name, among: known).first.map { "did you mean \($0)?" }
          ?? "there are \(known.joined(separator: ", "))")
    case .cohort(let fault): fault.wording
    case .store(let fault): fault.wording
    case .phenotypes(let fault): fault.wording
    }
  }
}
