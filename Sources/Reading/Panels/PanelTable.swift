import Model

/// A panel as a table with a header: rarescreen's own, or any that names genes in a column.
struct PanelTable {
  let path: String
  let columns: PanelColumns
  let metadata: [String: String]

  /// The panel's head from `#key: value` lines.
  static func head(_ metadata: [String: String], genes: [PanelGene] = [], regions: [Panel.NamedRegion] = []) -> Panel {
    var panel = Panel(
      name: metadata["panel"] ?? metadata["name"] ?? "", title: metadata["title"] ?? "",
      version: metadata["version"] ?? "", date: metadata["date"] ?? "", source: metadata["source"] ?? "",
      licence: metadata["licence"] ?? metadata["license"] ?? "",
      isOptIn: metadata["opt_in"]?.lowercased() == "true", genes: genes, regions: regions)
    for language in LocalText.languages { panel.localTitles[language] = metadata["title_" + language] }
    return panel
  }

  func read(_ rows: [PanelCells.Row]) throws(PanelError) -> PanelFile {
    var genes: [PanelGene] = []
    var remarks = Remarks()
    for row in rows {
      // Spreadsheets drop or add empty cells at the end of a line.
      let width = row.cells.lastIndex { !$0.text.isEmpty }.map { $0 + 1 } ?? 0
      let isWhole = columns.isPanel ? row.cells.count == columns.names.count : width <= columns.names.count
      guard isWhole else {
        throw PanelError(
          .cellCount(found: row.cells.count, expected: columns.names.count), at: .init(file: path, line: row.line))
      }
      if let kind = text(.entityType, row), !kind.isEmpty, kind.lowercased() != "gene" {
        remarks.otherEntities.append("\(text(.symbol, row) ?? "?") (\(kind))")
      } else if let gene = try gene(row, &remarks) {
        genes.append(gene)
      } else {
        remarks.nameless.append(row.line)
      }
    }
    return PanelFile(
      path: path, form: columns.isPanel ? .panel : .table, panel: Self.head(metadata, genes: genes),
      notes: remarks.notes)
  }

  /// What is noted over many lines and told once.
  private struct Remarks {
    var known = KnownCells()
    var nameless: [Int] = []
    var otherEntities: [String] = []
    /// Lines by the word that was not understood.
    var modes: [String: [Int]] = [:]
    var mechanisms: [String: [Int]] = [:]
    var withoutConfidence: [Int] = []

    var notes: [PanelFile.Note] {
      var notes: [PanelFile.Note] = []
      if !otherEntities.isEmpty {
        let count = otherEntities.count
        notes.append(
          .init(
            Wording(
              count, one: "\(count) entry is no gene and is not used: \(otherEntities.listed)",
              other: "\(count) entries are no genes and are not used: \(otherEntities.listed)")))
      }
      if !nameless.isEmpty { notes.append(.init("no gene is named on lines \(nameless.listed); left out")) }
      if !withoutConfidence.isEmpty {
        notes.append(.init("no confidence on lines \(withoutConfidence.listed); read as amber"))
      }
      for (word, lines) in modes.sorted(by: { $0.key < $1.key }) {
        notes.append(
          .init("mode of inheritance '\(word)' is not known; read as unknown on lines \(lines.listed)", line: lines[0]))
      }
      for (word, lines) in mechanisms.sorted(by: { $0.key < $1.key }) {
        notes.append(
          .init("mechanism '\(word)' is not known; read as unknown on lines \(lines.listed)", line: lines[0]))
      }
      return notes
    }
  }

  /// What cells mean that were met before: a panel of thousands of genes has a dozen modes and a hundred sources.
  private struct KnownCells {
    private var modes: [String: (modes: [ModeOfInheritance], unread: [String])] = [:]
    private var mechanisms: [String: (mechanisms: [PanelGene.Mechanism], unread: [String])] = [:]
    private var sources: [[String]: String] = [:]

    mutating func modes(_ text: String) -> (modes: [ModeOfInheritance], unread: [String]) {
      Self.remembered(text, in: &modes) { PanelCodes.modes(text) }
    }

    mutating func mechanisms(_ text: String) -> (mechanisms: [PanelGene.Mechanism], unread: [String]) {
      Self.remembered(text, in: &mechanisms) { PanelCodes.mechanisms(text) }
    }

    mutating func source(_ text: String, version: String) -> String {
      Self.remembered([text, version], in: &sources) {
        let names = text.split(separator: "+")
        let versions = version.split(separator: "+")
        if names.count != versions.count { return "\(text) (\(version))" }
        return zip(names, versions).map { "\($0) (\($1))" }.joined(separator: "+")
      }
    }

    private static func remembered<Key: Hashable, Value>(
      _ key: Key, in known: inout [Key: Value], _ make: () -> Value
    ) -> Value {
      if let value = known[key] { return value }
      let value = make()
      known[key] = value
      return value
    }
  }

  private func text(_ role: PanelColumns.Role, _ row: PanelCells.Row) -> String? {
    guard let place = columns[role], place < row.cells.count else { return nil }
    return row.cells[place].text
  }

