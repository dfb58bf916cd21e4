public import Model

/// The public sources of knowledge that rarescreen knows, with their addresses, licences and commands.
public struct KnowledgeSources: Sendable {
  /// In the order of the table.
  public let all: [KnowledgeSource]

  /// Loads `knowledge_sources.tsv` of a folder, columns
  /// `name version assembly kind what files checksums megabytes licence registration page command note`.
  ///
  /// `files` holds addresses between `|`; `{1-22,X}` in an address stands for one file each, and `… as NAME` names the file where
  /// the address does not. `checksums` is one address for all of them, in which `{file}` stands for the address of the file.
  public init(directory: String) throws(KnowledgeError) {
    let table = try TextTable(file: directory + "/knowledge_sources.tsv")
    var columns: [String: Int] = [:]
    for name in Self.columns { columns[name] = try table.column(name) }
    var all: [KnowledgeSource] = []
    for row in 0..<table.count { all.append(try Self.source(Row(table: table, number: row, columns: columns))) }
    self.all = all
  }

  /// The names, each once, in the order of the table.
  public var names: [String] {
    var seen: Set<String> = []
    return all.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The sources of one name, or all; with an assembly only what is for it or for both.
  public func sources(named name: String? = nil, on assembly: Assembly? = nil) throws(KnowledgeError)
    -> [KnowledgeSource]
  {
    if let name, !names.contains(name) {
      throw KnowledgeError(.unknownSource(name, known: names))
    }
    return all.filter {
      (name == nil || $0.name == name) && (assembly == nil || $0.assembly == nil || $0.assembly == assembly)
    }
  }

  /// The source that has a file at this address.
  public func source(ofFileAt address: String) -> (source: KnowledgeSource, file: KnowledgeSource.File)? {
    for source in all {
      if let file = source.files.first(where: { $0.address == address }) { return (source, file) }
    }
    return nil
  }

  private static let columns = [
    "name", "version", "assembly", "kind", "what", "files", "checksums", "megabytes", "licence", "registration", "page",
    "command", "note",
  ]

  private struct Row {
    let table: TextTable
    let number: Int
    let columns: [String: Int]

    func column(_ name: String) -> Int { columns[name] ?? 0 }
    func optional(_ name: String) -> String? { table.optionalText(number, column(name)) }
    func list(_ name: String) -> [String] { table.list(number, column(name)) }

    func text(_ name: String) throws(KnowledgeError) -> String {
      guard let text = optional(name) else { throw bad(name, expected: "filled in") }
      return text
    }

    func bad(_ name: String, expected: String) -> KnowledgeError {
      table.bad(number, column(name), expected: expected)
    }
  }

  private static func source(_ row: Row) throws(KnowledgeError) -> KnowledgeSource {
    guard let kind = KnowledgeSource.Kind(rawValue: try row.text("kind")) else {
      throw row.bad("kind", expected: KnowledgeSource.Kind.allCases.map(\.rawValue).joined(separator: " or "))
    }
    let assembly = row.optional("assembly").flatMap { Assembly(rawValue: $0) }
    if assembly == nil, row.optional("assembly") != nil { throw row.bad("assembly", expected: "GRCh37, GRCh38 or .") }
    let megabytes = row.optional("megabytes").flatMap { Int($0) }
    if megabytes == nil, row.optional("megabytes") != nil {
      throw row.bad("megabytes", expected: "a whole number or .")
    }
    return KnowledgeSource(
      name: try row.text("name"), version: row.optional("version"), assembly: assembly, kind: kind,
      summary: try row.text("what"), files: try files(row), megabytes: megabytes, licence: try row.text("licence"),
      registration: row.optional("registration"), page: try row.text("page"), command: row.optional("command"),
      note: row.optional("note"))
  }

  private static func files(_ row: Row) throws(KnowledgeError) -> [KnowledgeSource.File] {
    let checksums = row.optional("checksums")
    var files: [KnowledgeSource.File] = []
    for pattern in row.list("files") {
      guard let addresses = expanded(pattern) else {
        throw row.bad("files", expected: "addresses with ranges such as {1-22,X,Y}")
      }
      for address in addresses {
        guard let file = file(address, checksums: checksums) else {
          throw row.bad(
            "files", expected: "addresses that begin with https:// and end with a file name, or '… as NAME'")
        }
        files.append(file)
      }
    }
    return files
  }

  private static func file(_ text: String, checksums: String?) -> KnowledgeSource.File? {
    let parts = text.split(separator: " as ", maxSplits: 1).map(String.init)
    guard let address = parts.first, address.hasPrefix("https://") || address.hasPrefix("http://"),
      let name = parts.count == 2 ? parts[1] : FileAddress.name(of: address), FileAddress.isPlain(name)
    else { return nil }
    return KnowledgeSource.File(
      address: address, name: name, checksums: checksums.map { $0.replacing("{file}", with: address) })
  }

  /// The addresses that a pattern stands for; nil when its braces do not fit or hold no list.
  static func expanded(_ pattern: String) -> [String]? {
    guard let open = pattern.firstIndex(of: "{") else { return pattern.contains("}") ? nil : [pattern] }
    guard let close = pattern[open...].firstIndex(of: "}") else { return nil }
    var values: [String] = []
    for item in pattern[pattern.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false) {
      let ends = item.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      if ends.count == 2, let from = ends[0], let to = ends[1], from <= to {
        values += (from...to).map(String.init)
      } else if ends.count == 1, !item.isEmpty {
        values.append(String(item))
      } else {
        return nil
      }
    }
    guard let rests = expanded(String(pattern[pattern.index(after: close)...])) else { return nil }
    return values.flatMap { value in rests.map { pattern[..<open] + value + $0 } }
  }
}
