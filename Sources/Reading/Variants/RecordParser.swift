public import Model

/// How closely records are looked at.
public enum Validation: Sendable, Hashable {
  /// Only what must hold for the columns to be found: number of columns, CHROM, POS, REF, ALT, QUAL.
  case structure
  /// The rules of the VCF specification as well, each breach a warning.
  case full
}

/// The records of one chunk, with what was odd about them.
public struct ParsedChunk: Sendable {
  public var batch: VariantBatch
  public var warnings: WarningTally
  /// Stretches of records on one contig, for `RecordOrder`.
  public var runs: [ContigRun]
}

/// Turns chunks of text into batches. One parser serves any number of workers.
public struct RecordParser: Sendable {
  private let sampleCount: Int
  private let validation: Validation
  private let isStrict: Bool
  private let rules: RecordRules

  /// - Parameters:
  ///   - header: the header of the file that the chunks come from.
  ///   - isStrict: whether warnings are errors.
  public init(header: VariantHeader, validation: Validation = .full, isStrict: Bool = false) {
    sampleCount = header.samples.count
    self.validation = validation
    self.isStrict = isStrict
    rules = RecordRules(header: header)
  }

  /// Parses a chunk; throws at its first structural fault, when strict at its first fault of any kind.
  public func parse(_ chunk: RecordChunk) throws(ReadError) -> ParsedChunk {
    var cursor = ChunkCursor(chunk)
    var batch = VariantBatch(text: chunk.text)
    var check = RecordCheck(rules: rules, text: chunk.text)
    var contigs = ContigCache()
    while let line = cursor.nextLine() {
      let place = cursor.place
      if line.isEmpty {
        check.warn(.blankLine, line, at: place, in: chunk.file)
      } else {
        let fields = try Fields(line: line, sampleCount: sampleCount, cursor: cursor)
        if fields.ends[0] == line.lowerBound { throw cursor.error(.chromosome, found: "", column: "CHROM") }
        let contig = contigs.contig(of: line.lowerBound..<fields.ends[0], in: chunk.text)
        let position = try cursor.position(fields.range(1))
        let quality = try cursor.quality(fields.range(5))
        try cursor.checkAlleles(reference: fields.range(3), alternate: fields.range(4))
        contigs.extendRun(to: position, place: place, in: chunk)
        if validation == .full {
          check.check(fields, position: position, quality: quality, place: place, file: chunk.file)
        }
        batch.append(
          ordinal: cursor.ordinal, contig: contig, position: position, quality: quality, start: line.lowerBound,
          fieldEnds: fields.ends, end: line.upperBound)
        cursor.ordinal += 1
      }
      if let refusal = check.refusal { throw refusal }
      if isStrict, let first = check.warnings.kept.first { throw first.asError }
    }
    return ParsedChunk(batch: batch, warnings: check.warnings, runs: contigs.runs)
  }
}

/// Where the columns of a line end.
struct Fields {
  let line: Range<Int>
  /// Offset behind each of the nine fixed columns; the ninth equals the eighth when there is no FORMAT.
  let ends: [Int]
  let hasSamples: Bool

  init(line: Range<Int>, sampleCount: Int, cursor: ChunkCursor) throws(ReadError) {
    var ends: [Int] = []
    ends.reserveCapacity(9)
    var tabs = 0
    for index in line where cursor.text[index] == Byte.tab {
      if tabs < 9 { ends.append(index) }
      tabs += 1
    }
    let columns = tabs + 1
    guard columns == (sampleCount == 0 ? 8 : 9 + sampleCount) || (sampleCount == 0 && columns == 9) else {
      let expected = sampleCount == 0 ? 8 : 9 + sampleCount
      throw cursor.error(.columnCount, found: "\(columns) columns, expected \(expected)")
    }
    if ends.count < 9 { ends.append(line.upperBound) }
    if ends.count < 9 { ends.append(line.upperBound) }
    self.line = line
    self.ends = ends
    hasSamples = sampleCount > 0
  }

