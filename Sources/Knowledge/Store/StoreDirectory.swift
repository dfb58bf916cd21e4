internal import Model

/// Where the bins of a store lie.
struct StoreDirectory: Sendable {
  struct Entry: Sendable {
    var contig: Contig
    /// Number of the bin on its contig: the 0-based position divided by 2^20.
    var bin: Int
    var range: Range<Int>
    var rows: Int
    var checksum: UInt64

    var place: String { "\(Locus(contig, bin << StoreFormat.binShift + 1)) onwards" }
  }

  /// In the order of the file.
  let entries: [Entry]
  /// For each contig, its bins by number: places in `entries`, -1 for none.
  private let places: [[Int32]]

  init(_ entries: [Entry]) {
    self.entries = entries
    var places = Array(repeating: [Int32](), count: Contig.allCases.count + 1)
    for (place, entry) in entries.enumerated() {
      let slot = Int(entry.contig.rawValue)
      while places[slot].count <= entry.bin { places[slot].append(-1) }
      places[slot][entry.bin] = Int32(place)
    }
    self.places = places
  }

  /// Place in `entries` of the bin that begins alleles at a position; nil when the store has none there.
  func place(of contig: Contig, bin: Int) -> Int? {
    let bins = places[Int(contig.rawValue)]
    guard bin >= 0, bin < bins.count, bins[bin] >= 0 else { return nil }
    return Int(bins[bin])
  }

  /// Reads a section; throws `damaged` when an entry cannot be.
  init(_ range: Range<Int>, of file: MappedFile, bins: Range<Int>) throws(KnowledgeError) {
    let damaged = KnowledgeError(.store(.damaged("directory")), at: .init(file: file.path))
    guard range.count % StoreFormat.directoryEntrySize == 0 else { throw damaged }
    var entries: [Entry] = []
    var next = bins.lowerBound
    // Each bin is there once; the contigs come as the source's files came.
    var seen: Set<UInt32> = []
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: StoreFormat.directoryEntrySize) {
      let contig = UInt32(littleEndian: file.load(offset, as: UInt32.self))
      let bin = UInt32(littleEndian: file.load(offset + 4, as: UInt32.self))
      let start = UInt64(littleEndian: file.load(offset + 8, as: UInt64.self))
      let length = UInt64(littleEndian: file.load(offset + 16, as: UInt64.self))
      let rows = UInt32(littleEndian: file.load(offset + 24, as: UInt32.self))
      let checksum = UInt64(littleEndian: file.load(offset + 32, as: UInt64.self))
      guard let contig = UInt8(exactly: contig).flatMap(Contig.init), bin < 4_096, start == UInt64(next),
        length <= UInt64(bins.upperBound - next), length % 8 == 0,
        seen.insert(UInt32(contig.rawValue) << 16 | bin).inserted
      else { throw damaged }
      entries.append(
        Entry(
          contig: contig, bin: Int(bin), range: next..<next + Int(length), rows: Int(rows), checksum: checksum))
      next += Int(length)
    }
    guard next == bins.upperBound else { throw damaged }
    self.init(entries)
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes.append(word: UInt32(entry.contig.rawValue))
      bytes.append(word: UInt32(entry.bin))
      bytes.append(long: UInt64(entry.range.lowerBound))
      bytes.append(long: UInt64(entry.range.count))
      bytes.append(word: UInt32(entry.rows))
      bytes.append(word: 0)
      bytes.append(long: entry.checksum)
    }
    return bytes
  }
}

extension [UInt8] {
  /// Appends four bytes, the lowest first.
  mutating func append(word: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) { append(UInt8(truncatingIfNeeded: word >> shift)) }
  }

  mutating func append(long: UInt64) {
    append(word: UInt32(truncatingIfNeeded: long))
    append(word: UInt32(truncatingIfNeeded: long >> 32))
  }

  /// Appends zeros up to a multiple of 8 bytes.
  mutating func pad() { while count % 8 != 0 { append(0) } }
}
