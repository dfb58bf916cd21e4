internal import Model

/// Reads the header of a VCF file line by line; odd dialects are read with a warning.
struct HeaderParser {
  private let file: String
  private(set) var warnings = WarningTally()
  /// Number of the next line, from 1.
  private(set) var lineNumber = 1
  private var header = VariantHeader(version: "")
  private var rules: HeaderRules?
  private var hasColumnLine = false
  /// Whether the columns are separated by spaces, as editors and web pages leave them.
  private(set) var isSpaced = false
  private var identifiers: Set<String> = []

  init(file: String) { self.file = file }

  /// Takes whole lines from the front of `buffer`; returns true when the header is complete.
  ///
  /// - Parameter isEnd: whether nothing follows `buffer`.
  mutating func take(from buffer: inout [UInt8], isEnd: Bool) throws(ReadError) -> Bool {
    var start = 0
    defer { buffer.removeSubrange(..<start) }
    if lineNumber == 1, buffer.starts(with: [0xef, 0xbb, 0xbf]) {
      start = 3
      warn(.encoding, found: "a byte order mark")
    }
    while !hasColumnLine, start < buffer.count || isEnd {
      guard let end = buffer[start...].firstIndex(of: Byte.newline) ?? (isEnd ? buffer.count : nil) else { break }
      if start == buffer.count { throw missingColumnLine(found: "") }
      var line = buffer[start..<end]
      if line.last == Byte.carriageReturn { line = line.dropLast() }
      try read(line)
      // What only looks like a last line may be the front half of one.
      if end == buffer.count {
        if !hasColumnLine { throw ReadError(.truncated("the header has no #CHROM line"), file: file, place: place()) }
        warn(.finalNewline, found: "")
      }
      start = min(end + 1, buffer.count)
      lineNumber += 1
    }
    return hasColumnLine
  }

  func finish() throws(ReadError) -> VariantHeader {
    guard hasColumnLine else { throw missingColumnLine(found: "") }
    return header
  }

  func error(_ rule: FormatRule, found: String, column: String? = nil) -> ReadError {
    ReadError(.format(rule, found: found), file: file, place: place(column))
  }

  private func place(_ column: String? = nil) -> ReadPlace { ReadPlace(line: lineNumber, column: column) }

  private mutating func warn(_ rule: FormatRule, found: String) {
    let warning = ReadWarning(rule, found: found, file: file, place: place())
    warnings.add(rule, warning)
  }

  private func missingColumnLine(found: String) -> ReadError {
    if lineNumber == 1 {
      return found.isEmpty
        ? ReadError(.empty, file: file)
        : ReadError(
          .wrongContent(expected: "a VCF or BCF file", found: "it begins with '\(printable(found))'"), file: file)
    }
    return found.isEmpty
      ? ReadError(.truncated("the header has no #CHROM line"), file: file) : error(.columnLine, found: found)
  }

  private mutating func read(_ line: ArraySlice<UInt8>) throws(ReadError) {
    guard line.first == Byte.hash else {
      if line.allSatisfy({ $0 == Byte.space || $0 == Byte.tab }), lineNumber > 1 {
        warn(.blankLine, found: "")
        return
      }
      let found = String(decoding: line.prefix(40), as: UTF8.self)
      throw missingColumnLine(found: found.isEmpty ? "a blank line" : found)
    }
    if lineNumber == 1 { readFileFormat(line) }
    let text = String(decoding: line, as: UTF8.self)
    if line.contains(0xef), text.unicodeScalars.contains("\u{fffd}") { warn(.encoding, found: text) }
    if line.dropFirst().first == Byte.hash {
      header.lines.append(text)
      readMeta(line.dropFirst(2))
    } else if line.starts(with: "#CHROM".utf8) || line.starts(with: "#chrom".utf8) {
      try readColumns(text)
    } else {
      warn(.metaSyntax, found: text)
    }
  }

  /// `##fileformat=VCFv4.x`; other versions are read as the nearest known one.
  private mutating func readFileFormat(_ line: ArraySlice<UInt8>) {
    let text = String(decoding: line, as: UTF8.self)
    let prefix = "##fileformat=VCFv"
    if text.hasPrefix(prefix) { header.version = String(text.dropFirst(prefix.count)) }
    let known = ["4.1", "4.2", "4.3", "4.4", "4.5"]
    if !known.contains(header.version) { warn(.fileFormat, found: text) }
    rules = HeaderRules(minorVersion: header.minorVersion)
  }

