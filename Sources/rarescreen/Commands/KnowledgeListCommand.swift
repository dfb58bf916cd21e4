import ArgumentParser
import Knowledge
import Logging

extension KnowledgeCommand {
  struct List: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
      case text, tsv, json
    }

    static let configuration = CommandConfiguration(
      abstract: "Lists the stores: what they hold, of which release and licence, since when.",
      discussion: HelpText.discussion("", examples: "knowledge list", "knowledge list --format json"))
    @Option(help: "Form of the answer: text, tsv or json.") var format = Format.text
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { _ in
        let folder = KnowledgeFolder(given: common.knowledge)
        let stores = try folder.existing().map { path in
          try KnowledgeBase.files(in: path).map { path throws(KnowledgeError) in try AlleleStore(path: path) }
        }
        let page = StorePage(
          stores: stores ?? [], tables: try folder.geneTables(), phenotypes: try PhenotypeTables(common),
          folder: folder.path)
        switch format {
        case .text: try StandardOutput.write(page.text)
        case .tsv: try StandardOutput.write(page.table)
        case .json: try StandardOutput.write(page.json)
        }
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads every byte of the stores and holds it to its checksum.",
      discussion: HelpText.discussion("", examples: "knowledge verify"))
    @Argument(help: "Store files; all of the folder when not given.", completion: .file()) var files: [String] = []
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { session in
        let folder = KnowledgeFolder(given: common.knowledge)
        let paths =
          try files.isEmpty
          ? folder.existing().map { path throws(KnowledgeError) in try KnowledgeBase.files(in: path) } ?? [] : files
        if paths.isEmpty { session.warn(["\(folder.path): no stores; build one with 'rarescreen knowledge build'"]) }
        var faults: [KnowledgeError] = []
        for path in paths {
          try session.interruption.check()
          do {
            let store = try AlleleStore(path: path)
            try store.verify()
            if !common.quiet { try StandardOutput.write("\(path): whole, \(store.metadata.alleles) alleles\n") }
          } catch let error as KnowledgeError {
            session.logger.error("\(error)")
            faults.append(error)
          }
        }
        if files.isEmpty {
          for table in try folder.geneTables() where !common.quiet {
            try StandardOutput.write("\(table.path): whole, \(table.facts.count) genes\n")
          }
        }
        if files.isEmpty {
          let tables = try PhenotypeTables(common)
          if !common.quiet { try StandardOutput.write("\(tables.path): fits together, \(tables.diseases) diseases\n") }
        }
        if let first = faults.first {
          throw Failure(Failure(first).code, "\(faults.count) of \(paths.count) stores cannot be used")
        }
      }
    }
  }
}
