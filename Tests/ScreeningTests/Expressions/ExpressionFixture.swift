import Model
import Screening
import TestSupport

/// A small header and records to try expressions on.
enum ExpressionFixture {
  static let header = VariantHeader(
    version: "4.2",
    info: fields([
      ("DP", .count(1), .integer), ("AF", .perAlternate, .float), ("gnomad_AF", .count(1), .float),
      ("IV", .unbounded, .integer),
      ("ST", .count(1), .string), ("LIST", .unbounded, .string), ("DB", .count(0), .flag),
      ("BOTH", .count(1), .integer),
    ]).merging(annotations) { $1 },
    format: fields([
      ("GT", .count(1), .string), ("GQ", .count(1), .integer), ("AD", .perAllele, .integer),
      ("BOTH", .count(1), .integer),
      ("VAF", .perAlternate, .float), ("FT", .count(1), .string),
    ]), filters: ["PASS": "", "q10": "", "s50": ""], samples: ["kid", "mom", "dad", "sib"])

  private static func fields(_ list: [(String, VariantHeader.Number, VariantHeader.ValueType)]) -> [String:
    VariantHeader.Field]
  {
    Dictionary(uniqueKeysWithValues: list.map { ($0.0, .init(id: $0.0, number: $0.1, type: $0.2, description: "")) })
  }

  private static let annotations: [String: VariantHeader.Field] = [
    "CSQ": .init(
      id: "CSQ", number: .unbounded, type: .string,
      description: "Consequences. Format: Allele|Consequence|IMPACT|SYMBOL|gnomADe_AF|EXON"),
    "ANN": .init(
      id: "ANN", number: .unbounded, type: .string,
      description: "Annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | cDNA.pos / cDNA.length'"),
  ]

  /// Whether an expression selects each of the records.
  static func answers(
    _ text: String, _ lines: [String], pedigree: Pedigree? = nil, header: VariantHeader = header
  ) throws -> [Bool] {
    let resources = ExpressionResources(
      pedigree: pedigree, list: { $0 == "genes" ? ["TTN", "CDH2 and a remark"] : ["rs1", "x"] },
      region: { _ in RegionSet([Region(.chr1, 10, 20)]) }, panel: { _ in RegionSet([Region(.x, 0, 5)]) })
    let expression = try FilterExpression(text, header: header, resources: resources)
    let batch = VariantBatch(lines: lines)
    var selection = Selection(all: batch.count)
    expression.clear(&selection, in: batch)
    return (0..<batch.count).map { selection[$0] }
  }

  /// Whether an expression selects a record with this INFO.
  static func holds(_ text: String, info: String) throws -> Bool {
    try answers(text, ["chr1\t100\trs1\tA\tG\t50\tPASS\t\(info)"])[0]
  }

  /// Whether an expression selects a record with these sample columns.
  static func holds(_ text: String, format: String, _ samples: [String], pedigree: Pedigree? = nil) throws -> Bool {
    let line = "chr1\t100\trs1\tA\tG,T\t50\tPASS\tDP=5\t\(format)\t" + samples.joined(separator: "\t")
    return try answers(text, [line], pedigree: pedigree)[0]
  }
}
