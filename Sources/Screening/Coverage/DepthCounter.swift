public import Model

/// Depths of a stretch, base by base.
public struct Depths: Sendable {
  public let region: Region
  /// Reads of a good place with a good base.
  public internal(set) var passing: [Int32]
  /// Reads of a good place, whatever the base.
  public internal(set) var placed: [Int32]
  /// All reads that count at all.
  public internal(set) var any: [Int32]
}

/// Counts reads over a stretch of the genome.
///
/// Bases that are matched or mismatched count (M, = and X of the CIGAR), those over which a read is deleted or skipped do not. Where
/// the two ends of a fragment overlap, a base counts once, and it counts as good when it is good in one of them.
///
///     var counter = DepthCounter(region: exon, minimumMappingQuality: 20)
///     counter.count(&batch)          // leaves in the batch the reads whose mates are still to come
///     counter.finish().passing[0]    // reads over the first base
///
/// - Complexity: linear in the blocks of the CIGARs and the weak bases, not in the bases; memory 20 bytes a base of the stretch.
public struct DepthCounter: Sendable {
  private let region: Region
  private let minimumMappingQuality: UInt8
  /// Changes of depth from base to base, whose sums are depths.
  private var placedSteps: [Int32]
  private var anySteps: [Int32]
  /// Weak bases of reads of a good place.
  private var weak: [Int32]
  /// First ends whose mates begin within them, by name, as their number in the batch.
  private var waiting: [UInt64: Int] = [:]

  /// - Parameter spare: depths of which nobody needs the memory any more; they are taken.
  public init(region: Region, minimumMappingQuality: Int, reusing spare: inout Depths?) {
    self.region = region
    self.minimumMappingQuality = UInt8(clamping: minimumMappingQuality)
    (placedSteps, anySteps, weak) = ([], [], [])
    // Out of the old value first, since a column that two own would be copied. Fresh memory costs as much as counting in it.
    if var old = spare.take() {
      swap(&placedSteps, &old.placed)
      swap(&anySteps, &old.any)
      swap(&weak, &old.passing)
    }
    Self.clear(&placedSteps, region.length + 1)
    Self.clear(&anySteps, region.length + 1)
    Self.clear(&weak, region.length + 1)
  }

  public init(region: Region, minimumMappingQuality: Int) {
    var spare: Depths?
    self.init(region: region, minimumMappingQuality: minimumMappingQuality, reusing: &spare)
  }

  private static func clear(_ column: inout [Int32], _ count: Int) {
    column.removeAll(keepingCapacity: true)
    column.append(contentsOf: repeatElement(0, count: count))
  }

  /// Counts the reads of a batch, and leaves in it those that the reads to come may overlap.
  ///
  /// - Parameter first: number of reads at the front of the batch that were counted already.
  public mutating func count(_ batch: inout ReadBatch, from first: Int) {
    for read in first..<batch.count { count(read, of: batch) }
    let kept = waiting.values.sorted()
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    waiting = waiting.compactMapValues { places[$0] }
    batch.keep(kept)
  }

  private mutating func count(_ read: Int, of batch: ReadBatch) {
    let isPlaced = batch.mappingQualities[read] >= minimumMappingQuality
    batch.forEachStep(of: read) { step in
      let start = step.position - region.start
      if step.isAligned { add(1, from: start, to: start + step.length, isPlaced) }
    }
    if isPlaced { Self.forEachWeak(batch, read, in: region) { place in weak[place] += 1 } }
    guard batch.isPrimaryOfPair(read) else { return }
    let (start, mate) = (batch.starts[read], batch.mateStarts[read])
    guard mate >= 0 else { return }
    let name = batch.nameHashes[read]
    if mate <= start, let other = waiting[name] {
      waiting[name] = nil
      // The one that waits must be the mate, and not another read of that name.
      if batch.starts[other] == mate, batch.mateStarts[other] == start { settle(other, read, of: batch) }
    } else if mate >= start, mate < batch.ends[read] {
      waiting[name] = read
    }
  }

  /// Takes one of two counts away where both ends of a fragment lie.
  private mutating func settle(_ first: Int, _ second: Int, of batch: ReadBatch) {
    let arePlaced =
      batch.mappingQualities[first] >= minimumMappingQuality && batch.mappingQualities[second] >= minimumMappingQuality
    let others = Self.blocks(of: second, batch)
    var both: [Range<Int>] = []
    for block in Self.blocks(of: first, batch) {
      for other in others {
        let shared = block.clamped(to: other)
        if !shared.isEmpty { both.append(shared.lowerBound - region.start..<shared.upperBound - region.start) }
      }
    }
    for range in both { add(-1, from: range.lowerBound, to: range.upperBound, arePlaced) }
    guard arePlaced else { return }
    // A base that is weak in one end was taken as good by the other; one that is weak in both counted as weak twice.
    var seen: Set<Int> = []
    for read in [first, second] {
      Self.forEachWeak(batch, read, in: region) { place in
        if seen.insert(place).inserted, both.contains(where: { $0.contains(place) }) { weak[place] -= 1 }
      }
    }
  }

  private mutating func add(_ change: Int32, from: Int, to: Int, _ isPlaced: Bool) {
    let start = max(0, from)
    let end = min(region.length, to)
    guard start < end else { return }
    anySteps[start] += change
    anySteps[end] -= change
    if isPlaced {
      placedSteps[start] += change
      placedSteps[end] -= change
    }
  }

  /// Places in the stretch of a read's weak bases that are aligned.
  ///
  /// No method of a value, since what it is called on would be copied before the closure may change it.
  private static func forEachWeak(_ batch: ReadBatch, _ read: Int, in region: Region, _ body: (Int) -> Void) {
    let offsets = batch.weak(of: read)
    if offsets.isEmpty { return }
    var next = offsets.lowerBound
    batch.forEachStep(of: read) { step in
      guard step.consumesRead else { return }
      while next < offsets.upperBound, Int(batch.weakBases[next]) < step.offset + step.length {
        let place = step.position - region.start + Int(batch.weakBases[next]) - step.offset
        if step.isAligned, place >= 0, place < region.length { body(place) }
        next += 1
      }
    }
  }

  private static func blocks(of read: Int, _ batch: ReadBatch) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    batch.forEachStep(of: read) { step in
      if step.isAligned, step.length > 0 { blocks.append(step.position..<step.position + step.length) }
    }
    return blocks
  }

  /// The depths of everything that was counted; the counter is empty then.
  public mutating func finish() -> Depths {
    var passing: [Int32] = []
    var steps: [Int32] = []
    var all: [Int32] = []
    swap(&passing, &weak)
    swap(&steps, &placedSteps)
    swap(&all, &anySteps)
    var (placed, any) = (Int32(0), Int32(0))
    for place in 0..<region.length {
      placed += steps[place]
      any += all[place]
      steps[place] = placed
      all[place] = any
      passing[place] = placed - passing[place]
    }
    // The last step lies behind the stretch.
    passing.removeLast()
    steps.removeLast()
    all.removeLast()
    return Depths(region: region, passing: passing, placed: steps, any: all)
  }
}
