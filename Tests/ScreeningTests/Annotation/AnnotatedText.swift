import Foundation
import Model
import Screening
import TestSupport

/// A header and its records, read from VCF text with just enough care for tests of annotation.
struct AnnotatedText {
  let header: VariantHeader
  let batch: VariantBatch

  /// - Parameter text: `##INFO` lines, then records of at least eight columns; other header lines are ignored.
  init(_ text: String) {
    var info: [String: VariantHeader.Field] = [:]
    var records: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      if line.hasPrefix("##INFO=<"), let field = Self.field(String(line)) { info[field.id] = field }
      if !line.hasPrefix("#") { records.append(String(line)) }
    }
    header = VariantHeader(version: "4.3", info: info)
    let bytes = Array(records.joined(separator: "\n").utf8)
    var batch = VariantBatch(text: bytes)
    var start = 0
    for (number, record) in records.enumerated() {
      let columns = record.split(separator: "\t", omittingEmptySubsequences: false)
      var ends: [Int] = []
      var end = start - 1
      for column in columns.prefix(9) {
        end += 1 + column.utf8.count
        ends.append(end)
      }
      while ends.count < 9 { ends.append(end) }
      batch.append(
        ordinal: number + 1, contig: Contig(name: columns[0]), position: Int(columns[1]) ?? 0, quality: .nan,
        start: start,
        fieldEnds: ends, end: start + record.utf8.count)
      start += record.utf8.count + 1
    }
    self.batch = batch
  }

  /// One record on chromosome 1.
  init(
    info lines: [String], _ reference: String, _ alternates: String, _ info: String, contig: String = "1",
    position: Int = 100
  ) {
    let header = lines.map { "##INFO=<\($0)>" }.joined(separator: "\n")
    self.init("\(header)\n\(contig)\t\(position)\t.\t\(reference)\t\(alternates)\t.\t.\t\(info)")
  }

  /// A file of the real inputs, plain or compressed.
  init(path: String) throws {
    let bytes =
      path.hasSuffix(".gz")
      ? try Tool.output("gzip", ["-dc", path]) ?? [] : Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    self.init(String(decoding: bytes, as: UTF8.self))
  }

  private static func field(_ line: String) -> VariantHeader.Field? {
    func value(_ key: String) -> String? {
      guard let range = line.range(of: key + "=") else { return nil }
      let rest = line[range.upperBound...]
      if rest.hasPrefix("\"") { return String(rest.dropFirst().prefix { $0 != "\"" }) }
      return String(rest.prefix { $0 != "," && $0 != ">" })
    }
    guard let id = value("<ID"), let number = value("Number"), let type = value("Type") else { return nil }
    let count: VariantHeader.Number =
      switch number {
      case "A": .perAlternate
      case "R": .perAllele
      case "G": .perGenotype
      default: Int(number).map { .count($0) } ?? .unbounded
      }
    return VariantHeader.Field(
      id: id, number: count, type: VariantHeader.ValueType(rawValue: type) ?? .string,
      description: value("Description") ?? "")
  }

  func facts(_ alternate: Int = 1, roles: [AnnotationRole: [String]] = [:]) -> AlleleFacts {
    AnnotationLayout(header: header, roles: roles).facts(of: 0, alternate: alternate, in: batch)
  }

  func annotation(_ alternate: Int = 1) -> AlleleConsequences {
    AnnotationLayout(header: header).annotation(of: 0, alternate: alternate, in: batch)
  }
}
