import Foundation
import Logging
import Model
import Reading
import Screening
import Writing

/// One case of a batch, run to its end in its own folder: whatever goes wrong with it is told there and stays with it.
struct BatchCase: Sendable {
  enum Outcome: Sendable {
    /// Done or failed. Skipped: done before, and unchanged since.
    case finished(CaseStatus, isSkipped: Bool)
    case stopped
    /// The disk takes no more: no case after this one would fare better.
    case diskFault(Failure)
  }

  let planned: PlannedCase
  /// Folder of the batch.
  let out: String
  let resumes: Bool
  let basis: CaseBasis
  let session: Session
  let form: ReportForm
  /// Makes tokens of names; nil where everybody keeps the own name.
  let pseudonyms: Pseudonyms?
  /// The command line, for the record.
  let arguments: [String]

  /// Every file that a case may leave; what else is in its folder is not touched.
  static let ownFiles =
    wholeFiles + ReportFolder.optionalFiles + [SketchFile.name, CaseLog.fileName]
  /// Those that every case leaves.
  static let wholeFiles = [
    "report.html", "candidates.tsv", "candidates.json", "candidates.vcf.gz", "candidates.vcf.gz.tbi", "genes.tsv",
    "qc.json", "qc_mqc.json", OutputFolder.completionMark,
  ]

  private var path: String { out + "/" + planned.folder }

  /// - Parameter joint: where variant files are shared with other cases.
  func run(workers: Int, joint: JointReading<CaseHits>.Member? = nil) -> Outcome {
    let log = CaseLog()
    var status = CaseStatus(caseID: planned.caseID, state: .running, started: now)
    do {
      let folder = try OutputFolder(path: path)
      do {
        // What a killed run left aside goes; what an earlier run found stays until the new results are whole.
        try folder.clear([])
        if let earlier = try prepare(&status) { return .finished(earlier, isSkipped: true) }
        try folder.replace(status.file)
        let own = ownSession(log, workers: workers)
        status.result = try screen(own, joint)
        status.files = try CaseFiles(path: path).recorded()
        status.state = .done
      } catch let error where !isOfWholeBatch(error) && !(error is RunError) {
        fail(&status, by: Failure(error))
        // Whatever is wrong now says nothing of what an earlier run found.
        if FileManager.default.fileExists(atPath: path + "/" + OutputFolder.completionMark) {
          status.message = "the results of an earlier run stay in its folder; " + status.message
        }
        log.add("error: \(status.message.printable)")
      }
      status.finished = now
      try session.interruption.whileWriting(isLast: false) {
        try folder.replace(OutputFile(name: CaseLog.fileName, bytes: log.bytes))
        try folder.replace(status.file)
      }
      return .finished(status, isSkipped: false)
    } catch is Interruption.Stopped {
      return .stopped
    } catch {
      let failure = Failure(error)
      if isOfWholeBatch(error) { return .diskFault(failure) }
      fail(&status, by: failure)
      status.finished = now
      return .finished(status, isSkipped: false)
    }
  }

  /// UTC; for others the year alone.
  private var now: String { pseudonyms == nil ? Clock.now() : String(Clock.now().prefix(4)) }

  /// A message names files and people: without names it goes to whoever runs the batch, and to no file.
  private func fail(_ status: inout CaseStatus, by failure: Failure) {
    status.state = .failed
    status.exitCode = Int(failure.code.rawValue)
    status.message = failure.message
    guard pseudonyms != nil else { return }
    session.logger.error("\(planned.entry.id): \(failure.message)")
    status.message = "the reason, which names people or files, was told on standard error"
  }

  /// Notes that a signal ended the work on the case.
  func markInterrupted() throws {
    guard FileManager.default.fileExists(atPath: path + "/" + CaseStatus.fileName) else { return }
    let status = CaseStatus(
      caseID: planned.caseID, state: .interrupted, exitCode: Int(Failure.Code.interrupted.rawValue),
      message: "stopped by a signal")
    try OutputFolder(path: path).replace(status.file)
  }

  /// A full disk, and a signal.
  private func isOfWholeBatch(_ error: any Error) -> Bool {
    switch error {
    case is Interruption.Stopped, is BlockGzipError: return true
    case let error as WriteError:
      if case .inputOutput = error.reason { return true }
      return false
    default: return false
    }
  }

  /// Takes down what the result will depend on.
  ///
  /// - Returns: the earlier result where it still holds.
  private func prepare(_ status: inout CaseStatus) throws -> CaseStatus? {
    let written = try planned.entry.written.get()
    let resolved = try written.resolve()
    if resolved.inputs.variants.contains("-") {
      throw Failure(.usage, "\(planned.entry.place): standard input is for one case only; give a file")
    }
    let earlier = try BatchFile.status(in: path)
    let found = try basis.basis(ofText: planned.entry.text, resolved, earlier: earlier?.basis?.inputs ?? [])
    status.basis = found
    guard resumes, let earlier, earlier.state == .done, let before = earlier.basis else { return nil }
    if let change = found.change(since: before) {
      session.logger.info("\(planned.entry.id): screened again, since \(change)")
      return nil
    }
    if let change = CaseFiles(path: path).change(since: earlier) {
      session.logger.info("\(planned.entry.id): screened again, since \(change)")
      return nil
    }
    return earlier
  }

  private func ownSession(_ log: CaseLog, workers: Int) -> Session {
    var options = session.options
    options.threads = workers
    return Session(
      options: options, logger: log.logger, interruption: session.interruption, progress: Progress(isQuiet: true))
  }

  private func screen(_ own: Session, _ joint: JointReading<CaseHits>.Member?) throws -> CaseOutline {
    let written = try planned.entry.written.get()
    let prepared = try PreparedCase(
      written, session: own, knowledge: basis.knowledge, cohort: basis.cohort, recorded: true,
      comparesSamples: pseudonyms == nil, pseudonyms: pseudonyms, secondary: basis.list, joint: joint)
    let (report, sketches) = try CaseRun(prepared: prepared, session: own, form: form).report(arguments: arguments)
    if pseudonyms != nil { own.warn([Deidentifier.warning]) }
    let writer = prepared.writer(of: report, language: own.options.lang, form: form)
    // A fingerprint is made of genotypes all over the genome.
    let others = sketches.isEmpty || pseudonyms != nil ? [] : [SketchFile.file(sketches)]
    try ReportFolder(path: path).write(writer, besides: others, form.printer, of: own)
    return writer.outline
  }
}
