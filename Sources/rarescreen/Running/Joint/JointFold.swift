import Dispatch
import Model
import Reading
import Synchronization

/// What one of several cases got of a file that was read for all of them.
struct JointYield<Yield: Mergeable>: Sendable {
  var yield: FileYield<Yield>
  /// Whether some record was let through without an answer to all that the reader was asked, since it is written oddly.
  var isUndecided: Bool
}

/// Reads a variant file once for several requests: each gets what `foldRecords` would have given to it alone, or its own error.
///
/// A worker inflates a stretch once, sifts it once for each different plan, and lets every case judge the batch of its plan.
/// Numbers, merging and faults are kept for each request by itself.
func foldRecordsJointly<Yield: Mergeable>(
  of file: consuming sending VariantFile, requests: [FileRequest<Yield>], session: Session
) throws -> [Result<JointYield<Yield>, any Error>] {
  let layout = file.layout
  let headerWarnings = file.warnings
  let totals = file.indexedTotals
  let isIndexed = file.isIndexed
  let isStrict = session.options.strict
  let workers = session.options.workers
  var plans: [ReadPlan] = []
  let seats: [Result<JointSeat<Yield>, any Error>] = requests.map { request in
    let plan = plans.firstIndex(of: request.plan) ?? plans.count
    if plan == plans.count { plans.append(request.plan) }
    return Result {
      let oddity = Oddity()
      return JointSeat(
        request, plan: plan,
        fold: StretchFold(
          fold: try RecordFold(of: layout, plan: request.plan, isStrict: isStrict, isIndexed: isIndexed),
          tools: try request.judge(WorkerDesk()),
          body: { judge, batch in
            oddity.note(batch)
            return try judge(batch)
          }, drain: { _ in }), oddity)
    }
  }
  let crew = JointCrew(file: file, seats: seats.compactMap { try? $0.get() }, workers: workers, session: session)
  DispatchQueue.concurrentPerform(iterations: workers) { [plans] _ in
    do {
      var reader = try StretchReader(of: layout, plans: plans, isStrict: isStrict)
      let desk = WorkerDesk()
      let judges = crew.seats.map { seat in Result { try seat.request.judge(desk) } }
      while crew.step(&reader, judges) {}
    } catch {
      crew.giveUp(error)
    }
  }
  try session.interruption.check()
  return seats.map { seat in
    Result {
      var joint = try seat.get().finish(indexedTotals: totals)
      joint.yield.warnings.mergeFirst(headerWarnings)
      return joint
    }
  }
}

/// Whether a batch held a record without an answer to all that the reader was asked.
private final class Oddity: Sendable {
  private let isFound = Atomic(false)

  var isUndecided: Bool { isFound.load(ordering: .relaxed) }

  func note(_ batch: borrowing VariantBatch) {
    if batch.isUndecided { isFound.store(true, ordering: .relaxed) }
  }
}

/// One request at a file that is read for several.
private final class JointSeat<Yield: Mergeable>: Sendable {
  typealias Fold = StretchFold<Yield, FileRequest<Yield>.Judge>

  let request: FileRequest<Yield>
  /// Number of its plan among the different ones.
  let plan: Int
  private let fold: Mutex<Fold>
  private let lastUseful = Atomic(Int.max)
  let oddity: Oddity

  init(_ request: FileRequest<Yield>, plan: Int, fold: consuming sending Fold, _ oddity: Oddity) {
    self.oddity = oddity
    self.request = request
    self.plan = plan
    self.fold = Mutex(fold)
  }

  /// Whether a stretch can still change what comes out; after a fault those behind it cannot.
  func wants(_ stretch: Int) -> Bool { stretch <= lastUseful.load(ordering: .relaxed) }

  /// Whether something was wrong by now.
  func add(_ number: Int, _ result: StretchResult<Yield>) -> Bool {
    fold.withLock { fold in
      let hasFailed = fold.add(number, result).hasFailed
      if let stretch = fold.failedStretch { lastUseful.store(stretch, ordering: .relaxed) }
      return hasFailed
    }
  }

  func fail(_ number: Int, _ error: any Error) { fold.withLock { $0.fail(number, error) } }

  func finish(indexedTotals: [Int]?) throws -> JointYield<Yield> {
    let yield = try fold.withLock { try $0.finish(indexedTotals: indexedTotals) }
    return JointYield(yield: yield, isUndecided: oddity.isUndecided)
  }
}

/// What the workers of a file share that is read for several cases.
private final class JointCrew<Yield: Mergeable>: Sendable {
  typealias Judge = FileRequest<Yield>.Judge

  let seats: [JointSeat<Yield>]
  private let supply: StretchSupply
  private let order = Mutex(StretchOrder())

  init(file: consuming sending VariantFile, seats: [JointSeat<Yield>], workers: Int, session: Session) {
    supply = StretchSupply(of: file, workers: workers, interruption: session.interruption)
    self.seats = seats
  }

  /// Takes one stretch through for all cases; false when there is none left or every case has failed.
  func step(_ reader: inout StretchReader, _ judges: [Result<Judge, any Error>]) -> Bool {
    var number = Int.max
    do {
      guard let stretch = try supply.next(&number) else { return false }
      let results = read(stretch, number, with: &reader, judges)
      var allFailed = true
      for (seat, result) in zip(seats, results) {
        let hasFailed = seat.add(number, result)
        allFailed = allFailed && hasFailed
      }
      if allFailed { supply.end() }
      supply.release(order.withLock { $0.finish(number) })
      return !allFailed
    } catch {
      giveUp(error, at: number)
      return false
    }
  }

  /// Notes an error that belongs to all cases; nothing more is handed out.
  func giveUp(_ error: any Error, at number: Int = .max) {
    supply.end()
    for seat in seats { seat.fail(number, error) }
  }

  private func read(
    _ stretch: consuming Stretch, _ number: Int, with reader: inout StretchReader,
    _ judges: [Result<Judge, any Error>]
  ) -> [StretchResult<Yield>] {
    var yields: [Yield?] = seats.map { _ in nil }
    var failures: [(any Error)?] = seats.map { _ in nil }
    reader.open(stretch)
    while let batches = reader.nextBatches() {
      for (index, seat) in seats.enumerated() where failures[index] == nil && seat.wants(number) {
        do {
          let batch = try batches[seat.plan].get()
          if batch.count == 0 { continue }
          seat.oddity.note(batch)
          let found = try judges[index].get()(batch)
          if yields[index] == nil { yields[index] = found } else { yields[index]?.merge(found) }
        } catch {
          failures[index] = error
        }
      }
    }
    let rests = reader.closeEach()
    return seats.indices.map { index in
      StretchResult(rest: rests[seats[index].plan], yield: yields[index], error: failures[index])
    }
  }
}

/// Which stretches are through: a place is free again when all before it are, so that results do not pile up behind a slow one.
private struct StretchOrder {
  private var next = 0
  private var ahead: Set<Int> = []

  /// - Returns: how many places that frees.
  mutating func finish(_ number: Int) -> Int {
    ahead.insert(number)
    let before = next
    while ahead.remove(next) != nil { next += 1 }
    return next - before
  }
}
