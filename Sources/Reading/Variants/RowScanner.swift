internal import Model

/// The row pass: walks the lines of a buffer, checks that each has its columns, and appends those that the gate lets through
/// to a batch. A line is left at the first test that it fails.
@safe struct RowScanner: ~Copyable {
  private let file: String
  private let sampleCount: Int
  private let slow: RecordParser
  private var gate: RowGate
  /// Offsets behind the fixed columns of the line at hand.
  private let ends: UnsafeMutablePointer<Int>
  private let endKey = WordName("END")
  private let lengthKey = WordName("SVLEN")
  private var chromosome = ChromosomeCache()
  var tally = ScanTally()

  init(file: String, header: VariantHeader, plan: ReadPlan) {
    self.file = file
    sampleCount = header.samples.count
    slow = RecordParser(header: header, validation: .structure)
    gate = RowGate(plan: plan, header: header)
    unsafe ends = .allocate(capacity: 9)
  }

  deinit { unsafe ends.deallocate() }

  /// Forgets what was counted, for the next stretch, and returns it.
  mutating func takeTally() -> ScanTally {
    chromosome.closeRun(into: &tally, before: tally.records + 1)
    chromosome = ChromosomeCache()
    defer { tally = ScanTally() }
    return tally
  }

  /// Takes the lines that lie in `range` of the buffer, which is marked; each ends with a newline, or with the range.
  mutating func scan(_ range: Range<Int>, of buffer: borrowing LineBuffer, into batch: inout VariantBatch)
    throws(ReadError)
  {
    var start = range.lowerBound
    while start < range.upperBound {
      let newline = unsafe RowBytes.next(buffer.newlines, from: start, limit: range.upperBound)
      var end = newline
      if end > start, unsafe buffer.text[end - 1] == Byte.carriageReturn { end -= 1 }
      tally.lines += 1
      if end == start { tally.addBlankLine(file: file) } else { try line(start, end, buffer, &batch) }
      start = newline + 1
    }
  }

  private mutating func line(
    _ start: Int, _ end: Int, _ buffer: borrowing LineBuffer, _ batch: inout VariantBatch
  ) throws(ReadError) {
    tally.records += 1
    let text = unsafe UnsafePointer(buffer.text)
    let tabs = unsafe UnsafePointer(buffer.tabs)
    let columns = unsafe RowBytes.count(tabs, start..<end) + 1
    guard columns == 9 + sampleCount || (sampleCount == 0 && columns == 8) else {
      return try parseSlowly(start..<end, buffer, &batch)
    }
    // The long way through INFO is spared those that lie elsewhere.
    let known = gate.isOpen ? 9 : 5
    unsafe RowBytes.places(tabs, behind: start, limit: end, ends, 0, known)
    guard unsafe ends[0] > start, let position = unsafe RowBytes.position(text, ends[0] + 1, ends[1]) else {
      return try parseSlowly(start..<end, buffer, &batch)
    }
    unsafe chromosome.enter(text, start, ends[0], position, file: file, tally: &tally)
    let row = unsafe Row(
      text: text, semicolons: UnsafePointer(buffer.semicolons), start: start, end: end, ends: UnsafePointer(ends))
    if !gate.isOpen, !(unsafe isWanted(row, position, tabs)) {
      tally.refused.addOutside(chromosome.contig)
      return
    }
    if known < 9 { unsafe RowBytes.places(tabs, behind: ends[4] + 1, limit: end, ends, known, 9) }
    switch unsafe gate.test?.answer(row) ?? .passes {
    case .passes: break
    case .unsure: batch.markUndecided()
    case .fails:
      tally.refused.failedTest += 1
      return
    }
    guard let quality = unsafe quality(row), unsafe hasSoundAlleles(row) else {
      return try parseSlowly(start..<end, buffer, &batch)
    }
    unsafe append(row, position, quality, to: &batch)
  }

  private func append(_ row: Row, _ position: Int, _ quality: Float, to batch: inout VariantBatch) {
    for column in 0..<9 { unsafe ends[column] -= row.start }
    let line = unsafe UnsafeBufferPointer(start: row.text + row.start, count: row.end - row.start)
    unsafe batch.append(
      ordinal: tally.records, contig: chromosome.contig, position: position, quality: quality, line: line.span,
      fieldEnds: UnsafeBufferPointer(start: ends, count: 9).span)
  }

  /// Whether a record lies in, or reaches into, a region, or names one of the genes that have none.
  private mutating func isWanted(_ row: Row, _ position: Int, _ tabs: UnsafePointer<UInt64>) -> Bool {
    if unsafe reachesRegion(row, position, tabs) { return true }
    return unsafe gate.isNamed(in: row.text, ends[4] + 1, row.end)
  }

  private mutating func reachesRegion(_ row: Row, _ position: Int, _ tabs: UnsafePointer<UInt64>) -> Bool {
    guard let region = gate.nextRegion(chromosome.contig, from: position - 1) else { return false }
    if region < position { return true }
    if gate.isByFirstBase { return false }
    let reference = unsafe row.range(3)
    if region < position - 1 + (reference.end - reference.start) { return true }
    let alternate = unsafe row.range(4)
    let isBlock = unsafe alternate.end - alternate.start == 1 && row.text[alternate.start] == Byte.dot
    for index in alternate.start..<alternate.end where unsafe isBlock || row.text[index] == UInt8(ascii: "<") {
      unsafe RowBytes.places(tabs, behind: ends[4] + 1, limit: row.end, ends, 5, 8)
      return unsafe region < structuralEnd(row, position)
    }
    return false
  }

