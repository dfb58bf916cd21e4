import ArgumentParser
import Model
import Reading
import Writing

struct CompareCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, tsv, json
  }

  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "What changed between two runs of a case, and which input did it.",
    discussion: HelpText.discussion(
      """
      OLD and NEW are folders that 'screen --out' left. Told are candidates that are new, lost, moved or reclassified, evidence that \
      changed (criteria, ClinVar, frequencies, genotypes, points), genes that came to the panels or left them, quality checks and \
      repeats; and the inputs that changed (program, stores of knowledge, panels, settings, files, terms, family, reviews). A change \
      has its cause where one of these alone can have done it; else each that can is named. Nothing of the inputs themselves is read.

      With --batch, OLD and NEW are folders of many such folders, paired by name: one line a case in which something changed that may \
      matter, the most important first. A case that cannot be compared is named, and ends the command with 65 after all others.
      """, examples: "compare results-2025 results-2026", "compare results-2025 results-2026 --out changes --lang vi",
      "compare --batch cases-2025 cases-2026 --out changes"))

  @Argument(help: "The earlier run, or with --batch a folder of them.", completion: .directory)
  var old: String
  @Argument(help: "The later run, or with --batch a folder of them.", completion: .directory)
  var new: String
  @Flag(help: "OLD and NEW are folders of many cases, a folder a case.")
  var batch = false
  @Flag(name: .customLong("other-case"), help: "Compare also runs of two cases, or of two probands.")
  var allowsOtherCase = false
  @Option(help: "Form of the answer on standard output: text, tsv or json.")
  var format = Format.text
  @Option(
    name: [.long, .short],
    help: ArgumentHelp("Folder for compare.html, compare.json and compare.tsv.", valueName: "dir"),
    completion: .directory)
  var out: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if out?.isEmpty == true { throw ValidationError("--out takes the path of a folder, not an empty text.") }
    if batch, allowsOtherCase { throw ValidationError("--other-case compares two runs; leave out --batch.") }
  }

  func run() throws {
    try Session.run(common) { session in
      if batch {
        try compareBatch(session)
      } else {
        let pair = ComparedRuns(old: RunFolder(path: old), new: RunFolder(path: new), allowsOtherCase: allowsOtherCase)
        let report = ComparisonReport(try pair.comparison(), language: common.lang)
        try answer(text: report.text, table: report.table, json: report.json)
        if out != nil { try write(try report.files(), session) }
      }
    }
  }

  private func compareBatch(_ session: Session) throws {
    let batch = try ComparedFolders(old: old, new: new).comparison(session)
    let report = BatchComparisonReport(batch, language: common.lang)
    try answer(text: report.text, table: report.table, json: report.json)
    if out != nil { try write(try report.files(), session) }
    if let first = batch.troubles.first {
      throw Failure(
        .malformedInput,
        "\(batch.troubles.count) of \(batch.count) cases could not be compared, the first \(first.folder): \(first.words)"
      )
    }
  }

  private func answer(text: [String], table: [UInt8], json: [UInt8]) throws {
    switch format {
    case .text: if !common.quiet { try StandardOutput.write(text.joined(separator: "\n") + "\n") }
    case .tsv: try StandardOutput.write(String(decoding: table, as: UTF8.self))
    case .json: try StandardOutput.write(String(decoding: json, as: UTF8.self))
    }
  }

  private func write(_ files: [OutputFile], _ session: Session) throws {
    guard let out else { return }
    try session.interruption.whileWriting {
      let folder = try OutputFolder(path: out)
      do {
        try folder.write(files)
      } catch {
        folder.removeIfEmpty()
        throw error
      }
    }
  }
}
