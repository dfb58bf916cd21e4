internal import CHTSlib
public import Model

/// A VCF or BCF file, read once from front to back in chunks of whole lines.
///
///     var file = try VariantFile(path: "trio.vcf.gz")
///     let parser = RecordParser(header: file.header)
///     while let chunk = try file.nextChunk() {
///       let parsed = try parser.parse(chunk)
///     }
///
/// The content decides what the file is, never its name: plain, gzip or BGZF text (VCF 4.1 to 4.5), or BCF 2. A file that
/// was cut short throws before the last chunk has been handed out as if it were the end. A reader belongs to one thread at a
/// time; the chunks may be parsed anywhere.
public struct VariantFile: ~Copyable {
  private enum Source {
    case text(TextStream)
    case binary(BinaryStream)
  }

  /// About how many bytes of text a chunk has.
  public static let chunkSize = 256 << 10
  /// The longest line that is read; a longer one is an error, so that a hostile file cannot use up the memory.
  static let longestLine = 1 << 30

  public let path: String
  public let header: VariantHeader
  /// Warnings about the header and, after the last chunk, about the end of the file.
  public private(set) var warnings: WarningTally
  private let source: Source
  private let isStrict: Bool
  private let isSpaced: Bool
  /// Text read and not handed out yet; begins at a line.
  private var pending: [UInt8]
  private var nextOrdinal = 1
  private var nextLine: Int
  private var isAtEnd = false

  /// Opens `path`, or standard input for `-`, and reads the header.
  ///
  /// - Parameter isStrict: whether warnings are errors.
  public init(path: String, isStrict: Bool = false) throws(ReadError) {
    chts_log_off()
    let source = try Self.open(path)
    var parser = HeaderParser(file: path)
    var buffer: [UInt8] = []
    switch source {
    case .binary(let stream):
      buffer = try stream.headerText()
      _ = try parser.take(from: &buffer, isEnd: true)
    case .text(let stream):
      var isOver = false
      while try !parser.take(from: &buffer, isEnd: isOver) {
        if buffer.count > Self.longestLine { throw parser.error(.lineLength, found: "") }
        isOver = try !stream.read(upTo: Self.chunkSize, into: &buffer)
      }
    }
    let header = try parser.finish()
    if isStrict, let first = parser.warnings.kept.first { throw first.asError }
    // A noncopyable value must not be left half-made by an error, so that nothing throws from here on.
    self.path = path
    self.isStrict = isStrict
    isSpaced = parser.isSpaced
    self.source = source
    self.header = header
    warnings = parser.warnings
    pending = buffer
    nextLine = parser.lineNumber
  }

  /// The next chunk, or nil at the end of the file.
  public mutating func nextChunk() throws(ReadError) -> RecordChunk? {
    switch source {
    case .binary(let stream):
      let (text, records) = try stream.lines(upTo: Self.chunkSize)
      if records == 0 { return nil }
      defer { nextOrdinal += records }
      return RecordChunk(file: path, firstOrdinal: nextOrdinal, firstLine: nil, text: text)
    case .text(let stream):
      return try nextLines(of: stream)
    }
  }

  private mutating func nextLines(of stream: TextStream) throws(ReadError) -> RecordChunk? {
    var searched = 0
    while !isAtEnd {
      if pending.count >= Self.chunkSize, let end = pending[searched...].lastIndex(of: Byte.newline) {
        return cut(at: end + 1)
      }
      searched = pending.count
      if pending.count > Self.longestLine {
        throw ReadError(.format(.lineLength, found: ""), file: path, place: ReadPlace(line: nextLine))
      }
      isAtEnd = try !stream.read(upTo: Self.chunkSize, into: &pending)
    }
    if pending.isEmpty { return nil }
    try checkLastLine()
    return cut(at: pending.count)
  }

  /// Hands out the first `end` bytes of the pending text.
  private mutating func cut(at end: Int) -> RecordChunk {
    var text = end == pending.count ? pending : Array(pending[..<end])
    pending.removeSubrange(..<end)
    if isSpaced { text = Self.tabbed(text) }
    let chunk = RecordChunk(file: path, firstOrdinal: nextOrdinal, firstLine: nextLine, text: text)
    var start = 0
    while start < text.count {
      let newline = text[start...].firstIndex(of: Byte.newline) ?? text.count
      // A blank line is no record; the parser warns about it.
      let isBlank = newline == start || (newline == start + 1 && text[start] == Byte.carriageReturn)
      nextOrdinal += isBlank ? 0 : 1
      nextLine += 1
      start = newline + 1
    }
    return chunk
  }

