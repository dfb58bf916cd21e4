import ArgumentParser
import Foundation
import Knowledge
import Model
import Reading

struct PanelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "panel",
    abstract: "Gene panels: list, show, validate, import, make.",
    discussion: HelpText.discussion(
      """
      Panels are plain tables, one gene a line, that a reviewer can read. A panel is named by its name in 'panel list', or by its \
      file: rarescreen's own table, PanelApp JSON as downloaded, a list of symbols, any table with a gene column, or a BED.
      """, examples: "panel make --hpo HP:0001250 --name my-epilepsy > my-epilepsy.tsv"),
    subcommands: [List.self, Show.self, Validate.self, Import.self, Make.self])
}

/// The data folder that the panel commands work on.
private struct PanelData {
  let directory: String
  let library: PanelLibrary

  init(_ common: CommonOptions) throws {
    directory = try DataDirectory.find(given: common.knowledge)
    library = PanelLibrary(directories: [directory])
  }

  func genes() throws -> GeneTable { try GeneTable(directory: directory + "/genes") }

  /// A panel by its file where there is one of that name, else by its name.
  func file(_ name: String) throws -> PanelFile {
    try PanelFile.opened(name) { library }
  }
}

extension PanelCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the panels that come with rarescreen.",
      discussion: HelpText.discussion("", examples: "panel list"))
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { _ in
        let entries = try PanelData(common).library.list()
        var lines = ["panel\tgreen\tamber\tred\tversion\ttitle"]
        for entry in entries {
          let counts = [PanelConfidence.green, .amber, .red].map { String(entry.counts[$0] ?? 0) }
          let title = entry.fault?.description ?? entry.title + (entry.isOptIn ? " (only when named)" : "")
          lines.append(([entry.name] + counts + [entry.version, title]).joined(separator: "\t"))
        }
        try StandardOutput.write(lines.joined(separator: "\n") + "\n")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a panel.", discussion: HelpText.discussion("", examples: "panel show epilepsy"))
    @Argument(help: "Name or file of a panel.") var panel: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { _ in
        try StandardOutput.write(PanelFile.write(try PanelData(common).file(panel).panel))
      }
    }
  }

  struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks panels against the table of genes.",
      discussion: HelpText.discussion(
        """
        Tells outdated symbols, ids and symbols that disagree, modes of inheritance that do not fit the chromosome, genes without \
        coordinates, repeats. Exit code 65 when a panel holds an error, or with --strict a warning.
        """, examples: "panel validate our-panel.tsv"))
    @Argument(help: "Names or files of panels.") var panels: [String]
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { _ in
        let data = try PanelData(common)
        let genes = try data.genes()
        var worst = PanelFinding.Severity.note
        for name in panels {
          let file = try data.file(name)
          let findings = genes.validate(file.panel)
          let counts = "\(file.panel.genes.count) genes, \(file.panel.regions.count) regions, \(findings.count) remarks"
          try StandardOutput.write("\(file.panel.name): \(counts)\n")
          for note in file.notes { try StandardOutput.write("  \(note)\n") }
          for finding in findings where finding.severity > .note {
            try StandardOutput.write("  \(finding.severity): \(finding)\n")
          }
          worst = max(worst, findings.map(\.severity).max() ?? .note)
        }
        if worst == .error || (common.strict && worst == .warning) {
          throw Failure(.malformedInput, "panels hold errors; they are listed above")
        }
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Turns a PanelApp JSON, a list, a table or a BED into rarescreen's table.",
      discussion: HelpText.discussion("", examples: "panel import panelapp-402.json > epilepsy-panelapp.tsv"))
    @Argument(help: "File to read.") var file: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { session in
        let read = try PanelFile.read(path: file)
        session.warn(read.notes.map(\.description))
        try StandardOutput.write(PanelFile.write(read.panel))
      }
    }
  }

  struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a panel of the genes of all diseases with a phenotype.",
      discussion: HelpText.discussion("", examples: "panel make --hpo HP:0001250 --name seizures > seizures.tsv"))
    @Option(help: "HPO term; descendants are included. May be repeated.") var hpo: [String]
    @Option(help: "Name of the panel.") var name = "made"
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { _ in
        let data = try PanelData(common)
        let directory = try PhenotypeData.directory(data: data.directory, knowledge: common.knowledge)
        let ontology = try Ontology(directory: directory)
        let diseases = try DiseaseTable(directory: directory)
        let terms = hpo.flatMap { $0.split(separator: ",").map(String.init) }
        let panel = try diseases.makePanel(for: terms, name: name, ontology: ontology, genes: try data.genes())
        try StandardOutput.write(PanelFile.write(panel))
      }
    }
  }
}
