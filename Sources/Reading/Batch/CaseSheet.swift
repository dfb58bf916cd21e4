internal import Foundation
internal import Model

/// The cases of a batch: the rows of a sheet, or the case files of a folder.
///
/// A sheet is a table in UTF-8 with a header line and tabs between its cells; `.` and an empty cell say nothing, lists are
/// separated by `;`. Columns are named as the keys of a case file; `secondary_findings` are those who consented to them. In a row with `variants` the column `case` is the id of the case; in
/// one without it is the path of a case file, over which the other cells are laid. Paths are relative to the sheet.
public struct CaseSheet: Sendable {
  public struct Entry: Sendable {
    /// From 1, in the order of the sheet.
    public let row: Int
    public let id: String
    /// Where it is written.
    public let place: SourcePlace
    /// The case, or why its file cannot be read: a fault of one case is none of the sheet.
    public let written: Result<CaseFile, CaseError>
    /// The cells of the row, a line a column; empty for a case file alone.
    public let text: String
  }

  public private(set) var entries: [Entry] = []

  /// Columns of a sheet, in the order of the documentation.
  static let columns = [
    "case", "build", "variants", "pedigree", "proband", "sex", "onset", "phenotypes", "excluded_phenotypes", "panels",
    "alignments", "reference", "settings", "secondary_findings",
  ]

  /// Whether a path leads to many cases, not to a case file: a folder, or a table by its name.
  public static func isSheet(path: String) -> Bool {
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return isThere && isFolder.boolValue || [".tsv", ".txt"].contains { path.lowercased().hasSuffix($0) }
  }

  /// Reads a sheet, or the names of the case files in a folder.
  ///
  /// - Throws: every fault of the sheet itself, two cases of one id among them. Faults of single cases wait for their run.
  public static func read(path: String) throws(CaseError) -> CaseSheet {
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    var sheet = CaseSheet()
    var list = FaultList(.malformedCase)
    if isThere, isFolder.boolValue {
      try sheet.readFolder(path)
      if sheet.entries.isEmpty { list.add(.sheet(.noCaseFiles), at: SourcePlace(file: path)) }
    } else {
      sheet.readRows(of: try CaseText.read(path, as: .sheet, reason: .malformedCase), path: path, &list)
    }
    var first: [String: SourcePlace] = [:]
    for entry in sheet.entries {
      if let fault = Self.fault(ofID: entry.id) { list.add(.sheet(fault), at: entry.place) }
      if let other = first[entry.id] {
        list.add(.sheet(.repeatedCase(entry.id, first: other)), at: entry.place)
      } else {
        first[entry.id] = entry.place
      }
    }
    guard list.faults.isEmpty else { throw CaseError(list.faults) }
    return sheet
  }

  /// The longest name of a file or folder that file systems take (`NAME_MAX`), in bytes.
  private static let longestName = 255

  /// Why a case cannot be called so.
  private static func fault(ofID id: String) -> CaseFault.SheetFact? {
    if let hidden = id.unicodeScalars.first(where: \.isHidden) {
      return .hiddenInCase(id, code: String(hidden.value, radix: 16, uppercase: true))
    }
    let bytes = Batch.folderName(of: id).utf8.count
    return bytes > longestName ? .longCase(id, bytes: bytes, limit: longestName) : nil
  }

