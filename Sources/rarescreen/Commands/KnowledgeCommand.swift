import ArgumentParser

struct KnowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowledge",
    abstract: "What is known before a case: frequencies, ClinVar, scores.",
    discussion: HelpText.discussion(
      """
      Public files are fetched once, by hand or with 'fetch', and built into stores that a screen looks up. Nothing is fetched unless \
      it is asked for.
      """, examples: "knowledge list", "knowledge sources", "knowledge fetch clinvar --out downloads",
      "knowledge build clinvar downloads/clinvar.vcf.gz"),
    subcommands: [Sources.self, Fetch.self, Build.self, List.self, Verify.self])
}
