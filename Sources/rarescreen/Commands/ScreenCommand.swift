import ArgumentParser
import Model
import Reading
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
      depth_classes.bed; with --fhir fhir.json, with --phenopacket phenopacket.json, with --pdf report.pdf. Files appear whole or not at all.
      """, examples: "screen case.yaml --out results",
      "screen case.yaml --fhir --phenopacket --out results",
      "screen case.yaml --template laboratory.yaml --identified patient.json --pdf --out results",
      "screen --vcf trio.vcf.gz --ped trio.ped --panel epilepsy -o out"))

  @OptionGroup var subject: CaseOptions
  @Option(name: [.long, .short], help: "Output folder; made if it is not there.")
  var out = "rarescreen-results"
  @OptionGroup var exchange: ExchangeOptions
  @OptionGroup var page: PageOptions
  @Option(
    help: ArgumentHelp(
      "Who the patient is (JSON), for report.html, report.pdf and fhir.json alone. Without it these go by the sample's name.",
      valueName: "file"), completion: .file(extensions: ["json"]))
  var identified: String?
  @OptionGroup var privacy: PrivacyOptions
  @OptionGroup var secondary: SecondaryOption
  @OptionGroup var own: CohortOption
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if privacy.deidentify, exchange.issued != nil {
      throw ValidationError("--issued tells a day, of which --deidentify keeps the year alone; leave one of them out.")
    }
    if out.isEmpty { throw ValidationError("--out takes the path of a folder, not an empty text.") }
  }

  func run() throws {
    try Session.run(common) { session in
      let person = try identified.map { try DemographicsFile.read(path: $0) }
      let form = try page.form(exchange: exchange, privacy: privacy, patient: person?.demographics)
      let pseudonyms = try privacy.pseudonyms(outside: out, session: session)
      if pseudonyms != nil { try ReportFolder(path: out).checkIsFree() }
      let prepared = try PreparedCase(
        options: subject, session: session, cohort: own.cohort, recorded: true, pseudonyms: pseudonyms,
        secondary: secondary.list)
      try person?.check(caseID: prepared.subject.id, proband: prepared.subject.proband)
      let words = Ahead { [language = common.lang] in ReportWriter.prepare(language) }
      let report = try CaseRun(prepared: prepared, session: session, form: form)
        .report(arguments: CommandLine.arguments).report
      try words.value()
      if prepared.deidentifier != nil { session.warn([Deidentifier.warning]) }
      let writer = prepared.writer(of: report, language: common.lang, form: form)
      let summary = try ReportFolder(path: out).write(writer, form.printer, session: session)
      if !common.quiet { try StandardOutput.write(summary) }
    }
  }
}