  private mutating func readFolder(_ path: String) throws(CaseError) {
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      let fact = CaseFault.FileFact.unreadable(.sheet, path: path, problem: "the folder may not be listed")
      throw CaseError([CaseFault(.file(fact), reason: .missingInput, at: SourcePlace(file: path))])
    }
    for name in names.sorted() where !name.hasPrefix(".") {
      guard let ending = name.split(separator: ".").last, ["yaml", "yml", "json"].contains(ending.lowercased()) else {
        continue
      }
      let file = folder + "/" + name
      append(file: Located(file, at: SourcePlace(file: file)), path: file, cells: [:], text: "")
    }
  }

  private mutating func readRows(of text: String, path: String, _ list: inout FaultList) {
    var header: [String]?
    var line = 0
    for part in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      let words = part.last == UInt8(ascii: "\r") ? Substring(part.dropLast()) : Substring(part)
      if words.allSatisfy(\.isWhitespace) { continue }
      guard let columns = header else {
        header = Self.header(words, path: path, line: line, &list)
        continue
      }
      if words.hasPrefix("#") { continue }
      readRow(Self.cells(of: words, path: path, line: line), columns: columns, &list)
    }
    if header == nil {
      list.add(.sheet(.noCaseColumn), at: SourcePlace(file: path))
    } else if entries.isEmpty, list.faults.isEmpty {
      list.add(.sheet(.noRows), at: SourcePlace(file: path))
    }
  }

  /// The columns; nil for a line of comment before them.
  private static func header(_ words: Substring, path: String, line: Int, _ list: inout FaultList) -> [String]? {
    if words.hasPrefix("##") { return nil }
    let cells = cells(of: words.hasPrefix("#") ? words.dropFirst() : words, path: path, line: line)
    if cells.count == 1, words.contains(",") || words.contains(";") {
      list.add(.sheet(.notTabular), at: cells[0].place)
      return []
    }
    var columns: [String] = []
    for cell in cells {
      let name = cell.value.lowercased()
      if !Self.columns.contains(name) {
        let near = CaseFileReader.synonyms[name].flatMap { Self.columns.contains($0) ? $0 : nil }
        list.add(
          .sheet(
            .unknownColumn(cell.value, nearest: near ?? nearest(to: name, in: Self.columns), known: Self.columns)),
          at: cell.place)
      } else if columns.contains(name) {
        list.add(.sheet(.repeatedColumn(name)), at: cell.place)
      }
      columns.append(name)
    }
    if !columns.contains("case"), list.faults.isEmpty { list.add(.sheet(.noCaseColumn), at: cells[0].place) }
    return columns
  }

  private static func cells(of line: Substring, path: String, line number: Int) -> [Located<String>] {
    var column = 1
    return line.split(separator: "\t", omittingEmptySubsequences: false).map { cell in
      defer { column += cell.unicodeScalars.count + 1 }
      var text = cell.trimmingPrefix(while: \.isWhitespace)
      while text.last?.isWhitespace == true { text.removeLast() }
      // Spreadsheets put a cell with a comma into quotation marks.
      if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
      let value = text == "." ? "" : String(text)
      return Located(value, at: SourcePlace(file: path, line: number, column: column))
    }
  }

  private mutating func readRow(_ cells: [Located<String>], columns: [String], _ list: inout FaultList) {
    if cells.count > columns.count {
      if !columns.isEmpty {
        list.add(.sheet(.tooManyCells(found: cells.count, columns: columns.count)), at: cells[columns.count].place)
      }
      return
    }
    let values = Dictionary(
      zip(columns, cells).filter { !$1.value.isEmpty }.map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    guard let name = values["case"] else {
      if columns.contains("case") { list.add(.sheet(.noCase), at: cells[0].place) }
      return
    }
    let text = columns.compactMap { column in values[column].map { "\(column)\t\($0.value)\n" } }.sorted().joined()
    if values["variants"] != nil {
      var file = CaseFile(format: .flags, path: nil)
      file.id = name
      entries.append(
        Entry(
          row: entries.count + 1, id: name.value, place: name.place, written: .success(file.laying(values)), text: text)
      )
    } else {
      append(
        file: name, path: InputFile.path(name), cells: values, text: values.count > 1 ? text : "")
    }
  }

  /// Adds a case that has a file. One without an id is named as its file, or as the folder of a `case.yaml`.
  private mutating func append(
    file: Located<String>, path: String, cells: [String: Located<String>], text: String
  ) {
    let written = Result { () throws(CaseError) -> CaseFile in
      do throws(CaseError) {
        return try CaseFile.read(path: path)
      } catch {
        // What is missing is told with the row that names it.
        guard error.reason == .missingInput, let fault = error.faults.first else { throw error }
        throw CaseError([CaseFault(fault.fact, reason: .missingInput, at: file.place)])
      }
    }
    let id = (try? written.get())?.id?.value ?? Self.name(ofFile: path)
    entries.append(
      Entry(
        row: entries.count + 1, id: id, place: file.place,
        written: written.map { written in
          var named = written.laying(cells)
          if named.id == nil { named.id = Located(id, at: file.place) }
          return named
        }, text: text))
  }

  static func name(ofFile path: String) -> String {
    let file = URL(fileURLWithPath: path)
    let stem = file.deletingPathExtension().lastPathComponent
    return ["case", "family", "phenopacket"].contains(stem.lowercased())
      ? file.deletingLastPathComponent().lastPathComponent : stem
  }
}

extension CaseFile {
  /// This case with the cells of a row over it.
  fileprivate func laying(_ cells: [String: Located<String>]) -> CaseFile {
    var laid = self
    func list(_ column: String) -> [Located<String>]? {
      cells[column].map { cell in
        cell.value.split(separator: ";").map(trimmed).filter { !$0.isEmpty }.map { Located($0, at: cell.place) }
      }
    }
    laid.variants = list("variants") ?? variants
    if let pedigree = cells["pedigree"] {
      laid.pedigree = pedigree
      laid.family = []
    }
    laid.build = cells["build"] ?? build
    laid.proband = cells["proband"] ?? proband
    laid.sex = cells["sex"] ?? sex
    laid.onset = cells["onset"] ?? onset
    laid.phenotypes = list("phenotypes") ?? phenotypes
    laid.excludedPhenotypes = list("excluded_phenotypes") ?? excludedPhenotypes
    laid.panels = list("panels") ?? panels
    laid.reference = cells["reference"] ?? reference
    laid.secondaryConsent = list("secondary_findings") ?? secondaryConsent
    for pair in list("alignments") ?? [] { laid.layAlignment(pair) }
    for pair in list("settings") ?? [] { laid.laySetting(pair) }
    return laid
  }

  private mutating func layAlignment(_ pair: Located<String>) {
    guard let (sample, path) = Self.pair(pair.value) else { return refuse(pair, expected: "SAMPLE=BAM") }
    if alignments.contains(where: { $0.sample.value == sample && $0.sample.place == pair.place }) {
      faults.append(CaseFault(.key(.severalAlignments(sample)), reason: .malformedCase, at: pair.place))
    }
    alignments.removeAll { $0.sample.value == sample }
    alignments.append(
      Alignment(sample: Located(sample, at: pair.place), path: Located(path, at: pair.place)))
  }

  private mutating func laySetting(_ pair: Located<String>) {
    guard let (key, value) = Self.pair(pair.value) else {
      return refuse(pair, expected: "KEY=VALUE, for example max_af=0.01")
    }
    settings.removeAll { $0.key.value == key }
    settings.append(WrittenSetting(key: key, value: value, at: pair.place))
  }

  private mutating func refuse(_ pair: Located<String>, expected: String) {
    faults.append(
      CaseFault(
        .key(.flagSyntax(value: pair.value, expected: expected)), reason: .malformedCase, at: pair.place))
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text.trimmingPrefix(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
