public import Model

/// A file of a source of knowledge, told by its content: variants, or a table with a header.
public enum SourceFile: Sendable {
  /// VCF or BCF.
  case variants(VariantHeader)
  /// The line that names the columns, and the remarks before it.
  case table(header: [UInt8], remarks: [String])

  /// - Throws: `ReadError` for a file that cannot be read, or in which no line names columns.
  public init(path: String) throws(ReadError) {
    let lines = try LineFile(path: path)
    var remarks: [[UInt8]] = []
    while let line = try lines.next() {
      if remarks.isEmpty, line.starts(with: "##fileformat=VCF".utf8) || line.starts(with: "BCF".utf8) {
        self = .variants(try VariantFile(path: path).header)
        return
      }
      if line.isEmpty { continue }
      guard line.first == UInt8(ascii: "#") else {
        self = Self.table(remarks, first: line)
        return
      }
      remarks.append(line)
    }
    guard let last = remarks.last, Self.isHeader(last, of: last) else {
      throw ReadError(
        .wrongContent(expected: "a VCF, a BCF or a table with a line that names its columns", found: "neither"),
        file: path)
    }
    self = Self.table(remarks, first: last)
  }

  /// The last remark names the columns when it has as many as the first line without a mark; else that line does.
  private static func table(_ remarks: [[UInt8]], first line: [UInt8]) -> SourceFile {
    let header = remarks.last.flatMap { isHeader($0, of: line) ? $0 : nil }
    // A header is no remark: the assemblies that it names are those of columns.
    let rest = header == nil ? remarks[...] : remarks.dropLast()
    return .table(
      header: header ?? line, remarks: rest.map { String(decoding: $0.prefix(1_000), as: UTF8.self) })
  }

  private static func isHeader(_ remark: [UInt8], of row: [UInt8]) -> Bool {
    [UInt8(ascii: "\t"), UInt8(ascii: ",")].contains { mark in
      let cells = row.count { $0 == mark }
      return cells > 0 && remark.count { $0 == mark } == cells
    }
  }

  /// The build that the words of the file name, for one whose contig lengths do not tell: `##reference`, `##assembly`, remarks.
  public var namedAssembly: Assembly? {
    let lines: [String] =
      switch self {
      case .variants(let header): header.lines.filter { $0.hasPrefix("##reference=") || $0.hasPrefix("##assembly=") }
      case .table(_, let remarks): remarks
      }
    let text = lines.joined(separator: " ").lowercased()
    let is38 = text.contains("grch38") || text.contains("hg38")
    let is37 = text.contains("grch37") || text.contains("hg19") || text.contains("hs37d5")
    return is38 == is37 ? nil : is38 ? .grch38 : .grch37
  }

  /// `##fileDate` of a VCF: how ClinVar names its releases.
  public var date: String? {
    guard case .variants(let header) = self else { return nil }
    return header.lines.first { $0.hasPrefix("##fileDate=") }.map { String($0.dropFirst("##fileDate=".count)) }
  }
}
