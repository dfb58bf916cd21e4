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

      With --shard I/N the folder gets only part.json: what every N-th piece of the variant files holds, for machines that share \
      one case. 'rarescreen merge' finishes the case from all parts; alignments are read there.
      """, examples: "screen case.yaml --out results",
      "screen case.yaml --shard 1/4 --out part-1",
      "screen case.yaml --fhir --phenopacket --out results",
      "screen case.yaml --template laboratory.yaml --identified patient.json --pdf --out results",
      "screen --vcf trio.vcf.gz --ped trio.ped --panel epilepsy -o out"))

  @OptionGroup var subject: CaseOptions
  @Option(name: [.long, .short], help: "Output folder; made if it is not there.")
  var out = "rarescreen-results"
  @Option(
    help: ArgumentHelp("Only one of N parts of the variant files; 'merge' finishes the case.", valueName: "I/N"))
  var shard: String?
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
    try privacy.check(issued: exchange.issued)
    if out.isEmpty { throw ValidationError("--out takes the path of a folder, not an empty text.") }
    if let shard, Batch.Shard(shard) == nil {
      throw ValidationError("--shard takes I/N, for example 1/4 for the first of four parts, not '\(shard)'.")
    }
    if shard != nil, privacy.deidentify || secondary.list != nil {
      throw ValidationError(
        "--shard does not go with --deidentify or --secondary-findings; screen the case in one run for these.")
    }
  }

  func run() throws {
    try Session.run(common) { session in
      if let shard = shard.flatMap({ Batch.Shard($0) }) {
        let told = try leavePart(shard, session)
        if !common.quiet { try StandardOutput.write(told) }
        return
      }
      let (person, form) = try dress()
      let pseudonyms = try privacy.pseudonyms(outside: out, session: session)
      // The largest tables load beside everything else that comes before the first record.
      let knowledge = try SharedKnowledge(given: common.knowledge)
      let written = try subject.written()
      let held = try claim(out, for: written, form, session)
      defer { held.release() }
      let prepared = try PreparedCase(
        written, session: session, knowledge: knowledge, cohort: own.cohort, recorded: true, pseudonyms: pseudonyms,
        secondary: secondary.list)
      try person?.check(caseID: prepared.subject.id, proband: prepared.subject.proband)
      let summary = try finish(prepared, form, arguments: CommandLine.arguments, out: out, session)
      if !common.quiet { try StandardOutput.write(summary) }
    }
  }

  /// Who the patient is, where a file tells, and what the results look like.
  func dress() throws -> (person: DemographicsFile?, form: ReportForm) {
    let person = try identified.map { try DemographicsFile.read(path: $0, latest: Clock.latestDay()) }
    return (person, try page.form(exchange: exchange, privacy: privacy, patient: person?.demographics))
  }

  /// Takes the output folder before anything is screened, and refuses one in which the results could not be left.
  func claim(_ out: String, for written: CaseFile, _ form: ReportForm, _ session: Session) throws -> HeldFolder {
    let folder = ReportFolder(path: out)
    try folder.check(isDeidentified: privacy.deidentify)
    try folder.claim(
      inputs: written.allPaths + [own.cohort, identified, secondary.path].compactMap { $0 } + form.files.map(\.path))
    return try HeldFolder(path: out, session)
  }

  /// Screens what is prepared, or finishes it from the parts of shards, and writes the results.
  func finish(
    _ prepared: PreparedCase, _ form: ReportForm, parts: [[FilePart]]? = nil, arguments: [String], out: String,
    _ session: Session
  ) throws -> String {
    let words = Ahead { [language = session.options.lang] in ReportWriter.prepare(language) }
    let report = try CaseRun(prepared: prepared, session: session, form: form)
      .report(arguments: arguments, parts: parts).report
    try words.value()
    if prepared.deidentifier != nil { session.warn([Deidentifier.warning]) }
    let writer = prepared.writer(of: report, language: session.options.lang, form: form)
    return try ReportFolder(path: out).write(writer, form.printer, session: session)
  }
}
