import ArgumentParser
import Knowledge
import Model
import Screening
import Writing

extension CohortCommand {
  struct Query: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
      case tsv, json
    }

    static let configuration = CommandConfiguration(
      abstract: "Tells counts and earlier findings of alleles.",
      discussion: HelpText.discussion(
        """
        AC and AN are over unrelated members who were looked at there; carriers, homozygotes, hemizygotes and families over all. \
        Name the family that asks, so that it does not count against itself. An allele is written as in the report.
        """, examples: "cohort query 2-165310413-C-T --excluding-family FAM-7",
        "cohort query --region 2:165239414-165392304 --format json"))
    @Argument(help: ArgumentHelp("Alleles to look up.", valueName: "chrom-pos-ref-alt")) var alleles: [String] = []
    @Option(
      help: ArgumentHelp("All alleles that begin in a region, 1-based, both ends included.", valueName: "chr:from-to"))
    var region: String?
    @Flag(help: "List the samples of the cohort.")
    var samples = false
    @Flag(help: "Name the carriers.")
    var carriers = false
    @Option(help: ArgumentHelp("Leave out this family.", valueName: "family"))
    var excludingFamily: String?
    @Option(help: "Form of the answer: tsv or json.")
    var format = Format.tsv
    @OptionGroup var location: CohortLocation
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if [!alleles.isEmpty, region != nil, samples].count(where: { $0 }) != 1 {
        throw ValidationError("Give alleles, or --region, or --samples.")
      }
    }

    func run() throws {
      try Session.run(common) { session in
        let asked = try alleles.map { text throws(Failure) in
          // The cohort keeps alleles trimmed, as every look-up does.
          let asked = try VariantArgument(text, name: "allele").allele
          return AlleleNormaliser().normalise(
            asked.contig, asked.position, asked.reference, asked.alternate, end: asked.isSymbolic ? asked.end : nil)
        }
        let region = try self.region.map { text throws(Failure) in try RegionArgument(text).region }
        let cohort = try Cohort(path: location.path(common))
        let report = CohortReport(summary: try cohort.summary())
        let people = try cohort.samples()
        if let excludingFamily, !people.contains(where: { $0.family == excludingFamily }) {
          session.warn([KnowledgeError(.cohort(.unknownFamily(excludingFamily))).description])
        }
        let bytes: [UInt8]
        if samples {
          let shown = people.filter { $0.family != excludingFamily }
          bytes = format == .json ? report.json(shown) : report.table(shown)
        } else {
          let found = try region.map { try cohort.alleles(in: $0) } ?? asked
          let answers = try answers(of: found, cohort)
          bytes = format == .json ? report.json(answers) : report.table(answers)
        }
        try StandardOutput.write(String(decoding: bytes, as: UTF8.self))
      }
    }

    private func answers(of alleles: [Allele], _ cohort: Cohort) throws -> [CohortAnswer] {
      let counts = try cohort.counts(of: alleles, excludingFamily: excludingFamily)
      let people = carriers ? try cohort.carriers(of: alleles, excludingFamily: excludingFamily) : nil
      let findings = try cohort.findings(of: alleles, excludingFamily: excludingFamily)
      return alleles.indices.map { index in
        CohortAnswer(
          allele: alleles[index], counts: counts[index], carriers: people?[index], findings: findings[index])
      }
    }
  }
}

/// A region as people type it: `chr2:165,239,414-165,392,304`, 1-based, both ends included.
struct RegionArgument {
  let region: Region

  init(_ text: String) throws(Failure) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let ends = parts.last?.filter { $0 != "," }.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let contig = Contig(name: parts[0]), let ends, (1...2).contains(ends.count),
      let from = ends[0], let to = ends[ends.count - 1], (1...Int(Int32.max)).contains(from), from <= to,
      to <= Int(Int32.max)
    else {
      throw Failure(.usage, "--region '\(text)' is not a region; write chr:from-to, for example 2:165239414-165392304")
    }
    region = Region(contig, from - 1, to)
  }
}
