import Foundation
public import Model

/// A panel as it stands in a file, with what its reader had to remark.
///
/// The form is found by content, never by the file's name: rarescreen's own table, PanelApp's JSON, any table with a column
/// that names genes, a BED, or a list of names.
public struct PanelFile: Sendable {
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// rarescreen's own table (`Panels/*.tsv`).
    case panel
    case panelApp = "PanelApp JSON"
    case table
    case list
    case bed = "BED"
  }

  /// Something that the reader noticed and that did not stop it.
  public struct Note: Sendable, Hashable, CustomStringConvertible {
    /// 1-based; nil where several lines or the whole file are meant.
    public var line: Int?
    public var text: Wording

    init(_ text: Wording, line: Int? = nil) {
      self.line = line
      self.text = text
    }

    /// With its line.
    public var words: Wording { line.map { "line \(String($0)): \(text)" } ?? text }

    public var description: String { words.description }
  }

  public var path: String
  public var form: Form
  public var panel: Panel
  public var notes: [Note]
  /// Assemblies whose contigs are long enough for all regions; both for a panel without regions.
  public var assemblies: [Assembly]

  init(path: String, form: Form, panel: Panel, notes: [Note] = [], assemblies: [Assembly] = Assembly.allCases) {
    self.path = path
    self.form = form
    self.panel = panel
    self.notes = notes
    self.assemblies = assemblies
  }

  /// Reads a panel.
  ///
  /// Entries of the same gene are joined and noted. A panel without gene and region is an error, not an empty panel.
  ///
  /// - Throws: `PanelError` with line and column of the first thing that cannot be understood.
  ///
  /// - Parameter ids: HGNC ids of the only genes that are asked for, nil for all. Rows of rarescreen's own tables that name
  ///   others are passed over unread, so that a look at a few genes does not cost a panel of thousands; there may be none.
  public static func read(path: String, holding ids: Set<String>? = nil) throws(PanelError) -> PanelFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      let isFile = !path.hasPrefix("/dev/") && [nil, .typeRegular, .typeDirectory, .typeSymbolicLink].contains(type)
      throw PanelError(isFile ? .unreadable : .notText("a pipe or a device, no file"), at: .init(file: path))
    }
    return try read(text: try text(of: Array(data), path: path), path: path, holding: ids)
  }

  static func read(text: String, path: String, holding ids: Set<String>? = nil) throws(PanelError) -> PanelFile {
    var file: PanelFile
    if let first = text.utf8.first(where: { !$0.isSpace }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      file = try PanelAppReader(path: path).read(text)
    } else {
      file = try PanelText(text, path: path).read(holding: ids)
    }
    if file.panel.name.isEmpty { file.panel.name = stem(of: path) }
    file.joinRepeats()
    if ids == nil, file.panel.genes.isEmpty, file.panel.regions.isEmpty {
      throw PanelError(.empty, at: .init(file: path))
    }
    return file
  }

  /// The file's name without folder and ending.
  static func stem(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  private static func text(of bytes: [UInt8], path: String) throws(PanelError) -> String {
    var bytes = bytes[...]
    switch (bytes.first, bytes.dropFirst().first) {
    case (0x1F, 0x8B): throw PanelError(.notText("compressed (gzip)"), at: .init(file: path))
    case (0x50, 0x4B): throw PanelError(.notText("a spreadsheet or zip archive"), at: .init(file: path))
    case (0xFF, 0xFE), (0xFE, 0xFF): throw PanelError(.notText("text in UTF-16"), at: .init(file: path))
    case (0xEF, 0xBB): bytes = bytes.dropFirst(3)
    default: break
    }
    if bytes.contains(0) { throw PanelError(.notText("binary"), at: .init(file: path)) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var line = 1
    for row in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: row, as: UTF8.self) == nil { break }
      line += 1
    }
    throw PanelError(.notText("not UTF-8"), at: .init(file: path, line: line))
  }

  /// Makes one entry of all that name the same gene, and says so.
  private mutating func joinRepeats() {
    var places: [String: Int] = [:]
    var joined: [PanelGene] = []
    var counts: [String: Int] = [:]
    for gene in panel.genes {
      let key = gene.hgncID ?? gene.symbol.uppercased()
      if let place = places[key] {
        joined[place] = joined[place].joined(with: gene)
        counts[joined[place].symbol, default: 1] += 1
      } else {
        places[key] = joined.count
        joined.append(gene)
      }
    }
    panel.genes = joined
    if counts.isEmpty { return }
    let names = counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
    notes.append(Note("several entries of one gene were joined: \(names.joined(separator: ", "))"))
  }
}

extension UInt8 {
  var isSpace: Bool { self == 32 || self == 9 || self == 10 || self == 13 }
}

extension PanelGene {
  /// Both entries as one: the surer one's modes and mechanisms, both when they are equally sure; all diseases.
  func joined(with other: PanelGene) -> PanelGene {
    if other.confidence > confidence {
      var first = other
      first.diseases = diseases
      return first.withDiseases(other.diseases)
    }
    var joined = self
    if other.confidence == confidence {
      joined.modes = modes + other.modes
      let known = (mechanisms + other.mechanisms).filter { $0 != .unknown }
      joined.mechanisms = known.isEmpty ? [.unknown] : known.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
      if other.penetrance == .incomplete || penetrance == .unknown { joined.penetrance = other.penetrance }
      joined.transcript = transcript ?? other.transcript
    }
    joined.ensembl = ensembl ?? other.ensembl
    return joined.withDiseases(other.diseases)
  }

  private func withDiseases(_ others: [Disease]) -> PanelGene {
    var gene = self
    for disease in others where !gene.diseases.contains(disease) { gene.diseases.append(disease) }
    return gene
  }
}