  private mutating func readMeta(_ line: ArraySlice<UInt8>) {
    let meta = MetaLine(line)
    let text = "##" + String(decoding: line, as: UTF8.self)
    var faults = meta.faults
    let id = meta["ID"]?.value
    switch meta.key {
    case "INFO", "FORMAT": readField(meta, id: id)
    case "FILTER": if let id { header.filters[id] = meta["Description"]?.value ?? "" }
    case "ALT": if let id { header.symbolicAlleles.insert(id) }
    case "contig":
      if let id {
        let length = meta["length"].flatMap { Int($0.value) }.flatMap { $0 >= 0 ? $0 : nil }
        header.contigs.append(VariantHeader.ContigLine(name: id, length: length))
      }
    default: break
    }
    if let id, ["INFO", "FORMAT", "FILTER", "ALT", "contig"].contains(meta.key),
      !identifiers.insert(meta.key + "/" + id).inserted
    {
      faults.append(.metaDuplicate)
    }
    if let rules { faults += rules.faults(in: meta) }
    var told: Set<FormatRule> = []
    for fault in faults where told.insert(fault).inserted { warn(fault, found: text) }
  }

  /// The first declaration of a key counts, as in htslib.
  private mutating func readField(_ meta: MetaLine, id: String?) {
    guard let id else { return }
    let type = meta["Type"].flatMap { VariantHeader.ValueType(rawValue: $0.value) } ?? .string
    let number = meta["Number"].flatMap { VariantHeader.Number(text: $0.value) } ?? .unbounded
    let description = meta["Description"]?.value ?? ""
    let field = VariantHeader.Field(id: id, number: number, type: type, description: description)
    if meta.key == "INFO" {
      if header.info[id] == nil { header.info[id] = field }
    } else if header.format[id] == nil {
      header.format[id] = field
    }
  }

  private mutating func readColumns(_ line: String) throws(ReadError) {
    let expected = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"]
    var columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    if columns.count == 1 {
      columns = line.split(separator: " ").map(String.init)
      isSpaced = true
      warn(.columnSeparator, found: "")
    }
    // Some tools leave a tab at the end of the line.
    if columns.count > 8, columns.last == "" {
      columns.removeLast()
      warn(.sampleName, found: "")
    }
    guard columns.count >= 8 else { throw error(.columnLine, found: line) }
    for (column, name) in zip(columns, expected) where column.uppercased() != name {
      throw error(.columnLine, found: column, column: name)
    }
    header.samples = Array(columns.dropFirst(9))
    var seen: Set<String> = []
    for sample in header.samples {
      if !seen.insert(sample).inserted { throw error(.sampleDuplicate, found: sample, column: sample) }
      if sample.isEmpty || sample.first == " " || sample.last == " " { warn(.sampleName, found: sample) }
    }
    hasColumnLine = true
  }
}

extension VariantHeader {
  /// The `x` of VCF 4.x; 1 for older files, 5 for newer ones, 2 when the version is not known.
  var minorVersion: Int {
    let parts = version.split(separator: ".")
    guard let major = parts.first.flatMap({ Int($0) }) else { return 2 }
    if major != 4 { return major < 4 ? 1 : 5 }
    return min(max(parts.dropFirst().first.flatMap { Int($0) } ?? 2, 1), 5)
  }
}

extension VariantHeader.Number {
  /// Reads the Number of a header line (VCF 4.5, section 1.4.2); nil when it is none.
  init?(text: String) {
    switch text {
    case "A": self = .perAlternate
    case "R": self = .perAllele
    case "G": self = .perGenotype
    case "LA": self = .perLocalAlternate
    case "LR": self = .perLocalAllele
    case "LG": self = .perLocalGenotype
    case "P": self = .perPloidy
    case "M": self = .perBaseModification
    case ".", "-1": self = .unbounded
    default:
      guard let count = Int(text), count >= 0 else { return nil }
      self = .count(count)
    }
  }
}
