public import Model

/// Puts the stretches of a file together again, in the order of the file: joins the lines that were cut, gives records and lines
/// their numbers, and watches that the file is sorted.
///
/// Whatever the cuts and whoever read the stretches, the same file gives the same records, numbers and warnings.
public struct RecordFold: ~Copyable {
  private let layout: RecordLayout
  private let isStrict: Bool
  private var reader: StretchReader
  private var order: RecordOrder
  private let isIndexed: Bool
  /// Whether the first stretch, which is read from the front in any case, is yet to come.
  private var isLeading = true
  /// The beginning of a line whose end is to come.
  private var tail: [UInt8] = []
  /// Bytes of a BCF record whose end is to come.
  private var openBytes = 0
  private var lines: Int
  /// Records seen so far, those left out as well.
  public private(set) var records = 0
  public private(set) var refused = RefusalCounts()
  private var seen = [Int](repeating: 0, count: Contig.allCases.count + 1)
  public private(set) var warnings = WarningTally()

  /// - Parameters:
  ///   - plan: as the workers have it.
  ///   - isStrict: as the workers have it.
  ///   - isIndexed: whether stretches are parts of the file, so that nobody knows the numbers of their records.
  public init(of layout: RecordLayout, plan: ReadPlan, isStrict: Bool = false, isIndexed: Bool = false)
    throws(ReadError)
  {
    self.isIndexed = isIndexed
    self.layout = layout
    self.isStrict = isStrict
    // Its stretches are single lines.
    reader = try StretchReader(of: layout, plans: [plan], isStrict: isStrict, capacity: 0)
    order = RecordOrder(isStrict: isStrict)
    lines = layout.headerLines
  }

  /// Takes what the next stretch left. Its own records follow those of the batch that is returned.
  ///
  /// - Parameter recordsBefore: set to the number by which the records of the stretch's batches are to be shifted.
  /// - Returns: the record whose line the cut before this stretch went through, numbered already; nil when there is none.
  public mutating func join(_ rest: StretchRest, recordsBefore: inout Int) throws(ReadError) -> VariantBatch? {
    tail += rest.head
    if tail.count > VariantFile.longestLine {
      throw ReadError(.format(.lineLength, found: ""), file: layout.file, place: ReadPlace(line: lines + 1))
    }
    guard rest.hasLineEnd else { return nil }
    let batch = try joinedLine()
    tail = rest.tail
    openBytes = rest.openBytes
    recordsBefore = records
    try add(rest.tally)
    return batch
  }

  /// Takes the head alone of a stretch that a worker could not read to its end; the record is returned as by `join`.
  public mutating func joinHead(of rest: StretchRest) throws(ReadError) -> VariantBatch? {
    if !rest.hasLineEnd { return nil }
    tail += rest.head
    return try joinedLine()
  }

  /// An error of a worker with its place in the file; to be asked for after the stretch's head was joined.
  public func placed(_ error: ReadError) -> ReadError { error.shifted(lines: shownLines, records: shownRecords) }

  /// Counts the records that an index passed over, so that the numbers are those of the whole file.
  ///
  /// - Parameter totals: records of the file by raw value of the contig, 0 for those that are no chromosome.
  public mutating func countUnread(of totals: [Int]) {
    for (slot, total) in totals.enumerated() where total > seen[slot] {
      refused.addOutside(Contig(rawValue: UInt8(slot)), count: total - seen[slot])
      records += total - seen[slot]
    }
  }

  /// The last line, when it has no line end; to be asked for after the last stretch.
  public mutating func finish() throws(ReadError) -> VariantBatch? {
    if openBytes > 0 {
      let place = ReadPlace(record: records + 1)
      throw ReadError(.truncated("the record is not whole"), file: layout.file, place: place)
    }
    if tail.isEmpty { return nil }
    try checkLastLine()
    return try joinedLine()
  }

  private var isNumbered: Bool { !isIndexed || isLeading }
  /// Number of lines before, where the file has lines and they are counted.
  private var shownLines: Int? { layout.isText && isNumbered ? lines : nil }
  /// Number of records before, where they are counted.
  private var shownRecords: Int? { isNumbered ? records : nil }

  private mutating func joinedLine() throws(ReadError) -> VariantBatch? {
    if tail.isEmpty { return nil }
    reader.open(Stretch(content: .text(tail), join: .whole))
    tail = []
    var result: VariantBatch?
    do {
      while let batch = try reader.nextBatch() { result = batch }
    } catch {
      throw placed(error)
    }
    result?.shift(by: records)
    try add(reader.close().tally)
    return result
  }

  private mutating func add(_ tally: ScanTally) throws(ReadError) {
    var found = tally.warnings
    found.shift(lines: shownLines, records: shownRecords)
    warnings.merge(found)
    try order.check(tally.runs.map { $0.shifted(lines: shownLines, records: shownRecords) }, into: &warnings)
    if isStrict, let first = warnings.kept.first { throw first.asError }
    refused += tally.refused
    for slot in seen.indices { seen[slot] += tally.seen[slot] }
    lines += tally.lines
    records += tally.records
    isLeading = false
  }

  /// A last line without newline is doubtful, and one with columns missing shows that the file was cut.
  private mutating func checkLastLine() throws(ReadError) {
    let place = ReadPlace(line: lines + 1)
    let columns = tail.count { $0 == Byte.tab } + 1
    if columns < layout.header.columnCount || tail.last == Byte.tab {
      throw ReadError(
        .truncated("the last line has \(columns) of \(layout.header.columnCount) columns"), file: layout.file,
        place: place)
    }
    if Self.isCutShort(tail, samples: layout.header.samples.count) {
      throw ReadError(.truncated("the last sample of the last line is not whole"), file: layout.file, place: place)
    }
    let warning = ReadWarning(.finalNewline, found: "", file: layout.file, place: place)
    if isStrict { throw warning.asError }
    warnings.add(.finalNewline, warning)
  }

  /// Whether the last sample of a line without newline ends inside a value, or has fewer values than the sample before it
  /// (than FORMAT, when it is alone): trailing values may be dropped, but a caller drops them for all samples alike.
  private static func isCutShort(_ line: [UInt8], samples: Int) -> Bool {
    guard samples > 0, let last = line.last else { return false }
    if last == Byte.comma || last == Byte.colon || last == Byte.slash || last == Byte.bar { return true }
    let columns = line.split(separator: Byte.tab, omittingEmptySubsequences: false).suffix(2)
    guard let before = columns.first, let final = columns.last else { return false }
    let isMissing = final.allSatisfy { $0 == Byte.dot || $0 == Byte.slash || $0 == Byte.bar }
    return !isMissing && final.count { $0 == Byte.colon } < before.count { $0 == Byte.colon }
  }
}

extension ReadError {
  fileprivate func shifted(lines: Int?, records: Int?) -> ReadError {
    var error = self
    error.place = place.shifted(lines: lines, records: records)
    return error
  }
}
