import ArgumentParser
import Model

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

  static func main() {
    if let message = Self.unknownCommand(among: CommandLine.arguments.dropFirst()) {
      Self.exit(withError: ValidationError(message))
    }
    Self.main(nil)
  }

  /// What to say where the first word, or the one behind a command that has commands of its own, is no command.
  private static func unknownCommand(among arguments: ArraySlice<String>) -> String? {
    var command: any ParsableCommand.Type = Rarescreen.self
    for word in arguments {
      let known = command.configuration.subcommands
      let takesWords = known.isEmpty || command.configuration.defaultSubcommand != nil
      if takesWords || word.hasPrefix("-") || word == "help" { return nil }
      if let next = known.first(where: { $0._commandName == word }) {
        command = next
        continue
      }
      let names = known.map { $0._commandName }
      let nearest = Spelling.nearest(to: word, among: names).first
      return "There is no command '\(word)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "commands are: \(names.joined(separator: ", "))")
    }
    return nil
  }
}
