import Dispatch
import Model
import Reading
import Screening
import Synchronization

/// What the chunks of a file yield, put together in file order.
protocol Mergeable: Sendable {
  mutating func merge(_ later: Self)
}

extension Hits: Mergeable {}

extension QualityTally: Mergeable {
  mutating func merge(_ later: QualityTally) { self += later }
}

/// What a whole file yielded, and what was odd about it.
struct FileYield<Yield: Mergeable>: Sendable {
  /// nil when the file has no record.
  var yield: Yield?
  var warnings: WarningTally
}

/// Runs `body` on every chunk of a variant file, on several threads, and merges the yields in file order.
///
/// One worker at a time reads, under a lock; parsing and screening run side by side. The first error in file order wins, whichever
/// worker met it first, so that a faulty file always tells the same story.
func foldChunks<Yield: Mergeable>(
  of file: consuming sending VariantFile, strict isStrict: Bool, session: Session,
  _ body: @Sendable (VariantBatch) throws -> Yield
) throws -> FileYield<Yield> {
  let parser = RecordParser(header: file.header, isStrict: isStrict)
  let source = Mutex(ChunkSource(file: file))
  let fold = Mutex(ChunkFold<Yield>(order: RecordOrder(isStrict: isStrict)))

  DispatchQueue.concurrentPerform(iterations: session.options.workers) { _ in
    while step() {}
  }
  try session.interruption.check()
  let folded = fold.withLock { $0 }
  if let failure = folded.failure { throw failure.error }
  var warnings = source.withLock { $0.file.warnings }
  warnings.merge(folded.warnings)
  return FileYield(yield: folded.yield, warnings: warnings)

  /// Takes one chunk through; false when there is none left or somebody failed.
  @Sendable func step() -> Bool {
    var number = Int.max
    do {
      guard !session.interruption.isRequested, let next = try source.withLock({ try $0.take(&number) }) else {
        return false
      }
      let parsed = try parser.parse(next)
      let yield = try body(parsed.batch)
      fold.withLock { $0.add(number, parsed, yield) }
      session.progress.advance(records: parsed.batch.count)
      return true
    } catch {
      source.withLock { $0.isDone = true }
      fold.withLock { $0.fail(number, error) }
      return false
    }
  }
}

/// The reading end: hands out chunks with their numbers.
private struct ChunkSource: ~Copyable {
  var file: VariantFile
  var next = 0
  var isDone = false

  init(file: consuming VariantFile) {
    self.file = file
  }

  /// The next chunk; `number` is set before reading, so that an error of reading has its place in the order too.
  mutating func take(_ number: inout Int) throws -> RecordChunk? {
    if isDone { return nil }
    number = next
    next += 1
    guard let chunk = try file.nextChunk() else {
      isDone = true
      return nil
    }
    return chunk
  }
}

/// The merging end: takes yields in any order and merges them in file order.
private struct ChunkFold<Yield: Mergeable>: Sendable {
  private(set) var yield: Yield?
  private(set) var warnings = WarningTally()
  private(set) var failure: (chunk: Int, error: any Error)?
  private var order: RecordOrder
  private var waiting: [Int: (warnings: WarningTally, runs: [ContigRun], yield: Yield)] = [:]
  private var next = 0

  init(order: RecordOrder) {
    self.order = order
  }

  mutating func add(_ number: Int, _ parsed: ParsedChunk, _ yield: Yield) {
    waiting[number] = (parsed.warnings, parsed.runs, yield)
    while next < failure?.chunk ?? .max, let ready = waiting.removeValue(forKey: next) {
      warnings.merge(ready.warnings)
      do { try order.check(ready.runs, into: &warnings) } catch { fail(next, error) }
      if self.yield == nil { self.yield = ready.yield } else { self.yield?.merge(ready.yield) }
      next += 1
    }
  }

  mutating func fail(_ number: Int, _ error: any Error) {
    if number < failure?.chunk ?? .max { failure = (number, error) }
  }
}
