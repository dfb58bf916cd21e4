import Model

/// A panel written line by line: decides between table, BED and list by the first lines.
struct PanelText {
  struct Line {
    var number: Int
    var text: Substring
  }

  let path: String
  let lines: [Line]

  init(_ text: String, path: String) {
    self.path = path
    lines = text.lines.enumerated().map { Line(number: $0.offset + 1, text: $0.element) }
  }

  /// - Parameter ids: as for `PanelFile.read`.
  func read(holding ids: Set<String>? = nil) throws(PanelError) -> PanelFile {
    let isRemark = { (line: Line) in line.text.hasPrefix("#") || line.text.isBlank || Self.isBrowserLine(line.text) }
    guard let first = lines.firstIndex(where: { !isRemark($0) }) else {
      throw PanelError(.empty, at: .init(file: path))
    }
    let metadata = Self.metadata(lines[..<first])
    // A header may be the first line that is no remark, or the last remark before it.
    for index in [first, first - 1] where index >= 0 && !Self.isBrowserLine(lines[index].text) {
      let header = lines[index].text.drop { $0 == "#" || $0 == " " }
      let separator = Self.separator(of: header)
      let names = PanelCells.split(header, separator: separator).map(\.text)
      if index < first, names.count < 2 || PanelBED.isHeader(names) { continue }
      if let columns = PanelColumns(names) {
        var body = lines[(index + 1)...]
        if let ids, columns.isPanel, separator == "\t", let place = columns[.hgncID] {
          body =
            body.filter { line in
              PanelCodes.hgncID(Self.cell(place, of: line.text).unquoted).map(ids.contains) ?? false
            }[...]
        }
        let rows = try PanelCells.rows(body, separator: separator, path: path)
        return try PanelTable(path: path, columns: columns, metadata: metadata).read(rows)
      }
    }
    let body = lines[first...].filter { !isRemark($0) }
    if PanelBED.looksLike(body[0].text) || lines[..<first].contains(where: { Self.isBrowserLine($0.text) }) {
      return try PanelBED(path: path, metadata: metadata).read(body)
    }
    let separator = Self.separator(of: body[0].text)
    if separator != " " {
      throw PanelError(
        .noGeneColumn(header: PanelCells.split(body[0].text, separator: separator).map(\.text)),
        at: .init(file: path, line: body[0].number))
    }
    return try list(body, metadata)
  }

  /// The cell at a place of a line whose cells stand between tabs.
  private static func cell(_ place: Int, of line: Substring) -> Substring {
    var rest = line.utf8
    for _ in 0..<place { rest = rest.drop { $0 != UInt8(ascii: "\t") }.dropFirst() }
    return Substring(rest.prefix { $0 != UInt8(ascii: "\t") })
  }

  /// One name a line; blanks around it and a remark behind `#` do not count.
  private func list(_ body: [Line], _ metadata: [String: String]) throws(PanelError) -> PanelFile {
    var genes: [PanelGene] = []
    for line in body {
      let name = line.text.prefix { $0 != "#" }.trimmed
      guard let gene = PanelCodes.gene(named: name) else {
        throw PanelError(
          .badName(String(line.text)), at: .init(file: path, line: line.number, column: line.text.columnOfText))
      }
      genes.append(gene)
    }
    return PanelFile(path: path, form: .list, panel: PanelTable.head(metadata, genes: genes))
  }

  /// `#key: value` lines before the first row.
  static func metadata(_ lines: ArraySlice<Line>) -> [String: String] {
    var metadata: [String: String] = [:]
    for line in lines where line.text.hasPrefix("#") {
      let text = line.text.drop { $0 == "#" }
      guard let colon = text.firstIndex(of: ":") else { continue }
      metadata[text[..<colon].trimmed.lowercased()] = text[text.index(after: colon)...].trimmed
    }
    return metadata
  }

  /// UCSC's `track` and `browser` lines.
  static func isBrowserLine(_ text: Substring) -> Bool {
    text.hasPrefix("track ") || text.hasPrefix("browser ") || text == "track" || text == "browser"
  }

