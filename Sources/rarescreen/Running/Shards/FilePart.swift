import Foundation
import Model
import Reading
import Screening

/// What one shard of a case found in one variant file.
struct FilePart: Sendable, Codable {
  /// A record with findings, as a row of a `VariantBatch`.
  struct Row: Sendable, Codable {
    /// Number of the record, counted from the first whole line of its stretch.
    var ordinal: Int
    /// Raw value; 0 for no chromosome.
    var contig: UInt8
    /// 1-based.
    var position: Int
    /// Bits of QUAL.
    var quality: UInt32
    var line: Data
    /// Offsets in the line behind its nine fixed columns.
    var fieldEnds: [Int]
  }

  /// One of the pieces that the file was cut into.
  struct Piece: Sendable, Codable {
    /// From 0, over the whole file.
    var number: Int
    var rest: StretchRest
    var rows: [Row]
  }

  /// Number of pieces of the whole file; nil for a shard that had nothing to do with it.
  var count: Int?
  var isIndexed: Bool
  /// Records of the file by contig, where an index tells.
  var totals: [Int]?
  /// Those of the shard, ascending.
  var pieces: [Piece]
  /// Over all pieces; nil where no record was looked at.
  var counts: HitCounts?
}

extension FilePart.Row {
  init(_ row: Int, of batch: VariantBatch) {
    let bounds = batch.bounds(of: row)
    ordinal = batch.ordinals[row]
    contig = batch.contigs[row]?.rawValue ?? 0
    position = batch.positions[row]
    quality = batch.qualities[row].bitPattern
    line = Data(batch.text[bounds])
    fieldEnds = (0..<9).map { column in
      (VariantBatch.Field(rawValue: column).map { batch.range($0, of: row).upperBound } ?? bounds.upperBound)
        - bounds.lowerBound
    }
  }

  /// Whether it can be a row, whatever a document says.
  var isWhole: Bool {
    fieldEnds.count == 9 && zip(fieldEnds, fieldEnds.dropFirst()).allSatisfy { $0 <= $1 }
      && fieldEnds[0] >= 0 && fieldEnds[8] <= line.count
  }

  func append(to batch: inout VariantBatch) {
    let bytes = [UInt8](line)
    batch.append(
      ordinal: ordinal, contig: Contig(rawValue: contig), position: position, quality: Float(bitPattern: quality),
      line: bytes.span, fieldEnds: fieldEnds.span)
  }
}

/// What the worker of a shard makes of a stretch: counts, and the records with findings.
struct ShardYield: Mergeable {
  var counts: Hits
  var rows: [FilePart.Row]

  mutating func merge(_ later: ShardYield) {
    counts.merge(later.counts)
    rows += later.rows
  }

  /// Rows keep the numbers that they have within their stretch.
  mutating func shift(by records: Int) {}
}
