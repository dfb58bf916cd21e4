/// Why a panel could not be read or found.
public struct PanelError: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    case unreadable
    /// Not text that a panel can be: packed, another encoding, binary.
    case notText(String)
    /// Neither a gene nor a region.
    case empty
    /// Several columns, but none that names genes.
    case noGeneColumn(header: [String])
    case cellCount(found: Int, expected: Int)
    case badCell(column: String, value: String, expected: String)
    /// A quoted cell that is never closed.
    case openQuote
    /// A line of a list that is no single name.
    case badName(String)
    /// A row that is no BED row.
    case badRow(String)
    /// Rows of a BED of which none can be used; the text says why.
    case noRow(String)
    case badJSON(String)
    /// JSON, but not of a panel; the text says of what, and what to do.
    case notAPanel(String)
    /// One page of a longer answer.
    case incomplete(found: Int, of: Int?)
    case unknownName(String, near: [String], known: [String])
  }

  public struct Place: Sendable, Equatable {
    public var file: String
    /// 1-based.
    public var line: Int?
    /// 1-based, in characters.
    public var column: Int?

    public init(file: String, line: Int? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  public var reason: Reason
  public var place: Place?

  public init(_ reason: Reason, at place: Place? = nil) {
    self.reason = reason
    self.place = place
  }
}

extension PanelError: CustomStringConvertible {
  /// What, where, why and what to do.
  public var description: String {
    guard let place else { return wording }
    let line = place.line.map { ":\($0)" } ?? ""
    return place.file + line + (place.column.map { ":\($0)" } ?? "") + ": " + wording
  }

  private var wording: String {
    switch reason {
    case .unreadable: "the panel cannot be read; check that the file exists and may be read"
    case .notText(let what): "the panel is \(what); save it as plain UTF-8 text"
    case .empty: "the panel holds no gene and no region; check that the file is complete"
    case .noGeneColumn(let header):
      "none of the columns \(header.map { "'\($0)'" }.joined(separator: ", ")) names genes;"
        + " give one the header symbol, hgnc_id or ensembl_gene"
    case .cellCount(let found, let expected):
      "\(found) cells where the header has \(expected); a separator is missing or too many"
    case .badCell(let column, let value, let expected):
      "'\(value)' in column '\(column)' is not \(expected); correct it"
    case .openQuote: "a quotation mark is opened here and never closed; close it"
    case .badName(let text): "'\(text)' is no gene name; write one symbol, HGNC id or Ensembl id a line"
    case .badRow(let why): "\(why); BED rows are: chromosome, start (0-based), end, name"
    case .noRow(let why): "\(why); name chromosomes as 1 or chr1, of GRCh37 or GRCh38"
    case .badJSON(let why): "not valid JSON: \(why); download the panel again"
    case .notAPanel(let what): what
    case .incomplete(let found, let total):
      "holds \(found) of \(total.map(String.init) ?? "more") entries, since the download is one page of several;"
        + " fetch the other pages, or the panel by its number"
    case .unknownName(let name, let near, let known):
      "no panel is called '\(name)'"
        + (near.isEmpty
          ? (known.isEmpty ? "; no panels are installed" : "; there are \(known.joined(separator: ", "))")
          : "; did you mean \(near.joined(separator: " or "))?")
    }
  }
}
