public import Model

/// A worker's own reader: inflates stretches into a buffer that it keeps, and sifts their lines into batches.
///
///     var reader = try StretchReader(of: layout, plan: plan)
///     reader.open(stretch)
///     while let batch = try reader.nextBatch() { … }
///     let rest = reader.close()
///
/// With several plans each line is inflated once and sifted for each of them (`nextBatches`, `closeEach`), as if each had a
/// reader of its own.
///
/// Numbers of records and lines count from the first whole line of the stretch; `RecordFold` knows where in the file that is.
public struct StretchReader: ~Copyable {
  /// About how much text is inflated at a time: small enough to stay in the processor's cache while it is scanned.
  public static let groupSize = 256 << 10
  /// A batch is handed out when it has this much text.
  static let batchSize = 512 << 10

  let layout: RecordLayout
  private let checker: RecordParser
  let isAllChecked: Bool
  private let inflater: BlockInflater
  /// Text, or the records of BCF.
  var buffer: LineBuffer
  /// One for each plan.
  let sieves: [RecordSieve]
  var stretch: Stretch?
  /// For BCF: where the records begin.
  var binary = BinaryCut()
  /// How far the stretch was taken in: bytes, or places.
  private var offset = 0
  private var head: [UInt8]?
  private var checked = CheckedLines()

  /// - Parameters:
  ///   - layout: of the file that the stretches come from.
  ///   - isStrict: whether every record is checked against the specification, and warnings are errors.
  public init(of layout: RecordLayout, plan: ReadPlan, isStrict: Bool = false) throws(ReadError) {
    try self.init(of: layout, plans: [plan], isStrict: isStrict)
  }

  /// - Parameter capacity: bytes of text that are taken in at a time without growing.
  public init(
    of layout: RecordLayout, plans: [ReadPlan], isStrict: Bool = false, capacity: Int = Self.groupSize
  ) throws(ReadError) {
    let inflater = try BlockInflater(file: layout.file)
    var sieves: [RecordSieve] = []
    for plan in plans { sieves.append(try RecordSieve(of: layout, plan: plan)) }
    self.layout = layout
    self.sieves = sieves
    checker = RecordParser(header: layout.header, validation: .full, isStrict: isStrict)
    isAllChecked = isStrict
    buffer = LineBuffer(capacity: capacity + 2 * BlockInflater.largestBlock)
    self.inflater = consume inflater
  }

  public mutating func open(_ stretch: consuming Stretch) {
    head = stretch.join == .within && layout.isText ? nil : []
    binary = BinaryCut()
    self.stretch = consume stretch
    offset = 0
    buffer.removeAll()
    checked = CheckedLines(isRead: !(self.stretch?.isOnlyChecked ?? false))
    for sieve in sieves { sieve.begin() }
  }

  /// The next records that the plan lets through, perhaps none; nil when the stretch is done. For a reader of one plan.
  public mutating func nextBatch() throws(ReadError) -> VariantBatch? { try nextBatches()?.first?.get() }

  /// The next records that each plan lets through, perhaps none, or what it met first that cannot be read; nil when the stretch
  /// is done. One plan's fault stops no other.
  public mutating func nextBatches() -> [Result<VariantBatch, ReadError>]? {
    if stretch == nil { return nil }
    var batches = sieves.map { _ in VariantBatch() }
    do {
      try layout.isText ? take(into: &batches) : takeBinary(into: &batches)
    } catch {
      for sieve in sieves { sieve.fail(error) }
    }
    if sieves.allSatisfy({ $0.fault != nil }) { stretch = nil }
    return zip(sieves, batches).map { sieve, batch in sieve.fault.map { .failure($0) } ?? .success(batch) }
  }

  private mutating func take(into batches: inout [VariantBatch]) throws(ReadError) {
    for index in batches.indices { batches[index].reserve(Self.batchSize + Self.groupSize) }
    while batches.allSatisfy({ $0.text.count < Self.batchSize }) {
      let isDone = try !fill()
      buffer.mark()
      let whole = wholeLines(isDone: isDone)
      if whole.upperBound > whole.lowerBound {
        try check(whole)
        if stretch?.isOnlyChecked == false {
          for index in sieves.indices { sieves[index].scan(whole, of: buffer, into: &batches[index]) }
        }
      }
      buffer.cut(0..<whole.upperBound)
      if isDone {
        stretch = nil
        return
      }
      if sieves.allSatisfy({ $0.fault != nil }) { return }
    }
  }

  /// What is left of a stretch that was read to its end, or given up. For a reader of one plan.
  public mutating func close() -> StretchRest { closeEach()[0] }

