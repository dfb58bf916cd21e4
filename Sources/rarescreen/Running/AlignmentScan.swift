import Dispatch
import Model
import Reading
import Screening
import Synchronization

/// Runs over stretches of an alignment file on several threads, each with a reader and a desk of its own.
struct AlignmentScan {
  /// What a worker uses again from item to item.
  struct Desk {
    var batch = ReadBatch()
    /// Memory of the depths before.
    var spare: Depths?
  }

  let file: AlignmentFile
  let detail: ReadBatch.Detail
  let session: Session

  /// What `body` makes of each item, in the order of the items; the first error in that order wins.
  func map<Item: Sendable, Yield: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (inout AlignmentReader, inout Desk, Item) throws -> Yield
  ) throws -> [Yield] {
    let next = Atomic<Int>(0)
    let found = Mutex<[Int: Result<Yield, any Error>]>([:])
    let workers = max(1, min(session.options.workers, items.count))
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      do {
        var reader = try file.reader(of: detail)
        var desk = Desk()
        while !session.interruption.isRequested {
          let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard place < items.count else { return }
          desk.batch.removeAll()
          let result = Result { try body(&reader, &desk, items[place]) }
          found.withLock { $0[place] = result }
          if case .failure = result { next.store(items.count, ordering: .relaxed) }
        }
      } catch {
        // Before any item: it comes first.
        found.withLock { $0[-1 - worker] = .failure(error) }
      }
    }
    try session.interruption.check()
    let results = found.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    return try results.map { try $0.get() }
  }

  /// Hands over the reads of a region, batch by batch; the desk is empty afterwards.
  static func forEachBatch(
    in region: Region, _ reader: inout AlignmentReader, _ desk: inout Desk, _ body: (ReadBatch) -> Void
  ) throws {
    try reader.seek(to: region)
    var hasMore = true
    while hasMore {
      hasMore = try reader.fill(&desk.batch)
      body(desk.batch)
      desk.batch.removeAll()
    }
  }

  /// What `use` makes of the depths of a stretch.
  static func withDepths<Yield>(
    of region: Region, _ reader: inout AlignmentReader, _ desk: inout Desk, minimumMappingQuality: Int,
    _ use: (Depths) -> Yield
  ) throws -> Yield {
    var counter = DepthCounter(
      region: region, minimumMappingQuality: minimumMappingQuality, reusing: &desk.spare)
    try reader.seek(to: region)
    var hasMore = true
    while hasMore {
      let first = desk.batch.count
      hasMore = try reader.fill(&desk.batch)
      counter.count(&desk.batch, from: first)
    }
    let depths = counter.finish()
    let yield = use(depths)
    desk.spare = depths
    return yield
  }
}

extension AlignmentScan {
  /// Coverage of a panel in the file.
  static func coverage(
    of sample: String, in file: AlignmentFile, plan: CoveragePlan, settings: Settings, session: Session
  ) throws -> SampleCoverage {
    let scan = AlignmentScan(
      file: file, detail: .depth(minimumBaseQuality: UInt8(clamping: settings.minimumBaseQuality)), session: session)
    let quality = settings.minimumMappingQuality
    let yields = try scan.map(Array(plan.stretches.indices)) { reader, desk, stretch in
      try withDepths(of: plan.stretches[stretch], &reader, &desk, minimumMappingQuality: quality) {
        plan.yield(of: $0, stretch: stretch)
      }
    }
    return plan.coverage(
      of: sample, yields,
      source: .reads(minimumMappingQuality: quality, minimumBaseQuality: settings.minimumBaseQuality))
  }
}
