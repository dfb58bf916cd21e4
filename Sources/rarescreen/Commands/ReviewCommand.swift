import ArgumentParser
import Model
import Reading
import Writing

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "What reviewers saved from the page, taken in.",
    discussion: HelpText.discussion(
      """
      The page of a case saves a reviewer's classes, criteria, notes and dismissals as a file. 'import' checks such files against the \
      run that they are of.
      """, examples: "review import results DEMO-001.review.json"),
    subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Reviews laid over a run: points recomputed, and one file for the case.",
      discussion: HelpText.discussion(
        """
        Each review must be of the case of the run. Of two reviews of a variant by one reviewer the later counts, and the number of \
        those that gave way is told. What comes out is criteria, points and class before and after, as 'classify --run' tells them.

        With --out, all that counts is written as one file. A case file names it as 'review: FILE', and 'screen' then writes the \
        report anew: classes and criteria in the account, dismissals and notes at the candidates.
        """, examples: "review import results DEMO-001.review.json",
        "review import results lan.json minh.json --out DEMO-001.review.json"))

    @Argument(help: ArgumentHelp("What 'screen --out' left.", valueName: "dir"), completion: .directory)
    var folder: String
    @Argument(
      help: ArgumentHelp("Reviews that the page saved, or YAML files with a 'review:' list.", valueName: "file"))
    var files: [String]
    @Option(
      name: [.long, .short], help: ArgumentHelp("File for all reviews that count.", valueName: "file"),
      completion: .file())
    var out: String?
    @Option(help: "Form of the answer: tsv or json.")
    var format = ClassifyCommand.Format.tsv
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { session in
        let run = try ReviewedRun(folder: folder, files: files, session: session)
        if let out {
          let bytes = ReviewDocument(
            caseID: run.caseID, assembly: run.assembly, reviews: run.reviews, signature: run.signature
          ).bytes
          try session.interruption.whileWriting { try AsideFile.write(bytes, to: out) }
        }
        try StandardOutput.write(
          String(decoding: format == .json ? run.report.json : run.report.table, as: UTF8.self))
      }
    }
  }
}
