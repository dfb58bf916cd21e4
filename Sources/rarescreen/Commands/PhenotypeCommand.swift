public import ArgumentParser
import Foundation
import Knowledge
import Model
import Reading
public import Screening
import Writing

struct PhenotypeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phenotype", abstract: "Ranks genes and diseases by phenotype alone, and finds terms.",
    discussion: HelpText.discussion(
      "", examples: "phenotype HP:0001250 HP:0001263 --not HP:0000252", "phenotype search seiz"),
    subcommands: [Rank.self, Search.self], defaultSubcommand: Rank.self)
}

extension PhenotypeCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case tsv, json
  }

  struct Rank: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ranks genes and diseases by HPO terms, or by those of a phenopacket.",
      discussion: HelpText.discussion(
        """
        Scores are points: one point is a factor of 2.08 in odds, 0 is a disease drawn at random. The share is the probability among \
        all ranked diseases, if one of them is the cause. Each term's line tells what it met in the disease. With --benchmark, every \
        phenopacket of a folder is ranked and the rank of its known cause written down.
        """, examples: "phenotype HP:0001250 HP:0001263 --not HP:0000252 --top 5",
        "phenotype patient.json --format json",
        "phenotype --benchmark phenopackets --out ranks"))
    @Argument(help: ArgumentHelp("HPO terms, or one phenopacket or case file.", valueName: "term"), completion: .file())
    var terms: [String] = []
    @Option(
      name: [.customLong("not"), .customLong("not-hpo")],
      help: "HPO term that was looked for and found absent. May be repeated.")
    var excluded: [String] = []
    @Option(help: "Sex of the patient: male or female.") var sex: String?
    @Option(help: "Onset of the disease: an HPO term such as HP:0003593, or an age such as P1Y6M.") var onset: String?
    @Option(help: "How many diseases and genes to tell; 0 for all.") var top = 20
    @Option(help: "Form of the answer: tsv or json.") var format = Format.tsv
    @Option(
      help: ArgumentHelp("Rank every phenopacket below a folder, and tell how well.", valueName: "dir"),
      completion: .directory)
    var benchmark: String?
    @Option(name: [.long, .short], help: "With --benchmark: folder for ranks.tsv and summary.tsv.") var out: String?
    @Option(
      help:
        "Rank by a published measure instead, to compare: \(SimilarityMeasure.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var measure: SimilarityMeasure?
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if top < 0 { throw ValidationError("--top takes a number from 0, not \(top).") }
      if benchmark != nil {
        if measure != nil || sex != nil || onset != nil {
          throw ValidationError("--benchmark takes sex and onset from the folder, and has no --measure.")
        }
        if !terms.isEmpty || !excluded.isEmpty { throw ValidationError("--benchmark takes its terms from the folder.") }
      } else {
        if terms.isEmpty { throw ValidationError("Give HPO terms, such as HP:0001250, or a phenopacket.") }
        if measure != nil, !excluded.isEmpty || sex != nil || onset != nil {
          throw ValidationError("--measure looks at observed terms alone; leave out --not, --sex and --onset.")
        }
        if out != nil { throw ValidationError("--out belongs to --benchmark; the ranking goes to standard output.") }
      }
    }

    func run() throws {
      try Session.run(common) { session in
        if let benchmark {
          try PhenotypeBenchmark(folder: benchmark, session: session).run(out: out)
          return
        }
        let asked = try asked()
        let data = try PhenotypeData(common, for: asked.sex)
        let (query, notes) = try data.query(
          observed: asked.observed, excluded: asked.excluded, sex: asked.sex, onset: asked.onset)
        let warnings = asked.warnings + notes
        if common.strict, !warnings.isEmpty {
          throw Failure.strict(warnings)
        }
        session.warn(warnings)
        if let measure, !query.observed.isEmpty {
          let ranked = measure.ranking(of: query, in: data.likelihood.index).prefix(top == 0 ? .max : top)
          let report = SimilarityReport(
            measure: measure.rawValue, release: data.likelihood.index.version,
            ranked.map {
              (
                data.likelihood.index.diseases[$0.disease].id, data.likelihood.index.diseases[$0.disease].name,
                $0.similarity
              )
            })
          try StandardOutput.write(String(decoding: format == .json ? report.json : report.table, as: UTF8.self))
          return
        }
        guard let ranking = data.likelihood.ranking(of: query) else {
          throw Failure(
            .usage,
            "no observed phenotypic abnormality is left to rank by; give at least one HPO term, such as HP:0001250")
        }
        let result = ranking.result(top: top == 0 ? nil : top, genes: data.genes, notes: notes)
        let report = PhenotypeReport(result)
        try StandardOutput.write(String(decoding: format == .json ? report.json : report.table, as: UTF8.self))
      }
    }

    private struct Asked {
      var observed: [PhenotypeTerm]
      var excluded: [PhenotypeTerm]
      var sex: Sex
      var onset: OnsetClass?
      var warnings: [Wording]
    }

    /// The terms of the command line, or those of the one file that it names.
    private func asked() throws -> Asked {
      let words = terms.flatMap { $0.split(separator: ",").map(String.init) }
      let absent = excluded.flatMap { $0.split(separator: ",").map(String.init) }
      var file = CaseFile(flags: CaseFlags())
      var observed = words
      if let path = terms.first(where: Self.isPath) {
        guard terms.count == 1 else {
          throw Failure(.usage, "\(path): a file stands for the terms; give terms or one file, not both")
        }
        file = try CaseFile.read(path: path)
        observed = []
      }
      let resolved = try file.merging(CaseFlags(hpo: observed, notHpo: absent, sex: sex, onset: onset))
        .resolve(needsVariants: false)
      return Asked(
        observed: resolved.phenotypes, excluded: resolved.excludedPhenotypes, sex: resolved.probandSex,
        onset: resolved.onset, warnings: resolved.warnings)
    }

    private static func isPath(_ text: String) -> Bool {
      let upper = text.uppercased()
      return !upper.hasPrefix("HP:") && !upper.hasPrefix("HP_")
        && (text.contains("/") || text.contains(".") || FileManager.default.fileExists(atPath: text))
    }
  }

  struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Finds HPO terms by words of their labels and synonyms.",
      discussion: HelpText.discussion("", examples: "phenotype search seiz", "phenotype search \"floppy infant\""))
    @Argument(help: "Words, or their beginnings.") var words: [String]
    @Option(help: "How many terms to tell.") var top = 20
    @Option(help: "Form of the answer: tsv or json.") var format = Format.tsv
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if words.joined().count > 200 { throw ValidationError("Give a few words, not \(words.joined().count) letters.") }
      if words.isEmpty { throw ValidationError("Give a word of the term, such as 'seiz'.") }
      if top < 1 { throw ValidationError("--top takes a number from 1, not \(top).") }
    }

    func run() throws {
      try Session.run(common) { session in
        let data = try DataDirectory.find(given: common.knowledge)
        let ontology = try Ontology(
          directory: try PhenotypeData.directory(data: data, knowledge: common.knowledge))
        let text = words.joined(separator: " ")
        let found = ontology.search(text, top: top)
        if found.isEmpty {
          session.warn(["no HPO term has '\(text)' in its label or synonyms; try the beginning of a word"])
        }
        let report = TermSearchReport(found.map { (term: $0.term, synonym: $0.synonym) })
        try StandardOutput.write(String(decoding: format == .json ? report.json : report.table, as: UTF8.self))
      }
    }
  }
}

extension SimilarityMeasure: ExpressibleByArgument {}
