public import Model

extension PanelFile {
  /// The panel as rarescreen's own table, genes sorted by symbol; a panel of regions alone as BED.
  ///
  /// What is written reads back as the same panel.
  public static func write(_ panel: Panel) -> String {
    let body = panel.genes.isEmpty && !panel.regions.isEmpty ? bed(panel) : table(panel)
    return (head(panel) + body).map { $0 + "\n" }.joined()
  }

  private static func head(_ panel: Panel) -> [String] {
    let titles = panel.localTitles.sorted { $0.key < $1.key }.map { ("title_" + $0.key, $0.value) }
    let parts =
      [("panel", panel.name), ("title", panel.title)] + titles + [
        ("version", panel.version), ("date", panel.date),
        ("source", panel.source), ("licence", panel.licence), ("opt_in", panel.isOptIn ? "true" : ""),
      ]
    return parts.filter { !$0.1.isEmpty }.map { "#\($0.0): \(cell($0.1))" }
  }

  private static func bed(_ panel: Panel) -> [String] {
    panel.regions.map { row in
      let region = row.region
      return "\(region.contig)\t\(region.start)\t\(region.end)" + (row.name.isEmpty ? "" : "\t" + cell(row.name))
    }
  }

  private static func table(_ panel: Panel) -> [String] {
    let withEnsembl = panel.genes.contains { $0.hgncID == nil && $0.ensembl != nil }
    let withTranscript = panel.genes.contains { $0.transcript != nil }
    var header = [
      "hgnc_id", "symbol", "confidence", "moi", "mechanism", "penetrance", "diseases", "source", "source_version",
    ]
    if withEnsembl { header.append("ensembl_gene") }
    if withTranscript { header.append("transcript") }
    let rows = panel.genes.sorted { ($0.symbol, $0.hgncID ?? "") < ($1.symbol, $1.hgncID ?? "") }.map { gene in
      let source = parts(ofSource: gene.source)
      var cells = [
        gene.hgncID ?? ".", gene.symbol, gene.confidence.rawValue, code(gene.modes),
        gene.mechanisms.map(\.rawValue).joined(separator: "+"), gene.penetrance.rawValue,
        gene.diseases.map(text).joined(separator: " | "), source.names, source.versions,
      ]
      if withEnsembl { cells.append(gene.ensembl ?? ".") }
      if withTranscript { cells.append(gene.transcript ?? ".") }
      return cells.map { cell($0).isEmpty ? "." : cell($0) }.joined(separator: "\t")
    }
    return [header.joined(separator: "\t")] + rows
  }

  private static func code(_ modes: [ModeOfInheritance]) -> String {
    modes.map(\.rawValue).joined(separator: "+")
  }

  private static func text(_ disease: Disease) -> String {
    // A name may neither end the cell's part nor look like a mode.
    let name = disease.name.replacing("|", with: "/")
    return "\(disease.id ?? ".") (\(disease.mode.rawValue)) \(name)".trimmed
  }

  /// `A (1)+B (2)` as `A+B` and `1+2`.
  private static func parts(ofSource source: String) -> (names: String, versions: String) {
    let parts = source.split(separator: "+").map { part -> (String, String) in
      guard part.hasSuffix(")"), let open = part.firstRange(of: " (")?.lowerBound else { return (String(part), "") }
      return (String(part[..<open]), String(part[part.index(open, offsetBy: 2)...].dropLast()))
    }
    guard !parts.isEmpty, parts.allSatisfy({ !$0.1.isEmpty }) else { return (source, "") }
    return (parts.map(\.0).joined(separator: "+"), parts.map(\.1).joined(separator: "+"))
  }

  /// Text fit for a cell: no tab and no line end.
  private static func cell(_ text: String) -> String {
    text.split { $0 == "\t" || $0.isNewline }.joined(separator: " ").trimmed
  }
}
