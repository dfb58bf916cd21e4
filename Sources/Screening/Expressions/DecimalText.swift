/// Reads numbers from the bytes of a record as htslib does, without making a `String` of the usual ones.
enum DecimalText {
  /// Stands for "not known" among values; any other NaN is a number that a file wrote as `nan`.
  static let missing = Double(nan: 1, signaling: false)

  static func isMissing(_ value: Double) -> Bool { value.bitPattern == missing.bitPattern }

  /// The whole number that a text begins with; missing when it begins with none, or beyond 32 bits.
  ///
  /// BCF reserves the eight lowest values (VCF 4.5, section 6.3.3), and htslib takes them for missing.
  static func integer(_ range: Range<Int>, in text: [UInt8]) -> Double {
    var position = range.lowerBound
    var isNegative = false
    if position < range.upperBound, text[position] == minus || text[position] == plus {
      isNegative = text[position] == minus
      position += 1
    }
    let start = position
    var value = 0
    while position < range.upperBound {
      let digit = Int(text[position]) &- 48
      if digit < 0 || digit > 9 { break }
      value = value &* 10 &+ digit
      if value > 4_294_967_296 { return missing }
      position &+= 1
    }
    if position == start { return missing }
    if isNegative { value = -value }
    return value < -2_147_483_640 || value > 2_147_483_647 ? missing : Double(value)
  }

  /// The number that a text begins with, as the 32-bit float that BCF keeps; missing when it begins with none.
  static func float(_ range: Range<Int>, in text: [UInt8]) -> Double {
    let value = double(range, in: text)
    return isMissing(value) ? missing : Double(Float(value))
  }

  /// The number that a text begins with, at full precision.
  ///
  /// Digits up to 2⁵³ scaled by a power of ten up to 10²² are exact in one division (Clinger 1990, doi:10.1145/93542.93557);
  /// anything longer goes through the C library.
  static func double(_ range: Range<Int>, in text: [UInt8]) -> Double {
    var position = range.lowerBound
    var isNegative = false
    if position < range.upperBound, text[position] == minus || text[position] == plus {
      isNegative = text[position] == minus
      position += 1
    }
    var mantissa = 0
    var digits = 0
    var decimals = 0
    var isFraction = false
    while position < range.upperBound {
      let byte = text[position]
      let digit = Int(byte) &- 48
      if digit >= 0, digit <= 9 {
        if mantissa > 99_999_999_999_999 { return slow(range, in: text) }
        mantissa = mantissa &* 10 &+ digit
        digits &+= 1
        if isFraction { decimals &+= 1 }
      } else if byte == Bytes.dot, !isFraction {
        isFraction = true
      } else {
        break
      }
      position &+= 1
    }
    if digits == 0 { return position == range.upperBound ? missing : slow(range, in: text) }
    if position < range.upperBound, text[position] | 0x20 == UInt8(ascii: "e") { return slow(range, in: text) }
    guard decimals < powers.count else { return slow(range, in: text) }
    let value = Double(mantissa) / powers[decimals]
    return isNegative ? -value : value
  }

  private static let minus = UInt8(ascii: "-")
  private static let plus = UInt8(ascii: "+")
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The longest beginning that is a number.
  private static func slow(_ range: Range<Int>, in text: [UInt8]) -> Double {
    let numeric = text[range].prefix { "+-.0123456789eEinfatyINFATY".utf8.contains($0) }
    var end = numeric.endIndex
    while end > numeric.startIndex {
      if let value = Double(String(decoding: text[numeric.startIndex..<end], as: UTF8.self)) { return value }
      end -= 1
    }
    return missing
  }
}
