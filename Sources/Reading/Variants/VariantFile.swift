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

    /// Bytes on the disk; nil for a pipe.
    var size: Int? {
      switch self {
      case .blocks(let file), .plain(let file): file.anywhere?.size
      case .stream(let stream): stream.size
      }
    }
  }

  /// About how many bytes of the file a stretch has.
  public static let stretchSize = 1 << 20
  /// The first records of a file are held to every rule of the specification: what a program writes wrongly it writes wrongly
  /// from the start. Of the others the structure is checked, and all rules with `--strict`.
  public static let checkedRecords = 1_024
  /// The first records are looked for in this much text.
  public static let leaderSize = 8 << 20
  private static let textSize = 256 << 10
  private static let binaryStretchSize = 256 << 10
  /// The longest line that is read; a longer one is an error, so that a hostile file cannot use up the memory.
  static let longestLine = 1 << 30

  public let path: String
  /// What workers must know to read the stretches.
  public let layout: RecordLayout
  /// Warnings about the header.
  public let warnings: WarningTally
  private let source: Source
  private let stretchSize: Int
  private let isStrict: Bool
  /// Where the last stretch of a BCF file puts the beginning of the record that goes on in the next.
  private var cut: RecordCut?
  /// Text read and not handed out yet.
  private var pending: [UInt8]
  private var blocks = BlockQueue()
  /// What an index says is to be read; nil when the file is read from front to back.
  private var indexed: IndexedRead?
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
  ///   - leaderSize: the same of the first records, which are looked for before the first stretch is handed out.
  public init(
    path: String, isStrict: Bool = false, stretchSize: Int = Self.stretchSize,
    leaderSize: Int = Self.leaderSize
  ) throws(ReadError) {
    chts_log_off()
    let (source, isBinary) = try Self.open(path)
    var parser = HeaderParser(file: path)
    var buffer: [UInt8] = []
    var blocks = BlockQueue()
    var isOver = false
    var binaryHeader: [UInt8]?
    if isBinary {
      let text = try Self.binaryHeader(source, &blocks, &buffer, path: path)
      binaryHeader = text
      var lines = try BinaryHeader(text: text, file: path).text(file: path)
      _ = try parser.take(from: &lines, isEnd: true)
      isOver = try Self.readLeader(source, &blocks, &buffer, leaderSize, Self.countRecords)
    } else {
      while try !parser.take(from: &buffer, isEnd: isOver) {
        if buffer.count > Self.longestLine { throw parser.error(.lineLength, found: "") }
        // What does not begin as a header does will not become one.
        if buffer.count > Self.textSize, parser.lineNumber == 1, ![0x23, 0xef].contains(buffer[0]) {
          _ = try parser.take(from: &buffer, isEnd: true)
        }
        isOver = try !Self.readText(source, &blocks, into: &buffer)
      }
      if !isOver {
        isOver = try Self.readLeader(source, &blocks, &buffer, leaderSize) { $0.count { $0 == Byte.newline } }
      }
    }
    let header = try parser.finish()
    if isStrict, let first = parser.warnings.kept.first { throw first.asError }
    // A noncopyable value must not be left half-made by an error, so that nothing throws from here on.
    self.path = path
    self.source = source
    self.isStrict = isStrict
    // Workers hold a stretch of BCF whole, to cut its records.
    self.stretchSize = max(1, isBinary ? min(stretchSize, Self.binaryStretchSize) : stretchSize)
    self.blocks = blocks
    isAtEnd = isOver
    size = source.size
    layout = RecordLayout(
      file: path, header: header, headerLines: parser.lineNumber - 1, isSpaced: parser.isSpaced,
      binaryHeader: binaryHeader)
    warnings = parser.warnings
    pending = buffer
  }

  /// The next stretch, or nil at the end of the file.
  public mutating func nextStretch() throws(ReadError) -> Stretch? {
    defer { isLeading = false }
    guard layout.binaryHeader != nil else { return try nextPiece() }
    guard var stretch = try nextPiece() else { return nil }
    stretch.incoming = cut
    stretch.outgoing = RecordCut()
    cut = stretch.outgoing
    return stretch
  }

  private mutating func nextPiece() throws(ReadError) -> Stretch? {
    if layout.isSpaced { return try nextSpacedLines() }
    if isLeading, !pending.isEmpty {
      defer { pending = [] }
      return Stretch(
        content: .text(indexed == nil ? pending : wholePendingLines), join: .leading, isChecked: true,
        isOnlyChecked: indexed != nil)
    }
    if let stretch = try indexed?.next(stretchSize) { return stretch }
    if isAtEnd || indexed != nil { return nil }
    if case .blocks(let file) = source {
      guard let bytes = try blocks.take(stretchSize, from: file) else {
        isAtEnd = true
        return nil
      }
      return Stretch(content: .blocks(bytes), join: .within)
    }
    var text: [UInt8] = []
    text.reserveCapacity(min(stretchSize, Self.stretchSize) + Self.textSize)
    while text.count < stretchSize, !isAtEnd { isAtEnd = try !Self.readText(source, &blocks, into: &text) }
    return text.isEmpty ? nil : Stretch(content: .text(text), join: .within)
  }

  private var wholePendingLines: [UInt8] {
    Array(pending[..<(pending.lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0)])
  }

  /// Reads by the file's index from now on, where it has one that is of use for the plan; to be called before the first stretch.
  ///
  /// - Parameter isCounted: whether the number of all records is wanted too, which an index does not always tell.
  /// - Returns: why an index that is there is not used, for the user; nil when there is none, or it is used.
  public mutating func useIndex(for plan: ReadPlan, isCounted: Bool) throws(ReadError) -> Wording? {
    let found = try indexedRead(for: plan, isCounted: isCounted)
    indexed = found.read
    return found.remark
  }

  /// Whether `useIndex` would use an index for the plan, and its remark.
  public func asksIndex(for plan: ReadPlan, isCounted: Bool) throws(ReadError) -> (isUsed: Bool, remark: Wording?) {
    let found = try indexedRead(for: plan, isCounted: isCounted)
    return (found.read != nil, found.remark)
  }

  private func indexedRead(
    for plan: ReadPlan, isCounted: Bool
  ) throws(ReadError) -> (read: IndexedRead?, remark: Wording?) {
    // Strict reading holds every record to the rules.
    guard !isStrict, case .blocks(let file) = source, let anywhere = file.anywhere, let regions = plan.regions,
      plan.names.isEmpty,
      !layout.isSpaced,
      layout.binaryHeader == nil
    else { return (nil, nil) }
    // tabix knows how far a record reaches by REF and END alone.
    if header.info["SVLEN"] != nil, !plan.isByFirstBase { return (nil, nil) }
    switch try VariantIndex.find(for: anywhere) {
    case .none: return (nil, nil)
    case .stale(let path):
      return (
        nil,
        """
        \(path): the index is older than the file, or of another file, and is not used; make it again, for example \
        with tabix -f
        """
      )
    case .found(let index):
      let totals = index.totals
      if isCounted, totals == nil { return (nil, nil) }
      let places = try index.places(overlapping: regions)
      // Reading nearly everything is quicker from front to back.
      if places.reduce(0, { $0 + $1.size }) > anywhere.size / 2 { return (nil, nil) }
      return (IndexedRead(places: places, totals: totals, file: anywhere), nil)
    }
  }

  /// Whether the file is read by its index, so that records have no numbers.
  public var isIndexed: Bool { indexed != nil }

  /// Records of the whole file by raw value of the contig, where they are read by an index; nil otherwise.
  public var indexedTotals: [Int]? { indexed?.totals }

  /// Whole lines with every run of spaces as one tab.
  private mutating func nextSpacedLines() throws(ReadError) -> Stretch? {
    while !isAtEnd, pending.count < stretchSize || !pending.contains(Byte.newline) {
      isAtEnd = try !Self.readText(source, &blocks, into: &pending)
    }
    let end = isAtEnd ? pending.count : (pending.lastIndex(of: Byte.newline) ?? 0) + 1
    if end == 0 { return nil }
    defer { pending.removeSubrange(..<end) }
    return Stretch(
      content: .text(Self.tabbed(pending[..<end])), join: isLeading ? .leading : .within, isChecked: isLeading)
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
    }
  }

  /// Reads on until `buffer` holds the records that are checked; returns whether the file is at its end.
  private static func readLeader(
    _ source: Source, _ blocks: inout BlockQueue, _ buffer: inout [UInt8], _ leaderSize: Int,
    _ count: ([UInt8]) -> Int
  ) throws(ReadError) -> Bool {
    var isOver = false
    while !isOver, buffer.count < leaderSize, buffer.count < textSize || count(buffer) < checkedRecords {
      let known = buffer.count
      // Looked at anew after every doubling, so that the count stays cheap.
      while !isOver, buffer.count < max(textSize, known * 3 / 2) {
        isOver = try !readText(source, &blocks, into: &buffer)
      }
    }
    return isOver
  }

  /// Number of whole BCF records in some bytes.
  private static func countRecords(_ bytes: [UInt8]) -> Int {
    var count = 0
    var at = 0
    func number(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
    while at + 8 <= bytes.count {
      at += 8 + number(at) + number(at + 4)
      if at <= bytes.count { count += 1 }
    }
    return count
  }

  /// Takes the header off the front of a BCF file (BCF2 specification, section 6.2): magic, length, text.
  private static func binaryHeader(
    _ source: Source, _ blocks: inout BlockQueue, _ buffer: inout [UInt8], path: String
  ) throws(ReadError) -> [UInt8] {
    var size = 9
    while true {
      if buffer.count >= 9 {
        size = 9 + (0..<4).reduce(0) { $0 | Int(buffer[5 + $1]) << (8 * $1) }
        if size > longestLine { throw ReadError(.damaged, file: path) }
      }
      if buffer.count >= size { break }
      guard try readText(source, &blocks, into: &buffer) else {
        throw ReadError(.truncated("the BCF header is not whole"), file: path)
      }
    }
    defer { buffer.removeSubrange(..<size) }
    return buffer[9..<size].prefix { $0 != 0 } + []
  }

  /// Opens the file and looks at its first bytes.
  private static func open(_ path: String) throws(ReadError) -> (source: Source, isBinary: Bool) {
    let file = try RawFile(path: path)
    let start = try file.peek(18)
    if start.isEmpty { throw ReadError(.empty, file: path) }
    if let foreign = foreignContent(start[...]) {
      throw ReadError(.wrongContent(expected: "a VCF or BCF file", found: foreign), file: path)
    }
    let format = file.format()
    if let version = format?.binaryVersion, version.major != 2 || version.minor < 2 {
      let found = "it is BCF \(version.major).\(version.minor); convert it to VCF"
      throw ReadError(.wrongContent(expected: "BCF 2.2", found: found), file: path)
    }
    let isBinary = format?.binaryVersion != nil
    guard start.starts(with: [0x1f, 0x8b]) else { return (.plain(file), isBinary) }
    if format?.isBlockGzip == true { return (.blocks(file), isBinary) }
    return (.stream(try TextStream(file: file)), isBinary)
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
