import Model

/// Regions from a BED: 0-based, half-open, three columns or more, tabs or spaces between
/// (https://samtools.github.io/hts-specs/BEDv1.pdf).
struct PanelBED {
  let path: String
  let metadata: [String: String]

  /// Whether the remark before the rows is the header that some tools write above a BED.
  static func isHeader(_ names: [String]) -> Bool {
    guard names.count >= 3 else { return false }
    let lower = names.prefix(3).map { $0.lowercased() }
    return ["chrom", "chr", "chromosome", "contig"].contains(lower[0])
      && ["start", "chromstart", "begin"].contains(lower[1]) && ["end", "chromend", "stop"].contains(lower[2])
  }

  static func looksLike(_ line: Substring) -> Bool {
    let cells = split(line)
    guard cells.count >= 3 else { return false }
    return Contig(name: cells[0].text) != nil || Int(cells[1].text) != nil && Int(cells[2].text) != nil
  }

  func read(_ lines: [PanelText.Line]) throws(PanelError) -> PanelFile {
    var regions: [Panel.NamedRegion] = []
    var numbers: [Int] = []
    var assemblies = Assembly.allCases
    var contigs: [String: Int] = [:]
    var empty: [Int] = []
    for line in lines {
      let row = try row(line)
      guard let contig = Contig(name: row.contig) else {
        contigs[row.contig, default: 0] += 1
        continue
      }
      let region = Region(contig, row.start, row.end)
      let fitting = Assembly.allCases.filter { region.end <= $0.length(of: contig) }
      if fitting.isEmpty {
        throw PanelError(
          .badRow("\(region.end) lies behind the end of chromosome \(contig) on every known assembly"),
          at: .init(file: path, line: line.number))
      }
      assemblies.removeAll { !fitting.contains($0) }
      if region.length == 0 {
        empty.append(line.number)
      } else {
        regions.append(Panel.NamedRegion(region: region, name: row.name))
        numbers.append(line.number)
      }
    }
    var notes: [PanelFile.Note] = []
    if !contigs.isEmpty {
      let names = contigs.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
      notes.append(.init("rows on contigs that are no assembled chromosomes are not used: \(names.listed)"))
    }
    if !empty.isEmpty { notes.append(.init("rows without a base are not used: lines \(empty.listed)")) }
    if regions.isEmpty, !notes.isEmpty {
      throw PanelError(.noRow(notes.map(\.description).joined(separator: "; ")), at: .init(file: path))
    }
    let (rows, joined) = regions.joiningOverlaps()
    if !joined.isEmpty {
      let lines = joined.map { numbers[$0] }.listed
      notes.append(
        .init(
          "rows that overlap another of the same name are joined with it, so that no base counts twice: lines \(lines)")
      )
    }
    return PanelFile(
      path: path, form: .bed, panel: PanelTable.head(metadata, regions: rows), notes: notes, assemblies: assemblies)
  }

  private func row(
    _ line: PanelText.Line
  ) throws(PanelError) -> (contig: String, start: Int, end: Int, name: String) {
    let cells = Self.split(line.text)
    func bad(_ why: String, _ cell: Int? = nil) -> PanelError {
      PanelError(.badRow(why), at: .init(file: path, line: line.number, column: cell.map { cells[$0].column }))
    }
    guard cells.count >= 3 else { throw bad("\(cells.count) columns where a BED has three or more") }
    guard let start = Int(cells[1].text), start >= 0 else { throw bad("start '\(cells[1].text)' is no position", 1) }
    guard let end = Int(cells[2].text), end >= 0 else { throw bad("end '\(cells[2].text)' is no position", 2) }
    guard start <= end else { throw bad("the row ends (\(end)) before it starts (\(start))", 2) }
    let name = cells.count > 3 && cells[3].text != "." ? cells[3].text : ""
    return (cells[0].text, start, end, name)
  }

  private static func split(_ line: Substring) -> [PanelCells.Cell] {
    if line.contains("\t") { return PanelCells.split(line, separator: "\t") }
    return PanelCells.split(line, separator: " ").filter { !$0.text.isEmpty }
  }
}
