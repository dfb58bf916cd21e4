internal import CHTSlib

/// The shape of an index by bins: `.bai` (SAM specification, section 5.2), `.csi` (CSIv1) or `.tbi` (tabix).
///
/// Read before htslib 1.16 gets the file, which can crash on one that was cut short.
struct IndexShape {
  enum Kind {
    case bai, csi, tbi
  }

  private(set) var kind = Kind.bai
  /// Number of sequences that the index tells of.
  private(set) var sequences = 0
  /// Where the records that have a place end, an offset of BGZF: the place of a block, and 16 bits for that in the block. Nil for
  /// an index of no records.
  private(set) var end: UInt64?

  private let bytes: [UInt8]
  private var place = 0
  /// The highest number of a bin, and that of the bin which holds counts in place of a second stretch.
  private var lastBin = 37_449
  private var countingBin: Int { lastBin + 1 }

  /// Nil for bytes that are no index, not all of one, or that lead beyond the file.
  ///
  /// - Parameters:
  ///   - bytes: inflated, where the index is compressed.
  ///   - fileSize: bytes of the indexed file, behind which no offset may lie.
  init?(_ bytes: [UInt8], fileSize: Int) {
    self.bytes = bytes
    guard readStart() else { return nil }
    for _ in 0..<sequences where !readSequence(fileSize: fileSize) { return nil }
    // The number of records without a place may follow.
    guard place == bytes.count || place + 8 == bytes.count else { return nil }
  }

  /// The bytes of an index, inflated where they are compressed; nil where they do not inflate, or are too many for any index.
  static func bytes(path: String) throws(ReadError) -> [UInt8]? {
    let file = try RawFile(path: path)
    guard let raw = unsafe file.release() else { return nil }
    guard let handle = unsafe bgzf_hopen(raw, "r") else {
      unsafe hclose_abruptly(raw)
      return nil
    }
    defer { _ = unsafe bgzf_close(handle) }
    var bytes: [UInt8] = []
    while bytes.count < mostBytes {
      var got = 0
      bytes.append(addingCapacity: pieceSize) { span in
        unsafe span.withUnsafeMutableBufferPointer { target, initialized in
          got = unsafe bgzf_read(handle, target.baseAddress?.advanced(by: initialized), pieceSize)
          initialized += max(0, got)
        }
      }
      if got < 0 { return nil }
      if got == 0 { return bytes }
    }
    return nil
  }

  private static let pieceSize = 1 << 20
  /// The index of a genome has some ten million bytes.
  private static let mostBytes = 1 << 30
  /// CSI can describe more levels, but then the numbers of its bins do not fit into its 32 bits.
  private static let mostLevels = 9

  private mutating func readStart() -> Bool {
    func isMarked(_ magic: String) -> Bool { bytes.starts(with: magic.utf8) }
    place = 4
    if isMarked("CSI\u{1}") {
      kind = .csi
      guard let shift = number(), let levels = number(), shift <= 30, (0...Self.mostLevels).contains(levels),
        shift + 3 * levels <= 62, let rest = number(), skip(rest)
      else { return false }
      lastBin = ((1 << (3 * levels + 3)) - 1) / 7
    } else if isMarked("TBI\u{1}") {
      kind = .tbi
    } else if !isMarked("BAI\u{1}") {
      return false
    }
    guard let count = number() else { return false }
    sequences = count
    guard kind == .tbi else { return true }
    // Six numbers that say what the columns are, then the names.
    guard skip(24), let names = number(), skip(names) else { return false }
    return bytes[(place - names)..<place].count { $0 == 0 } == sequences
  }

  private mutating func readSequence(fileSize: Int) -> Bool {
    guard let bins = number() else { return false }
    for _ in 0..<bins {
      guard let bin = number(), bin <= countingBin, kind != .csi || skip(8), let stretches = number() else {
        return false
      }
      for stretch in 0..<stretches {
        guard let start = offset(), let end = offset() else { return false }
        if bin == countingBin, stretch > 0 { continue }
        if start > end || Int(end >> 16) > fileSize { return false }
        // An empty stretch of the counting bin says that there are no records.
        if start < end { self.end = max(self.end ?? 0, end) }
      }
    }
    if kind == .csi { return true }
    return readWindows()
  }

  /// Where the first record of each stretch of 16,384 bases lies: in the order of the file, 0 for none. Too large a number there would
  /// leave records out.
  private mutating func readWindows() -> Bool {
    guard let count = number(), count <= (bytes.count - place) / 8 else { return false }
    var last = UInt64(0)
    for _ in 0..<count {
      guard let start = offset() else { return false }
      if start == 0 { continue }
      if start < last { return false }
      last = start
    }
    return last <= end ?? 0
  }

  private mutating func skip(_ count: Int) -> Bool {
    guard count <= bytes.count - place else { return false }
    place += count
    return true
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
