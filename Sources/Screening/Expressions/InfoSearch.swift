#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Finds keys in an INFO column.
enum InfoSearch {
  /// The value of a key: nil when the key is absent, empty when it stands alone. Of a key that stands twice the first counts.
  ///
  /// Hops from one `;` to the next with `memchr`, since a column with consequences is mostly one long value.
  static func value(of key: [UInt8], in info: Range<Int>, of text: [UInt8]) -> Range<Int>? {
    var start = info.lowerBound
    while start < info.upperBound {
      let keyEnd = start &+ key.count
      if keyEnd <= info.upperBound, text[start] == key[0], isKey(key, at: start, in: text) {
        if keyEnd == info.upperBound { return keyEnd..<keyEnd }
        if text[keyEnd] == UInt8(ascii: ";") { return keyEnd..<keyEnd }
        if text[keyEnd] == UInt8(ascii: "=") {
          return keyEnd + 1..<next(UInt8(ascii: ";"), from: keyEnd, to: info.upperBound, in: text)
        }
      }
      start = next(UInt8(ascii: ";"), from: start, to: info.upperBound, in: text) &+ 1
    }
    return nil
  }

  private static func isKey(_ key: [UInt8], at start: Int, in text: [UInt8]) -> Bool {
    var index = 1
    while index < key.count {
      if text[start &+ index] != key[index] { return false }
      index &+= 1
    }
    return true
  }

  /// Whether a stretch of text is these bytes.
  static func equals(_ range: Range<Int>, in text: [UInt8], _ bytes: [UInt8]) -> Bool {
    if range.count != bytes.count { return false }
    var index = 0
    while index < bytes.count {
      if text[range.lowerBound &+ index] != bytes[index] { return false }
      index &+= 1
    }
    return true
  }

  /// Place of the next such byte, or `end`.
  static func next(_ byte: UInt8, from start: Int, to end: Int, in text: [UInt8]) -> Int {
    guard start < end, start >= 0, end <= text.count else { return end }
    return unsafe text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return end }
      // `memchr` reads no further than the count, which is inside the array.
      guard let found = unsafe memchr(base + start, Int32(byte), end - start) else { return end }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
