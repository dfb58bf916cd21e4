import Foundation
import Model

/// Panels as PanelApp's API gives them (https://panelapp.genomicsengland.co.uk/api/docs/): one panel, a list of entries, a
/// page of entries, or one entry a line.
///
/// Genes only: repeats and copy-number regions are counted and named. Coordinates are never taken from the file.
struct PanelAppReader {
  let path: String

  private struct Document: Decodable {
    var id: Int?
    var name: String?
    var version: Lenient?
    var versionCreated: String?
    var genes: [Entry]?
    var strs: [Entry]?
    var regions: [Entry]?
    var count: Int?
    var next: String?
    var results: [Entry]?
    var detail: String?
    // Keys of an entry, for one entry a line.
    var entityName: String?
  }

  private struct Entry: Decodable {
    struct GeneData: Decodable {
      var hgncId: String?
      var hgncSymbol: String?
      var geneSymbol: String?
      /// By assembly, spelled `GRch37` and `GRch38`, and by Ensembl release.
      var ensemblGenes: [String: [String: EnsemblGene]]?
    }

    struct EnsemblGene: Decodable {
      var ensemblId: String?
    }

    struct PanelHead: Decodable {
      var id: Int?
      var name: String?
      var version: Lenient?
    }

    var geneData: GeneData?
    var entityType: String?
    var entityName: String?
    var confidenceLevel: Lenient?
    var penetrance: String?
    var modeOfPathogenicity: String?
    var modeOfInheritance: String?
    var phenotypes: [String]?
    var transcript: [String]?
    var tags: [String]?
    var panel: PanelHead?
    // Present in a list of panels, and in the log of activities.
    var stats: [String: Int]?
    var text: String?
  }

  /// A text that some releases write as a number.
  private struct Lenient: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self.text = text
      } else if let number = try? container.decode(Int.self) {
        text = "\(number)"
      } else {
        text = "\(try container.decode(Double.self))"
      }
    }
  }

  func read(_ text: String) throws(PanelError) -> PanelFile {
    if text.utf8.first(where: { !$0.isSpace }) == UInt8(ascii: "[") {
      return try file(of: try decoded([Entry].self, text), head: nil)
    }
    if let lines = onePerLine(text) {
      var entries: [Entry] = []
      for (number, line) in lines { entries.append(try decoded(Entry.self, line, line: number)) }
      return try file(of: entries, head: nil)
    }
    let document = try decoded(Document.self, text)
    if let results = document.results {
      if document.next != nil {
        throw PanelError(.incomplete(found: results.count, of: document.count), at: .init(file: path))
      }
      return try file(of: results, head: nil)
    }
    if document.entityName != nil { return try file(of: [try decoded(Entry.self, text)], head: nil) }
    guard document.genes != nil || document.strs != nil || document.regions != nil else {
      throw PanelError(
        .notAPanel(
          document.detail.map { "the server answered '\($0)' instead of a panel; download the panel again" }
            ?? "JSON without 'genes'; download one panel, /api/v1/panels/NUMBER/, as it comes"),
        at: .init(file: path))
    }
    let others = (document.strs ?? []).map { other($0, "str") } + (document.regions ?? []).map { other($0, "region") }
    return try file(of: (document.genes ?? []) + others, head: document)
  }

  /// Entries of `strs` and `regions` may leave their kind out.
  private func other(_ entry: Entry, _ kind: String) -> Entry {
    var entry = entry
    entry.entityType = entry.entityType ?? kind
    return entry
  }

  private func file(of entries: [Entry], head: Document?) throws(PanelError) -> PanelFile {
    if entries.contains(where: { $0.stats != nil && $0.entityName == nil }) {
      throw PanelError(
        .notAPanel("a list of panels, not a panel; download one of them, /api/v1/panels/NUMBER/"),
        at: .init(file: path))
    }
    if entries.contains(where: { $0.text != nil && $0.geneData == nil }) {
      throw PanelError(
        .notAPanel("a log of activities, not a panel; download the panel, /api/v1/panels/NUMBER/"),
        at: .init(file: path))
    }
    var genes: [PanelGene] = []
    var remarks = Remarks()
    let source = Self.source(head, entries)
    for entry in entries {
      let kind = entry.entityType?.lowercased() ?? "gene"
      if kind == "gene" {
        genes.append(try gene(entry, source: source, &remarks))
      } else {
        remarks.others[kind, default: []].append(entry.entityName ?? "?")
      }
    }
    let names = Set(entries.compactMap(\.panel?.name)).sorted()
    if names.count > 1 { remarks.lines.append("entries of several panels: \(names.listed)") }
    let title = head?.name ?? (names.count == 1 ? names[0] : "")
    let panel = Panel(
      name: PanelFile.stem(of: path), title: title, version: head?.version?.text ?? "",
      date: String((head?.versionCreated ?? "").prefix(10)), source: source,
      licence: "PanelApp's terms; not to be passed on", genes: genes)
    if genes.isEmpty, !remarks.others.isEmpty {
      throw PanelError(
        .notAPanel("holds no gene, only \(remarks.othersText); repeats and regions are not screened by panel"),
        at: .init(file: path))
    }
    return PanelFile(path: path, form: .panelApp, panel: panel, notes: remarks.notes)
  }

  private static func source(_ head: Document?, _ entries: [Entry]) -> String {
    guard let head else { return "PanelApp" }
    let number = head.id.map { " \($0)" } ?? ""
    return "PanelApp" + number + (head.version.map { " (\($0.text))" } ?? "")
  }
}

extension PanelAppReader {
  private struct Remarks {
    /// Names of entries that are no genes, by kind.
    var others: [String: [String]] = [:]
    var withoutConfidence: [String] = []
    var modes: [String: [String]] = [:]
    var tags: [String: [String]] = [:]
    var lines: [Wording] = []

