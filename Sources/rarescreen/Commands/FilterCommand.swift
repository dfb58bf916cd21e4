import ArgumentParser
import Logging
import Reading

struct FilterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter",
    abstract: "The filter alone: VCF or BCF in, VCF or BCF out.",
    discussion: HelpText.discussion(
      """
      Keeps the records that an expression, a panel and regions select; what is kept is passed on byte for byte, in the order of the \
      input. The expression language is that of bcftools, with SO terms and impacts of consequences (CSQ.IMPACT >= MODERATE) and, \
      with --ped, words for the family (kid.het && mom.hom_ref && dad.hom_ref). Panels and regions use the index of the input where \
      there is one.
      """,
      examples: "filter trio.vcf.gz --where 'FILTER=\"PASS\" && QUAL>30 && INFO/gnomad_AF<0.001' -O z -o rare.vcf.gz",
      "filter trio.vcf.gz --panel epilepsy --where 'CSQ.IMPACT >= MODERATE'"))

  @OptionGroup var records: RecordOptions
  @OptionGroup var question: FilterOptions
  @Option(help: ArgumentHelp("Bytes that a worker takes at a time.", visibility: .hidden))
  var stretch = VariantFile.stretchSize
  @OptionGroup var common: CommonOptions

  func run() throws {
    try Session.run(common) { session in
      let file = try VariantFile(
        path: records.input, isStrict: common.strict, stretchSize: stretch,
        leaderSize: stretch == VariantFile.stretchSize ? VariantFile.leaderSize : stretch)
      let filter = try RecordFilter(question, header: file.header, session: session)
      let target = try RecordTarget(
        path: records.out, container: records.container, layout: file.layout,
        change: .init(command: "filter", keepsRecords: true),
        session: session)
      let counts = try filter.run(on: file, into: target, session: session)
      if !common.quiet {
        session.logger.info("\(counts.kept) of \(counts.records) records kept")
      }
    }
  }
}

/// Which records are asked for.
struct FilterOptions: ParsableArguments {
  @Option(
    name: [.customLong("where"), .customShort("i")],
    help: ArgumentHelp("Expression that records must meet.", valueName: "expression"))
  var expression: String?

  @Option(help: "Gene panel, by name or file: records that overlap its genes. May be repeated.")
  var panel: [String] = []

  @Option(help: "BED file: records that overlap its rows. May be repeated.", completion: .file(extensions: ["bed"]))
  var regions: [String] = []

  @Option(help: "Pedigree in PED format, for the words of the family.", completion: .file(extensions: ["ped", "fam"]))
  var ped: String?

  @Option(help: "Build of the input where its contig lengths do not tell: GRCh37 or GRCh38.")
  var build: String?
}
