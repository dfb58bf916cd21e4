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
    guard !isMissing(range, in: text), let value = Double(string(range, in: text)), value.isFinite, value >= 0 else {
      return nil
    }
    return value
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

  /// FNV-1a hash, 64 bits.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