  /// Range of a fixed column; `0` is CHROM.
  func range(_ column: Int) -> Range<Int> {
    if column == 0 { return line.lowerBound..<ends[0] }
    return ends[column - 1] == ends[column] ? ends[column]..<ends[column] : ends[column - 1] + 1..<ends[column]
  }
}

/// Walks the lines of a chunk and reads its columns.
struct ChunkCursor {
  let text: [UInt8]
  private let file: String
  private var next = 0
  private var line: Int?
  /// Number of the record that the current line holds.
  var ordinal: Int

  init(_ chunk: RecordChunk) {
    text = chunk.text
    file = chunk.file
    line = chunk.firstLine.map { $0 - 1 }
    ordinal = chunk.firstOrdinal
  }

  var place: ReadPlace { ReadPlace(line: line, record: ordinal) }

  /// Range of the next line without its line end (LF or CRLF).
  mutating func nextLine() -> Range<Int>? {
    guard next < text.count else { return nil }
    var end = next
    while end < text.count, text[end] != Byte.newline { end += 1 }
    let start = next
    next = end + 1
    line = line.map { $0 + 1 }
    if end > start, text[end - 1] == Byte.carriageReturn { end -= 1 }
    return start..<end
  }

  func error(_ rule: FormatRule, found: String, column: String? = nil) -> ReadError {
    ReadError(
      .format(rule, found: found), file: file, place: ReadPlace(line: line, record: ordinal, column: column))
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: text[range.prefix(200)], as: UTF8.self) }

  func position(_ range: Range<Int>) throws(ReadError) -> Int {
    guard let value = wholeNumber(text[range]), value <= Int(Int32.max) else {
      throw error(.position, found: string(range), column: "POS")
    }
    return value
  }

  func quality(_ range: Range<Int>) throws(ReadError) -> Float {
    if range.count == 1, text[range.lowerBound] == Byte.dot { return .nan }
    guard let value = decimalNumber(text[range]) else {
      throw error(.quality, found: string(range), column: "QUAL")
    }
    return Float(value)
  }

  /// REF must be letters, ALT must have no empty allele; the finer rules are `AlleleRules`'.
  func checkAlleles(reference: Range<Int>, alternate: Range<Int>) throws(ReadError) {
    if reference.isEmpty { throw error(.reference, found: "", column: "REF") }
    for index in reference where !isLetter(text[index]) {
      // A lone dot or star is written by some callers; it is warned about.
      if reference.count == 1, text[index] == Byte.dot || text[index] == UInt8(ascii: "*") { break }
      throw error(.reference, found: string(reference), column: "REF")
    }
    var previous = Byte.comma
    for index in alternate {
      if text[index] == Byte.comma, previous == Byte.comma {
        throw error(.alternateEmpty, found: string(alternate), column: "ALT")
      }
      previous = text[index]
    }
    if previous == Byte.comma { throw error(.alternateEmpty, found: string(alternate), column: "ALT") }
  }
}

/// The contig of the last line, since neighbours mostly share theirs, and the runs of a chunk.
private struct ContigCache {
  private var name: [UInt8] = []
  private var contig: Contig?
  private(set) var runs: [ContigRun] = []
  private var isNew = true

  mutating func contig(of range: Range<Int>, in text: [UInt8]) -> Contig? {
    isNew = runs.isEmpty || !text[range].elementsEqual(name)
    if isNew {
      name = Array(text[range])
      contig = Contig(name: String(decoding: name, as: UTF8.self))
    }
    return contig
  }

  mutating func extendRun(to position: Int, place: ReadPlace, in chunk: RecordChunk) {
    if isNew {
      runs.append(ContigRun(name: String(decoding: name, as: UTF8.self), first: position, file: chunk.file, at: place))
    } else {
      runs[runs.count - 1].extend(to: position, at: place)
    }
  }
}
