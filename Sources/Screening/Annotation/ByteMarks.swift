/// The places of marks such as `;` or `|` in the bytes of a record, found 64 bytes at a time.
///
/// An annotated line is mostly marks and what lies between them: a loop over single bytes took a quarter of the whole screen.
/// An iterator and not a closure, so that what the caller gathers stays in plain variables.
/// Swift's own vectors and not a kernel of `CKernels`: an annotation is a few hundred bytes, too few to pay for the call.
struct ByteMarks: Sequence, IteratorProtocol {
  private let text: [UInt8]
  private let first: UInt8
  private let second: UInt8
  private let end: Int
  /// Where the next block begins.
  private var next64: Int
  /// Where the present block begins, and one bit for each mark of it that was not told yet.
  private var block = 0
  private var marks: UInt64 = 0

  /// The offsets of the bytes of a range that equal one of two, in ascending order.
  init(_ first: UInt8, or second: UInt8, in range: Range<Int>, of text: [UInt8]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count, "a range of the text")
    self.text = text
    self.first = first
    self.second = second
    next64 = range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> Int? {
    while marks == 0 {
      guard next64 < end else { return nil }
      block = next64
      marks = block + 64 <= text.count ? wholeBlock() : lastBlock()
      if end - block < 64 { marks &= (1 << UInt64(end - block)) - 1 }
      next64 = block + 64
    }
    defer { marks &= marks &- 1 }
    return block &+ marks.trailingZeroBitCount
  }

  /// The plain twin of `wholeBlock`, for the end of the text.
  private func lastBlock() -> UInt64 {
    var bits: UInt64 = 0
    for offset in block..<end where text[offset] == first || text[offset] == second {
      bits |= 1 << UInt64(offset - block)
    }
    return bits
  }

  private func wholeBlock() -> UInt64 {
    // Unsafe because nothing else loads 64 bytes at once; the caller has seen that so many are there.
    let bytes = unsafe text.withUnsafeBytes { buffer in
      unsafe buffer.loadUnaligned(fromByteOffset: block, as: SIMD64<UInt8>.self)
    }
    // Types are written out: else the comparison is a loop over lanes.
    let isFirst: SIMDMask<SIMD64<Int8>> = bytes .== SIMD64<UInt8>(repeating: first)
    let isSecond: SIMDMask<SIMD64<Int8>> = bytes .== SIMD64<UInt8>(repeating: second)
    let firsts = unsafe unsafeBitCast(isFirst, to: SIMD8<UInt64>.self)
    let seconds = unsafe unsafeBitCast(isSecond, to: SIMD8<UInt64>.self)
    var bits: UInt64 = 0
    for lane in 0..<8 {
      // A product gathers the lowest bits of eight bytes in the highest byte.
      let ones = (firsts[lane] | seconds[lane]) & 0x0101_0101_0101_0101
      let byte = (ones &* 0x0102_0408_1020_4080) &>> 56
      bits |= byte &<< UInt64(lane * 8)
    }
    return bits
  }
}
