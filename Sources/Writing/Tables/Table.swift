/// A tab-separated table: UTF-8, `.` for missing, one header line.
struct Table {
  let columns: [String]
  private(set) var bytes: [UInt8]

  init(columns: [String]) {
    self.columns = columns
    bytes = Array(columns.joined(separator: "\t").utf8) + [UInt8(ascii: "\n")]
  }

  /// Appends a row; nil and empty cells become `.`.
  mutating func append(_ cells: [String?]) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    bytes += cells.map { Self.cell($0) }.joined(separator: "\t").utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A cell's text with everything percent-encoded that could end the cell or run in a spreadsheet.
  ///
  /// Percent codes are those of VCF 4.3 section 1.2; a leading `=`, `+` or `@` is a formula to spreadsheet programs.
  static func cell(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "." }
    let encoded = percentEncoded(text) { _ in false }
    guard let first = encoded.first, first == "=" || first == "@" || first == "+" else { return encoded }
    return percentEncoded(String(first)) { _ in true } + encoded.dropFirst()
  }

  /// The text with unsafe characters, and those that `isReserved` names, as percent codes of their UTF-8 bytes.
  static func percentEncoded(_ text: String, isReserved: (Unicode.Scalar) -> Bool) -> String {
    // Nearly every cell, which needs no look at what each letter is.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }), !text.unicodeScalars.contains(where: isReserved) {
      return text
    }
    guard text.unicodeScalars.contains(where: { $0.isUnsafeToShow || isReserved($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isUnsafeToShow || isReserved(scalar) {
        for byte in String(scalar).utf8 {
          result += byte < 16 ? "%0" : "%"
          result += String(byte, radix: 16, uppercase: true)
        }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
