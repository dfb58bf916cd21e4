import Foundation

/// A tab-separated table in memory: `#` lines as metadata, then a header, then rows of as many cells. Where `#rows:` says how many
/// rows there are, a table with another number is refused.
///
/// Cells stay bytes of the file until they are asked for, since most of a table is never looked at in a run.
struct TextTable: Sendable {
  let file: String
  /// `#key: value` lines, keys in lower case; other `#` lines are comments.
  let metadata: [String: String]
  let bytes: [UInt8]
  /// Line number of each row, 1-based.
  private let lines: [Int32]
  /// Start of each cell, row by row; each row ends with the place behind its last cell.
  private let bounds: [Int32]
  private let columns: [String: Int]
  private let width: Int

  init(file: String) throws(KnowledgeError) {
    guard let bytes = Self.bytes(of: file) else { throw KnowledgeError(.unreadable, at: .init(file: file)) }
    try self.init(file: file, bytes: bytes)
  }

  /// The bytes of a file; nil when it cannot be read. Read straight into their array: the tables are large, and every run
  /// reads them.
  private static func bytes(of file: String) -> [UInt8]? {
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return FileManager.default.contents(atPath: file).map { Array($0) }
    }
    let size = Int(status.st_size)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let got = unsafe read(descriptor, buffer.baseAddress?.advanced(by: filled), size - filled)
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        filled += got
      }
    }
    return bytes.count == size ? bytes : nil
  }

  init(file: String, bytes: [UInt8]) throws(KnowledgeError) {
    var metadata: [String: String] = [:]
    var columns: [String: Int] = [:]
    var lines: [Int32] = []
    var bounds: [Int32] = []
    bounds.reserveCapacity(bytes.count / 6)
    var start = 0
    var line: Int32 = 0
    while start < bytes.count {
      line += 1
      var end = start
      let isRow = !columns.isEmpty && bytes[start] != UInt8(ascii: "#")
      let first = bounds.count
      if isRow { bounds.append(Int32(start)) }
      while end < bytes.count {
        let byte = bytes[end]
        // Both ends are control characters, and hardly another byte is.
        if byte <= UInt8(ascii: "\n") {
          if byte == UInt8(ascii: "\n") { break }
          if isRow, byte == UInt8(ascii: "\t") { bounds.append(Int32(end &+ 1)) }
        }
        end &+= 1
      }
      let next = end + 1
      if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if isRow, end > start {
        guard bounds.count - first == columns.count else {
          throw KnowledgeError(
            .cellCount(found: bounds.count - first, expected: columns.count), at: .init(file: file, line: Int(line)))
        }
        bounds.append(Int32(end + 1))
        lines.append(line)
      } else if isRow {
        bounds.removeLast()
      } else if bytes[start] == UInt8(ascii: "#") {
        let text = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        if let colon = text.firstIndex(of: ":") {
          let key = text[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
          metadata[key] = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
      } else if end > start {
        let names = String(decoding: bytes[start..<end], as: UTF8.self)
          .split(separator: "\t", omittingEmptySubsequences: false)
        for (index, name) in names.enumerated() { columns[name.lowercased()] = index }
      }
      start = next
    }
    self.file = file
    self.bytes = bytes
    self.metadata = metadata
    self.columns = columns
    self.lines = lines
    self.bounds = bounds
    width = columns.count + 1
    if let rows = metadata["rows"].flatMap({ Int($0) }), rows != lines.count || bytes.last != UInt8(ascii: "\n") {
      throw KnowledgeError(.rowCount(found: lines.count, expected: rows), at: .init(file: file))
    }
    if lines.isEmpty { throw KnowledgeError(.empty, at: .init(file: file)) }
  }

  var count: Int { lines.count }

  func column(_ name: String) throws(KnowledgeError) -> Int {
    guard let column = columns[name] else { throw KnowledgeError(.missingColumn(name), at: .init(file: file, line: 1)) }
    return column
  }

  func range(_ row: Int, _ column: Int) -> Range<Int> {
    let index = row * width + column
    return Int(bounds[index])..<(Int(bounds[index + 1]) - 1)
  }

  /// Whether the cell is empty or `.`.
  func isMissing(_ row: Int, _ column: Int) -> Bool {
    let range = range(row, column)
    return range.isEmpty || range.count == 1 && bytes[range.lowerBound] == UInt8(ascii: ".")
  }

  func text(_ row: Int, _ column: Int) -> String { String(decoding: bytes[range(row, column)], as: UTF8.self) }

  /// Whether the cell holds these bytes.
  func holds(_ text: [UInt8], _ row: Int, _ column: Int) -> Bool { bytes[range(row, column)].elementsEqual(text) }

  func optionalText(_ row: Int, _ column: Int) -> String? { isMissing(row, column) ? nil : text(row, column) }

  /// The parts of a cell between `|`; none for a missing cell.
  func list(_ row: Int, _ column: Int) -> [String] {
    isMissing(row, column)
      ? [] : bytes[range(row, column)].split(separator: UInt8(ascii: "|")).map { String(decoding: $0, as: UTF8.self) }
  }

  func place(_ row: Int) -> KnowledgeError.Place { .init(file: file, line: Int(lines[row])) }

  func bad(_ row: Int, _ column: Int, expected: String) -> KnowledgeError {
    let name = columns.first { $0.value == column }?.key ?? ""
    return KnowledgeError(.badCell(column: name, value: text(row, column), expected: expected), at: place(row))
  }

  /// A whole number that is not negative.
  func number(_ row: Int, _ column: Int) throws(KnowledgeError) -> Int {
    guard let number = bytes.number(in: range(row, column)) else { throw bad(row, column, expected: "a whole number") }
    return number
  }

  /// The number of an id such as `HGNC:1100`, whose letters are `prefix`.
  func identifier(_ row: Int, _ column: Int, prefix: StaticString) throws(KnowledgeError) -> Int {
    let range = range(row, column)
    let start = range.lowerBound + prefix.utf8CodeUnitCount
    guard start < range.upperBound,
      prefix.withUTF8Buffer({ unsafe bytes[range.lowerBound..<start].elementsEqual($0) }),
      let number = bytes.number(in: start..<range.upperBound)
    else { throw bad(row, column, expected: "\(prefix) and a number") }
    return number
  }
}

extension [UInt8] {
  /// The decimal number that the digits of `range` write; nil for anything else.
  func number(in range: Range<Int>) -> Int? {
    if range.isEmpty || range.count > 18 { return nil }
    var number = 0
    for index in range {
      let digit = self[index] &- 48
      if digit > 9 { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}
