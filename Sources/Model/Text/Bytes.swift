/// Text that is put together a piece at a time, for lines of which there are millions.
extension [UInt8] {
  /// Appends a range of another text; a slice would be counted as one more owner of it each time.
  public mutating func append(_ range: Range<Int>, of text: [UInt8]) {
    unsafe text.withUnsafeBufferPointer { unsafe append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Appends another text, which does not become its owner.
  public mutating func append(all text: [UInt8]) {
    unsafe text.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends a whole number in decimal digits.
  public mutating func append(decimal number: Int) {
    guard number.magnitude < 100_000_000 else {
      self += "\(number)".utf8
      return
    }
    if number < 0 { append(UInt8(ascii: "-")) }
    // Eight digits at most, the first of them in the lowest byte.
    var digits: UInt64 = 0
    var count = 0
    var rest = UInt32(truncatingIfNeeded: number.magnitude)
    repeat {
      digits = digits << 8 | UInt64(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
      count += 1
    } while rest > 0
    append(addingCapacity: count) { span in
      for place in 0..<count { span.append(UInt8(truncatingIfNeeded: digits >> (8 * UInt64(place)))) }
    }
  }
}
