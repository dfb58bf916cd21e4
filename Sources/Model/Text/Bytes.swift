/// Text that is put together a piece at a time, for lines of which there are millions.
extension [UInt8] {
  /// Appends a range of another text; a slice would be counted as one more owner of it each time.
  public mutating func append(_ range: Range<Int>, of text: [UInt8]) {
    unsafe text.withUnsafeBufferPointer { unsafe append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Appends a whole number in decimal digits.
  public mutating func append(decimal number: Int) {
    let most = 20
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { digits in
      var rest = number.magnitude
      var first = most
      repeat {
        first -= 1
        unsafe digits.initializeElement(at: first, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      } while rest > 0
      if number < 0 {
        first -= 1
        unsafe digits.initializeElement(at: first, to: UInt8(ascii: "-"))
      }
      unsafe append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
    }
  }
}
