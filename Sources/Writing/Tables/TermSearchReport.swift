public import Model

/// Terms that a search found, best first, with the synonym by which each was found.
public struct TermSearchReport {
  private let found: [(term: PhenotypeTerm, synonym: String?)]

  public init(_ found: [(term: PhenotypeTerm, synonym: String?)]) {
    self.found = found
  }

  public var table: [UInt8] {
    var table = Table(columns: ["id", "label", "synonym"])
    for item in found { table.append([item.term.id, item.term.label, item.synonym]) }
    return table.bytes
  }

  public var json: [UInt8] {
    JSONValue.array(
      found.map {
        .object([
          "id": .string($0.term.id), "label": .optional($0.term.label), "synonym": .optional($0.synonym),
        ])
      }
    ).encoded
  }
}
