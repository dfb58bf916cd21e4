public import Model

/// Takes what a source says of genes from its lines: gnomAD's constraint metrics (2.1 and 4), or ClinGen's gene-disease validity.
///
/// Of several transcripts of a gene MANE Select speaks, else the canonical one, else the first; of several diseases the
/// strongest classification. Lines before the header, as ClinGen has, and lines of ornament are passed over.
public struct GeneFactReader {
  private struct Columns {
    var symbol: Int
    var hgncID: Int?
    var loeuf: Int?
    var pLI: Int?
    var validity: Int?
    var isMane: Int?
    var isCanonical: Int?
    var count: Int
  }

  /// Of what one line says, the weight of its transcript: the highest stands.
  private var found: [Gene: (facts: GeneFacts, weight: Int)] = [:]
  private var columns: Columns?
  private let genes: GeneTable
  /// Date of the file, where ClinGen writes it above the header.
  public private(set) var date: String?
  /// Rows whose gene HGNC does not know, by name.
  public private(set) var unknown: [String: Int] = [:]
  /// Rows of a gene that say nothing of what is looked for.
  public private(set) var silent = 0

  public init(genes: GeneTable) {
    self.genes = genes
  }

  /// Whether a line that names the columns was met.
  public var hasHeader: Bool { columns != nil }

  public var facts: [Gene: GeneFacts] { found.mapValues(\.facts) }

  /// Takes one line.
  public mutating func add(_ line: String) {
    let cells = Self.cells(of: line)
    guard let columns else {
      if let created = cells.first?.firstRange(of: "FILE CREATED: ") {
        date = String(cells[0][created.upperBound...].prefix { $0.isNumber || $0 == "-" })
      }
      self.columns = Self.columns(cells.map { $0.lowercased() })
      return
    }
    guard cells.count == columns.count, !cells[columns.symbol].hasPrefix("+++") else { return }
    func number(_ column: Int?) -> Double? { column.flatMap { Double(cells[$0]) }.flatMap { $0.isFinite ? $0 : nil } }
    let facts = GeneFacts(
      loeuf: number(columns.loeuf), pLI: number(columns.pLI),
      validity: columns.validity.flatMap { GeneFacts.Validity(reading: cells[$0]) })
    let symbol = cells[columns.symbol]
    guard facts != .unknown else {
      silent += 1
      return
    }
    guard let gene = genes.find(hgncID: columns.hgncID.map { cells[$0] }, symbol: symbol).gene else {
      unknown[symbol, default: 0] += 1
      return
    }
    let isTrue = { (column: Int?) in column.map { cells[$0].lowercased() == "true" } ?? false }
    let weight = isTrue(columns.isMane) ? 2 : isTrue(columns.isCanonical) ? 1 : 0
    guard let known = found[gene] else {
      found[gene] = (facts, weight)
      return
    }
    let better = weight > known.weight ? facts.merging(known.facts) : known.facts.merging(facts)
    found[gene] = (better, max(weight, known.weight))
  }

  private static func columns(_ names: [String]) -> Columns? {
    func place(_ wanted: [String]) -> Int? { wanted.lazy.compactMap { names.firstIndex(of: $0) }.first }
    let loeuf = place(["lof.oe_ci.upper", "oe_lof_upper", "loeuf"])
    let validity = place(["classification", "validity"])
    guard let symbol = place(["gene symbol", "gene", "gene_symbol", "symbol"]), loeuf != nil || validity != nil else {
      return nil
    }
    return Columns(
      symbol: symbol, hgncID: place(["gene id (hgnc)", "hgnc_id"]), loeuf: loeuf,
      pLI: place(["lof.pli", "pli"]), validity: validity, isMane: place(["mane_select"]),
      isCanonical: place(["canonical"]), count: names.count)
  }

  /// Cells between tabs, or between commas where there is no tab; quotation marks hold a cell together.
  private static func cells(of line: String) -> [String] {
    let separator: Character = line.contains("\t") ? "\t" : ","
    var cells: [String] = [""]
    var isQuoted = false
    for character in line where character != "\r" {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
