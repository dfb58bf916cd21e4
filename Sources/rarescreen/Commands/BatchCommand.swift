import ArgumentParser
import Foundation
import Model
import Reading
import Writing

struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Many cases: a sheet or a folder of case files in, a folder a case and one overview out.",
    discussion: HelpText.discussion(
      """
      A sheet is a text with tabs and a header line, one case a row. Its columns are named as the keys of a case file: case, build, \
      variants, pedigree, proband, sex, onset, phenotypes, excluded_phenotypes, panels, alignments (SAMPLE=FILE), reference, settings \
      (key=value), secondary_findings (who consented). Lists are separated by ';', '.' is nothing, paths are relative to the sheet. In a row without variants 'case' is \
      the path of a case file, over which the other cells are laid.

      Several cases are screened side by side. Each leaves the files of 'screen' in a folder of its own, with status.json and \
      log.txt; a case that fails does not stop the others. The output folder gets index.html, summary.tsv, relatives.tsv (samples of \
      different cases that look like one person or close relatives) and batch.json.

      Cases that name the same variant file, as families of one joint VCF do, are screened together: the file is read once for all of \
      them.

      With --resume cases that are done and unchanged, by the checksums of inputs, settings, panels and stores, are left \
      as they are. --shard gives each machine its part of one sheet; 'rarescreen merge' joins them. Exit code 65 says that some \
      cases failed.
      """, examples: "batch cases.tsv --out results", "batch cases.tsv --out part-1 --shard 1/4 --resume"))

  @Argument(
    help: "Sheet of cases, or a folder of case files (.yaml, .yml, .json).",
    completion: .file(extensions: ["tsv", "txt"]))
  var sheet: String

  @Option(name: [.long, .short], help: "Output folder; made if it is not there.")
  var out: String

  @Option(help: ArgumentHelp("Only one of N parts of equal size.", valueName: "I/N"))
  var shard: String?

  @Flag(help: "Leave cases that are done and unchanged as they are.")
  var resume = false

  @Option(
    help: ArgumentHelp(
      "Memory that all cases together may take, for example 8G. Default: three quarters of what is free.",
      valueName: "size"))
  var memory: String?

  @OptionGroup var exchange: ExchangeOptions
  @OptionGroup var page: PageOptions
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
    if let memory, MemoryBudget.bytes(memory) == nil {
      throw ValidationError("--memory takes a size such as 512M or 8G, not '\(memory)'.")
    }
  }

  func run() throws {
    Heaps.keep(common.workers)
    let stopped = Failure(
      .interrupted, "stopped by a signal; the cases that are done are kept, the same command with --resume goes on")
    try Session.run(common, stopped: stopped) { session in
      let form = try page.form(exchange: exchange, privacy: privacy)
      let entries = try CaseSheet.read(path: sheet).entries
      let pseudonyms = try privacy.pseudonyms(outside: out, session: session)
      let all = entries.map { PlannedCase($0, pseudonyms: pseudonyms) }
      let shard = shard.flatMap { Batch.Shard($0) }
      let mine = shard.map { Batch.positions(of: $0, sizes: all.map(\.bytes)) } ?? Array(all.indices)
      let planned = mine.map { all[$0] }
      if planned.isEmpty { session.warn(["no case falls to shard \(shard?.description ?? "")"]) }
      let knowledge = try SharedKnowledge(given: common.knowledge)
      if let budget = memory.flatMap({ MemoryBudget.bytes($0) }), budget < MemoryBudget.least {
        session.warn([
          "--memory \(memory ?? ""): one case alone may take \(MemoryBudget.least >> 20)M; cases run one by one, and may take more"
        ])
      }
      let words = Ahead { [language = common.lang] in ReportWriter.prepare(language) }
      let run = BatchRun(
        sheet: sheet, out: out, planned: planned,
        batch: Batch(
          cases: planned.map { Batch.Entry(caseID: $0.caseID, folder: $0.folder, row: $0.entry.row) }, shard: shard,
          total: all.count, sheet: PlannedCase.digest(of: all, pseudonyms), language: common.lang.rawValue),
        resumes: resume, session: session,
        basis: try CaseBasis(
          knowledge, options: common, form: form, pseudonyms: pseudonyms, cohort: own.cohort, list: secondary.list),
        memory: memory.flatMap { MemoryBudget.bytes($0) } ?? MemoryBudget.available, form: form,
        pseudonyms: pseudonyms, arguments: recordedArguments)
      try words.value()
      let tally = try run.run()
      session.progress.finish()
      if !common.quiet { try StandardOutput.write(tally.summary(of: out)) }
      if let failure = tally.failure(of: out) { throw failure }
    }
  }

  /// The command line without what the results of a case do not depend on.
  private var recordedArguments: [String] {
    CommandLine.arguments.leavingOut(["--out", "-o", "--shard", "--memory"], flags: ["--resume", "--quiet"])
  }
}
