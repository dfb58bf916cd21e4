import Dispatch
import Foundation
import Logging
import Model
import Reading
import Screening
import Writing

/// All cases of a batch, or of a shard of it, with their overview.
struct BatchRun {
  /// Path of the sheet, or of the folder of case files.
  let sheet: String
  let out: String
  /// Of this run, in the order of the sheet.
  let planned: [PlannedCase]
  let batch: Batch
  let resumes: Bool
  let session: Session
  let basis: CaseBasis
  /// In bytes.
  let memory: Int
  /// In which forms the report of each case is left.
  let form: ReportForm
  /// Makes tokens of names; nil where everybody keeps the own name.
  let pseudonyms: Pseudonyms?
  /// The command line, for the record.
  let arguments: [String]

  struct Tally {
    var done = 0
    var skipped = 0
    var failed: [CaseStatus] = []
  }

  /// An overview is written again when this much time has passed, for those who watch.
  private static let overviewSeconds = 30.0

  /// - Returns: what became of the cases.
  func run() throws -> Tally {
    let folder = try OutputFolder(path: out)
    if FileManager.default.fileExists(atPath: folder.path + "/" + OutputFolder.completionMark) {
      throw Failure.holdsSingleCase(out)
    }
    let lock = try FolderLock(folder: folder.path)
    defer { lock.release() }
    let claim = BatchClaim(out: folder.path, folders: planned.map(\.folder))
    try claim.check(shard: batch.shard)
    try claim.check(isDeidentified: pseudonyms != nil)
    try claim.check(inputs: inputs)
    if batch.shard == nil { session.warn([claim.strangers].compactMap { $0 }) }
    try folder.clear([])
    OpenFiles.allowMost()
    var statuses = planned.map { CaseStatus(caseID: $0.caseID, state: .pending) }
    try folder.replace(BatchOverview.file(batch))
    var tally = try work(&statuses, in: folder)
    // In the order of the sheet, whichever came first.
    tally.failed = statuses.filter { $0.state == .failed }
    // Takes a while where there are many, in which a signal is heard.
    let sketches = try SketchFile.all(of: batch, statuses, in: folder.path)
    let whole = overview(statuses, BatchRelatives(sketches).comparison)
    try session.interruption.whileWriting { try whole.write(to: folder) }
    return tally
  }

  /// Paths of all files of the batch.
  private var inputs: [String] {
    planned.flatMap { (try? $0.entry.written.get())?.allPaths ?? [] } + [sheet, basis.cohort].compactMap { $0 }
      + form.files.map(\.path) + (basis.list.map { [$0.written] } ?? [])
  }

  private func work(_ statuses: inout [CaseStatus], in folder: OutputFolder) throws -> Tally {
    var tally = Tally()
    var watch = BatchWatch(sizes: planned.map(\.bytes), progress: session.progress)
    var lastOverview = ContinuousClock.now
    var fault: Failure?
    let pool = BatchPool(threads: session.options.workers, memory: memory - MemoryBudget.shared)
    try pool.run(jobs) { position, outcome in
      switch outcome {
      case .finished(let status, let isSkipped):
        // What else a status tells stands in the folder of its case.
        statuses[position] = status.outlined
        tally.add(status, isSkipped: isSkipped)
        if !isSkipped { Heaps.release() }
        watch.finish(position, isSkipped: isSkipped, failed: tally.failed.count)
        if status.state == .failed {
          session.progress.finish()
          session.logger.error("\(status.caseID) failed (exit \(status.exitCode)): \(status.message)")
        }
      case .stopped: statuses[position].state = .interrupted
      case .diskFault(let failure):
        fault = fault ?? failure
        statuses[position].state = .interrupted
      }
      if fault == nil, ContinuousClock.now - lastOverview > .seconds(Self.overviewSeconds) {
        lastOverview = .now
        try overview(statuses, nil).write(to: folder)
      }
      return fault == nil && !session.interruption.isRequested
    }
    if let fault { throw fault }
    if session.interruption.isRequested { throw try stopped(statuses, tally, in: folder) }
    return tally
  }

