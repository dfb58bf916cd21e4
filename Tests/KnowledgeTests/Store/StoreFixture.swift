import Foundation
import Knowledge
import Model
import TestSupport

/// A small store in a folder of its own.
struct StoreFixture {
  static let fields = [
    StoreMetadata.Field(name: "f_AF", type: .float, description: "frequency"),
    StoreMetadata.Field(name: "f_AC", type: .integer, description: "copies"),
    StoreMetadata.Field(name: "f_WORD", type: .text, description: "a word"),
  ]

  /// An allele with the value that each field is to have.
  struct Line: Sendable, Hashable {
    var allele: Allele
    var frequency: Float?
    var count: Int?
    var word: String?

    init(_ allele: Allele, _ frequency: Float? = nil, _ count: Int? = nil, _ word: String? = nil) {
      self.allele = allele
      self.frequency = frequency
      self.count = count
      self.word = word
    }
  }

  let folder: TemporaryFolder
  let path: String
  let metadata: StoreMetadata

  /// Builds the store from lines, in pieces of `piece` lines.
  init(
    _ lines: [Line], piece: Int = 7, resolution: DuplicateResolution = .greatest(field: nil),
    coverage: [StoreCoverage.Stretch]? = nil, name: String = "f"
  ) throws {
    folder = try TemporaryFolder()
    path = try folder.write("\(name).GRCh38.rsk", "")
    var builder = try AlleleStoreBuilder(path: path, fields: Self.fields, resolution: resolution)
    for start in stride(from: 0, to: lines.count, by: piece) {
      var rows = StoreRows(fields: Self.fields)
      for line in lines[start..<min(lines.count, start + piece)] {
        let allele = line.allele
        rows.append(
          allele.contig, allele.position, Array(allele.reference.utf8)[...], Array(allele.alternate.utf8)[...])
        if let frequency = line.frequency { rows.set(0, Double(frequency)) }
        if let count = line.count { rows.set(1, Double(count)) }
        if let word = line.word { rows.set(2, word) }
      }
      try builder.add(rows)
    }
    metadata = try builder.finish(
      StoreMetadata(
        kind: .frequency, name: name, version: "1", licence: "none", assembly: .grch38, built: "2026-01-02",
        program: "test", fields: [], isLeftAligned: false), coverage: coverage)
  }

  func open() throws -> AlleleStore { try AlleleStore(path: path, assembly: .grch38) }

  /// What the store has for an allele.
  static func line(_ allele: Allele, _ cursor: inout AlleleStoreCursor) throws -> Line? {
    let row = try cursor.row(
      of: allele.contig, allele.position, Array(allele.reference.utf8)[...], Array(allele.alternate.utf8)[...])
    guard let row else { return nil }
    return Line(
      allele, try cursor.number(0, of: row).map { Float($0) }, try cursor.number(1, of: row).map { Int($0) },
      try cursor.text(2, of: row))
  }
}
