public import Model

/// What a part of a file yields beside the records that something was found in: for another process, which screens those again.
public struct HitCounts: Sendable, Codable {
  var tally: Tally
  var quality: QualityCounts
  var recordsInside: Int
}

extension Hits {
  public var counts: HitCounts { HitCounts(tally: tally, quality: quality.counts, recordsInside: recordsInside) }

  /// Forgets what was found, so that only counts are left.
  public mutating func keepCounts() {
    survivors = []
    rescued = []
    blocks = []
    repeats = []
  }
}

extension Screen {
  /// The rows whose records make all of a batch's findings when they are screened again; they may be more than that takes.
  public func findingRows(of hits: Hits, in records: VariantBatch, of file: Int) -> [Int] {
    // A record with a reference block or a repeat leaves no number, and hardly any record inside the panels is something else then.
    let takesAll = !hits.blocks.isEmpty || !hits.repeats.isEmpty
    let numbers = Set(
      hits.survivors.map(\.variant.origin.record) + hits.rescued.map(\.variant.origin.record))
    return (0..<records.count).filter { row in
      numbers.contains(records.ordinals[row])
        || takesAll && gates[file].removal(of: row, in: records) == nil
    }
  }

  /// The findings of records that were counted before.
  public func findings(
    in records: VariantBatch, of file: Int, with lookup: AlleleLookup? = nil
  ) throws(ScreenError) -> Hits {
    var found = try hits(in: records, of: file, with: lookup)
    (found.tally, found.quality, found.recordsInside) = (Tally(), plans[file].emptyTally, 0)
    return found
  }

  /// The hits of a file without findings; nil where the counts are of another case.
  public func hits(counting counts: HitCounts, of file: Int) -> Hits? {
    var hits = Hits(file: file, quality: plans[file].emptyTally)
    guard hits.quality.add(counts.quality) else { return nil }
    hits.tally = counts.tally
    hits.recordsInside = counts.recordsInside
    return hits
  }
}
