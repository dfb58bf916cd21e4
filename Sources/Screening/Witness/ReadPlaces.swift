import Model

/// Which base of a read lies over which base of the reference. Positions are 0-based.
struct ReadPlaces {
  /// Runs of aligned bases: first position, first offset, length.
  private var runs: [(position: Int, offset: Int, length: Int)] = []
  private var deletions: [Range<Int>] = []
  /// Introns of a spliced read, of which it says nothing.
  private var skips: [Range<Int>] = []
  /// Inserted bases behind the position before which they stand.
  private var insertions: [Int: Int] = [:]
  private let start: Int
  private let end: Int
  private let length: Int
  private var leadingClip = 0
  private var trailingClip = 0

  var isClipped: Bool { leadingClip + trailingClip > 0 }

  init(_ batch: ReadBatch, _ read: Int) {
    start = Int(batch.starts[read])
    end = Int(batch.ends[read])
    length = batch.sequence(of: read).count
    batch.forEachStep(of: read) { step in
      switch step.code {
      case _ where step.isAligned: runs.append((step.position, step.offset, step.length))
      case ReadBatch.Operation.insertion: insertions[step.position - 1] = step.length
      case ReadBatch.Operation.softClip:
        if step.offset == 0 { leadingClip = step.length } else { trailingClip = step.length }
      case ReadBatch.Operation.deletion: deletions.append(step.position..<step.position + step.length)
      case ReadBatch.Operation.skip: skips.append(step.position..<step.position + step.length)
      default: break
      }
    }
  }

  /// Offset in the read of the base over a position.
  func offset(of position: Int) -> Int? {
    for run in runs where position >= run.position && position < run.position + run.length {
      return run.offset + position - run.position
    }
    return nil
  }

  func isDeleted(_ region: Region) -> Bool { Self.overlaps(deletions, region) }

  func isSkipped(_ region: Region) -> Bool { Self.overlaps(skips, region) }

  private static func overlaps(_ ranges: [Range<Int>], _ region: Region) -> Bool {
    ranges.contains { $0.lowerBound < region.end && $0.upperBound > region.start }
  }

  /// Bases in insertions and deletions of the read.
  var gapLength: Int { insertions.values.reduce(0, +) + deletions.reduce(0) { $0 + $1.count } }

  /// Whether an insertion or deletion lies within a stretch, or the read is cut there.
  func isBent(within region: Region) -> Bool {
    isDeleted(region) || insertions.keys.contains { $0 >= region.start && $0 < region.end }
      || (leadingClip > 0 && start > region.start) || (trailingClip > 0 && end < region.end)
  }

  /// Bases that the read has more (or, negative, fewer) than the reference directly behind a position.
  func change(behind position: Int) -> Int {
    let deleted = deletions.first { $0.lowerBound == position + 1 }?.count ?? 0
    return (insertions[position] ?? 0) - deleted
  }

  /// Where the base of an offset lies, or would lie if the aligned part went on.
  func position(of offset: Int) -> Int {
    for run in runs where offset < run.offset + run.length {
      return run.position + offset - run.offset
    }
    return end + offset - (length - trailingClip)
  }

  /// Offsets of the bases within a stretch, clipped ones as if they went on from the aligned ones.
  func offsets(within range: Range<Int>) -> Range<Int> {
    var first = max(0, leadingClip - (start - range.lowerBound))
    if start < range.lowerBound {
      guard let inside = runs.first(where: { $0.position + $0.length > range.lowerBound }) else { return 0..<0 }
      first = inside.offset + max(0, range.lowerBound - inside.position)
    }
    var last = length - min(trailingClip, max(0, end + trailingClip - range.upperBound))
    if end > range.upperBound {
      guard let inside = runs.last(where: { $0.position < range.upperBound }) else { return 0..<0 }
      last = inside.offset + min(inside.length, range.upperBound - inside.position)
    }
    return first < last ? first..<last : 0..<0
  }
}
