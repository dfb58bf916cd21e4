import ArgumentParser
import Knowledge
import Model
import Writing

extension KnowledgeSources {
  /// The table that comes with the program, or lies in the folder of `--knowledge`.
  init(_ common: CommonOptions) throws {
    try self.init(directory: DataDirectory.find(given: common.knowledge) + "/data")
  }
}

extension KnowledgeCommand {
  struct Sources: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
      case text, tsv, json
    }

    static let configuration = CommandConfiguration(
      abstract: "Tells where each public file is had, its licence, and the one command that takes it in.",
      discussion: HelpText.discussion(
        "With a name every address is told. Needs no network.", examples: "knowledge sources",
        "knowledge sources clinvar --build GRCh38 --format json"))
    @Argument(help: "Name of a source; all when not given.") var name: String?
    @Option(help: "Form of the answer: text, tsv or json.")
    var format = Format.text
    @Option(help: "Only what is for this assembly: GRCh37 or GRCh38.")
    var build: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { _ in
        let sources = try KnowledgeSources(common).sources(
          named: name, on: build.map { name throws(Failure) in try Assembly(flag: name) })
        let report = KnowledgeSourceReport(sources)
        switch format {
        case .text: try StandardOutput.write(SourcePage(sources: sources, namesFiles: name != nil).text)
        case .tsv: try StandardOutput.write(String(decoding: report.table, as: UTF8.self))
        case .json: try StandardOutput.write(String(decoding: report.json, as: UTF8.self))
        }
      }
    }
  }
}
