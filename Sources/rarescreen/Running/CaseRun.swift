import Model
import Reading
import Screening
import Writing

/// The screen of one case, from what is written of it to its report: what `screen` does once and `batch` many times.
struct CaseRun {
  let prepared: PreparedCase
  let session: Session
  let form: ReportForm

  /// - Parameters:
  ///   - arguments: the command line, for the record.
  ///   - parts: what shards of the case found, one of each file; nil where the files are read here.
  /// - Returns: the report, and the fingerprints of the members where samples are compared.
  func report(
    arguments: [String], parts: [[FilePart]]? = nil
  ) throws -> (report: Report, sketches: [CohortSketch]) {
    let started = Clock.now()
    let scanned =
      try parts.map { try prepared.screened(from: $0, session) } ?? prepared.screened(session)
    let reads = try prepared.reads(of: scanned.results, session)
    let secondary = prepared.secondary.map { $0.finish(scanned.secondary) }
    var result = try prepared.screen.finish(scanned.results, witnesses: reads.witnesses, secondary: secondary)
    result.quality.checks += reads.checks
    result.coverage = reads.coverage + prepared.screen.blockCoverage(scanned.results, besides: reads.heard)
    result.warnings +=
      reads.warnings.map { prepared.deidentifier?.text($0) ?? $0 } + result.coverage.compactMap(\.contigWarning)
    result.pileUps = try prepared.pileUps(around: result.candidates, heard: reads.heard, session)
    session.warn(prepared.warnings + result.warnings)
    for check in result.quality.checks where check.outcome == .fail {
      session.warn(["quality check failed: \(check.message)"])
    }
    result.warnings = prepared.warnings + scanned.warnings + result.warnings
    var report = Report(
      subject: prepared.subject, targets: prepared.targets, headers: prepared.headers, result: result,
      provenance: try prepared.provenance(started: started, arguments: arguments, dress: form.files))
    if let fault = report.signatureFault {
      session.warn([fault])
      report.result.warnings.append(fault)
    }
    return (report, prepared.screen.sketches(of: scanned.results))
  }
}