  /// The last base that a symbolic allele may reach: by `END`, or `SVLEN` (VCF 4.5, section 3); beyond every region when
  /// these cannot be read, so that nothing is lost.
  private func structuralEnd(_ row: Row, _ position: Int) -> Int {
    var end = position
    if let stated = unsafe row.info(endKey) {
      guard let value = unsafe RowBytes.position(row.text, stated.start, stated.end) else { return .max }
      end = max(end, value)
    }
    if let lengths = unsafe row.info(lengthKey) {
      var start = lengths.start
      while start < lengths.end {
        var comma = start
        while comma < lengths.end, unsafe row.text[comma] != Byte.comma { comma += 1 }
        let isMissing = unsafe comma - start == 1 && row.text[start] == Byte.dot
        if !isMissing {
          let isNegative = unsafe row.text[start] == Byte.minus
          guard let length = unsafe RowBytes.position(row.text, isNegative ? start + 1 : start, comma) else {
            return .max
          }
          end = max(end, position + length)
        }
        start = comma + 1
      }
    }
    return end
  }

  private func quality(_ row: Row) -> Float? {
    let column = unsafe row.range(5)
    if unsafe column.end - column.start == 1 && row.text[column.start] == Byte.dot { return .nan }
    return unsafe RowBytes.number(row.text, column.start, column.end).map { Float($0) }
  }

  /// REF of letters, and no empty allele in ALT.
  private func hasSoundAlleles(_ row: Row) -> Bool {
    let reference = unsafe row.range(3)
    if reference.end == reference.start { return false }
    for index in reference.start..<reference.end where unsafe !isLetter(row.text[index]) { return false }
    let alternate = unsafe row.range(4)
    var previous = Byte.comma
    for index in alternate.start..<alternate.end {
      let byte = unsafe row.text[index]
      if byte == Byte.comma, previous == Byte.comma { return false }
      previous = byte
    }
    return previous != Byte.comma
  }

  /// A line that is not as lines should be goes through the parser that can say what is wrong with it; where that takes it for a
  /// record all the same, whoever asked has to judge it.
  private mutating func parseSlowly(
    _ range: Range<Int>, _ buffer: borrowing LineBuffer, _ batch: inout VariantBatch
  ) throws(ReadError) {
    let chunk = RecordChunk(
      file: file, firstOrdinal: tally.records, firstLine: tally.lines, text: buffer.bytes(range))
    let parsed: VariantBatch
    do {
      parsed = try slow.parse(chunk).batch
    } catch {
      var error = error
      let columns = chunk.text.prefix(200).split(separator: Byte.tab, omittingEmptySubsequences: false).prefix(2)
      error.place.site = columns.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ":")
      throw error
    }
    batch.markUndecided()
    for row in 0..<parsed.count {
      let chromosomeEnd = range.lowerBound + parsed.range(.chromosome, of: row).count
      unsafe chromosome.enter(
        buffer.text, range.lowerBound, chromosomeEnd, parsed.positions[row], file: file, tally: &tally)
      let line = parsed.line(of: row)
      let ends = (0..<9).map { column in
        (VariantBatch.Field(rawValue: column).map { parsed.range($0, of: row).upperBound } ?? line.endIndex)
          - line.startIndex
      }
      batch.append(
        ordinal: parsed.ordinals[row], contig: parsed.contigs[row], position: parsed.positions[row],
        quality: parsed.qualities[row], line: Array(line).span, fieldEnds: ends.span)
    }
  }
}

/// What the row pass counted over a stretch; lines and records are numbered from its first whole line.
struct ScanTally: Sendable, Codable {
  var lines = 0
  var records = 0
  /// Records by raw value of their contig, 0 for those that are no chromosome.
  var seen = [Int](repeating: 0, count: Contig.allCases.count + 1)
  var refused = RefusalCounts()
  var warnings = WarningTally()
  var runs: [ContigRun] = []

  fileprivate mutating func addBlankLine(file: String) {
    warnings.add(
      .blankLine, ReadWarning(.blankLine, found: "", file: file, place: ReadPlace(line: lines, record: records + 1)))
  }
}

/// The contig of the last line, since neighbours mostly share theirs, and the run of positions on it.
private struct ChromosomeCache {
  private(set) var contig: Contig?
  /// Raw value of the contig, 0 for none.
  private(set) var slot = 0
  private var name: [UInt8] = []
  /// The first eight bytes of the name, which tell most contigs apart.
  private var key: UInt64 = 0
  private var run: ContigRun?
  /// Number of the run's first record.
  private var firstRecord = 0
  private var last = 0

  /// Enters the contig of a line; there are eight readable bytes at `start`.
  @inline(__always)
  mutating func enter(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ position: Int, file: String, tally: inout ScanTally
  ) {
    let length = end - start
    var bytes = unsafe UnsafeRawPointer(text + start).loadUnaligned(as: UInt64.self)
    if length < 8 { bytes &= (1 << UInt64(8 * length)) - 1 }
    if bytes == key, length == name.count, unsafe length <= 8 || RowBytes.equals(text, start, end, name) {
      if position < last {
        run?.addDrop(ReadPlace(line: tally.lines, record: tally.records))
      }
    } else {
      closeRun(into: &tally, before: tally.records)
      name = unsafe Array(UnsafeBufferPointer(start: text + start, count: length))
      key = bytes
      let string = String(decoding: name, as: UTF8.self)
      contig = Contig(name: string)
      slot = contig.map { Int($0.rawValue) } ?? 0
      firstRecord = tally.records
      run = ContigRun(
        name: string, first: position, file: file, at: ReadPlace(line: tally.lines, record: tally.records))
    }
    last = position
  }

  /// - Parameter record: number of the record that is no longer of the run.
  mutating func closeRun(into tally: inout ScanTally, before record: Int) {
    guard var closed = run else { return }
    tally.seen[slot] += record - firstRecord
    closed.last = last
    tally.runs.append(closed)
    run = nil
  }
}
