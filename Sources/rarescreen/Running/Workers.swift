import Dispatch
import Model
import Reading
import Synchronization

/// What the records of a file yield, put together in file order.
protocol Mergeable: Sendable {
  mutating func merge(_ later: Self)
  /// Adds to the numbers of the records in the yield, which were counted from a later record than the first of the file.
  mutating func shift(by records: Int)
}

/// What a whole file yielded, and what was odd about it.
struct FileYield<Yield: Mergeable>: Sendable {
  /// nil when the plan let no record through.
  var yield: Yield?
  /// Records in the file, those that the plan left out as well.
  var records = 0
  var refused = RefusalCounts()
  var warnings: WarningTally
  /// Whether something behind the first stretch was remarkable.
  var isOddBehindLeader = false
}

/// Runs `body` on the batches of a variant file, on several threads, and merges the yields in file order.
///
/// Each worker takes a stretch of the file under a lock, and inflates, sifts and screens it by itself. At most two stretches
/// a worker are under way or wait to be merged, however slow one of them is. The first error in file order wins, whichever
/// worker met it first, so that a faulty file always tells the same story.
///
/// - Parameters:
///   - tools: makes what each worker has for its own.
///   - drain: called with what was merged so far, by one thread at a time; may take things out of it.
func foldRecords<Yield: Mergeable, Tools>(
  of file: consuming sending VariantFile, plan: ReadPlan, session: Session,
  tools: @escaping @Sendable () throws -> Tools,
  drain: @escaping @Sendable (inout Yield) throws -> Void = { _ in },
  body: @escaping @Sendable (inout Tools, VariantBatch) throws -> Yield
) throws -> FileYield<Yield> {
  let layout = file.layout
  let headerWarnings = file.warnings
  let totals = file.indexedTotals
  let isStrict = session.options.strict
  let workers = session.options.workers
  let fold = StretchFold<Yield, Tools>(
    fold: try RecordFold(of: layout, plan: plan, isStrict: isStrict, isIndexed: file.isIndexed), tools: try tools(),
    body: body, drain: drain)
  let crew = StretchCrew(file: file, fold: fold, workers: workers, session: session, body: body)
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    do {
      var reader = try StretchReader(of: layout, plan: plan, isStrict: isStrict)
      var own = try tools()
      while crew.step(&reader, &own) {}
    } catch {
      crew.giveUp(error)
    }
  }
  try session.interruption.check()
  var yield = try crew.finish(indexedTotals: totals)
  yield.warnings.mergeFirst(headerWarnings)
  return yield
}

/// What the workers of a file share: where stretches come from, where results go, and how many may be between the two.
private final class StretchCrew<Yield: Mergeable, Tools>: Sendable {
  private let supply: StretchSupply
  private let fold: Mutex<StretchFold<Yield, Tools>>
  private let session: Session
  private let body: @Sendable (inout Tools, VariantBatch) throws -> Yield

  init(
    file: consuming sending VariantFile, fold: consuming sending StretchFold<Yield, Tools>, workers: Int,
    session: Session, body: @escaping @Sendable (inout Tools, VariantBatch) throws -> Yield
  ) {
    supply = StretchSupply(of: file, workers: workers, interruption: session.interruption)
    self.fold = Mutex(fold)
    self.session = session
    self.body = body
  }

  /// Takes one stretch through; false when there is none left or somebody failed.
  ///
  /// Merging, and with it the writing of what was merged, is done under the lock: its order is the order of the output.
  func step(_ reader: inout StretchReader, _ tools: inout Tools) -> Bool {
    var number = Int.max
    do {
      guard let stretch = try supply.next(&number) else { return false }
      let result = read(stretch, with: &reader, &tools)
      let (released, hasFailed) = fold.withLock { $0.add(number, result) }
      if hasFailed { supply.end() }
      supply.release(released)
      session.progress.advance(records: result.rest.records)
      return !hasFailed
    } catch {
      giveUp(error, at: number)
      return false
    }
  }

  /// Notes an error that belongs to no result; nothing more is handed out.
  func giveUp(_ error: any Error, at number: Int = .max) {
    supply.end()
    fold.withLock { $0.fail(number, error) }
  }