  static func separator(of line: Substring) -> Character {
    for character: Character in ["\t", ",", ";"] where line.contains(character) { return character }
    return " "
  }
}

/// Cells of delimited lines, each with its place.
struct PanelCells {
  struct Cell {
    var text: String
    /// 1-based place of the first character in its line.
    var column: Int
  }

  struct Row {
    var line: Int
    var cells: [Cell]
  }

  static func split(_ line: Substring, separator: Character) -> [Cell] {
    var column = 1
    return line.parts(between: separator).map { part in
      defer { column += part.characterCount + 1 }
      return Cell(text: part.unquoted, column: column)
    }
  }

  /// Rows of a table. Commas and semicolons may stand inside quotation marks, and so may line ends (RFC 4180).
  static func rows(
    _ lines: ArraySlice<PanelText.Line>, separator: Character, path: String
  ) throws(PanelError) -> [Row] {
    var rows: [Row] = []
    var pending: (line: Int, text: String, place: Int)?
    for line in lines {
      if pending == nil, line.text.isBlank || line.text.hasPrefix("#") { continue }
      if separator == "\t" || separator == " " {
        rows.append(Row(line: line.number, cells: split(line.text, separator: separator)))
        continue
      }
      let start = pending?.line ?? line.number
      let text = pending.map { $0.text + "\n" + line.text } ?? String(line.text)
      switch quoted(text, separator: separator) {
      case .cells(let cells):
        rows.append(Row(line: start, cells: cells))
        pending = nil
      case .open(let column): pending = (start, text, pending?.place ?? column)
      }
    }
    if let pending { throw PanelError(.openQuote, at: .init(file: path, line: pending.line, column: pending.place)) }
    return rows
  }

  private enum Quoted {
    case cells([Cell])
    case open(column: Int)
  }

  private static func quoted(_ text: String, separator: Character) -> Quoted {
    var cells: [Cell] = []
    var cell = Cell(text: "", column: 1)
    var opened: Int?
    var wasQuote = false
    var column = 0
    for character in text {
      column += 1
      if character == "\"" {
        if opened != nil {
          opened = nil
          wasQuote = true
        } else if wasQuote {
          // A doubled quotation mark inside a quoted cell stands for one.
          cell.text.append("\"")
          opened = column
          wasQuote = false
        } else if cell.text.isEmpty {
          opened = column
        } else {
          cell.text.append(character)
        }
      } else if character == separator, opened == nil {
        cells.append(Cell(text: cell.text.trimmed, column: cell.column))
        cell = Cell(text: "", column: column + 1)
        wasQuote = false
      } else {
        cell.text.append(character)
      }
    }
    if let opened { return .open(column: opened) }
    return .cells(cells + [Cell(text: cell.text.trimmed, column: cell.column)])
  }
}

// Working on UTF-8 where the text is ASCII is an order of magnitude faster than on characters, and a panel of all genes
// is read in every run.

extension String {
  /// Lines without their ends (`\n` or `\r\n`).
  var lines: [Substring] {
    self[...].utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
  }
}

extension Substring {
  /// - Precondition: the separator is an ASCII character.
  func parts(between separator: Character) -> [Substring] {
    guard let byte = separator.asciiValue else { return [self] }
    return utf8.split(separator: byte, omittingEmptySubsequences: false).map { Substring($0) }
  }

  var characterCount: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }
}

extension StringProtocol where UTF8View: BidirectionalCollection {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }

  var trimmed: String {
    let plain = { (byte: UInt8) in byte > 0x20 && byte < 0x7F }
    if let first = utf8.first, let last = utf8.last, plain(first), plain(last) { return String(self) }
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return String(self[start..<end])
  }

  /// Without blanks around and without one pair of quotation marks.
  var unquoted: String {
    let text = trimmed
    guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\""), text.utf8.last == UInt8(ascii: "\"") else {
      return text
    }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  /// 1-based place of the first character that is no blank.
  var columnOfText: Int { prefix { $0.isWhitespace }.count + 1 }
}
