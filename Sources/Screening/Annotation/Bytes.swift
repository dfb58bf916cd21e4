/// Small readers of numbers and words in the bytes of a record. They allocate nothing unless they return a `String`.
enum Bytes {
  static let comma = UInt8(ascii: ",")
  static let bar = UInt8(ascii: "|")
  static let ampersand = UInt8(ascii: "&")
  static let dot = UInt8(ascii: ".")

  /// Calls `body` with each part of `range` between separators; an empty range is one empty part.
  static func forEachPart(
    of range: Range<Int>, in text: [UInt8], separator: UInt8, _ body: (_ index: Int, _ part: Range<Int>) -> Void
  ) {
    var start = range.lowerBound
    var index = 0
    for position in range where text[position] == separator {
      body(index, start..<position)
      index += 1
      start = position + 1
    }
    body(index, start..<range.upperBound)
  }

  static func part(_ wanted: Int, of range: Range<Int>, in text: [UInt8], separator: UInt8) -> Range<Int>? {
    var found: Range<Int>?
    forEachPart(of: range, in: text, separator: separator) { index, part in
      if index == wanted { found = part }
    }
    return found
  }

  static func partCount(of range: Range<Int>, in text: [UInt8], separator: UInt8) -> Int {
    range.reduce(1) { $0 + (text[$1] == separator ? 1 : 0) }
  }

  /// Whether the value stands for "not known": empty, `.` or `NA`.
  static func isMissing(_ range: Range<Int>, in text: [UInt8]) -> Bool {
    switch range.count {
    case 0: true
    case 1: text[range.lowerBound] == dot
    case 2: text[range.lowerBound] == UInt8(ascii: "N") && text[range.lowerBound + 1] == UInt8(ascii: "A")
    default: false
    }
  }

  static func string(_ range: Range<Int>, in text: [UInt8]) -> String {
    String(decoding: text[range], as: UTF8.self)
  }

  /// A non-negative, finite number; slivar writes -1 for an absent frequency, which is as good as missing.
  static func number(_ range: Range<Int>, in text: [UInt8]) -> Double? {
    if let value = plainNumber(range, in: text) { return value }
    guard !isMissing(range, in: text), !text[range].contains(where: { $0 | 0x20 == UInt8(ascii: "x") }),
      let value = Double(string(range, in: text)), value.isFinite, value >= 0
    else {
      return nil
    }
    return value
  }

  /// `12`, `0.0123`, `1.5e-05`: a number of at most 15 digits and a small power of ten, so that both are exact and their product
  /// or quotient is the nearest number, as `Double(String)` gives it (Clinger 1990). Nil for anything else, numbers included.
  private static func plainNumber(_ range: Range<Int>, in text: [UInt8]) -> Double? {
    var digits = 0
    var mantissa = 0
    var power = 0
    var position = range.lowerBound
    let end = range.upperBound
    var isFraction = false
    while position < end {
      let digit = text[position] &- UInt8(ascii: "0")
      if digit <= 9 {
        mantissa = mantissa &* 10 &+ Int(digit)
        digits &+= 1
        if isFraction { power &-= 1 }
      } else if text[position] == dot, !isFraction, digits > 0 {
        isFraction = true
      } else {
        break
      }
      position &+= 1
    }
    guard digits > 0, digits <= 15, !isFraction || power < 0 else { return nil }
    if position < end {
      guard let exponent = exponent(position..<end, in: text) else { return nil }
      power += exponent
    }
    guard (-22...22).contains(power) else { return nil }
    return power < 0 ? Double(mantissa) / powers[-power] : Double(mantissa) * powers[power]
  }

  /// `e-05`, `E7`.
  private static func exponent(_ range: Range<Int>, in text: [UInt8]) -> Int? {
    guard text[range.lowerBound] | 0x20 == UInt8(ascii: "e"), (2...4).contains(range.count) else { return nil }
    var position = range.lowerBound + 1
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative || text[position] == UInt8(ascii: "+") { position += 1 }
    guard position < range.upperBound else { return nil }
    var value = 0
    while position < range.upperBound {
      let digit = text[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
      position += 1
    }
    return isNegative ? -value : value
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// Bases in upper case; the same bytes where they are already.
  static func capitals(_ bases: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bases.contains { $0 >= 97 } ? bases.map { $0 >= 97 && $0 <= 122 ? $0 & 0xDF : $0 }[...] : bases
  }

  /// The first run of digits in `range` as a number.
  static func firstInteger(_ range: Range<Int>, in text: [UInt8]) -> Int? {
    var value: Int?
    for position in range {
      let digit = Int(text[position]) - Int(UInt8(ascii: "0"))
      if (0...9).contains(digit) {
        let before = value ?? 0
        // No position or length of a transcript is longer; more digits would overflow.
        if before >= 1_000_000_000 { return nil }
        value = before * 10 + digit
      } else if value != nil {
        break
      }
    }
    return value
  }

  /// Text with `%XX` escapes resolved, as VEP writes `p.Lys34%3D` (VCF 4.3, section 1.2).
  static func decoded(_ range: Range<Int>, in text: [UInt8]) -> String {
    let slice = text[range]
    guard slice.contains(UInt8(ascii: "%")) else { return String(decoding: slice, as: UTF8.self) }
    var bytes: [UInt8] = []
    var position = range.lowerBound
    while position < range.upperBound {
      if text[position] == UInt8(ascii: "%"), position + 2 < range.upperBound,
        let value = UInt8(string(position + 1..<position + 3, in: text), radix: 16)
      {
        bytes.append(value)
        position += 3
      } else {
        bytes.append(text[position])
        position += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