    var othersText: Wording {
      others.sorted { $0.key < $1.key }.map { kind, names -> Wording in "\(names.count) \(kind): \(names.listed)" }
        .joined(separator: "; ")
    }

    var notes: [PanelFile.Note] {
      var notes = lines.map { PanelFile.Note($0) }
      if !others.isEmpty { notes.append(.init("entries that are no genes are not used: \(othersText)")) }
      if !withoutConfidence.isEmpty {
        notes.append(.init("entries without confidence are read as amber: \(withoutConfidence.listed)"))
      }
      for (mode, genes) in modes.sorted(by: { $0.key < $1.key }) {
        notes.append(.init("mode of inheritance '\(mode)' is not known; read as unknown for \(genes.listed)"))
      }
      for (tag, genes) in tags.sorted(by: { $0.key < $1.key }) { notes.append(.init("tag '\(tag)': \(genes.listed)")) }
      return notes
    }
  }

  private func gene(_ entry: Entry, source: String, _ remarks: inout Remarks) throws(PanelError) -> PanelGene {
    let data = entry.geneData
    guard let symbol = data?.hgncSymbol ?? data?.geneSymbol ?? entry.entityName, !symbol.isEmpty else {
      throw PanelError(.notAPanel("an entry of kind gene has no name; download the panel again"), at: .init(file: path))
    }
    var confidence = PanelConfidence.amber
    if let level = entry.confidenceLevel?.text, !level.isEmpty {
      guard let known = PanelCodes.confidence(level) else {
        throw PanelError(
          .badCell(column: "confidence_level", value: level, expected: "one of 3, 2, 1 and 0 (gene \(symbol))"),
          at: .init(file: path))
      }
      confidence = known
    } else {
      remarks.withoutConfidence.append(symbol)
    }
    let modes = PanelCodes.modes(entry.modeOfInheritance ?? "")
    for word in modes.unread { remarks.modes[word, default: []].append(symbol) }
    for tag in entry.tags ?? [] { remarks.tags[tag, default: []].append(symbol) }
    var gene = PanelGene(
      hgncID: data?.hgncId.flatMap(PanelCodes.hgncID), symbol: symbol, ensembl: Self.ensembl(data),
      confidence: confidence, mechanisms: PanelCodes.mechanisms(entry.modeOfPathogenicity ?? "").mechanisms,
      penetrance: PanelCodes.penetrance(entry.penetrance ?? ""),
      diseases: (entry.phenotypes ?? []).map(PanelCodes.disease(ofText:)).filter { !$0.name.isEmpty || $0.id != nil },
      transcript: entry.transcript?.first { !$0.isEmpty }, source: source)
    gene.modes = modes.modes
    return gene
  }

  /// The id of the newest release on GRCh38, else on GRCh37.
  private static func ensembl(_ data: Entry.GeneData?) -> String? {
    let releases = (data?.ensemblGenes ?? [:]).sorted { $0.key.lowercased() > $1.key.lowercased() }
    for (_, genes) in releases {
      let newest = genes.max { (Int($0.key) ?? 0, $0.key) < (Int($1.key) ?? 0, $1.key) }
      if let id = newest?.value.ensemblId, !id.isEmpty { return id }
    }
    return nil
  }

  /// Lines that are an object each, where the text is more than one object.
  private func onePerLine(_ text: String) -> [(Int, String)]? {
    let lines = text.lines.enumerated()
      .filter { !$0.element.isBlank }
    guard lines.count > 1,
      lines.allSatisfy({ $0.element.trimmed.hasPrefix("{\"") && $0.element.trimmed.hasSuffix("}") })
    else { return nil }
    return lines.map { ($0.offset + 1, String($0.element)) }
  }

  private func decoded<Value: Decodable>(_: Value.Type, _ text: String, line: Int = 1) throws(PanelError) -> Value {
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Value.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw fault(error, in: text, line: line)
    } catch {
      throw PanelError(.badJSON("\(error)"), at: .init(file: path))
    }
  }

  /// A value of the wrong kind is told by its path of keys, a slip of syntax by line and column.
  private func fault(_ error: DecodingError, in text: String, line: Int) -> PanelError {
    let found: DecodingError.Context =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
        .dataCorrupted(let context):
        context
      @unknown default: DecodingError.Context(codingPath: [], debugDescription: "\(error)")
      }
    let keys = found.codingPath.map { $0.intValue.map { "[\($0)]" } ?? "." + $0.stringValue }.joined()
    if !keys.isEmpty {
      let key = keys.drop { $0 == "." }
      return PanelError(.badJSON("at \(key): \(found.debugDescription)"), at: .init(file: path))
    }
    let (offset, wording) = Self.syntaxFault(text)
    let before = text.utf8.prefix(offset)
    let column =
      offset
      - (before.lastIndex(of: UInt8(ascii: "\n")).map { before.distance(from: before.startIndex, to: $0) + 1 } ?? 0)
    return PanelError(
      .badJSON(wording),
      at: .init(file: path, line: line + before.count { $0 == UInt8(ascii: "\n") }, column: column + 1))
  }

  /// Where the text stops being JSON; Foundation tells it in words only, and only through its older reader.
  private static func syntaxFault(_ text: String) -> (offset: Int, wording: String) {
    do {
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
      return (0, "of an unexpected shape")
    } catch {
      let detail = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
      if let place = detail.firstMatch(of: /character (\d+)/), let offset = Int(place.output.1) {
        return (min(offset, text.utf8.count), "unexpected text")
      }
      return (text.utf8.count, "the file ends too early")
    }
  }
}
