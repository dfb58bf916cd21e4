internal import CHTSlib

/// Inflates single BGZF blocks (SAM specification, section 4.1) with libdeflate, checksums verified.
///
/// libdeflate takes less than half of zlib's time, and a worker that inflates its own blocks needs no hand-off between
/// threads. A value belongs to one worker.
@safe struct BlockInflater: ~Copyable {
  /// What the header of a block tells.
  struct Block {
    /// Bytes of the whole block.
    var size: Int
    /// Bytes before the deflated data.
    var headerSize: Int
  }

  /// A block holds at most this many bytes, inflated.
  static let largestBlock = 1 << 16
  private let decompressor: OpaquePointer

  init(file: String) throws(ReadError) {
    guard let decompressor = unsafe libdeflate_alloc_decompressor() else {
      throw ReadError(.system("out of memory"), file: file)
    }
    unsafe self.decompressor = decompressor
  }

  deinit { unsafe libdeflate_free_decompressor(decompressor) }

  /// Reads the header of the block that starts at `offset`; nil when the bytes end within it.
  ///
  /// - Throws: `damaged` when there is no BGZF block.
  static func block(at offset: Int, of bytes: Span<UInt8>, file: String) throws(ReadError) -> Block? {
    let left = bytes.count - offset
    if left < 18 { return nil }
    let extra = Int(bytes[offset + 10]) | Int(bytes[offset + 11]) << 8
    guard bytes[offset] == 0x1f, bytes[offset + 1] == 0x8b, bytes[offset + 2] == 8, bytes[offset + 3] == 4 else {
      throw ReadError(.damaged, file: file)
    }
    if left < 12 + extra { return nil }
    var field = offset + 12
    let end = field + extra
    while field + 4 <= end {
      let length = Int(bytes[field + 2]) | Int(bytes[field + 3]) << 8
      if bytes[field] == UInt8(ascii: "B"), bytes[field + 1] == UInt8(ascii: "C"), length == 2, field + 6 <= end {
        let size = (Int(bytes[field + 4]) | Int(bytes[field + 5]) << 8) + 1
        // The smallest deflate stream has two bytes; eight follow it.
        guard size >= 12 + extra + 10 else { throw ReadError(.damaged, file: file) }
        return Block(size: size, headerSize: 12 + extra)
      }
      field += 4 + length
    }
    throw ReadError(.damaged, file: file)
  }

  /// Inflates one whole block to the end of a buffer; returns how many bytes there are.
  @discardableResult
  func append(
    _ block: Block, at offset: Int, of bytes: Span<UInt8>, to buffer: inout LineBuffer, file: String
  ) throws(ReadError) -> Int {
    buffer.reserve(Self.largestBlock)
    guard let count = unsafe inflate(block, at: offset, of: bytes, to: buffer.end) else {
      throw ReadError(.damaged, file: file)
    }
    buffer.grow(by: count)
    return count
  }

  /// Inflates one whole block to `target`, which has room for `largestBlock` bytes; nil when it is damaged.
  private func inflate(_ block: Block, at offset: Int, of bytes: Span<UInt8>, to target: UnsafeMutablePointer<UInt8>)
    -> Int?
  {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let start = unsafe bytes.baseAddress?.advanced(by: offset) else { return nil }
      let footer = block.size - 8
      let sum = unsafe Self.number(start, footer)
      let count = unsafe Int(Self.number(start, footer + 4))
      guard count <= Self.largestBlock else { return nil }
      let status = unsafe libdeflate_deflate_decompress(
        decompressor, start.advanced(by: block.headerSize), footer - block.headerSize, target, count, nil)
      guard status == LIBDEFLATE_SUCCESS, unsafe libdeflate_crc32(0, target, count) == sum else { return nil }
      return count
    }
  }

  private static func number(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in 0..<4 { unsafe value |= UInt32(bytes[offset + index]) << (8 * UInt32(index)) }
    return value
  }
}
