/// The blocks of a BGZF file on their way from the disk: hands them out whole, and watches that the file ends as it should.
struct BlockQueue {
  /// Compressed bytes read and not handed out yet; begins at a block.
  private var bytes: [UInt8] = []
  /// Whether the last block handed out holds nothing, as the end-of-file block does.
  private var endsEmpty = false
  private var isAtEnd = false

  /// Whole blocks of about `count` bytes, at least one; nil at the end of the file.
  mutating func take(_ count: Int, from file: RawFile) throws(ReadError) -> [UInt8]? {
    var end = try wholeBlocks(file)
    while !isAtEnd, bytes.count < count || end == 0 {
      isAtEnd = try file.read(upTo: max(count - bytes.count, 1 << 16), into: &bytes) == 0
      end = try wholeBlocks(file)
    }
    if end == 0 {
      if !bytes.isEmpty { throw ReadError(.truncated("the last compressed block is not whole"), file: file.path) }
      // SAM specification, section 4.1.2: without it the file was cut short, however whole its last line looks.
      if !endsEmpty { throw ReadError(.truncated("no BGZF end-of-file block"), file: file.path) }
      return nil
    }
    // The little that is left is what is copied.
    let rest = Array(bytes[end...])
    bytes.removeLast(rest.count)
    let taken = bytes
    bytes = rest
    endsEmpty = taken.suffix(4).allSatisfy { $0 == 0 }
    return taken
  }

  /// Inflates the next blocks into `text`; false at the end of the file.
  mutating func inflate(from file: RawFile, into text: inout [UInt8]) throws(ReadError) -> Bool {
    guard let taken = try take(1 << 16, from: file) else { return false }
    let inflater = try BlockInflater(file: file.path)
    var buffer = LineBuffer(capacity: BlockInflater.largestBlock)
    var offset = 0
    while offset < taken.count, let block = try BlockInflater.block(at: offset, of: taken.span, file: file.path) {
      let count = try inflater.append(block, at: offset, of: taken.span, to: &buffer, file: file.path)
      text += buffer.bytes(0..<count)
      buffer.removeAll()
      offset += block.size
    }
    return true
  }

  /// Offset behind the last whole block of `bytes`.
  private func wholeBlocks(_ file: RawFile) throws(ReadError) -> Int {
    var end = 0
    while end < bytes.count, let block = try BlockInflater.block(at: end, of: bytes.span, file: file.path),
      end + block.size <= bytes.count
    {
      end += block.size
    }
    return end
  }
}
