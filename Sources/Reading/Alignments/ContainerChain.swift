internal import CHTSlib

/// The containers of a CRAM, of which each tells where the next one begins (CRAM specification 3.1, sections 6 to 8).
struct ContainerChain: Sendable {
  struct Header {
    /// Bytes of the header itself.
    var size: Int
    /// Bytes of the blocks behind it.
    var length: Int
    /// Number of reads; 0 for the file's header, for padding and for the end.
    var reads: Int
    /// Where each slice begins, counted from the end of the header.
    var slices: [Int]

    var whole: Int { size + length }
  }

  private let file: RandomAccessFile
  private let version: Int
  /// Where the file ends.
  var end: Int { file.size }

  /// Nil for versions whose headers are laid out differently (1, and the drafts of 4).
  init?(_ file: RandomAccessFile) throws(ReadError) {
    let start = try file.bytes(at: 0, count: Self.definitionSize)
    guard start.count == Self.definitionSize, start.starts(with: "CRAM".utf8), (2...3).contains(start[4]) else {
      return nil
    }
    self.file = file
    version = Int(start[4])
  }

  /// Bytes of the file definition, behind which the first container begins.
  private static let definitionSize = 26
  /// Containers without reads that may follow each other: there are one or two.
  private static let mostEmpty = 1_000
  /// Bytes of the header of a container with three thousand slices; there is one, or some.
  private static let mostHeader = 1 << 14

  /// The header at an offset of the file; nil where there is none, or its checksum is wrong.
  func header(at offset: Int) throws(ReadError) -> Header? {
    let bytes = try file.bytes(at: offset, count: Self.mostHeader)
    var numbers = PackedNumbers(bytes)
    // Length, sequence, start, span, reads, reads before, bases, blocks, slices.
    guard let length = numbers.word(), length <= file.size, numbers.short() != nil, numbers.short() != nil,
      numbers.short() != nil, let reads = numbers.short(), numbers.skipLong(), numbers.skipLong(),
      numbers.short() != nil, let count = numbers.short()
    else { return nil }
    var slices: [Int] = []
    for _ in 0..<count {
      guard let start = numbers.short() else { return nil }
      slices.append(start)
    }
    if version >= 3 {
      let sum = bytes[..<numbers.place].crc32
      guard let told = numbers.checksum(), told == sum else { return nil }
    }
    return Header(size: numbers.place, length: length, reads: reads, slices: slices)
  }

  /// Where the next container with reads begins, at an offset or behind it: the size of the file where only empty ones follow.
  ///
  /// - Returns: nil where the chain breaks.
  func firstReads(from offset: Int) throws(ReadError) -> Int? {
    var offset = offset
    for _ in 0..<Self.mostEmpty {
      if offset == file.size { return offset }
      guard let header = try header(at: offset) else { return nil }
      if header.reads > 0 { return offset }
      offset += header.whole
    }
    return nil
  }

  /// Where the first container with reads begins: the size of the file where there is none.
  func firstReads() throws(ReadError) -> Int {
    guard let first = try firstReads(from: Self.definitionSize) else { throw ReadError(.damaged, file: file.path) }
    return first
  }

  /// Whether header and blocks of a container are what was written, by their checksums; version 2 has none.
  ///
  /// - Parameter isBrief: looks at the blocks that tell how reads are packed alone, whose checksums htslib 1.16 does not look at:
  ///   a changed bit there can leave reads out in silence.
  func isWhole(at offset: Int, isBrief: Bool) throws(ReadError) -> Bool {
    guard let header = try header(at: offset) else { return false }
    if version < 3 { return true }
    let blocks = offset + header.size
    if isBrief {
      for place in [0] + header.slices {
        guard place < header.length, try blockSize(at: blocks + place) != nil else { return false }
      }
      return true
    }
    var place = 0
    while place < header.length {
      guard let size = try blockSize(at: blocks + place) else { return false }
      place += size
    }
    return place == header.length
  }

  /// Bytes of the block at an offset of the file; nil where its checksum is wrong.
  private func blockSize(at offset: Int) throws(ReadError) -> Int? {
    var bytes = try file.bytes(at: offset, count: Self.mostHeader)
    var numbers = PackedNumbers(bytes)
    // Method and content, then number, size as stored, and size.
    guard numbers.skip(2), numbers.short() != nil, let stored = numbers.short(), numbers.short() != nil,
      stored <= file.size
    else { return nil }
    let size = numbers.place + stored + 4
    if size > bytes.count {
      bytes = try file.bytes(at: offset, count: size)
      numbers = PackedNumbers(bytes)
    }
    guard bytes.count >= size, numbers.skip(size - 4 - numbers.place), let told = numbers.checksum(),
      told == bytes[..<(size - 4)].crc32
    else { return nil }
    return size
  }
}

/// Numbers as CRAM packs them (section 2.3).
private struct PackedNumbers {
  private let bytes: [UInt8]
  private(set) var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func skip(_ count: Int) -> Bool {
    guard count >= 0, count <= bytes.count - place else { return false }
    place += count
    return true
  }

  mutating func checksum() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    defer { place += 4 }
    return (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
  }

  /// Four bytes, low byte first; nil where they are negative.
  mutating func word() -> Int? { checksum().flatMap { $0 > UInt32(Int32.max) ? nil : Int($0) } }

  /// ITF-8; numbers with the highest bit, which are negative, come out large.
  mutating func short() -> Int? {
    guard place < bytes.count else { return nil }
    let first = Int(bytes[place])
    let more = min(4, (~UInt8(first)).leadingZeroBitCount)
    guard place + more < bytes.count else { return nil }
    defer { place += 1 + more }
    // The fifth byte gives four bits alone.
    if more == 4 {
      let middle = (1...3).reduce(first & 15) { $0 << 8 | Int(bytes[place + $1]) }
      return middle << 4 | Int(bytes[place + 4]) & 15
    }
    return (0..<more).reduce(first & (0xFF >> (more + 1))) { $0 << 8 | Int(bytes[place + 1 + $1]) }
  }

  /// LTF-8, whose value nobody asks.
  mutating func skipLong() -> Bool {
    guard place < bytes.count else { return false }
    return skip(1 + (~bytes[place]).leadingZeroBitCount)
  }
}
