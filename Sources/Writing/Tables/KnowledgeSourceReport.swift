public import Model

/// The public sources of knowledge, as a table or as JSON.
public struct KnowledgeSourceReport: Sendable {
  private let sources: [KnowledgeSource]

  public init(_ sources: [KnowledgeSource]) {
    self.sources = sources
  }

  /// One line a source; addresses and checksum lists are joined by `|`.
  public var table: [UInt8] {
    var table = Table(
      columns: [
        "name", "version", "assembly", "kind", "what", "files", "checksums", "megabytes", "licence", "registration",
        "page", "command", "note",
      ])
    for source in sources {
      table.append([
        source.name, source.version, source.assembly?.rawValue, source.kind.rawValue, source.summary,
        source.files.map(\.address).joined(separator: "|"), lists(source).joined(separator: "|"),
        source.megabytes.map { "\($0)" }, source.licence, source.registration, source.page, source.command, source.note,
      ])
    }
    return table.bytes
  }

  /// The same as a document.
  public var json: [UInt8] {
    JSONValue.object(["sources": .array(sources.map { json($0) })]).encoded
  }

  private func json(_ source: KnowledgeSource) -> JSONValue {
    .object([
      "name": .string(source.name), "version": .optional(source.version),
      "assembly": .optional(source.assembly?.rawValue), "kind": .string(source.kind.rawValue),
      "what": .string(source.summary),
      "files": .array(
        source.files.map {
          .object([
            "url": .string($0.address), "name": .string($0.name), "checksums": .optional($0.checksums),
          ])
        }),
      "megabytes": .optional(source.megabytes), "licence": .string(source.licence),
      "registration": .optional(source.registration), "page": .string(source.page),
      "command": .optional(source.command), "note": .optional(source.note),
    ])
  }

  /// The addresses of checksum lists, each once, in the order of the files.
  private func lists(_ source: KnowledgeSource) -> [String] {
    var seen: Set<String> = []
    return source.files.compactMap(\.checksums).filter { seen.insert($0).inserted }
  }
}
