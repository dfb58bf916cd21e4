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
        In place of a case the sheet of a batch can be given, or its folder of case files: each case is added by itself, one that fails \
        stops no other, and --findings is the folder of the batch. An exome needs --regions: without it the whole genome counts as looked at, and alleles look rarer than they are.
        """, examples: "cohort add case.yaml --regions targets.bed",
        "cohort add --vcf joint.vcf.gz --ped families.ped --regions targets.bed",
        "cohort add cases.tsv --findings results --regions targets.bed"))
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
      if sheet != nil, subject.describesACase {
        throw ValidationError("Flags that describe a case are for one case; write them into the sheet.")
      }
    }

    func run() throws {
      guard let sheet else { return try Session.run(common, addCase) }
      let stopped = Failure(
        .interrupted,
        "stopped by a signal; the cases that were added are kept, the same command goes on with the others")
      try Session.run(common, stopped: stopped) { session in
        let entries = try CaseSheet.read(path: sheet).entries
        warnOfWholeGenomes(session)
        var extents: [Assembly: CohortAddition.Extent] = [:]
        let tally = try CohortSheetRun(entries: entries, session: session) { entry in
          let added = try CohortCase(try entry.written.get(), session: session)
          let extent = try extents[added.assembly] ?? self.extent(on: added.assembly, session)
          extents[added.assembly] = extent
          // The findings of a case are in its folder of the batch.
          return try add(added, extent, findings: findings.map { $0 + "/" + Batch.folderName(of: entry.id) }, session)
        }.run()
        session.progress.finish()
        if !common.quiet { try StandardOutput.write(tally.summary) }
        if let failure = tally.failure { throw failure }
      }
    }

    /// The sheet, or folder of case files, that stands in place of a case.
    private var sheet: String? {
      subject.casePath.flatMap { CaseSheet.isSheet(path: $0) ? $0 : nil }
    }

    private func addCase(_ session: Session) throws {
      let written = try subject.written()
      // A pedigree given by flags alone may hold any number of families, as that of a population does.
      let added = try CohortCase(written, isPopulation: subject.casePath == nil, session: session)
      warnOfWholeGenomes(session)
      let outcome = try add(added, try extent(on: added.assembly, session), findings: findings, session)
      if !common.quiet { try StandardOutput.write(outcome.text) }
    }

    private func warnOfWholeGenomes(_ session: Session) {
      if regions != nil { return }
      session.warn(["no --regions: the samples count as looked at everywhere, as whole genomes are"])
    }

    private func add(
      _ added: CohortCase, _ extent: CohortAddition.Extent, findings folder: String?, _ session: Session
    ) throws -> CohortRun.Outcome {
      session.warn(added.warnings)
      let reported = try folder.map { try ReportedFindings(folder: $0, date: Clock.now(), note: note) }
      if let reported, reported.assembly != added.assembly {
        throw Failure(
          .malformedInput,
          "the findings are on \(reported.assembly), the variants on \(added.assembly); give those of one case")
      }
      return try CohortRun(subject: added, session: session, database: location.path(common)).add(
        extent: extent, replaces: replace, findings: reported?.findings, patience: wait)
    }

    /// A file where there is one, else a name that the cohort must know.
    private func extent(on assembly: Assembly, _ session: Session) throws -> CohortAddition.Extent {
      guard let regions else { return .wholeGenome }
      if !regions.contains("/"), !FileManager.default.fileExists(atPath: regions) { return .known(name: regions) }
      let read = try PlaceFinder(assembly: assembly, session: session).regions(ofBED: regions)
      return .regions(name: URL(fileURLWithPath: regions).lastPathComponent, regions: read.regions)
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
