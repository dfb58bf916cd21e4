/// Records of a variant file, as columns over one block of VCF text.
///
/// The cheap columns (contig, position, quality) are decoded; everything else stays text until somebody asks for it, since
/// most records are dropped before anybody does. A row keeps its line byte for byte, so that what is written out again is
/// what was read. Records that come from BCF are carried as the VCF text that htslib prints for them.
public struct VariantBatch: Sendable {
  /// The fixed columns of a VCF line (VCF 4.5, section 1.6.1).
  public enum Field: Int, Sendable {
    case chromosome, position, id, reference, alternate, quality, filter, info, format
  }

  /// The bytes that all ranges of this batch point into.
  public private(set) var text: [UInt8]
  /// Chromosome of each row; nil when it is not an assembled chromosome (decoys, HLA, scaffolds).
  public private(set) var contigs: [Contig?] = []
  /// 1-based position of each row.
  public private(set) var positions: [Int] = []
  /// `QUAL`, Phred-scaled; NaN when missing.
  public private(set) var qualities: [Float] = []
  /// Number of each record in its file, from 1.
  public private(set) var ordinals: [Int] = []
  /// Start of the line, end of each of the nine fixed columns, end of the line: eleven bounds a row.
  private var bounds: [Int] = []

  private static let stride = 11

  public init(text: [UInt8] = []) {
    self.text = text
  }

  /// Makes room for `bytes` of text, and for its rows, so that appending lines does not move them again and again.
  public mutating func reserve(_ bytes: Int) {
    text.reserveCapacity(bytes)
    // Lines are seldom shorter than this; what is not used is never touched.
    let rows = bytes / 64
    contigs.reserveCapacity(rows)
    positions.reserveCapacity(rows)
    qualities.reserveCapacity(rows)
    ordinals.reserveCapacity(rows)
    bounds.reserveCapacity(rows * Self.stride)
  }

  public var count: Int { positions.count }

  /// Whether some row was let through without an answer to all that the reader was asked, since it is written oddly.
  public private(set) var isUndecided = false

  public mutating func markUndecided() { isUndecided = true }

  /// Whether `text` is the rows' lines, each with a newline, and nothing else.
  public private(set) var isWholeText = false

  /// Appends a row.
  ///
  /// - Parameters:
  ///   - start: offset of the first byte of the line in `text`.
  ///   - fieldEnds: offset behind each fixed column; nine values, the ninth equal to the eighth when there is no FORMAT.
  ///   - end: offset behind the last byte of the line.
  public mutating func append(
    ordinal: Int, contig: Contig?, position: Int, quality: Float, start: Int, fieldEnds: [Int], end: Int
  ) {
    precondition(fieldEnds.count == 9, "a VCF line has nine fixed columns")
    isWholeText = false
    ordinals.append(ordinal)
    contigs.append(contig)
    positions.append(position)
    qualities.append(quality)
    bounds.append(start)
    bounds.append(contentsOf: fieldEnds)
    bounds.append(end)
  }

