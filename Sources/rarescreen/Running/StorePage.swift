import Foundation
import Knowledge
import Model
import Screening

/// What `knowledge` says of stores.
struct StorePage {
  let stores: [AlleleStore]
  let tables: [GeneFactTable]
  let phenotypes: PhenotypeTables
  let folder: String

  private static let columns = [
    "name", "kind", "assembly", "release", "licence", "built", "alleles", "bytes", "coverage", "fields", "sources",
    "path",
  ]

  private static func cells(of store: AlleleStore) -> [String] {
    let metadata = store.metadata
    return [
      metadata.name, metadata.kind.rawValue, metadata.assembly, metadata.version, metadata.licence, metadata.built,
      "\(metadata.alleles)", "\(store.size)", store.coverage == nil ? "no" : "yes",
      metadata.fields.map(\.name).joined(separator: ","),
      metadata.sources.map { "\($0.name) sha256:\($0.sha256)" }.joined(separator: ","), store.path,
    ]
  }

  private static func cells(of table: GeneFactTable) -> [String] {
    let told = table.description
    return [
      told.name, "genes", ".", told.version, told.licence, told.built, "\(table.facts.count)", "\(table.size)", ".",
      "loeuf,pli,validity", told.source, table.path,
    ]
  }

  var table: String {
    ([Self.columns] + stores.map { Self.cells(of: $0) } + tables.map { Self.cells(of: $0) } + [phenotypes.cells]).map {
      cells in
      cells.map { $0.replacing("\t", with: " ") }.joined(separator: "\t") + "\n"
    }.joined()
  }

  var text: String {
    let rows =
      [["NAME", "KIND", "BUILD", "RELEASE", "ENTRIES", "SIZE", "BUILT", "LICENCE"]]
      + stores.map { store in
        let metadata = store.metadata
        return [
          metadata.name, metadata.kind.rawValue, metadata.assembly, metadata.version, "\(metadata.alleles)",
          Self.size(store.size), metadata.built, metadata.licence,
        ]
      }
      + tables.map { table in
        let told = table.description
        return [
          told.name, "genes", "any", told.version, "\(table.facts.count)", Self.size(table.size), told.built,
          told.licence,
        ]
      } + [phenotypes.row(size: Self.size(phenotypes.size))]
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
        .trimmingSuffix { $0 == " " }
    }
    let place =
      folder.isEmpty ? "no folder of stores: RARESCREEN_KNOWLEDGE is empty" : "in \(folder)"
    let advice = stores.isEmpty && tables.isEmpty ? "no stores yet; build one with 'rarescreen knowledge build'\n" : ""
    return lines.joined(separator: "\n") + "\n" + place + "\n" + advice
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 1 << 20 ? "\((bytes + 1_023) >> 10) KiB" : "\((bytes + (1 << 19)) >> 20) MiB"
  }

  var json: String {
    struct Entry: Encodable {
      var store: StoreMetadata?
      var genes: [String: String]?
      var phenotypes: [String: String]?
      var bytes: Int
      var path: String
      var hasCoverage: Bool?
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let entries = stores.map {
      Entry(store: $0.metadata, bytes: $0.size, path: $0.path, hasCoverage: $0.coverage != nil)
    }
    let others = tables.map { table in
      let told = table.description
      return Entry(
        genes: [
          "name": told.name, "release": told.version, "licence": told.licence, "built": told.built,
          "source": told.source,
          "fingerprint": table.fingerprint, "genes": "\(table.facts.count)",
        ], bytes: table.size, path: table.path)
    }
    let features = Entry(
      phenotypes: ["name": "hpo", "release": phenotypes.release, "diseases": "\(phenotypes.diseases)"],
      bytes: phenotypes.size, path: phenotypes.path)
    let data = (try? encoder.encode(entries + others + [features])) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// What was built of genes.
  static func built(_ table: GeneFactTable, _ remarks: [String]) -> String {
    let told = table.description
    return (["\(table.path): \(table.facts.count) genes of \(told.name) \(told.version)"] + remarks).joined(
      separator: "\n") + "\n"
  }

  /// What was built of a release of HPO.
  static func built(_ release: String, _ remarks: [String], at path: String) -> String {
    (["\(path): terms, diseases and their features of HPO \(release)"] + remarks).joined(separator: "\n") + "\n"
  }

  /// What was built.
  static func built(_ metadata: StoreMetadata, at path: String) -> String {
    var lines = [
      "\(path): \(metadata.alleles) alleles of \(metadata.name) \(metadata.version) on \(metadata.assembly), "
        + "\(metadata.fields.count) fields: \(metadata.fields.prefix(12).map(\.name).joined(separator: ", "))"
        + (metadata.fields.count > 12 ? ", …" : "")
    ]
    for (reason, count) in metadata.leftOut.sorted(by: { $0.key < $1.key }) {
      lines.append("not in it: \(count) x \(reason)")
    }
    if metadata.kind == .clinvar, !metadata.fields.contains(where: { $0.name == RecordPacker.proteinField }) {
      lines.append(
        "changes of residues are not told, which takes a VCF and --reference: PS1 and PM5 will not be judged by this store"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}

/// The tables of phenotypes that are in use.
struct PhenotypeTables {
  let path: String
  let release: String
  /// How many diseases are ranked.
  let diseases: Int
  /// In bytes.
  let size: Int

  private static let licence = "free with attribution: https://hpo.jax.org/app/license"

  init(_ common: CommonOptions) throws {
    let path = try PhenotypeData.directory(
      data: DataDirectory.find(given: common.knowledge), knowledge: common.knowledge)
    self.path = path
    let index = try PhenotypeIndex(directory: path, for: .unknown)
    release = index.version
    diseases = index.diseases.count
    size = PhenotypeData.tables.reduce(0) { sum, name in
      sum + (FileStatus(path: path + "/" + name)?.bytes ?? 0)
    }
  }

  var cells: [String] {
    [
      "hpo", "phenotypes", ".", release, Self.licence, ".", "\(diseases)", "\(size)", ".",
      "terms,diseases,annotations,neighbours", ".", path,
    ]
  }

  func row(size: String) -> [String] {
    ["hpo", "phenotypes", "any", release, "\(diseases)", size, ".", Self.licence]
  }
}
