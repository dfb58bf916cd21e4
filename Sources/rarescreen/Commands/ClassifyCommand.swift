import ArgumentParser
import Model
import Screening
import Writing

struct ClassifyCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case tsv, json
  }

  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "ACMG/AMP criteria as points: of codes, or of a run with a reviewer's own.",
    discussion: HelpText.discussion(
      """
      Codes are written as ClinGen does (PVS1, PM2_Supporting, PP1_Strong) and summed up with what double counting sets aside, the \
      class that the points give, and its probability from a prior of 0.10.

      With --run and --review, the 'review:' list of a case file, or of a file that holds nothing else, is laid over the variants of \
      an earlier run: criteria, points and class before and after. The run itself stays as it is; 'screen' with the same list \
      in the case file writes it anew. All is a hint, never a classification.
      """, examples: "classify PVS1 PM2_Supporting PP4", "classify --run results --review review.yaml --format json"))

  @Argument(help: ArgumentHelp("Criteria, each at its own strength unless one is written.", valueName: "code"))
  var codes: [String] = []
  @Option(
    name: .customLong("run"), help: ArgumentHelp("What 'screen --out' left.", valueName: "dir"), completion: .directory)
  var folder: String?
  @Option(
    name: .customLong("review"), help: ArgumentHelp("File with a 'review:' list.", valueName: "file"),
    completion: .file())
  var file: String?
  @Option(help: "Form of the answer: tsv or json.")
  var format = Format.tsv
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if (folder == nil) != (file == nil) { throw ValidationError("--run and --review go together.") }
    if codes.isEmpty == (folder == nil) { throw ValidationError("Give codes, or --run and --review.") }
  }

  func run() throws {
    try Session.run(common) { session in
      if let folder, let file {
        let report = try ReviewedRun(folder: folder, files: [file], session: session).report
        try StandardOutput.write(String(decoding: format == .json ? report.json : report.table, as: UTF8.self))
      } else {
        let report = CriteriaReport(AutomatedEvidence(given: try criteria(), by: "the command line"))
        try StandardOutput.write(String(decoding: format == .json ? report.json : report.table, as: UTF8.self))
      }
    }
  }

  private func criteria() throws(Failure) -> [CriterionCode] {
    var criteria: [CriterionCode] = []
    // 'PVS1,PM2' is how tables write them.
    for text in codes.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }) {
      do throws(CriterionFault) {
        criteria.append(try CriterionCode(text))
      } catch {
        throw Failure(.usage, "\(error)")
      }
      if let last = criteria.last, criteria.dropLast().contains(where: { $0.code == last.code }) {
        throw Failure(.usage, "'\(text)': \(last.code) is given twice; keep it once, at one strength")
      }
    }
    return criteria
  }
}