  func finish(indexedTotals: [Int]?) throws -> FileYield<Yield> {
    try fold.withLock { try $0.finish(indexedTotals: indexedTotals) }
  }

  private func read(
    _ stretch: consuming Stretch, with reader: inout StretchReader, _ tools: inout Tools
  ) -> StretchResult<Yield> {
    reader.open(stretch)
    var yield: Yield?
    var failure: (any Error)?
    do {
      while let batch = try reader.nextBatch() {
        if batch.count == 0 { continue }
        let found = try body(&tools, batch)
        if yield == nil { yield = found } else { yield?.merge(found) }
      }
    } catch {
      failure = error
    }
    return StretchResult(rest: reader.close(), yield: yield, error: failure)
  }
}

struct StretchResult<Yield: Mergeable>: Sendable {
  var rest: StretchRest
  var yield: Yield?
  /// What went wrong within the stretch; its numbers count from the first whole line.
  var error: (any Error)?
}

/// The merging end: takes results in any order and merges them in file order.
struct StretchFold<Yield: Mergeable, Tools>: ~Copyable {
  private var fold: RecordFold
  /// For the lines that were cut.
  private var tools: Tools
  private let body: @Sendable (inout Tools, VariantBatch) throws -> Yield
  private let drain: @Sendable (inout Yield) throws -> Void
  private var yield: Yield?
  private var failure: (stretch: Int, error: any Error)?
  private var leaderWarnings = 0
  private var waiting: [Int: StretchResult<Yield>] = [:]
  private var next = 0

  init(
    fold: consuming RecordFold, tools: Tools, body: @escaping @Sendable (inout Tools, VariantBatch) throws -> Yield,
    drain: @escaping @Sendable (inout Yield) throws -> Void
  ) {
    self.fold = fold
    self.tools = tools
    self.body = body
    self.drain = drain
  }

  /// Takes the result of a stretch.
  ///
  /// - Returns: how many results need no place any more, merged or of no use behind an error, and whether there was an error.
  mutating func add(_ number: Int, _ result: StretchResult<Yield>) -> (released: Int, hasFailed: Bool) {
    waiting[number] = result
    let before = waiting.count
    while next < failure?.stretch ?? .max, let ready = waiting.removeValue(forKey: next) {
      do { try merge(ready) } catch { fail(next, error) }
      if next == 0 { leaderWarnings = fold.warnings.total }
      next += 1
    }
    if let failure { waiting = waiting.filter { $0.key < failure.stretch } }
    return (before - waiting.count, failure != nil)
  }

  private mutating func merge(_ result: StretchResult<Yield>) throws {
    var before = fold.records
    let joined: VariantBatch?
    if let error = result.error {
      joined = try fold.joinHead(of: result.rest)
      if let joined, joined.count > 0 { _ = try body(&tools, joined) }
      throw (error as? ReadError).map { fold.placed($0) } ?? error
    }
    joined = try fold.join(result.rest, recordsBefore: &before)
    if let joined, joined.count > 0 { try take(body(&tools, joined)) }
    if var yield = result.yield {
      yield.shift(by: before)
      try take(yield)
    }
  }

  private mutating func take(_ later: Yield) throws {
    if yield == nil { yield = later } else { yield?.merge(later) }
    if var merged = yield.take() {
      try drain(&merged)
      yield = merged
    }
  }

  /// Number of the first stretch that something was wrong with; what comes after it is of no use.
  var failedStretch: Int? { failure?.stretch }

  mutating func fail(_ number: Int, _ error: any Error) {
    if failure.map({ number < $0.stretch }) ?? true { failure = (number, error) }
  }

  mutating func finish(indexedTotals: [Int]?) throws -> FileYield<Yield> {
    if let failure { throw failure.error }
    if let indexedTotals { fold.countUnread(of: indexedTotals) }
    if let last = try fold.finish(), last.count > 0 { try take(body(&tools, last)) }
    return FileYield(
      yield: yield, records: fold.records, refused: fold.refused, warnings: fold.warnings,
      isOddBehindLeader: fold.warnings.total > leaderWarnings)
  }
}
