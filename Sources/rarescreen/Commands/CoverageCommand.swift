import ArgumentParser
import Foundation
import Knowledge
import Model
import Reading
import Screening
import Writing

struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "How well the genes of a panel were read, from BAM or CRAM.",
    discussion: HelpText.discussion(
      """
      Depth of the coding exons and 10 bases around them, by exon and gene, with the gaps and why they are gaps: no reads, reads that \
      could lie elsewhere, unsure bases, few reads. Mates that overlap count once; duplicates and secondary reads do not. Writes \
      coverage.tsv to standard output, or with --out coverage.tsv, gaps.bed and depth_classes.bed into a folder. A BED is covered \
      row by row as it is; rows of one name that overlap are one. A base needs 20 reads, on X and Y of a man 10, of the mitochondrion 100.
      """, examples: "coverage child.bam --panel epilepsy --sex female --out coverage",
      "coverage child.cram father.cram --panel targets.bed --sex CHILD=female --sex FATHER=male"))

  @Argument(help: ArgumentHelp("BAM or CRAM files with their indexes.", valueName: "bam"), completion: .file())
  var alignments: [String]
  @Option(help: "Panel by its name, or its file; may be repeated.") var panel: [String]
  @Option(help: "FASTA of the reads' build; depth alone needs it for no CRAM.", completion: .file()) var reference:
    String?
  @Option(name: [.long, .short], help: "Folder for the tables; made if it is not there.") var out: String?
  @Option(name: .customLong("min-mapq"), help: "Lowest mapping quality of a read, Phred.") var minimumMappingQuality =
    20
  @Option(name: .customLong("min-baseq"), help: "Lowest quality of a base, Phred.") var minimumBaseQuality = 20
  @Option(help: "Bases around a coding exon.") var padding = 10
  @Option(
    name: .customLong("sex"),
    help: ArgumentHelp(
      "Sex, for X and Y: male or female of all samples, SAMPLE=male of one; may be repeated.", valueName: "sex"))
  var sexes: [String] = []
  @Option(help: "Build, where the contig lengths do not tell it: GRCh37 or GRCh38.") var build: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if panel.isEmpty { throw ValidationError("Give a panel: its name ('panel list' tells them), or a file.") }
    if out?.isEmpty == true { throw ValidationError("--out takes the path of a folder, not an empty text.") }
    if !(0...255).contains(minimumMappingQuality) { throw ValidationError("--min-mapq takes a number from 0 to 255.") }
    if !(0...93).contains(minimumBaseQuality) { throw ValidationError("--min-baseq takes a number from 0 to 93.") }
    if !(0...10_000).contains(padding) { throw ValidationError("--padding takes a number of bases from 0 to 10000.") }
    _ = try StatedSexes(sexes)
    if let build, Assembly(name: build) == nil {
      throw ValidationError("--build takes GRCh37 or GRCh38, not '\(build)'.")
    }
  }

  func run() throws {
    try Session.run(common) { session in
      var settings = Settings()
      settings.minimumMappingQuality = minimumMappingQuality
      settings.minimumBaseQuality = minimumBaseQuality
      settings.coveragePadding = padding
      let files = try alignments.map { try AlignmentFile(path: $0, reference: reference) }
      let assembly = try assembly(of: files)
      let targets = try PanelTargets(names: panel, assembly: assembly, settings: settings, common: common)
      let names = try names(of: files)
      let stated = try StatedSexes(sexes)
      try stated.check(against: names)
      let plans = zip(files, names).map { file, name in
        CoveragePlan(
          targets.coverage, unplaced: targets.unplaced, sex: stated[name], assembly: assembly,
          settings: settings, contigs: file.knownContigs, isCRAM: file.isCRAM)
      }
      let warnings =
        files.flatMap(\.warnings) + targets.warnings + zip(plans, names).compactMap { $0.contigWarning(of: $1) }
        + zip(plans, names).filter { $0.0.lacksSex }.map { _, name in
          "\(name): sex unknown: X and Y judged by \(settings.minimumCallableDepth)x; give --sex \(name)=male or "
            + "--sex \(name)=female"
        }
      if common.strict, !warnings.isEmpty {
        throw Failure.strict(warnings)
      }
      session.warn(warnings)
      let samples = try files.indices.map { place in
        try AlignmentScan.coverage(
          of: names[place], in: files[place], plan: plans[place], settings: settings, session: session)
      }
      let spelling = ContigSpelling(files.first?.contigs ?? [])
      let table = CoverageTable(samples) { spelling[$0] }
      try write(table, session)
    }
  }

  private func write(_ table: CoverageTable, _ session: Session) throws {
    guard let out else {
      try StandardOutput.write(String(decoding: table.table, as: UTF8.self))
      return
    }
    try session.interruption.whileWriting { try OutputFolder(path: out).write(table.files) }
  }

  /// The sample that the read groups name, else the name of the file.
  private func sample(of file: AlignmentFile) throws -> String {
    if file.samples.count > 1 {
      throw Failure(
        .malformedInput,
        "\(file.path): reads of \(file.samples.count) samples (\(file.samples.prefix(5).joined(separator: ", "))); "
          + "give one file a sample")
    }
    return file.samples.first ?? URL(fileURLWithPath: file.path).deletingPathExtension().lastPathComponent
  }

  /// A name is one file's: rows of the tables could not be told apart.
  private func names(of files: [AlignmentFile]) throws -> [String] {
    let names = try files.map(sample(of:))
    for (place, name) in names.enumerated() {
      guard let first = names[..<place].firstIndex(of: name) else { continue }
      throw Failure(
        .malformedInput,
        "\(files[first].path), \(files[place].path): both are reads of \(name); give one file a sample, joined with: samtools merge"
      )
    }
    return names
  }

  private func assembly(of files: [AlignmentFile]) throws -> Assembly {
    let named = build.flatMap(Assembly.init(name:))
    // Slices of a genome have lengths of no build; who names the build vouches for its coordinates.
    let telling = files.filter { file in
      if case .assembly = file.assemblyEvidence.finding { true } else { named == nil }
    }
    let found = try PreparedCase.assembly(
      of: telling.map { ($0.assemblyEvidence, URL(fileURLWithPath: $0.path).lastPathComponent) })
    if let found, let named, found != named {
      throw Failure(.malformedInput, "--build \(named), but the contig lengths are of \(found)")
    }
    guard let assembly = found ?? named else { throw Failure.unknownBuild }
    return assembly
  }
}

/// How a file names its contigs; those that it does not name are spelt like the others.
struct ContigSpelling: Sendable {
  private let names: [Contig: String]
  private let isPrefixed: Bool

  init(_ contigs: [VariantHeader.ContigLine]) {
    names = Dictionary(
      contigs.compactMap { line in Contig(name: line.name).map { ($0, line.name) } },
      uniquingKeysWith: { first, _ in first })
    isPrefixed = names.values.contains { $0.hasPrefix("chr") }
  }

  subscript(contig: Contig) -> String {
    if let name = names[contig] { return name }
    if !isPrefixed { return contig.name }
    return contig == .mitochondrion ? "chrM" : "chr" + contig.name
  }
}