  private func bad(_ role: PanelColumns.Role, _ row: PanelCells.Row, _ expected: String) -> PanelError {
    let place = columns[role] ?? 0
    return PanelError(
      .badCell(column: columns.names[place], value: row.cells[place].text, expected: expected),
      at: .init(file: path, line: row.line, column: row.cells[place].column))
  }

  private func gene(_ row: PanelCells.Row, _ remarks: inout Remarks) throws(PanelError) -> PanelGene? {
    guard var gene = try named(row) else { return nil }
    gene.confidence = try confidence(row, &remarks)
    let modes = remarks.known.modes(text(.mode, row) ?? "")
    for word in modes.unread { remarks.modes[word, default: []].append(row.line) }
    gene.modes = modes.modes
    let mechanisms = remarks.known.mechanisms(text(.mechanism, row) ?? "")
    for word in mechanisms.unread { remarks.mechanisms[word, default: []].append(row.line) }
    gene.mechanisms = mechanisms.mechanisms
    gene.penetrance = PanelCodes.penetrance(text(.penetrance, row) ?? "")
    gene.diseases = diseases(row, gene.mode)
    if let transcript = text(.transcript, row), !PanelCodes.isMissing(transcript) { gene.transcript = transcript }
    gene.source = source(row, &remarks.known)
    return gene
  }

  /// The gene by whatever names the row gives; nil when it gives none.
  private func named(_ row: PanelCells.Row) throws(PanelError) -> PanelGene? {
    var id: String?
    if let text = text(.hgncID, row), !PanelCodes.isMissing(text) {
      id = PanelCodes.hgncID(text)
      // A column `hgnc` may hold symbols.
      if id == nil, columns[.symbol] != nil || !PanelCodes.isSymbol(text) {
        throw bad(.hgncID, row, "an HGNC id such as HGNC:1100")
      }
    }
    var ensembl: String?
    if let text = text(.ensembl, row), !PanelCodes.isMissing(text) {
      ensembl = PanelCodes.ensembl(text)
      if ensembl == nil, columns.isPanel { throw bad(.ensembl, row, "an Ensembl gene id such as ENSG00000012048") }
    }
    let role = columns[.symbol] != nil ? PanelColumns.Role.symbol : .hgncID
    var name = text(role, row) ?? ""
    if PanelCodes.isMissing(name) { name = "" }
    if name.isEmpty, id == nil, ensembl == nil { return nil }
    guard name.isEmpty || columns[.symbol] == nil || PanelCodes.gene(named: name) != nil else {
      throw bad(.symbol, row, "a gene symbol")
    }
    if columns[.symbol] != nil, let written = PanelCodes.gene(named: name) {
      id = id ?? written.hgncID
      ensembl = ensembl ?? written.ensembl
    }
    let symbol = [name, id, ensembl].compactMap { $0 }.first { !$0.isEmpty } ?? ""
    return PanelGene(hgncID: id, symbol: symbol, ensembl: ensembl)
  }

  /// A table without the column is a list of genes that somebody chose: green. An empty cell is no statement: amber.
  private func confidence(_ row: PanelCells.Row, _ remarks: inout Remarks) throws(PanelError) -> PanelConfidence {
    guard let text = text(.confidence, row) else { return .green }
    if let confidence = PanelCodes.confidence(text) { return confidence }
    guard PanelCodes.isMissing(text), !columns.isPanel else { throw bad(.confidence, row, "green, amber or red") }
    remarks.withoutConfidence.append(row.line)
    return .amber
  }

  private func diseases(_ row: PanelCells.Row, _ mode: ModeOfInheritance) -> [Disease] {
    guard let text = text(.diseases, row), !PanelCodes.isMissing(text) else { return [] }
    if columns.isPanel {
      return text.utf8.split(separator: UInt8(ascii: "|")).map { PanelCodes.disease(ofTable: String(Substring($0))) }
        .filter { !$0.name.isEmpty }
    }
    if columns[.diseaseID] != nil {
      let number = self.text(.diseaseID, row) ?? ""
      let id = number.count == 6 && UInt32(number) != nil ? "OMIM:" + number : nil
      return [Disease(id: id, name: text, mode: mode)]
    }
    return text.split(whereSeparator: { $0 == ";" || $0 == "|" }).map { PanelCodes.disease(ofText: String($0)) }
      .filter { !$0.name.isEmpty || $0.id != nil }
  }

  /// `G2P-DD+HPO-OMIM` with `2024-01+2025-01-16` as `G2P-DD (2024-01)+HPO-OMIM (2025-01-16)`.
  private func source(_ row: PanelCells.Row, _ known: inout KnownCells) -> String {
    guard let text = text(.source, row), !PanelCodes.isMissing(text) else { return "" }
    guard let version = self.text(.sourceVersion, row), !PanelCodes.isMissing(version) else { return text }
    return known.source(text, version: version)
  }
}

extension Collection {
  /// The first few, and how many more there are.
  var listed: Wording {
    let shown = prefix(12).map { "\($0)" }.joined(separator: ", ")
    return count > 12 ? "\(shown) and \(count - 12) more" : Wording(verbatim: shown)
  }
}
