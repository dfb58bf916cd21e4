import ArgumentParser

struct KnowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowledge",
    abstract: "What is known before a case: frequencies, ClinVar, scores.",
    discussion: HelpText.discussion("", examples: "knowledge list"),
    subcommands: [List.self, Build.self, Verify.self])
}
