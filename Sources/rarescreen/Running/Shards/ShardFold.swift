import Dispatch
import Model
import Reading
import Screening
import Synchronization

/// Reads the stretches of a variant file that fall to a shard: every N-th, so that crowded places are shared out too.
///
/// All of the file is read from the disk, since the end of a piece is known only at the next one, but a shard inflates and screens its
/// own pieces alone. Nothing in BCF tells where a record begins but the records before it: the first shard takes the whole file.
func shardRecords(
  of file: consuming sending VariantFile, request: FileRequest<ShardYield>, shard: Batch.Shard, session: Session
) throws -> FilePart {
  if session.options.usesIndex { _ = try file.useIndex(for: request.plan, isCounted: true) }
  let (layout, isIndexed, totals) = (file.layout, file.isIndexed, file.indexedTotals)
  if !layout.isText, shard.number > 1 {
    return FilePart(count: nil, isIndexed: isIndexed, totals: totals, pieces: [], counts: nil)
  }
  let share = layout.isText ? shard : Batch.Shard(number: 1, count: 1)
  let crew = ShardCrew(file: file, share: share, session: session)
  DispatchQueue.concurrentPerform(iterations: session.options.workers) { _ in
    do {
      var reader = try StretchReader(of: layout, plan: request.plan, isStrict: session.options.strict)
      let judge = try request.judge(WorkerDesk())
      while crew.step(&reader, judge) {}
    } catch {
      crew.fail(.max, error)
    }
  }
  try session.interruption.check()
  let (count, pieces, counts) = try crew.finish()
  return FilePart(count: count, isIndexed: isIndexed, totals: totals, pieces: pieces, counts: counts)
}

/// What the workers of a shard share.
private final class ShardCrew: Sendable {
  private struct Found {
    var pieces: [FilePart.Piece] = []
    var counts: Hits?
    /// The first fault in the order of the file.
    var failure: (number: Int, error: any Error)?
  }

  private let source: Mutex<StretchSource>
  private let found = Mutex(Found())
  private let share: Batch.Shard
  private let session: Session

  init(file: consuming sending VariantFile, share: Batch.Shard, session: Session) {
    source = Mutex(StretchSource(file: file))
    self.share = share
    self.session = session
  }

  /// Takes one stretch through; false when there is none left or somebody failed.
  func step(_ reader: inout StretchReader, _ judge: FileRequest<ShardYield>.Judge) -> Bool {
    var number = Int.max
    do {
      guard !session.interruption.isRequested, let stretch = try take(&number) else { return false }
      reader.open(stretch)
      var yield: ShardYield?
      while let batch = try reader.nextBatch() {
        if batch.count == 0 { continue }
        let made = try judge(batch)
        if yield == nil { yield = made } else { yield?.merge(made) }
      }
      let rest = reader.close()
      session.progress.advance(records: rest.records)
      found.withLock { found in
        found.pieces.append(FilePart.Piece(number: number, rest: rest, rows: yield?.rows ?? []))
        guard let counts = yield?.counts else { return }
        if found.counts == nil { found.counts = counts } else { found.counts?.merge(counts) }
      }
      return true
    } catch {
      // Nobody counted the lines before the piece.
      fail(number, (error as? ReadError)?.placedBySite ?? error)
      return false
    }
  }

  /// The next stretch of the shard; those of the others are passed over.
  private func take(_ number: inout Int) throws -> Stretch? {
    try source.withLock { source in
      while let stretch = try source.take(&number) {
        if number % share.count == share.number - 1 { return stretch }
      }
      return nil
    }
  }

  func fail(_ number: Int, _ error: any Error) {
    source.withLock { $0.isDone = true }
    found.withLock { found in
      if found.failure.map({ number < $0.number }) ?? true { found.failure = (number, error) }
    }
  }

  func finish() throws -> (count: Int, pieces: [FilePart.Piece], counts: HitCounts?) {
    // The last number was that of the end.
    let count = source.withLock { $0.next - 1 }
    return try found.withLock { found in
      if let failure = found.failure { throw failure.error }
      return (count, found.pieces.sorted { $0.number < $1.number }, found.counts?.counts)
    }
  }
}

/// Puts the parts of a file together as `foldRecords` would have read it.
///
/// - Parameters:
///   - parts: of every shard, in their order.
///   - request: as of a lone screen.
///   - findings: the same, for records that a shard counted.
///   - counted: the hits that some counts are of; nil where they are of another case.
func foldParts(
  _ parts: [FilePart], of file: consuming VariantFile, request: FileRequest<Hits>,
  findings: @Sendable (WorkerDesk) throws -> FileRequest<Hits>.Judge, session: Session,
  counted: (HitCounts) -> Hits?
) throws -> (scanned: FileYield<Hits>, remark: Wording?) {
  let remark = session.options.usesIndex ? try file.useIndex(for: request.plan, isCounted: true) : nil
  let (layout, isIndexed) = (file.layout, file.isIndexed)
  let used = parts.filter { $0.count != nil }
  guard let count = used.first?.count, used.count == (layout.isText ? parts.count : 1),
    used.allSatisfy({ $0.count == count && $0.isIndexed == isIndexed && $0.totals == file.indexedTotals })
  else { throw PartFault.otherPieces(layout.file) }
  var pieces = used.flatMap(\.pieces)
  pieces.sort { $0.number < $1.number }
  guard pieces.map(\.number).elementsEqual(0..<count), pieces.allSatisfy({ $0.rows.allSatisfy(\.isWhole) }) else {
    throw PartFault.otherPieces(layout.file)
  }
  let judge = try findings(WorkerDesk())
  var fold = StretchFold<Hits, FileRequest<Hits>.Judge>(
    fold: try RecordFold(of: layout, plan: request.plan, isStrict: session.options.strict, isIndexed: isIndexed),
    // The lines that the cuts went through were judged by no shard.
    tools: try request.judge(WorkerDesk()), body: { judge, batch in try judge(batch) }, drain: { _ in })
  for piece in pieces {
    try session.interruption.check()
    var batch = VariantBatch()
    for row in piece.rows { row.append(to: &batch) }
    let yield = batch.count == 0 ? nil : try judge(batch)
    _ = fold.add(piece.number, StretchResult(rest: piece.rest, yield: yield, error: nil))
  }
  var scanned = try fold.finish(indexedTotals: file.indexedTotals)
  scanned.warnings.mergeFirst(file.warnings)
  for counts in used.compactMap(\.counts) {
    guard let hits = counted(counts) else { throw PartFault.otherPieces(layout.file) }
    if scanned.yield == nil { scanned.yield = hits } else { scanned.yield?.merge(hits) }
  }
  return (scanned, remark)
}

/// Why the parts of a file cannot be put together.
enum PartFault: Error {
  case otherPieces(String)
}
