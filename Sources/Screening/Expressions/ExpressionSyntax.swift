/// An expression as written, before names mean anything.
indirect enum ExpressionSyntax: Sendable {
  case number(Double, Range<Int>)
  case text(String, Range<Int>)
  case name(String, Range<Int>)
  case file(String, Range<Int>)
  case minus(ExpressionSyntax, Range<Int>)
  case not(ExpressionSyntax, Range<Int>)
  case binary(ExpressionOperator, ExpressionSyntax, ExpressionSyntax, sign: Range<Int>)
  case call(String, [ExpressionSyntax], name: Range<Int>, whole: Range<Int>)

  /// UTF-8 offsets of the whole of it.
  var range: Range<Int> {
    switch self {
    case .number(_, let range), .text(_, let range), .name(_, let range), .file(_, let range): range
    case .minus(_, let range), .not(_, let range): range
    case .binary(_, let left, let right, _): left.range.lowerBound..<right.range.upperBound
    case .call(_, _, _, let whole): whole
    }
  }
}

/// Reads tokens into a tree.
///
/// As in bcftools, operators of one rank group from the right: `10-5-2` is `10-(5-2)`, and `8/4*2` is `8/(4*2)`. A minus
/// in front of a value takes the whole product behind it.
struct ExpressionParser {
  private let text: String
  private let tokens: [ExpressionToken]
  private var index = 0
  private var depth = 0

  /// Deeper nesting is refused, so that a hostile text cannot exhaust the stack.
  private static let deepest = 1000

  static func parse(_ text: String) throws(ExpressionError) -> ExpressionSyntax {
    var parser = ExpressionParser(text: text, tokens: try ExpressionLexer.tokens(of: text))
    if parser.token.kind == .end { throw ExpressionError(.empty, 0..<text.utf8.count, in: text) }
    let syntax = try parser.expression(rank: 0)
    guard parser.token.kind == .end else { throw parser.unexpected() }
    return syntax
  }

  private init(text: String, tokens: [ExpressionToken]) {
    self.text = text
    self.tokens = tokens
  }

  private var token: ExpressionToken { tokens[index] }

  private func unexpected() -> ExpressionError {
    if token.kind == .end { return ExpressionError(.unexpectedEnd, token.range, in: text) }
    let bytes = Array(text.utf8)[token.range]
    return ExpressionError(.unexpected(String(decoding: bytes, as: UTF8.self)), token.range, in: text)
  }

  /// The operator at the current token, where one can stand.
  private var binaryOperator: ExpressionOperator? {
    switch token.kind {
    case .sign(let sign): sign
    case .minus: .subtract
    default: nil
    }
  }

  private mutating func expression(rank: Int) throws(ExpressionError) -> ExpressionSyntax {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw ExpressionError(.notSupported("nesting this deep"), token.range, in: text) }
    var left = try operand()
    while let sign = binaryOperator, sign.rank >= rank {
      let range = token.range
      index += 1
      // From the right: whatever has the same rank goes into the right operand.
      let right = try expression(rank: sign.rank)
      left = .binary(sign, left, right, sign: range)
    }
    return left
  }

  private mutating func operand() throws(ExpressionError) -> ExpressionSyntax {
    let token = token
    switch token.kind {
    case .number(let value):
      index += 1
      return .number(value, token.range)
    case .text(let value):
      index += 1
      return .text(value, token.range)
    case .file(let name):
      index += 1
      return .file(name, token.range)
    case .minus:
      index += 1
      let value = try expression(rank: ExpressionOperator.multiply.rank)
      return .minus(value, token.range.lowerBound..<value.range.upperBound)
    case .bang:
      return try negation(token)
    case .open:
      index += 1
      let inner = try expression(rank: 0)
      guard self.token.kind == .close else {
        throw self.token.kind == .end ? ExpressionError(.unclosedParenthesis, token.range, in: text) : unexpected()
      }
      index += 1
      return inner
    case .name(let name):
      if name.lowercased() == "not" { return try negation(token) }
      index += 1
      if self.token.kind == .open, self.token.range.lowerBound == token.range.upperBound {
        return try call(name, token.range)
      }
      return .name(name, token.range)
    case .sign, .close, .comma, .end:
      throw unexpected()
    }
  }

  private mutating func negation(_ token: ExpressionToken) throws(ExpressionError) -> ExpressionSyntax {
    index += 1
    let test = try expression(rank: ExpressionOperator.equal.rank)
    return .not(test, token.range.lowerBound..<test.range.upperBound)
  }

  private mutating func call(_ name: String, _ range: Range<Int>) throws(ExpressionError) -> ExpressionSyntax {
    let open = token.range
    index += 1
    var arguments: [ExpressionSyntax] = []
    while token.kind != .close {
      if !arguments.isEmpty {
        guard token.kind == .comma else { break }
        index += 1
      }
      arguments.append(try expression(rank: 0))
    }
    guard token.kind == .close else {
      throw token.kind == .end ? ExpressionError(.unclosedParenthesis, open, in: text) : unexpected()
    }
    let end = token.range.upperBound
    index += 1
    return .call(name, arguments, name: range, whole: range.lowerBound..<end)
  }
}
