internal import Foundation
public import Model

/// What one source says of genes, kept beside the stores as a table that people can read: `NAME.genes.tsv`.
public struct GeneFactTable: Sendable {
  public struct Description: Sendable, Equatable {
    public var name: String
    public var version: String
    public var licence: String
    /// `YYYY-MM-DD`.
    public var built: String
    /// Name and SHA-256 of the file that the table was made from.
    public var source: String

    public init(name: String, version: String, licence: String, built: String, source: String) {
      self.name = name
      self.version = version
      self.licence = licence
      self.built = built
      self.source = source
    }
  }

  public static let fileSuffix = ".genes.tsv"

  public let path: String
  public let description: Description
  /// By HGNC id.
  public let facts: [String: GeneFacts]
  /// Checksum of the rows, in hexadecimal.
  public let fingerprint: String
  public let size: Int

  private static let header = "hgnc_id\tsymbol\tloeuf\tpli\tvalidity\n"

  /// Reads a table, and holds its rows to their checksum.
  public init(path: String) throws(KnowledgeError) {
    let table = try TextTable(file: path)
    func metadata(_ key: String) throws(KnowledgeError) -> String {
      guard let value = table.metadata[key] else {
        throw KnowledgeError(.store(.damaged("no line '#\(key)'")), at: .init(file: path))
      }
      return value
    }
    description = Description(
      name: try metadata("name"), version: try metadata("release"), licence: try metadata("licence"),
      built: try metadata("built"), source: try metadata("source"))
    fingerprint = try metadata("checksum")
    guard Self.checksum(ofRows: table.bytes) == fingerprint else {
      throw KnowledgeError(.store(.damaged("checksum")), at: .init(file: path))
    }
    let (id, loeuf, pli) = (try table.column("hgnc_id"), try table.column("loeuf"), try table.column("pli"))
    let validity = try table.column("validity")
    var facts: [String: GeneFacts] = [:]
    for row in 0..<table.count {
      facts[table.text(row, id)] = GeneFacts(
        loeuf: table.optionalText(row, loeuf).flatMap(Double.init),
        pLI: table.optionalText(row, pli).flatMap(Double.init),
        validity: table.optionalText(row, validity).flatMap { GeneFacts.Validity(reading: $0) },
        sources: ["\(description.name) \(description.version)"])
    }
    self.path = path
    self.facts = facts
    size = table.bytes.count
  }

  /// The bytes of a table.
  ///
  /// - Parameter facts: by gene; the order of the file is that of the symbols.
  public static func bytes(_ description: Description, _ facts: [Gene: GeneFacts]) -> [UInt8] {
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "." }
    let rows = facts.sorted { ($0.key.symbol, $0.key.hgncID) < ($1.key.symbol, $1.key.hgncID) }.map { gene, facts in
      "\(gene.hgncID)\t\(gene.symbol)\t\(text(facts.loeuf))\t\(text(facts.pLI))\t\(facts.validity?.rawValue ?? ".")\n"
    }
    let body = Array((header + rows.joined()).utf8)
    let head = [
      ("kind", "genes"), ("name", description.name), ("release", description.version), ("licence", description.licence),
      ("built", description.built), ("source", description.source), ("checksum", checksum(ofRows: body)),
    ]
    return Array(head.map { "#\($0): \($1)\n" }.joined().utf8) + body
  }

  /// Over everything that is no `#` line.
  private static func checksum(ofRows bytes: [UInt8]) -> String {
    var start = 0
    while start < bytes.count, bytes[start] == UInt8(ascii: "#") {
      start = (bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
    }
    var rows = Array(bytes[start...])
    rows.pad()
    let digits = String(StoreChecksum.of(rows), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The tables of a folder, in the order of their names; none where there is no such folder.
  public static func all(in folder: String) throws(KnowledgeError) -> [GeneFactTable] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return try names.filter { $0.hasSuffix(fileSuffix) && !$0.hasPrefix(".") }.sorted()
      .map { name throws(KnowledgeError) in try GeneFactTable(path: folder + "/" + name) }
  }
}