  /// The same for each plan.
  public mutating func closeEach() -> [StretchRest] {
    stretch = nil
    if !layout.isText { buffer.removeAll() }
    let hasLineEnd = head != nil
    let left = buffer.bytes(0..<buffer.count)
    return sieves.map { sieve in
      var tally = sieve.end()
      if isAllChecked || checked.lines > 0 {
        tally.warnings = checked.warnings
        // Records that are met again must not seem to go back.
        tally.runs = checked.isRead ? checked.runs : []
      }
      return StretchRest(
        head: head ?? left, hasLineEnd: hasLineEnd, tail: hasLineEnd ? left : [], openBytes: binary.open, tally: tally)
    }
  }

  /// Brings more text into the buffer; false when there is no more in the stretch.
  mutating func fill() throws(ReadError) -> Bool {
    guard let content = stretch?.content else { return false }
    // A line longer than the buffer doubles it, so that its length is looked at a few times and not thousands.
    let goal = buffer.count + max(Self.groupSize, buffer.count)
    switch content {
    case .text(let bytes):
      let end = min(bytes.count, offset + goal - buffer.count)
      buffer.append(bytes.span.extracting(offset..<end))
      offset = end
      return offset < bytes.count
    case .blocks(let bytes, let skip, let keep):
      while offset < bytes.count, buffer.count < goal {
        guard let block = try BlockInflater.block(at: offset, of: bytes.span, file: layout.file) else { break }
        let isLast = offset + block.size >= bytes.count
        try append(
          block, at: offset, of: bytes.span, skip: offset == 0 ? skip : 0, keep: isLast ? keep : nil)
        offset += block.size
      }
      return offset < bytes.count
    case .places(let places, let file):
      while offset < places.count, buffer.count < goal {
        try take(places[offset], of: file)
        offset += 1
      }
      return offset < places.count
    }
  }

  /// Brings the text between two virtual offsets into the buffer.
  private mutating func take(_ place: IndexedPlace, of file: RandomAccessFile) throws(ReadError) {
    let last = place.end.block + (place.end.offset > 0 ? BlockInflater.largestBlock : 0)
    let bytes = try file.bytes(at: place.start.block, count: max(0, last - place.start.block))
    var offset = 0
    while place.reaches(place.start.block + offset) {
      guard let block = try BlockInflater.block(at: offset, of: bytes.span, file: layout.file),
        offset + block.size <= bytes.count
      else { throw VariantIndex.misfit(layout.file) }
      let isLast = place.start.block + offset == place.end.block
      try append(
        block, at: offset, of: bytes.span, skip: offset == 0 ? place.start.offset : 0,
        keep: isLast ? place.end.offset : nil)
      offset += block.size
    }
  }

  /// Appends the text of a block, without its first `skip` bytes and those from `keep` on.
  private mutating func append(
    _ block: BlockInflater.Block, at offset: Int, of bytes: Span<UInt8>, skip: Int, keep: Int?
  ) throws(ReadError) {
    let before = buffer.count
    let count = try inflater.append(block, at: offset, of: bytes, to: &buffer, file: layout.file)
    guard skip <= keep ?? count, keep ?? 0 <= count else { throw VariantIndex.misfit(layout.file) }
    if let keep { buffer.cut(before + keep..<before + count) }
    buffer.cut(before..<before + skip)
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
    try check(buffer.bytes(lines), records: checked.records, lines: unsafe RowBytes.count(buffer.newlines, lines))
  }

  /// Holds text of so many lines to the specification.
  ///
  /// - Parameter records: number of records before.
  mutating func check(_ text: [UInt8], records: Int, lines: Int) throws(ReadError) {
    let parsed = try checker.parse(
      RecordChunk(file: layout.file, firstOrdinal: records + 1, firstLine: checked.lines + 1, text: text))
    checked.add(parsed, lines: lines)
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
  /// The text of a BCF file's header as it stands there; nil for text.
  let binaryHeader: [UInt8]?

  /// Whether the records are lines of text, not of BCF.
  public var isText: Bool { binaryHeader == nil }

  /// The header lines by which the records of a BCF file may be passed on as they are, since their numbers stay what they were.
  public var binaryHeaderLines: [String]? {
    binaryHeader.map { text in
      String(decoding: text.prefix { $0 != 0 }, as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }
}

/// What a stretch leaves for `RecordFold`: the ends of lines that it was cut through, and what was counted.
public struct StretchRest: Sendable {
  /// The end of a line that began in an earlier stretch, with its line end.
  var head: [UInt8]
  /// Whether the stretch has the end of that line; otherwise `head` is all of it.
  var hasLineEnd: Bool
  /// The beginning of a line that goes on in the next stretch.
  var tail: [UInt8]
  /// Bytes of a BCF record that goes on in the next stretch.
  var openBytes: Int
  var tally: ScanTally

  /// Records of the stretch, those that the plan left out as well; the cut ones are not among them.
  public var records: Int { tally.records }
}

/// What the full check of a stretch found so far.
private struct CheckedLines {
  /// Whether the records are read too, not only checked.
  var isRead = true
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
