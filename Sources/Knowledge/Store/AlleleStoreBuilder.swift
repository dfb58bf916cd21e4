internal import Foundation
internal import Model

/// Writes a store from rows that come sorted by position, bin by bin: in memory are a few bins, and the texts, each once.
///
///     var builder = try AlleleStoreBuilder(path: aside, fields: fields, resolution: .greatest(field: 0))
///     while let rows = … { try builder.add(rows) }
///     let metadata = try builder.finish(metadata)
///
/// The file is not a store until `finish` has returned: what is there before has no footer and is refused. Whoever builds
/// gives a path aside and renames the file when it is whole.
public struct AlleleStoreBuilder {
  /// Alleles that normalisation moved may come this many bases behind the stream; sources are sorted by position as written.
  static let slack = 1 << 16

  private let fields: [StoreMetadata.Field]
  private let resolution: DuplicateResolution
  private let path: String
  private let output: FileHandle
  private var written = 0
  private var entries: [StoreDirectory.Entry] = []
  /// Bins that are not written yet, by contig and number.
  private var open: [UInt32: BinRows] = [:]
  /// Contigs that are done: another one followed them.
  private var closedContigs: Set<Contig> = []
  /// The furthest position so far on the contig that is being read.
  private var front: Locus?
  private var writer = ColumnWriter()
  private var texts: [String: UInt32] = [:]
  private var textOrder: [String] = []
  private var alleles = 0
  private var duplicates = 0
  private var leftOut: [String: Int] = [:]

  /// - Parameter path: of a file that is there and is filled from its beginning.
  public init(path: String, fields: [StoreMetadata.Field], resolution: DuplicateResolution) throws(KnowledgeError) {
    guard let output = FileHandle(forWritingAtPath: path) else {
      throw KnowledgeError(.store(.inputOutput("cannot be opened for writing")), at: .init(file: path))
    }
    self.path = path
    self.output = output
    self.fields = fields
    self.resolution = resolution
    var header: [UInt8] = []
    header.append(long: StoreFormat.magic)
    header.append(word: StoreFormat.version)
    header.append(word: 0)
    try write(header)
  }

  /// Takes the rows of the next stretch of the source.
  ///
  /// - Throws: `unsorted` for a row of a bin that is written already.
  public mutating func add(_ rows: StoreRows) throws(KnowledgeError) {
    for (reason, number) in rows.leftOut { leftOut[reason, default: 0] += number }
    let numbers = rows.texts.map { number(of: $0) }
    var start = 0
    while start < rows.count {
      let bin = Self.bin(rows.keys[start])
      var end = start + 1
      while end < rows.count, Self.bin(rows.keys[end]) == bin { end += 1 }
      try advance(to: bin, first: Self.locus(rows.keys[start]))
      open[bin, default: BinRows(columnCount: fields.count)].take(start..<end, of: rows, texts: numbers)
      if let last = Self.locus(rows.keys[end - 1]) { front = max(front ?? last, last) }
      start = end
    }
    try closeBins()
  }

  private static func bin(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key >> 32) }

  private static func locus(_ key: UInt64) -> Locus? {
    let position = Int((key & 0x00FF_FFFF_FFFF_FFFF) >> UInt64(StoreFormat.codeBits)) + 1
    return Contig(rawValue: UInt8(key >> 56)).map { Locus($0, position) }
  }

  private static func contig(ofBin bin: UInt32) -> Contig? { Contig(rawValue: UInt8(bin >> 24)) }

  /// Makes sure that rows of a bin may still come.
  private mutating func advance(to bin: UInt32, first: Locus?) throws(KnowledgeError) {
    guard let first, open[bin] == nil else { return }
    let contig = first.contig
    if let front, front.contig != contig {
      closedContigs.insert(front.contig)
      for bin in open.keys.sorted() { try close(bin) }
      self.front = nil
    }
    let number = Int(bin & 0xFF_FFFF)
    let last = entries.last.flatMap { $0.contig == contig ? $0.bin : nil }
    if closedContigs.contains(contig) || last.map({ number <= $0 }) ?? false {
      throw KnowledgeError(.store(.unsorted(first)), at: .init(file: path))
    }
  }

  /// Writes the bins that the stream has left behind.
  private mutating func closeBins() throws(KnowledgeError) {
    guard let front else { return }
    let done = front.position - Self.slack
    for bin in open.keys.sorted() where (Int(bin & 0xFF_FFFF) + 1) << StoreFormat.binShift < done {
      try close(bin)
    }
  }

  private mutating func close(_ bin: UInt32) throws(KnowledgeError) {
    guard var rows = open.removeValue(forKey: bin), let contig = Self.contig(ofBin: bin) else { return }
    let packed = rows.packed(resolving: resolution, fields: fields, with: &writer)
    let start = written
    try write(packed.bytes)
    entries.append(
      StoreDirectory.Entry(
        contig: contig, bin: Int(bin & 0xFF_FFFF), range: start..<written, rows: packed.rows,
        checksum: StoreChecksum.of(packed.bytes)))
    alleles += packed.rows
    duplicates += packed.duplicates
  }

  private mutating func number(of text: String) -> UInt32 {
    if let number = texts[text] { return number }
    let number = UInt32(textOrder.count)
    texts[text] = number
    textOrder.append(text)
    return number
  }

  /// Writes what is left, the coverage and the description.
  ///
  /// - Parameters:
  ///   - metadata: without the counts, which are filled in here.
  ///   - coverage: where the source looked; nil where it does not say.
  /// - Returns: the description as it was written.
  public mutating func finish(
    _ metadata: StoreMetadata, coverage: [StoreCoverage.Stretch]? = nil
  ) throws(KnowledgeError) -> StoreMetadata {
    for bin in open.keys.sorted() { try close(bin) }
    if alleles == 0 { throw KnowledgeError(.store(.noAlleles), at: .init(file: path)) }
    var metadata = metadata
    metadata.fields = fields
    metadata.alleles = alleles
    metadata.leftOut = leftOut
    if duplicates > 0 { metadata.leftOut["allele that was there before"] = duplicates }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard var description = (try? encoder.encode(metadata)).map({ Array($0) }) else {
      throw KnowledgeError(.store(.inputOutput("description cannot be written")), at: .init(file: path))
    }
    description.pad()
    var footer: [UInt8] = []
    for bytes in [
      textBytes, coverage.map { StoreCoverage.bytes(of: $0) } ?? [], StoreDirectory(entries).bytes, description,
    ] {
      footer.append(long: UInt64(written))
      footer.append(long: UInt64(bytes.count))
      footer.append(long: StoreChecksum.of(bytes))
      try write(bytes)
    }
    footer.append(long: StoreChecksum.of(footer))
    footer.append(long: StoreFormat.magic.byteSwapped)
    try write(footer)
    do { try output.close() } catch { throw Self.failure(error, path) }
    return metadata
  }

  private var textBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(long: UInt64(textOrder.count))
    var end = 0
    bytes.append(long: 0)
    for text in textOrder {
      end += text.utf8.count
      bytes.append(long: UInt64(end))
    }
    for text in textOrder { bytes += text.utf8 }
    bytes.pad()
    return bytes
  }

  private mutating func write(_ bytes: [UInt8]) throws(KnowledgeError) {
    do { try output.write(contentsOf: bytes) } catch { throw Self.failure(error, path) }
    written += bytes.count
  }

  private static func failure(_ error: any Error, _ path: String) -> KnowledgeError {
    KnowledgeError(.store(.inputOutput(error.localizedDescription)), at: .init(file: path))
  }
}
