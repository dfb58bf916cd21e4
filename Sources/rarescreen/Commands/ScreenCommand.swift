import ArgumentParser
import Model
import Screening
import Writing

struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: "One case in, a ranked report out.",
    discussion: HelpText.discussion(
      """
      Reads the variants of a patient and family, filters them against gene panels, checks the modes of inheritance, ranks what is \
      left by evidence, and leaves in the output folder: report.html, candidates.tsv, candidates.json, candidates.vcf.gz (with \
      index), genes.tsv, qc.json, qc_mqc.json (for MultiQC) and run.json; with --alignment also coverage.tsv, gaps.bed and \
      depth_classes.bed; with --fhir fhir.json, with --phenopacket phenopacket.json. Files appear whole or not at all.
      """, examples: "screen case.yaml --out results",
      "screen case.yaml --fhir --phenopacket --out results",
      "screen --vcf trio.vcf.gz --ped trio.ped --panel epilepsy -o out"))

  @OptionGroup var subject: CaseOptions
  @Option(name: [.long, .short], help: "Output folder; made if it is not there.")
  var out = "rarescreen-results"
  @OptionGroup var exchange: ExchangeOptions
  @OptionGroup var own: CohortOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes the path of a folder, not an empty text.") }
  }

  func run() throws {
    try Session.run(common) { session in
      let prepared = try PreparedCase(options: subject, session: session, cohort: own.cohort, recorded: true)
      let started = Clock.now()
      let words = Ahead { [language = common.lang] in ReportWriter.prepare(language) }
      let scanned = try prepared.screened(session)
      let reads = try prepared.reads(of: scanned.results, session)
      var result = try prepared.screen.finish(scanned.results, witnesses: reads.witnesses)
      result.quality.checks += reads.checks
      result.coverage = reads.coverage + prepared.screen.blockCoverage(scanned.results, besides: reads.heard)
      result.warnings += reads.warnings + result.coverage.compactMap(\.contigWarning)
      result.pileUps = try prepared.pileUps(around: result.candidates, heard: reads.heard, session)
      session.warn(prepared.warnings + result.warnings)
      for check in result.quality.checks where check.outcome == .fail {
        session.warn(["quality check failed: \(check.message)"])
      }
      let report = Report(
        subject: prepared.subject, targets: prepared.targets, headers: prepared.headers,
        result: result.adding(warnings: prepared.warnings + scanned.warnings),
        provenance: try prepared.provenance(started: started, arguments: CommandLine.arguments))
      try words.value()
      let summary = try ReportFolder(path: out).write(
        report, language: common.lang, exchange: exchange.exchange, session: session)
      if !common.quiet { try StandardOutput.write(summary) }
    }
  }
}

extension ScreenResult {
  /// The result with what was noticed about the inputs put before its own warnings.
  fileprivate func adding(warnings others: [String]) -> ScreenResult {
    var result = self
    result.warnings = others + result.warnings
    return result
  }
}
