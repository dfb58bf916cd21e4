internal import CHTSlib
public import Model

/// A VCF or BCF file, read once from front to back in stretches that any number of workers may take apart.
///
///     var file = try VariantFile(path: "trio.vcf.gz")
///     while let stretch = try file.nextStretch() { … }   // one thread at a time
///
/// The content decides what the file is, never its name: plain, gzip or BGZF text (VCF 4.1 to 4.5), or BCF 2. A file that
/// was cut short throws before the last stretch has been handed out as if it were the end.
public struct VariantFile: ~Copyable {
  private enum Source {
    /// BGZF, whose blocks the workers inflate.
    case blocks(RawFile)
    /// Never compressed.
    case plain(RawFile)
    /// gzip without blocks, which can only be inflated from front to back.
    case stream(TextStream)
    case binary(BinaryStream)

    /// Bytes on the disk; nil for a pipe.
    var size: Int? {
      switch self {
      case .blocks(let file), .plain(let file): file.anywhere?.size
      case .stream(let stream): stream.size
      case .binary(let stream): stream.size
      }
    }

    var isBinary: Bool {
      if case .binary = self { true } else { false }
    }
  }

  /// About how many bytes of the file a stretch has.
  public static let stretchSize = 1 << 20
  /// The first records of a file are held to every rule of the specification: what a program writes wrongly it writes wrongly
  /// from the start. Of the others the structure is checked, and all rules with `--strict`.
  public static let checkedRecords = 4_096
  /// The first records are looked for in this much text.
  private static let leaderSize = 8 << 20
  private static let textSize = 256 << 10
  /// The longest line that is read; a longer one is an error, so that a hostile file cannot use up the memory.
  static let longestLine = 1 << 30

  public let path: String
  /// What workers must know to read the stretches.
  public let layout: RecordLayout
  /// Warnings about the header.
  public let warnings: WarningTally
  private let source: Source
  private let stretchSize: Int
  /// Text read and not handed out yet.
  private var pending: [UInt8]
  private var blocks = BlockQueue()
  private var isLeading = true
  private var isAtEnd = false

  public var header: VariantHeader { layout.header }

  /// Bytes of the file on the disk; nil for a pipe.
  public let size: Int?

  /// Opens `path`, or standard input for `-`, and reads the header.
  ///
  /// - Parameters:
  ///   - isStrict: whether warnings are errors.
  ///   - stretchSize: see the constant of this name; at least one block is handed out, however small this is.
  public init(path: String, isStrict: Bool = false, stretchSize: Int = Self.stretchSize) throws(ReadError) {
    chts_log_off()
    let source = try Self.open(path)
    var parser = HeaderParser(file: path)
    var buffer: [UInt8] = []
    var blocks = BlockQueue()
    var isOver = false
    if case .binary(let stream) = source {
      buffer = try stream.headerText()
      _ = try parser.take(from: &buffer, isEnd: true)
    } else {
      while try !parser.take(from: &buffer, isEnd: isOver) {
        if buffer.count > Self.longestLine { throw parser.error(.lineLength, found: "") }
        isOver = try !Self.readText(source, &blocks, into: &buffer)
      }
      var newlines = buffer.count { $0 == Byte.newline }
      while !isOver, newlines < Self.checkedRecords, buffer.count < Self.leaderSize {
        let known = buffer.count
        isOver = try !Self.readText(source, &blocks, into: &buffer)
        newlines += buffer[known...].count { $0 == Byte.newline }
      }
    }
    let header = try parser.finish()
    if isStrict, let first = parser.warnings.kept.first { throw first.asError }
    // A noncopyable value must not be left half-made by an error, so that nothing throws from here on.
    self.path = path
    self.source = source
    self.stretchSize = max(1, stretchSize)
    self.blocks = blocks
    isAtEnd = isOver
    size = source.size
    layout = RecordLayout(
      file: path, header: header, headerLines: parser.lineNumber - 1, isSpaced: parser.isSpaced,
      hasLines: !source.isBinary)
    warnings = parser.warnings
    pending = buffer
  }

  /// The next stretch, or nil at the end of the file.
  public mutating func nextStretch() throws(ReadError) -> Stretch? {
    defer { isLeading = false }
    if case .binary(let stream) = source {
      let text = try stream.lines(upTo: isLeading ? Self.leaderSize : stretchSize, records: isLeading ? Self.checkedRecords : .max)
      return text.isEmpty ? nil : Stretch(content: .text(text), join: .whole, isChecked: isLeading)
    }
    if layout.isSpaced { return try nextSpacedLines() }
    if isLeading, !pending.isEmpty {
      defer { pending = [] }
      return Stretch(content: .text(pending), join: .leading, isChecked: true)
    }
    if isAtEnd { return nil }
    if case .blocks(let file) = source {
      guard let bytes = try blocks.take(stretchSize, from: file) else {
        isAtEnd = true
        return nil
      }
      return Stretch(content: .blocks(bytes), join: .within)
    }
    var text: [UInt8] = []
    while text.count < stretchSize, !isAtEnd { isAtEnd = try !Self.readText(source, &blocks, into: &text) }
    return text.isEmpty ? nil : Stretch(content: .text(text), join: .within)
  }

  /// Whole lines with every run of spaces as one tab.
  private mutating func nextSpacedLines() throws(ReadError) -> Stretch? {
    while !isAtEnd, pending.count < stretchSize || !pending.contains(Byte.newline) {
      isAtEnd = try !Self.readText(source, &blocks, into: &pending)
    }
    let end = isAtEnd ? pending.count : (pending.lastIndex(of: Byte.newline) ?? 0) + 1
    if end == 0 { return nil }
    defer { pending.removeSubrange(..<end) }
    return Stretch(content: .text(Self.tabbed(pending[..<end])), join: isLeading ? .leading : .within, isChecked: isLeading)
  }

  private static func tabbed(_ text: ArraySlice<UInt8>) -> [UInt8] {
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

  /// Appends some text; false at the end of the file.
  private static func readText(
    _ source: Source, _ blocks: inout BlockQueue, into text: inout [UInt8]
  ) throws(ReadError) -> Bool {
    switch source {
    case .blocks(let file): try blocks.inflate(from: file, into: &text)
    case .plain(let file): try file.read(upTo: textSize, into: &text) > 0
    case .stream(let stream): try stream.read(upTo: textSize, into: &text)
    case .binary: false
    }
  }

  /// Opens the file and looks at its first bytes.
  private static func open(_ path: String) throws(ReadError) -> Source {
    let file = try RawFile(path: path)
    let start = try file.peek(18)
    if start.isEmpty { throw ReadError(.empty, file: path) }
    if let foreign = foreignContent(start[...]) {
      throw ReadError(.wrongContent(expected: "a VCF or BCF file", found: foreign), file: path)
    }
    let format = file.format()
    if let version = format?.binaryVersion {
      guard version.major == 2, version.minor >= 2 else {
        let found = "it is BCF \(version.major).\(version.minor); convert it to VCF"
        throw ReadError(.wrongContent(expected: "BCF 2.2", found: found), file: path)
      }
      return .binary(try BinaryStream(file: file))
    }
    guard start.starts(with: [0x1f, 0x8b]) else { return .plain(file) }
    if format?.isBlockGzip == true { return .blocks(file) }
    return .stream(try TextStream(file: file))
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
