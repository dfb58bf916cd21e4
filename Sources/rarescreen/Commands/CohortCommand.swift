import ArgumentParser
import Foundation
import Knowledge
import Model
import Reading
import Screening
import Writing

struct CohortCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohort",
    abstract: "The laboratory's own allele counts and earlier findings.",
    discussion: HelpText.discussion(
      """
      A database of everybody whom the laboratory has sequenced tells how often an allele is met in its own population, and which \
      case was reported with it. It holds sample ids and genotypes, no names, and stays where it is.
      """, examples: "cohort add case.yaml --regions targets.bed",
      "cohort query 2-165310413-C-T --excluding-family FAM-7"),
    subcommands: [Add.self, Query.self, Remove.self])
}

extension CohortCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Adds the samples of a case, whole or not at all.",
      discussion: HelpText.discussion(
        """
        Every allele of the variant files is kept, with who carries it; genotypes that fail the rules of quality are kept as \
        missing. What is there already with the same file is left alone. Without a case file all families of the pedigree are added. \
        An exome needs --regions: without it the whole genome counts as looked at, and alleles look rarer than they are.
        """, examples: "cohort add case.yaml --regions targets.bed",
        "cohort add --vcf joint.vcf.gz --ped families.ped --regions targets.bed"))
    @OptionGroup var subject: CaseOptions
    @Option(
      help: ArgumentHelp(
        "BED of what was sequenced, or its name when the cohort knows it already.", valueName: "bed"),
      completion: .file(extensions: ["bed"]))
    var regions: String?
    @Flag(help: "Put samples in place of those that are there with another file, sex or regions.")
    var replace = false
    @Option(
      help: ArgumentHelp("Results of 'screen' for this case, to be told when an allele is met again.", valueName: "dir")
    )
    var findings: String?
    @Option(help: "A remark that is kept with the findings.")
    var note: String?
    @Option(help: ArgumentHelp("Time to wait for another 'cohort add'.", valueName: "seconds"))
    var wait = 60
    @OptionGroup var location: CohortLocation
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if !(0...86_400).contains(wait) { throw ValidationError("--wait takes a number from 0 to 86400, not \(wait).") }
    }

    func run() throws {
      try Session.run(common) { session in
        let subject = try CohortCase(options: self.subject, session: session)
        session.warn(subject.warnings)
        let reported = try findings.map { try ReportedFindings(folder: $0, date: Clock.now(), note: note) }
        if let reported, reported.assembly != subject.assembly {
          throw Failure(
            .malformedInput,
            "the findings are on \(reported.assembly), the variants on \(subject.assembly); give those of one case")
        }
        let extent = try extent(subject, session)
        if extent == .wholeGenome {
          session.warn(["no --regions: the samples count as looked at everywhere, as whole genomes are"])
        }
        let outcome = try CohortRun(subject: subject, session: session, database: location.path(common)).add(
          extent: extent, replaces: replace, findings: reported?.findings ?? [], patience: wait)
        if !common.quiet { try StandardOutput.write(Self.text(of: outcome, findings: reported?.findings.count)) }
      }
    }

    /// A file where there is one, else a name that the cohort must know.
    private func extent(_ subject: CohortCase, _ session: Session) throws -> CohortAddition.Extent {
      guard let regions else { return .wholeGenome }
      if !regions.contains("/"), !FileManager.default.fileExists(atPath: regions) { return .known(name: regions) }
      let read = try PlaceFinder(assembly: subject.assembly, session: session).regions(ofBED: regions)
      return .regions(name: URL(fileURLWithPath: regions).lastPathComponent, regions: read.regions)
    }

    private static func text(of outcome: CohortRun.Outcome, findings: Int?) -> String {
      var lines: [String] = []
      if outcome.samples.isEmpty {
        lines.append("already there: nothing was added")
      } else {
        let tally = outcome.tally
        lines.append("added \(outcome.samples.count) samples: \(outcome.samples.joined(separator: ", "))")
        lines.append("\(tally.records) records, \(tally.alleles) alleles carried, \(tally.missing) genotypes missing")
        if tally.refused > 0 { lines.append("\(tally.refused) records refused by FILTER or QUAL count as missing") }
        if tally.otherContigs > 0 { lines.append("\(tally.otherContigs) records on other contigs are not counted") }
      }
      if let findings { lines.append("\(findings) findings kept") }
      return (lines + ["the cohort: \(outcome.summary)"]).joined(separator: "\n") + "\n"
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes samples and every trace of their genotypes.",
      discussion: HelpText.discussion("", examples: "cohort remove KIND-7 MOTHER-7"))
    @Argument(help: "Sample ids.") var samples: [String]
    @Option(help: ArgumentHelp("Time to wait for another writer.", valueName: "seconds"))
    var wait = 60
    @OptionGroup var location: CohortLocation
    @OptionGroup var common: CommonOptions

    func run() throws {
      try Session.run(common) { session in
        let path = location.path(common)
        let writer = try CohortWriter(
          path: path, assembly: try CohortWriter.assembly(ofCohortAt: path), patience: wait, now: Clock.now())
        try writer.remove(samples: samples)
        let summary = try session.interruption.whileWriting { try writer.commit() }
        if !common.quiet {
          try StandardOutput.write("removed \(samples.joined(separator: ", "))\nthe cohort: \(summary)\n")
        }
      }
    }
  }
}
