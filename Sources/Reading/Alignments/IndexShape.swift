/// Whether a `.bai` has the shape of one (SAM specification, section 5.2): htslib 1.16 can crash on one that was cut short.
struct IndexShape {
  private let bytes: [UInt8]
  private var place = 0

  /// - Parameter fileSize: bytes of the BAM, which no offset may lie behind.
  static func isSound(_ bytes: [UInt8], fileSize: Int) -> Bool {
    var shape = IndexShape(bytes: bytes)
    return shape.walk(fileSize: fileSize)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private static let magic = Array("BAI\u{1}".utf8)
  /// A bin that holds counts of reads in place of a second stretch.
  private static let countingBin = 37_450

  private mutating func walk(fileSize: Int) -> Bool {
    guard bytes.starts(with: Self.magic) else { return false }
    place = Self.magic.count
    guard let contigs = number() else { return false }
    for _ in 0..<contigs {
      guard let bins = number() else { return false }
      for _ in 0..<bins {
        guard let bin = number(), let stretches = number() else { return false }
        for stretch in 0..<stretches {
          guard let start = offset(), let end = offset() else { return false }
          let isCount = bin == Self.countingBin && stretch > 0
          if !isCount, start > end || Int(end >> 16) > fileSize { return false }
        }
      }
      guard let windows = number(), windows <= (bytes.count - place) / 8 else { return false }
      place += 8 * windows
    }
    // The number of reads without a place may follow.
    return place == bytes.count || place + 8 == bytes.count
  }

  /// A count of 32 bits, little endian; nil behind the end, and where it is negative.
  private mutating func number() -> Int? {
    guard place + 4 <= bytes.count else { return nil }
    var value = UInt32(0)
    for step in 0..<4 { value |= UInt32(bytes[place + step]) << UInt32(8 * step) }
    place += 4
    return value <= UInt32(Int32.max) ? Int(value) : nil
  }

  private mutating func offset() -> UInt64? {
    guard place + 8 <= bytes.count else { return nil }
    var value = UInt64(0)
    for step in 0..<8 { value |= UInt64(bytes[place + step]) << UInt64(8 * step) }
    place += 8
    return value
  }
}
