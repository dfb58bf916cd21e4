import Dispatch
import Model
import Reading
import Screening
import Synchronization

/// Runs over stretches of an alignment file on several threads, each with a reader of its own.
struct AlignmentScan {
  let file: AlignmentFile
  let detail: ReadBatch.Detail
  let session: Session

  /// What `body` makes of each item, in the order of the items; the first error in that order wins.
  func map<Item: Sendable, Yield: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (inout AlignmentReader, inout ReadBatch, Item) throws -> Yield
  ) throws -> [Yield] {
    let next = Atomic<Int>(0)
    let found = Mutex<[Int: Result<Yield, any Error>]>([:])
    let workers = max(1, min(session.options.workers, items.count))
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      do {
        var reader = try file.reader(of: detail)
        var batch = ReadBatch()
        while !session.interruption.isRequested {
          let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard place < items.count else { return }
          batch.removeAll()
          let result = Result { try body(&reader, &batch, items[place]) }
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

  /// The depths of a stretch.
  static func depths(
    of region: Region, _ reader: inout AlignmentReader, _ batch: inout ReadBatch, minimumMappingQuality: Int
  ) throws -> Depths {
    var counter = DepthCounter(region: region, minimumMappingQuality: minimumMappingQuality)
    try reader.seek(to: region)
    var hasMore = true
    while hasMore {
      let first = batch.count
      hasMore = try reader.fill(&batch)
      counter.count(&batch, from: first)
    }
    return counter.depths()
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
    let yields = try scan.map(Array(plan.stretches.indices)) { reader, batch, stretch in
      let depths = try depths(
        of: plan.stretches[stretch], &reader, &batch, minimumMappingQuality: quality)
      return plan.yield(of: depths, stretch: stretch)
    }
    return plan.coverage(
      of: sample, yields,
      source: .reads(minimumMappingQuality: quality, minimumBaseQuality: settings.minimumBaseQuality))
  }
}
