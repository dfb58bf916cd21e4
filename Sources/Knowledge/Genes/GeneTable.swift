public import Model

/// Every gene that a panel may name, with the transcripts that give it a place on each assembly.
///
/// Read from two tables of facts: names from HGNC (`genes.tsv`), coordinates from MANE (`transcripts.tsv`).
public struct GeneTable: Sendable {
  /// How a gene was recognised, the surest first.
  public enum MatchKind: Int, Sendable, Hashable, Comparable {
    case hgncID, ensembl, symbol, previousSymbol, alias

    public static func < (left: MatchKind, right: MatchKind) -> Bool { left.rawValue < right.rawValue }
  }

  /// The answer to a search by names.
  public enum Match: Sendable, Hashable {
    case found(Gene, MatchKind)
    /// The name is an old or other name of several genes, whose approved symbols these are; it names none of them.
    case ambiguous([String])
    case none

    public var gene: Gene? {
      if case .found(let gene, _) = self { gene } else { nil }
    }
  }

  /// The same answer by row, without making a `Gene`.
  enum RowMatch {
    case found(Int, MatchKind)
    case ambiguous([Int])
    case none
  }

  private let names: TextTable
  private let columns: Columns
  private let rowOfNumber: [Int: Int32]
  private let rowOfEnsembl: [Int: Int32]
  private let symbols: NameIndex
  private let previous: NameIndex
  private let aliases: NameIndex
  let transcripts: TranscriptTable

  private struct Columns: Sendable {
    var hgncID, symbol, ensembl, aliases, previous: Int

    init(_ table: TextTable) throws(KnowledgeError) {
      hgncID = try table.column("hgnc_id")
      symbol = try table.column("symbol")
      ensembl = try table.column("ensembl_gene")
      aliases = try table.column("aliases")
      previous = try table.column("previous")
    }
  }

  /// Loads `genes.tsv` and `transcripts.tsv` of a folder.
  ///
  /// - Throws: `KnowledgeError` when a table is absent, lacks a column or holds a line that cannot be read.
  public init(directory: String) throws(KnowledgeError) {
    try self.init(
      names: TextTable(file: directory + "/genes.tsv"),
      transcripts: TranscriptTable(TextTable(file: directory + "/transcripts.tsv")))
  }

  init(names: TextTable, transcripts: TranscriptTable) throws(KnowledgeError) {
    columns = try Columns(names)
    var rowOfNumber: [Int: Int32] = Dictionary(minimumCapacity: names.count)
    var rowOfEnsembl: [Int: Int32] = Dictionary(minimumCapacity: names.count)
    var symbols = NameIndex(in: names.bytes, capacity: names.count)
    var previous = NameIndex(in: names.bytes, capacity: names.count)
    var aliases = NameIndex(in: names.bytes, capacity: names.count * 2)
    for row in 0..<names.count {
      rowOfNumber[try names.identifier(row, columns.hgncID, prefix: "HGNC:")] = Int32(row)
      if !names.isMissing(row, columns.ensembl) {
        rowOfEnsembl[try names.identifier(row, columns.ensembl, prefix: "ENSG")] = Int32(row)
      }
      symbols.add(names.range(row, columns.symbol), row)
      if !names.isMissing(row, columns.previous) { previous.addList(names.range(row, columns.previous), row) }
      if !names.isMissing(row, columns.aliases) { aliases.addList(names.range(row, columns.aliases), row) }
    }
    self.names = names
    self.transcripts = transcripts
    self.rowOfNumber = rowOfNumber
    self.rowOfEnsembl = rowOfEnsembl
    self.symbols = symbols
    self.previous = previous
    self.aliases = aliases
  }

  public var count: Int { names.count }

  /// What the tables say of themselves (`source`, `version` and the like), the genes' before the transcripts'.
  public var metadata: [(key: String, value: String)] {
    names.metadata.sorted { $0.key < $1.key }.map { ("genes." + $0.key, $0.value) }
      + transcripts.metadata.sorted { $0.key < $1.key }.map { ("transcripts." + $0.key, $0.value) }
  }

  /// The gene of an HGNC id, `HGNC:1100` or the bare number.
  public subscript(hgncID: String) -> Gene? {
    Self.number(ofHGNC: hgncID).flatMap { rowOfNumber[$0] }.map { gene(Int($0)) }
  }

  /// The gene by its surest name: HGNC id, then Ensembl id, then symbol, then previous symbol, then alias.
  ///
  /// A name that is not known is passed over for the next. Versions of Ensembl ids and the case of letters do not count.
  /// An approved symbol always means its own gene, whatever else it once stood for.
  public func find(hgncID: String? = nil, ensembl: String? = nil, symbol: String? = nil) -> Match {
    switch row(hgncID: hgncID, ensembl: ensembl, symbol: symbol) {
    case .found(let row, let kind): .found(gene(row), kind)
    case .ambiguous(let rows): .ambiguous(rows.map { names.text($0, columns.symbol) }.sorted())
    case .none: .none
    }
  }

  /// The gene of one word that may be an HGNC id, an Ensembl id or a name.
  public func find(_ word: String) -> Match {
    let upper = word.uppercased()
    if upper.hasPrefix("HGNC:") { return find(hgncID: word) }
    if Self.number(ofEnsembl: word) != nil { return find(ensembl: word) }
    return find(symbol: word)
  }

  func row(hgncID: String?, ensembl: String?, symbol: String?) -> RowMatch {
    if let number = hgncID.flatMap(Self.number(ofHGNC:)), let row = rowOfNumber[number] {
      return .found(Int(row), .hgncID)
    }
    if let number = ensembl.flatMap(Self.number(ofEnsembl:)), let row = rowOfEnsembl[number] {
      return .found(Int(row), .ensembl)
    }
    guard let symbol, !symbol.isEmpty else { return .none }
    let key = NameIndex.key(symbol)
    for (index, kind) in [(symbols, MatchKind.symbol), (previous, .previousSymbol), (aliases, .alias)] {
      let rows = index.rows(of: key)
      if rows.count == 1 { return .found(rows[0], kind) }
      if rows.count > 1 { return .ambiguous(rows) }
    }
    return .none
  }

  func gene(_ row: Int) -> Gene {
    Gene(
      hgncID: names.text(row, columns.hgncID), symbol: names.text(row, columns.symbol),
      ensembl: names.optionalText(row, columns.ensembl), aliases: names.list(row, columns.aliases),
      previousSymbols: names.list(row, columns.previous))
  }

  /// Approved symbols that are spelled nearly like `name`, nearest first.
  public func symbolsNear(_ name: String, limit: Int = 3) -> [String] {
    Spelling.nearest(to: name, among: (0..<names.count).lazy.map { names.text($0, columns.symbol) }, limit: limit)
  }

  /// The number of `HGNC:1100`, `hgnc:1100`, `HGNC:HGNC:1100` (VEP) or `1100`.
  static func number(ofHGNC text: String) -> Int? {
    let digits = text.utf8.drop { $0 < 48 || $0 > 57 }
    let letters = text.utf8.prefix(text.utf8.count - digits.count)
    guard letters.isEmpty || text.prefix(5).uppercased() == "HGNC:" else { return nil }
    return Array(digits).number(in: 0..<digits.count)
  }

  /// The number of `ENSG00000012048` or `ENSG00000012048.23`.
  static func number(ofEnsembl text: String) -> Int? {
    guard text.utf8.count >= 15, text.prefix(4).uppercased() == "ENSG" else { return nil }
    let digits = Array(text.utf8.dropFirst(4).prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "_") })
    return digits.number(in: 0..<digits.count)
  }
}
