import ArgumentParser

@main
struct Rarescreen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rarescreen",
    abstract: "Screens a patient's genome for rare disease.",
    discussion: HelpText.discussion(
      """
      One case in, a ranked report out: variants of a patient and family are filtered against gene panels, checked against the \
      modes of inheritance, weighed by evidence, and written as a page for clinicians and tables for laboratories.
      """, examples: "screen case.yaml --out results"),
    version: Version.text,
    subcommands: [
      ScreenCommand.self, BatchCommand.self, MergeCommand.self, FilterCommand.self, AnnotateCommand.self,
      ExplainCommand.self, CompareCommand.self, ClassifyCommand.self, ReviewCommand.self, QCCommand.self,
      CoverageCommand.self, PhenotypeCommand.self, PanelCommand.self, KnowledgeCommand.self, CohortCommand.self,
    ])
}
