public import Model

/// A worker's own reader: inflates stretches into a buffer that it keeps, and sifts their lines into batches.
///
///     var reader = try StretchReader(of: layout, plan: plan)
///     reader.open(stretch)
///     while let batch = try reader.nextBatch() { … }
///     let rest = reader.close()
///
/// Numbers of records and lines count from the first whole line of the stretch; `RecordFold` knows where in the file that is.
public struct StretchReader: ~Copyable {
  /// About how much text is inflated at a time: small enough to stay in the processor's cache while it is scanned.
  private static let groupSize = 256 << 10
  /// A batch is handed out when it has this much text.
  private static let batchSize = 512 << 10

  private let layout: RecordLayout
  private let checker: RecordParser
  private let isAllChecked: Bool
  private let inflater: BlockInflater
  private var buffer = LineBuffer(capacity: Self.groupSize + 2 * BlockInflater.largestBlock)
  private var scanner: RowScanner
  private var stretch: Stretch?
  private var offset = 0
  private var head: [UInt8]?
  private var checked = CheckedLines()

  /// - Parameters:
  ///   - layout: of the file that the stretches come from.
  ///   - isStrict: whether every record is checked against the specification, and warnings are errors.
  public init(of layout: RecordLayout, plan: ReadPlan, isStrict: Bool = false) throws(ReadError) {
    self.layout = layout
    checker = RecordParser(header: layout.header, validation: .full, isStrict: isStrict)
    isAllChecked = isStrict
    inflater = try BlockInflater(file: layout.file)
    scanner = RowScanner(file: layout.file, header: layout.header, plan: plan)
  }

  public mutating func open(_ stretch: consuming Stretch) {
    head = stretch.join == .within ? nil : []
    self.stretch = consume stretch
    offset = 0
    buffer.removeAll()
    checked = CheckedLines()
    _ = scanner.takeTally()
  }

  /// The next records that the plan lets through, perhaps none; nil when the stretch is done.
  public mutating func nextBatch() throws(ReadError) -> VariantBatch? {
    if stretch == nil { return nil }
    var batch = VariantBatch()
    while batch.text.count < Self.batchSize {
      let isDone = try !fill()
      buffer.mark()
      let whole = wholeLines(isDone: isDone)
      if whole.upperBound > whole.lowerBound {
        try check(whole)
        try scanner.scan(whole, of: buffer, into: &batch)
      }
      buffer.drop(whole.upperBound)
      if isDone {
        stretch = nil
        return batch
      }
    }
    return batch
  }

  /// What is left of a stretch that was read to its end, or given up.
  public mutating func close() -> StretchRest {
    stretch = nil
    var tally = scanner.takeTally()
    if isAllChecked || checked.lines > 0 {
      tally.warnings = checked.warnings
      tally.runs = checked.runs
    }
    let hasLineEnd = head != nil
    return StretchRest(
      head: head ?? buffer.bytes(0..<buffer.count), hasLineEnd: hasLineEnd,
      tail: hasLineEnd ? buffer.bytes(0..<buffer.count) : [], tally: tally)
  }

  /// Brings more text into the buffer; false when there is no more in the stretch.
  private mutating func fill() throws(ReadError) -> Bool {
    guard let content = stretch?.content else { return false }
    // A line longer than the buffer doubles it, so that its length is looked at a few times and not thousands.
    let goal = buffer.count + max(Self.groupSize, buffer.count)
    switch content {
    case .text(let bytes):
      let end = min(bytes.count, offset + goal - buffer.count)
      buffer.append(bytes.span.extracting(offset..<end))
      offset = end
      return offset < bytes.count
    case .blocks(let bytes):
      while offset < bytes.count, buffer.count < goal {
        guard let block = try BlockInflater.block(at: offset, of: bytes.span, file: layout.file) else { break }
        buffer.reserve(BlockInflater.largestBlock)
        guard let count = unsafe inflater.inflate(block, at: offset, of: bytes.span, to: buffer.end) else {
          throw ReadError(.damaged, file: layout.file)
        }
        buffer.grow(by: count)
        offset += block.size
      }
      return offset < bytes.count
    }
  }

  /// The part of the buffer that is whole lines, the head of the stretch cut off.
  private mutating func wholeLines(isDone: Bool) -> Range<Int> {
    var start = 0
    if head == nil {
      let newline = unsafe RowBytes.next(buffer.newlines, from: 0, limit: buffer.count)
      if newline == buffer.count { return 0..<0 }
      start = newline + 1
      head = buffer.bytes(0..<start)
    }
    if isDone, stretch?.join == .whole { return start..<buffer.count }
    var end = buffer.count
    while end > start, unsafe buffer.text[end - 1] != Byte.newline { end -= 1 }
    return start..<end
  }

  /// Holds the lines to the specification, where that is asked for.
  private mutating func check(_ lines: Range<Int>) throws(ReadError) {
    guard isAllChecked || stretch?.isChecked == true else { return }
    let parsed = try checker.parse(
      RecordChunk(
        file: layout.file, firstOrdinal: checked.records + 1, firstLine: checked.lines + 1, text: buffer.bytes(lines)))
    checked.add(parsed, lines: unsafe RowBytes.count(buffer.newlines, lines))
  }
}

/// What the workers of a file must know to read its records.
public struct RecordLayout: Sendable {
  public let file: String
  public let header: VariantHeader
  /// Number of lines before the first record.
  let headerLines: Int
  /// Whether the columns are separated by spaces, as editors and web pages leave them.
  let isSpaced: Bool
  /// Whether records stand in lines that a person can look up: not in BCF.
  let hasLines: Bool
}

/// What a stretch leaves for `RecordFold`: the ends of lines that it was cut through, and what was counted.
public struct StretchRest: Sendable {
  /// The end of a line that began in an earlier stretch, with its line end.
  var head: [UInt8]
  /// Whether the stretch has the end of that line; otherwise `head` is all of it.
  var hasLineEnd: Bool
  /// The beginning of a line that goes on in the next stretch.
  var tail: [UInt8]
  var tally: ScanTally

  /// Records of the stretch, those that the plan left out as well; the cut ones are not among them.
  public var records: Int { tally.records }
}

/// What the full check of a stretch found so far.
private struct CheckedLines {
  var lines = 0
  var records = 0
  var warnings = WarningTally()
  var runs: [ContigRun] = []

  mutating func add(_ parsed: ParsedChunk, lines: Int) {
    self.lines += lines
    records += parsed.batch.count
    warnings.merge(parsed.warnings)
    runs += parsed.runs
  }
}
