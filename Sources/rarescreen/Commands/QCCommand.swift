import ArgumentParser
import Model
import Screening
import Writing

struct QCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qc",
    abstract: "Checks the samples of a case from their genotypes.",
    discussion: HelpText.discussion(
      """
      Sex from X, Y and depth, whether reads and variants are of one person, relatedness, Mendelian errors, sample mix-ups, runs of \
      homozygosity, allele balance. Writes a table to standard output, or qc.json and qc_mqc.json (a table for MultiQC) into a folder \
      with --out. The exit code tells whether the checks could be made, not how they came out.
      """, examples: "qc case.yaml", "qc case.yaml --cohort cohort.sqlite"))

  @OptionGroup var subject: CaseOptions
  @Option(name: [.long, .short], help: "Folder for qc.json and qc_mqc.json; without it a table is printed.")
  var out: String?
  @OptionGroup var own: CohortOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if out?.isEmpty == true { throw ValidationError("--out takes the path of a folder, not an empty text.") }
  }

  func run() throws {
    try Session.run(common) { session in
      let prepared = try PreparedCase(options: subject, session: session, cohort: own.cohort)
      let scanned = try prepared.scan(
        session, plan: { _, _ in .all }, count: { _, _, _ in },
        body: { screen, batch, file, _ in screen.quality(of: batch, of: file) })
      var report = prepared.screen.qualityReport(scanned.results)
      report.checks += try prepared.readChecks(scanned.results, session)
      session.warn(prepared.warnings + scanned.warnings)
      if let out {
        try ReportFolder(path: out).write(quality: report, of: prepared.subject.pedigree, session: session)
      } else {
        try StandardOutput.write(QualityTable(report).text)
      }
    }
  }
}

/// The checks as a tab-separated table for a terminal or a script.
private struct QualityTable {
  let text: String

  init(_ report: QualityReport) {
    let header = ["check", "samples", "value", "verdict", "threshold", "message"]
    let rows = report.checks.map { check in
      [
        check.kind.rawValue, check.samples.joined(separator: ","), check.value.map { "\($0)" } ?? ".",
        check.outcome.rawValue, check.threshold.description, check.message.description,
      ]
    }
    text = ([header] + rows).map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
  }
}
