/// A `##` line taken apart: `##key=value` or `##key=<attribute=value,…>` (VCF 4.5, section 1.4).
struct MetaLine {
  struct Attribute {
    var key: String
    var value: String
    var isQuoted: Bool
  }

  var key: String
  /// Text behind the first `=`.
  var value: String
  /// What stands between `<` and `>`, in order; nil when the value is plain.
  var attributes: [Attribute]?
  var faults: [FormatRule] = []

  /// - Parameter line: the line without its two `#`.
  init(_ line: some Collection<UInt8>) {
    let bytes = Array(line)
    guard let equals = bytes.firstIndex(of: Byte.equals), equals > 0 else {
      key = String(decoding: bytes, as: UTF8.self)
      value = ""
      faults = [.metaSyntax]
      return
    }
    key = String(decoding: bytes[..<equals], as: UTF8.self)
    let rest = bytes[(equals + 1)...]
    value = String(decoding: rest, as: UTF8.self)
    if rest.isEmpty { faults.append(.metaSyntax) }
    guard rest.first == UInt8(ascii: "<") else { return }
    var body = rest.dropFirst()
    if body.last == UInt8(ascii: ">") { body = body.dropLast() } else { faults.append(.metaUnclosed) }
    // A URL in angle brackets is a plain value.
    guard body.contains(Byte.equals) else { return }
    var scanner = AttributeScanner(bytes: Array(body))
    attributes = scanner.attributes()
    for fault in scanner.faults where !faults.contains(fault) { faults.append(fault) }
  }

  subscript(name: String) -> Attribute? { attributes?.first { $0.key == name } }

  /// A value in angle brackets, whatever it holds.
  var isBracketed: Bool { value.hasPrefix("<") }
}

/// Cuts the inside of `<…>` at commas, minding quotation marks, backslashes and lists in square brackets.
private struct AttributeScanner {
  private let bytes: [UInt8]
  private var index = 0
  private(set) var faults: [FormatRule] = []

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func attributes() -> [MetaLine.Attribute] {
    var result: [MetaLine.Attribute] = []
    while index < bytes.count {
      while index < bytes.count, bytes[index] == Byte.space || bytes[index] == Byte.tab { index += 1 }
      let start = index
      while index < bytes.count, bytes[index] != Byte.equals, bytes[index] != Byte.comma { index += 1 }
      let key = text(start..<index)
      guard index < bytes.count, bytes[index] == Byte.equals else {
        // A comma in a value without quotation marks: the rest belongs to that value.
        if let last = result.indices.last { result[last].value += "," + key }
        faults.append(.metaSyntax)
        index += 1
        continue
      }
      index += 1
      let isQuoted = index < bytes.count && bytes[index] == Self.quote
      let value = isQuoted ? quotedValue() : plainValue()
      result.append(MetaLine.Attribute(key: key, value: value, isQuoted: isQuoted))
      index += 1
    }
    return result
  }

  /// Reads behind the opening mark up to the closing one; ends on the comma.
  private mutating func quotedValue() -> String {
    index += 1
    var value: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : Byte.comma
      if byte == Self.backslash, next == Self.quote || next == Self.backslash {
        value.append(next)
        index += 2
      } else if byte == Self.quote, next == Byte.comma {
        index += 1
        return String(decoding: value, as: UTF8.self)
      } else {
        // A mark that nothing follows as it should stands within the text.
        if byte == Self.quote { faults.append(.metaQuote) }
        value.append(byte)
        index += 1
      }
    }
    faults.append(.metaUnclosed)
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func plainValue() -> String {
    let start = index
    var depth = 0
    while index < bytes.count, bytes[index] != Byte.comma || depth > 0 {
      switch bytes[index] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "<"), UInt8(ascii: ">"): faults.append(.metaSyntax)
      default: break
      }
      index += 1
    }
    return text(start..<index)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
