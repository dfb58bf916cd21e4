/// One word or sign of an expression.
struct ExpressionToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case number(Double)
    case text(String)
    /// A name with its prefix and subscript: `INFO/AF[0]`, `CSQ.IMPACT`, `kid.DP`, `MODERATE`.
    case name(String)
    case file(String)
    case sign(ExpressionOperator)
    case minus, bang, open, close, comma, end
  }

  var kind: Kind
  /// UTF-8 offsets.
  var range: Range<Int>
}

/// Binary operators, by how tightly they bind.
enum ExpressionOperator: String, Sendable {
  case or = "|"
  case orAcross = "||"
  case and = "&"
  case andAcross = "&&"
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case like = "~"
  case notLike = "!~"
  case isA = "is_a"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"

  /// bcftools gives `&` and `&&` one rank and `|` and `||` another.
  var rank: Int {
    switch self {
    case .or, .orAcross: 2
    case .and, .andAcross: 3
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .like, .notLike, .isA: 5
    case .add, .subtract: 6
    case .multiply, .divide, .remainder: 7
    }
  }
}

/// Cuts an expression into tokens, as bcftools does: a name goes on to the next sign, and brackets hold together.
struct ExpressionLexer {
  let text: String
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  static func tokens(of text: String) throws(ExpressionError) -> [ExpressionToken] {
    var lexer = ExpressionLexer(text)
    var tokens: [ExpressionToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func next() throws(ExpressionError) -> ExpressionToken {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    let start = position
    guard start < bytes.count else { return ExpressionToken(kind: .end, range: start..<start) }
    let kind: ExpressionToken.Kind =
      if let sign = sign() {
        sign
      } else {
        switch bytes[start] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): try quoted(bytes[start])
        case UInt8(ascii: "@"): fileName()
        default: try word()
        }
      }
    return ExpressionToken(kind: kind, range: start..<position)
  }

  /// Signs, the longest first.
  private mutating func sign() -> ExpressionToken.Kind? {
    let two: [(String, ExpressionToken.Kind)] = [
      ("&&", .sign(.andAcross)), ("||", .sign(.orAcross)), ("==", .sign(.equal)), ("!=", .sign(.notEqual)),
      ("!~", .sign(.notLike)), ("<=", .sign(.lessOrEqual)), (">=", .sign(.greaterOrEqual)),
    ]
    for (spelling, kind) in two where bytes[position...].starts(with: spelling.utf8) {
      position += 2
      return kind
    }
    let kind: ExpressionToken.Kind? =
      switch bytes[position] {
      case UInt8(ascii: "&"): .sign(.and)
      case UInt8(ascii: "|"): .sign(.or)
      case UInt8(ascii: "="): .sign(.equal)
      case UInt8(ascii: "<"): .sign(.less)
      case UInt8(ascii: ">"): .sign(.greater)
      case UInt8(ascii: "~"): .sign(.like)
      case UInt8(ascii: "+"): .sign(.add)
      case UInt8(ascii: "*"): .sign(.multiply)
      case UInt8(ascii: "/"): .sign(.divide)
      case UInt8(ascii: "%"): .sign(.remainder)
      case UInt8(ascii: "-"): .minus
      case UInt8(ascii: "!"): .bang
      case UInt8(ascii: "("): .open
      case UInt8(ascii: ")"): .close
      case UInt8(ascii: ","): .comma
      default: nil
      }
    if kind != nil { position += 1 }
    return kind
  }

  private mutating func quoted(_ quote: UInt8) throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != quote { position += 1 }
    guard position < bytes.count else {
      throw ExpressionError(.unclosedQuote, start..<bytes.count, in: text)
    }
    position += 1
    return .text(String(decoding: bytes[start + 1..<position - 1], as: UTF8.self))
  }

  private mutating func fileName() -> ExpressionToken.Kind {
    let start = position + 1
    position = start
    while position < bytes.count, !Self.isSpace(bytes[position]), !"=!)".utf8.contains(bytes[position]) {
      position += 1
    }
    return .file(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  /// A number or a name.
  private mutating func word() throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    if isDigit(bytes[start]) || bytes[start] == UInt8(ascii: "."), let end = numberEnd(),
      end == bytes.count || !isAlphanumeric(bytes[end])
    {
      position = end
      let spelling = String(decoding: bytes[start..<end], as: UTF8.self)
      guard let value = Double(spelling) else { throw ExpressionError(.notANumber(spelling), start..<end, in: text) }
      return .number(value)
    }
    for prefix in ["INFO/", "FORMAT/", "FMT/"]
    where String(decoding: bytes[start...].prefix(prefix.utf8.count), as: UTF8.self).uppercased() == prefix {
      position += prefix.utf8.count
    }
    var isInside = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "]") {
        if isInside { position += 1 }
        break
      }
      if !isInside, Self.isSpace(byte) || Self.ends.contains(byte) { break }
      if byte == UInt8(ascii: "[") { isInside = true }
      position += 1
    }
    if isInside, bytes[position - 1] != UInt8(ascii: "]") {
      throw ExpressionError(.unclosedBracket, start..<position, in: text)
    }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    if name.isEmpty {
      position += 1
      throw ExpressionError(
        .unexpected(String(decoding: bytes[start..<position], as: UTF8.self)), start..<position, in: text)
    }
    return name.lowercased() == "is_a" ? .sign(.isA) : .name(name)
  }

  /// Where the number that begins here ends, as `strtod` would read it; nil when there is none.
  private func numberEnd() -> Int? {
    var end = position
    var digits = 0
    while end < bytes.count, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") {
      if bytes[end] == UInt8(ascii: ".") {
        if bytes[position..<end].contains(UInt8(ascii: ".")) { break }
      } else {
        digits += 1
      }
      end += 1
    }
    guard digits > 0 else { return nil }
    guard end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") else { return end }
    var exponent = end + 1
    if exponent < bytes.count, bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-") {
      exponent += 1
    }
    guard exponent < bytes.count, isDigit(bytes[exponent]) else { return end }
    while exponent < bytes.count, isDigit(bytes[exponent]) { exponent += 1 }
    return exponent
  }

  private static let ends = Array("\"'<>=!&|()+*-/~%,".utf8)

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || (97...122).contains(byte | 0x20) }
}
