internal import CHTSlib
internal import Foundation
internal import Model

/// Where each sequence of a FASTA lies in its file (samtools' faidx(5)), and the way to its bases.
///
/// A stretch is read in one piece, its line ends left out afterwards: htslib's `faidx_fetch_seq` asks for every base by itself,
/// which costs more than telling the consequences of what lies there.
@safe final class SequenceIndex {
  /// A line of the `.fai`; sizes and offsets in bytes, of BGZF as if it were inflated.
  private struct Entry {
    var name: String
    var length: Int
    var offset: Int
    var basesInLine: Int
    var bytesInLine: Int

    init?(_ line: Substring) {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count >= 5, !columns[0].isEmpty else { return nil }
      let numbers = columns[1..<5].compactMap { wholeNumber(Array($0.utf8)[...]) }
      guard numbers.count == 4, numbers[2] > 0 || numbers[0] == 0, numbers[3] >= numbers[2] else { return nil }
      // An index of another kind, whose numbers lead beyond every file.
      let (last, isBeyond) = (numbers[0] / max(1, numbers[2])).multipliedReportingOverflow(by: numbers[3])
      if isBeyond || last > Int.max / 2 - numbers[1] { return nil }
      name = String(columns[0])
      (length, offset, basesInLine, bytesInLine) = (numbers[0], numbers[1], numbers[2], numbers[3])
    }

    /// Where in the file a base stands, from 0.
    func place(of base: Int) -> Int { offset + base / basesInLine * bytesInLine + base % basesInLine }
  }

  private let path: String
  private let entries: [Entry]
  private let numbers: [String: Int]
  /// The file, as it lies on the disk or as BGZF; one of the two.
  private let plain: RandomAccessFile?
  private let packed: UnsafeMutablePointer<BGZF>?

  init(path: String) throws(ReadError) {
    self.path = path
    try InputDescriptor.refusePipe(path, expected: "a FASTA file")
    // Opening it tells a missing file from one without index.
    let file = try RawFile(path: path)
    let fault = ReadError(.index("make it with: samtools faidx \(printable(path))"), file: path)
    guard let index = try? String(contentsOfFile: path + ".fai", encoding: .utf8) else { throw fault }
    var entries: [Entry] = []
    for line in index.split(separator: "\n") {
      guard let entry = Entry(line) else { throw fault }
      entries.append(entry)
    }
    if entries.isEmpty { throw fault }
    self.entries = entries
    numbers = Dictionary(entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    guard try file.peek(2) == [0x1f, 0x8b] else {
      guard let anywhere = file.anywhere else { throw fault }
      plain = anywhere
      unsafe packed = nil
      return
    }
    guard let raw = unsafe file.release() else { throw fault }
    guard let packed = unsafe bgzf_hopen(raw, "r") else {
      unsafe hclose_abruptly(raw)
      throw fault
    }
    guard unsafe bgzf_compression(packed) == 2, unsafe bgzf_index_load(packed, path, ".gzi") == 0 else {
      _ = unsafe bgzf_close(packed)
      throw fault
    }
    plain = nil
    unsafe self.packed = packed
  }

  deinit {
    if let packed = unsafe packed { _ = unsafe bgzf_close(packed) }
  }

  func contigs() -> [VariantHeader.ContigLine] {
    entries.map { VariantHeader.ContigLine(name: $0.name, length: $0.length) }
  }

  /// The bases of a 0-based range that lies within the sequence, in upper case.
  func bases(of name: String, _ range: Range<Int>) throws(ReadError) -> [UInt8] {
    guard let number = numbers[name], !range.isEmpty else { return [] }
    let entry = entries[number]
    let start = entry.place(of: range.lowerBound)
    let raw = try bytes(at: start, count: entry.place(of: range.upperBound - 1) + 1 - start)
    let bases = Self.bases(raw, count: range.count, first: range.lowerBound % entry.basesInLine, entry)
    guard let bases else {
      throw ReadError(.truncated("the sequence of \(printable(name)) is not whole"), file: path)
    }
    return bases
  }

  private func bytes(at offset: Int, count: Int) throws(ReadError) -> [UInt8] {
    if let plain { return try plain.bytes(at: offset, count: count) }
    guard let packed = unsafe packed else { return [] }
    var got = -1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      if unsafe bgzf_useek(packed, off_t(offset), SEEK_SET) == 0 {
        got = unsafe bgzf_read(packed, target.baseAddress, count)
      }
      initialized = max(0, got)
    }
    if got < 0 { throw ReadError(.damaged, file: path) }
    return bytes
  }

  /// Leaves the line ends out, and makes capitals of the small letters that mark repeats.
  ///
  /// - Parameter first: place within its line of the first byte.
  /// - Returns: nil where the bytes do not hold so many bases in lines of that length.
  private static func bases(_ raw: [UInt8], count: Int, first: Int, _ entry: Entry) -> [UInt8]? {
    let lineEnd = entry.bytesInLine - entry.basesInLine
    var isWhole = true
    let bases = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      var place = 0
      var room = entry.basesInLine - first
      while initialized < count {
        let length = min(room, count - initialized)
        // Where there is no end of a line, the file was changed after it was indexed.
        let isLast = initialized + length == count
        guard isLast ? place + length <= raw.count : place + length < raw.count && raw[place + length] < space else {
          isWhole = false
          return
        }
        let line = unsafe UnsafeMutableBufferPointer(rebasing: target[initialized..<initialized + length])
        unsafe raw.withUnsafeBufferPointer { raw in
          unsafe copy(UnsafeBufferPointer(rebasing: raw[place..<place + length]), to: line)
        }
        initialized += length
        place += length + lineEnd
        room = entry.basesInLine
      }
    }
    return isWhole ? bases : nil
  }

  /// Copies bases as capitals.
  private static func copy(_ line: UnsafeBufferPointer<UInt8>, to target: UnsafeMutableBufferPointer<UInt8>) {
    for index in 0..<line.count {
      let byte = unsafe line[index]
      // Small letters, which mark repeats, differ from capitals in one bit.
      unsafe target[index] = byte & ~(byte >= UInt8(ascii: "a") ? 0x20 : 0)
    }
  }

  private static let space = UInt8(ascii: " ")
}
