extension DocumentNode {
  /// Reads JSON (RFC 8259) with the place of every value, which Foundation's reader does not keep.
  static func json(_ text: String, file: String) throws(CaseError) -> DocumentNode {
    var reader = JSONReader(scalars: Array(text.unicodeScalars), file: file)
    return try reader.document()
  }
}

private struct JSONReader {
  let scalars: [Unicode.Scalar]
  let file: String
  var index = 0
  var line = 1
  var lineStart = 0

  init(scalars: [Unicode.Scalar], file: String) {
    self.scalars = scalars
    self.file = file
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private var place: SourcePlace { SourcePlace(file: file, line: line, column: index - lineStart + 1) }

  private func failure(_ problem: String) -> CaseError {
    CaseError([CaseFault(.text(.syntax(language: "JSON", problem: problem)), reason: .malformedInput, at: place)])
  }

  private mutating func skipSpace() {
    while let scalar = current, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
      index += 1
      if scalar == "\n" {
        line += 1
        lineStart = index
      }
    }
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws(CaseError) {
    skipSpace()
    guard current == scalar else { throw failure(expected("`\(scalar)`")) }
    index += 1
  }

  private func expected(_ what: String) -> String {
    what + " is expected, not " + (current.map { quoted(String($0)) } ?? "the end of the file")
  }

  mutating func document() throws(CaseError) -> DocumentNode {
    let node = try value(depth: 0)
    skipSpace()
    guard current == nil else { throw failure(expected("the end of the file")) }
    return node
  }

  private mutating func value(depth: Int) throws(CaseError) -> DocumentNode {
    skipSpace()
    let place = place
    guard depth <= DocumentLimit.depth else {
      throw CaseError([
        CaseFault(.text(.tooDeep(limit: DocumentLimit.depth)), reason: .malformedInput, at: place)
      ])
    }
    switch current {
    case "{": return DocumentNode(place: place, content: .map(try members(depth: depth)))
    case "[": return DocumentNode(place: place, content: .list(try elements(depth: depth)))
    case "\"": return DocumentNode(place: place, content: .text(try string(), isPlain: false))
    default: return DocumentNode(place: place, content: try word())
    }
  }

  private mutating func members(depth: Int) throws(CaseError) -> [DocumentNode.Entry] {
    var entries: [DocumentNode.Entry] = []
    var seen: Set<String> = []
    try expect("{")
    skipSpace()
    if current == "}" {
      index += 1
      return entries
    }
    while true {
      skipSpace()
      let place = place
      guard current == "\"" else { throw failure(expected("a key in quotation marks")) }
      let key = try string()
      guard seen.insert(key).inserted else {
        throw CaseError([CaseFault(.key(.duplicateKey(key)), reason: .malformedInput, at: place)])
      }
      try expect(":")
      entries.append(DocumentNode.Entry(key: Located(key, at: place), value: try value(depth: depth + 1)))
      skipSpace()
      if current == "," {
        index += 1
      } else {
        try expect("}")
        return entries
      }
    }
  }

  private mutating func elements(depth: Int) throws(CaseError) -> [DocumentNode] {
    var nodes: [DocumentNode] = []
    try expect("[")
    skipSpace()
    if current == "]" {
      index += 1
      return nodes
    }
    while true {
      nodes.append(try value(depth: depth + 1))
      skipSpace()
      if current == "," {
        index += 1
      } else {
        try expect("]")
        return nodes
      }
    }
  }

  private mutating func string() throws(CaseError) -> String {
    index += 1
    var text = String.UnicodeScalarView()
    while let scalar = current {
      switch scalar {
      case "\"":
        index += 1
        return String(text)
      case "\\":
        index += 1
        text.append(try escape())
      default:
        guard scalar.value >= 0x20 else { throw failure("a text must not run over the end of the line") }
        text.append(scalar)
        index += 1
      }
    }
    throw failure("a text has no closing quotation mark")
  }

  private mutating func escape() throws(CaseError) -> Unicode.Scalar {
    guard let scalar = current else { throw failure("a text has no closing quotation mark") }
    index += 1
    switch scalar {
    case "\"", "\\", "/": return scalar
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      let high = try codeUnit()
      if let scalar = Unicode.Scalar(high) { return scalar }
      // A character beyond U+FFFF is written as two surrogates.
      guard high < 0xDC00, current == "\\", index + 1 < scalars.count, scalars[index + 1] == "u" else {
        throw failure("half a surrogate pair")
      }
      index += 2
      let low = try codeUnit()
      guard (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
      else { throw failure("half a surrogate pair") }
      return scalar
    default: throw failure("unknown escape `\\\(scalar)`")
    }
  }

  private mutating func codeUnit() throws(CaseError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let scalar = current, let digit = Character(scalar).hexDigitValue, scalar.isASCII else {
        throw failure(expected("a hexadecimal digit"))
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  private mutating func word() throws(CaseError) -> DocumentNode.Content {
    var word = ""
    let start = index
    while let scalar = current, scalar.isASCII,
      scalar.properties.isAlphabetic || "+-.0123456789".unicodeScalars.contains(scalar)
    {
      word.unicodeScalars.append(scalar)
      index += 1
    }
    switch word {
    case "null": return .null
    case "true", "false": return .text(word, isPlain: true)
    default:
      guard Double(word) != nil else {
        index = start
        throw failure(expected("a value"))
      }
      return .text(word, isPlain: true)
    }
  }
}
