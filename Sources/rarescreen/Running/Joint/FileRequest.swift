import Model
import Reading

/// What a case wants of a variant file.
struct FileRequest<Yield: Mergeable>: Sendable {
  /// Judges a batch; belongs to one worker.
  typealias Judge = (VariantBatch) throws -> Yield

  let plan: ReadPlan
  let judge: @Sendable (WorkerDesk) throws -> Judge

  /// Reads the file for this case alone.
  ///
  /// - Returns: also why an index that is there was not used, for the user.
  func read(
    _ file: consuming sending VariantFile, _ session: Session
  ) throws -> (scanned: FileYield<Yield>, remark: Wording?) {
    let remark = session.options.usesIndex ? try file.useIndex(for: plan, isCounted: true) : nil
    let scanned = try foldRecords(
      of: file, plan: plan, session: session, tools: { [judge] in try judge(WorkerDesk()) },
      body: { judge, batch in try judge(batch) })
    return (scanned, remark)
  }
}

/// What a worker has for its own, whichever cases it works for.
final class WorkerDesk {
  private var references: [String: WorkerReference] = [:]

  /// The handle of a reference FASTA.
  func reference(path: String) throws(ReadError) -> WorkerReference {
    if let known = references[path] { return known }
    let opened = try WorkerReference(path: path)
    references[path] = opened
    return opened
  }
}