  /// Folders of cases at which an earlier run ended without a word. One of them may end this run too: they come last.
  private var suspects: Set<String> {
    guard resumes else { return [] }
    let left = planned.filter { (try? BatchFile.status(in: out + "/" + $0.folder))?.state == .running }
    return Set(left.map(\.folder))
  }

  private var jobs: [BatchPool.Job] {
    let suspects = suspects
    let printing = form.printer == nil ? 0 : PagePrinter.memory
    return CaseGroup.groups(of: planned, memory: memory - MemoryBudget.shared).map { group in
      let cases = group.positions.map { batchCase(planned[$0]) }
      return BatchPool.Job(
        position: group.positions[0], bytes: cases.contains { suspects.contains($0.planned.folder) } ? -1 : group.bytes,
        memory: { group.memory(workers: $0) + printing * min($0, cases.count) },
        run: { group.run(cases, workers: $0, session: session, report: $1) })
    }
  }

  private func batchCase(_ planned: PlannedCase) -> BatchCase {
    BatchCase(
      planned: planned, out: out, resumes: resumes, basis: basis, session: session, form: form,
      pseudonyms: pseudonyms, arguments: arguments)
  }

  /// Leaves an overview of what is done, and says how to go on.
  private func stopped(_ statuses: [CaseStatus], _ tally: Tally, in folder: OutputFolder) throws -> Failure {
    try session.interruption.whileWriting(evenWhenStopped: true) {
      for (planned, status) in zip(planned, statuses) where status.state == .interrupted {
        try batchCase(planned).markInterrupted()
      }
      try overview(statuses, nil).write(to: folder)
    }
    return Failure(
      .interrupted,
      "stopped by a signal: \(tally.done + tally.failed.count) of \(planned.count) cases are finished; the same command with "
        + "--resume goes on")
  }

  private func overview(_ statuses: [CaseStatus], _ comparison: SampleComparison?) -> BatchOverview {
    BatchOverview(batch: batch, statuses: statuses, comparison: comparison, language: session.options.lang)
  }
}

extension BatchRun.Tally {
  mutating func add(_ status: CaseStatus, isSkipped: Bool) {
    if status.state == .failed { failed.append(status) } else { done += 1 }
    if isSkipped { skipped += 1 }
  }

  /// The last lines for a terminal.
  func summary(of out: String) -> String {
    let remark = skipped == 0 ? "" : ", \(skipped) of them before and unchanged"
    let count = done + failed.count
    return
      "overview: \(out)/index.html\n\(count.cases): \(done) done\(remark), \(failed.count) failed\n"
  }

  /// Nil where no case failed.
  func failure(of out: String) -> Failure? {
    if failed.isEmpty { return nil }
    let named = Failure.named(failed.map { ($0.caseID, $0.exitCode) })
    return Failure(
      .malformedInput,
      "\(failed.count) of \(done + failed.count) cases failed: \(named); their reasons are in \(out)/summary.tsv, mend them "
        + "and run again with --resume")
  }
}

/// How far a batch is, and how long the rest will take.
private struct BatchWatch {
  let sizes: [Int]
  let progress: Progress
  private let begin = ContinuousClock.now
  private var finished = 0
  /// Of cases that were screened, with one for each, so that cases without a size count too.
  private var worked = 0
  private var screened = 0
  private var left: Int

  init(sizes: [Int], progress: Progress) {
    self.sizes = sizes
    self.progress = progress
    left = sizes.reduce(0) { $0 + $1 + 1 }
  }

  mutating func finish(_ position: Int, isSkipped: Bool, failed: Int) {
    finished += 1
    left -= sizes[position] + 1
    if !isSkipped {
      worked += sizes[position] + 1
      screened += 1
    }
    let seconds = max(0.001, (ContinuousClock.now - begin) / .seconds(1))
    let rate = Double(screened) / seconds * 60
    let rest = worked == 0 ? nil : seconds * Double(left) / Double(worked)
    progress.advance(cases: finished, of: sizes.count, failed: failed, aMinute: rate, secondsLeft: rest)
  }
}
