internal import Model

/// A JSON document in the order in which it will be written.
///
/// Objects keep the order of their keys, numbers are written in their shortest form that reads back to the same value, and
/// nothing depends on locale or hash order: the same value gives the same bytes everywhere.
indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Not-a-number and infinities, for which JSON has no word, are written as `null`.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Sendable, Hashable {
    var key: String
    var value: JSONValue

    init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { Member($0.key, $0.value) })
  }

  static func optional(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
  static func optional(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
  static func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
  static func strings(_ values: some Sequence<Wording>) -> JSONValue { .array(values.map { .string($0.description) }) }
  /// In English, as every document is.
  static func said(_ wording: Wording?) -> JSONValue { optional(wording?.description) }
  static func strings(_ values: some Sequence<String>) -> JSONValue { .array(values.map { .string($0) }) }

  /// The document in UTF-8, indented by two spaces, ending with a line feed.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private func append(to bytes: inout [UInt8], indent: Int) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += "\(value)".utf8
    case .number(let value): bytes += (value.isFinite ? "\(value)" : "null").utf8
    case .string(let text): Self.append(text, to: &bytes)
    case .array(let values) where values.allSatisfy(\.isScalar):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes += ", ".utf8 }
        value.append(to: &bytes, indent: indent)
      }
      bytes.append(UInt8(ascii: "]"))
    case .array(let values):
      Self.appendBlock("[", "]", values, to: &bytes, indent: indent) { value, bytes in
        value.append(to: &bytes, indent: indent + 1)
      }
    case .object(let members):
      Self.appendBlock("{", "}", members, to: &bytes, indent: indent) { member, bytes in
        Self.append(member.key, to: &bytes)
        bytes += ": ".utf8
        member.value.append(to: &bytes, indent: indent + 1)
      }
    }
  }

  private var isScalar: Bool {
    switch self {
    case .null, .bool, .integer, .number, .string: true
    case .array, .object: false
    }
  }

  private static func appendBlock<Element>(
    _ open: String, _ close: String, _ elements: [Element], to bytes: inout [UInt8], indent: Int,
    _ body: (Element, inout [UInt8]) -> Void
  ) {
    bytes += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * (indent + 1)))
      body(element, &bytes)
    }
    if !elements.isEmpty {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }
    bytes += close.utf8
  }

  /// A string as RFC 8259 section 7 wants it. Control and format characters, line separators included, are written as
  /// escapes, so that no viewer can be made to show something else than what is there.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case _ where scalar.isUnsafeToShow:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          bytes += "\\u".utf8
          bytes += String(repeating: "0", count: 4 - digits.utf8.count).utf8
          bytes += digits.utf8
        }
      default: bytes += String(scalar).utf8
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension Unicode.Scalar {
  /// Control characters, line and paragraph separators, and the marks that reverse the order of text (Unicode TR 9 and
  /// TR 36): a viewer obeys them instead of showing them.
  var isUnsafeToShow: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