  /// The text with every run of spaces as one tab.
  private static func tabbed(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
      if byte != Byte.space {
        result.append(byte)
      } else if let last = result.last, last != Byte.tab, last != Byte.newline {
        result.append(Byte.tab)
      }
    }
    return result
  }

  /// A last line without newline is doubtful, and one with columns missing shows that the file was cut.
  private mutating func checkLastLine() throws(ReadError) {
    guard let last = pending.last, last != Byte.newline else { return }
    let start = pending.lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0
    let line = nextLine + pending[..<start].count { $0 == Byte.newline }
    let place = ReadPlace(line: line)
    let text = isSpaced ? Self.tabbed(Array(pending[start...])) : Array(pending[start...])
    let columns = text.count { $0 == Byte.tab } + 1
    if columns < header.columnCount || last == Byte.tab {
      throw ReadError(
        .truncated("the last line has \(columns) of \(header.columnCount) columns"), file: path, place: place)
    }
    if Self.isCutShort(text, samples: header.samples.count) {
      throw ReadError(.truncated("the last sample of the last line is not whole"), file: path, place: place)
    }
    let warning = ReadWarning(.finalNewline, found: "", file: path, place: place)
    if isStrict { throw warning.asError }
    warnings.add(.finalNewline, warning)
  }

  /// Whether the last sample of a line without newline ends inside a value, or has fewer values than the sample before it
  /// (than FORMAT, when it is alone): trailing values may be dropped, but a caller drops them for all samples alike.
  private static func isCutShort(_ line: [UInt8], samples: Int) -> Bool {
    guard samples > 0, let last = line.last else { return false }
    if last == Byte.comma || last == Byte.colon || last == UInt8(ascii: "/") || last == UInt8(ascii: "|") {
      return true
    }
    let columns = line.split(separator: Byte.tab, omittingEmptySubsequences: false).suffix(2)
    guard let before = columns.first, let final = columns.last else { return false }
    let isMissing = final.allSatisfy { $0 == Byte.dot || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "|") }
    return !isMissing && final.count { $0 == Byte.colon } < before.count { $0 == Byte.colon }
  }

  /// Opens the file and looks at its first bytes.
  private static func open(_ path: String) throws(ReadError) -> Source {
    let descriptor = try InputDescriptor(path: path)
    guard let file = unsafe hdopen(descriptor.release(), "r") else {
      throw ReadError(.system("out of memory"), file: path)
    }
    var start = [UInt8](repeating: 0, count: 18)
    let count = unsafe start.withUnsafeMutableBytes { unsafe hpeek(file, $0.baseAddress, $0.count) }
    if count <= 0 {
      let code = unsafe chts_file_error(file)
      unsafe hclose_abruptly(file)
      throw count == 0 ? ReadError(.empty, file: path) : InputDescriptor.error(code, path: path)
    }
    var format = unsafe htsFormat()
    let isGzip = start.starts(with: [0x1f, 0x8b])
    if let foreign = foreignContent(start.prefix(count)) {
      unsafe hclose_abruptly(file)
      throw ReadError(.wrongContent(expected: "a VCF or BCF file", found: foreign), file: path)
    }
    if unsafe hts_detect_format(file, &format) == 0, unsafe format.format == bcf {
      let version = unsafe format.version
      guard version.major == 2, version.minor >= 2 else {
        unsafe hclose_abruptly(file)
        let found = "it is BCF \(version.major).\(version.minor); convert it to VCF"
        throw ReadError(.wrongContent(expected: "BCF 2.2", found: found), file: path)
      }
      return .binary(try unsafe BinaryStream(file: file, path: path))
    }
    return .text(try unsafe TextStream(file: file, path: path, isGzip: isGzip))
  }

  /// Names what a file is that begins with these bytes and is neither text nor gzip nor BCF.
  private static func foreignContent(_ start: ArraySlice<UInt8>) -> String? {
    let signatures: [(bytes: [UInt8], name: String)] = [
      (Array("BZh".utf8), "it is compressed with bzip2; decompress it, or compress it with bgzip"),
      ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "it is compressed with xz; decompress it, or compress it with bgzip"),
      ([0x28, 0xb5, 0x2f, 0xfd], "it is compressed with zstd; decompress it, or compress it with bgzip"),
      (Array("PK\u{3}\u{4}".utf8), "it is a ZIP archive; unpack it"),
      (Array("CRAM".utf8), "it is a CRAM file; name it under alignments"),
      ([0xff, 0xfe], "it is UTF-16 text; save it as UTF-8"), ([0xfe, 0xff], "it is UTF-16 text; save it as UTF-8"),
    ]
    return signatures.first { start.starts(with: $0.bytes) }?.name
  }
}

extension VariantHeader {
  /// Number of columns of a record; one more is allowed where no sample has one.
  var columnCount: Int { samples.isEmpty ? 8 : 9 + samples.count }
}

/// The library that formats and indexes are read and written with.
public enum HTSlib {
  /// For example `1.16`.
  public static var version: String { unsafe String(cString: hts_version()) }
}