  /// Appends a row with its line, which is copied; a newline follows it in `text`, so that a batch made so is VCF as it stands.
  ///
  /// - Parameters:
  ///   - line: the line without its line end.
  ///   - fieldEnds: offset in `line` behind each fixed column; nine values, the ninth equal to the eighth when there is no FORMAT.
  public mutating func append(
    ordinal: Int, contig: Contig?, position: Int, quality: Float, line: Span<UInt8>, fieldEnds: Span<Int>
  ) {
    precondition(fieldEnds.count == 9, "a VCF line has nine fixed columns")
    let start = text.count
    unsafe line.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
    let end = text.count
    isWholeText = count == 0 && start == 0 || isWholeText
    text.append(UInt8(ascii: "\n"))
    ordinals.append(ordinal)
    contigs.append(contig)
    positions.append(position)
    qualities.append(quality)
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.stride) { row in
      unsafe row.initializeElement(at: 0, to: start)
      for index in 0..<9 { unsafe row.initializeElement(at: index + 1, to: start + fieldEnds[index]) }
      unsafe row.initializeElement(at: 10, to: end)
      unsafe bounds.append(contentsOf: row)
    }
  }

  /// The records as BCF, in the order of the rows, where the batch comes from such a file: so that what is not changed can be
  /// passed on as it is.
  public private(set) var binary: [UInt8] = []
  private var binaryEnds: [Int] = []

  /// Appends the BCF of the next row that has none.
  public mutating func appendBinary(_ record: Span<UInt8>) {
    unsafe record.withUnsafeBufferPointer { unsafe binary.append(contentsOf: $0) }
    binaryEnds.append(binary.count)
  }

  /// A row as BCF; nil when the batch does not come from such a file.
  public func binary(of row: Int) -> ArraySlice<UInt8>? {
    guard row < binaryEnds.count else { return nil }
    return binary[(row == 0 ? 0 : binaryEnds[row - 1])..<binaryEnds[row]]
  }

  /// The batch with `records` added to each number of a record: for a batch that was counted from a later record than the
  /// first of the file.
  public mutating func shift(by records: Int) {
    for index in ordinals.indices { ordinals[index] += records }
  }

  /// Range in `text` of a fixed column of a row; empty when the column is not there.
  public func range(_ field: Field, of row: Int) -> Range<Int> {
    let base = row * Self.stride
    let end = bounds[base + 1 + field.rawValue]
    if field == .chromosome { return bounds[base]..<end }
    let before = bounds[base + field.rawValue]
    return before == end ? end..<end : before + 1..<end
  }

  /// Bytes of a fixed column of a row.
  public func bytes(_ field: Field, of row: Int) -> ArraySlice<UInt8> { text[range(field, of: row)] }

  /// Text of a fixed column of a row.
  public func string(_ field: Field, of row: Int) -> String { String(decoding: bytes(field, of: row), as: UTF8.self) }

  /// Range in `text` of the whole line of a row, without its line end.
  public func bounds(of row: Int) -> Range<Int> {
    bounds[row * Self.stride]..<bounds[row * Self.stride + Self.stride - 1]
  }

  /// The whole line of a row, without its line end.
  public func line(of row: Int) -> ArraySlice<UInt8> { text[bounds(of: row)] }

  /// The sample columns of a row, in the order of the header.
  public func samples(of row: Int) -> [ArraySlice<UInt8>] {
    let formatEnd = bounds[row * Self.stride + 9]
    let end = bounds[row * Self.stride + 10]
    guard formatEnd < end else { return [] }
    return text[formatEnd + 1..<end].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
  }

  /// The alternate alleles of a row as written; empty when ALT is `.`.
  public func alternates(of row: Int) -> [ArraySlice<UInt8>] {
    let field = bytes(.alternate, of: row)
    if field.count == 1 { return field.first == UInt8(ascii: ".") ? [] : [field] }
    return field.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  }

  /// The value of an INFO key: nil when absent, empty for a flag.
  public func info(_ key: String, of row: Int) -> ArraySlice<UInt8>? {
    var found: ArraySlice<UInt8>?
    let wanted = Array(key.utf8)
    forEachInfo(of: row) { name, value in
      if found == nil, name.elementsEqual(wanted) { found = value }
    }
    return found
  }

  /// Calls `body` with each INFO key and its value (empty for a flag), in the order of the line.
  public func forEachInfo(of row: Int, _ body: (_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Void) {
    let whole = range(.info, of: row)
    var start = whole.lowerBound
    while start < whole.upperBound {
      var equals = -1
      var end = start
      while end < whole.upperBound, text[end] != UInt8(ascii: ";") {
        if equals < 0, text[end] == UInt8(ascii: "=") { equals = end }
        end += 1
      }
      if end > start {
        let keyEnd = equals < 0 ? end : equals
        body(text[start..<keyEnd], equals < 0 ? text[end..<end] : text[equals + 1..<end])
      }
      start = end + 1
    }
  }
}
