/// The value of decimal digits without sign; nil for anything else or beyond 18 digits.
func wholeNumber(_ bytes: ArraySlice<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
  var value = 0
  for byte in bytes {
    guard isDigit(byte) else { return nil }
    value = value * 10 + Int(byte - Byte.zero)
  }
  return value
}

/// A decimal number as VCF writes it (VCF 4.5, section 1.3.1), with `inf` and `nan` in any case; nil for anything else.
func decimalNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
  if bytes.count <= 9, let whole = wholeNumber(bytes) { return Double(whole) }
  guard isDecimal(bytes) else { return specialNumber(bytes) }
  return Double(String(decoding: bytes, as: UTF8.self))
}

private func specialNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
  var rest = bytes
  let isNegative = rest.first == Byte.minus
  if isNegative || rest.first == Byte.plus { rest = rest.dropFirst() }
  guard (3...8).contains(rest.count) else { return nil }
  switch String(decoding: rest, as: UTF8.self).lowercased() {
  case "nan": return .nan
  case "inf", "infinity": return isNegative ? -.infinity : .infinity
  default: return nil
  }
}

/// `[+-]digits[.digits][e[+-]digits]`, with a digit on at least one side of the point.
func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
  var index = bytes.startIndex
  let end = bytes.endIndex
  func digits() -> Int {
    let start = index
    while index < end, isDigit(bytes[index]) { index += 1 }
    return index - start
  }
  func sign() { if index < end, bytes[index] == Byte.minus || bytes[index] == Byte.plus { index += 1 } }
  sign()
  var count = digits()
  if index < end, bytes[index] == Byte.dot {
    index += 1
    count += digits()
  }
  guard count > 0 else { return false }
  if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
    index += 1
    sign()
    if digits() == 0 { return false }
  }
  return index == end
}

/// A signed whole number within the range of BCF integers (VCF 4.3, section 1.3: -2^31 + 8 to 2^31 - 1).
func isInteger(_ bytes: ArraySlice<UInt8>) -> Bool {
  let isNegative = bytes.first == Byte.minus
  let digits = isNegative || bytes.first == Byte.plus ? bytes.dropFirst() : bytes
  guard let value = wholeNumber(digits) else { return false }
  return isNegative ? value <= 2_147_483_640 : value <= 2_147_483_647
}

func isDigit(_ byte: UInt8) -> Bool { byte >= Byte.zero && byte <= Byte.nine }

func isLetter(_ byte: UInt8) -> Bool {
  let lower = byte | 0x20
  return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
}
