import ArgumentParser
import Logging
import Model
import Reading

struct AnnotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate",
    abstract: "Consequences, frequencies, ClinVar and scores into a VCF or BCF.",
    discussion: HelpText.discussion(
      """
      Tells what each allele does to the transcripts around it, by the bundled MANE transcripts or a gene model of yours, and writes \
      it into CSQ as VEP lays it out. With --reference amino acids and HGVS names are told too; without it only what the place alone \
      decides. Records stay as they are written otherwise, in their order; alleles are normalised for every look-up. A file that \
      has consequences keeps them, unless --reannotate.
      """,
      examples: "annotate calls.vcf.gz --reference GRCh38.fa -o annotated.vcf.gz",
      "annotate vep.vcf.gz --reference GRCh38.fa --gene-model gencode.gff3.gz --compare"))

  @OptionGroup var records: RecordOptions
  @OptionGroup var question: AnnotateOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if question.leavesConsequences, question.reannotate || question.compare {
      throw ValidationError("--no-consequences goes neither with --reannotate nor with --compare.")
    }
    if question.compare, question.reannotate {
      throw ValidationError(
        "--compare holds what the file tells to what is told anew; it does not go with --reannotate.")
    }
  }

  func run() throws {
    try Session.run(common) { session in
      let file = try VariantFile(path: records.input, isStrict: common.strict)
      let annotator = try RecordAnnotator(question, layout: file.layout, session: session)
      if question.compare {
        try annotator.compare(file, session: session)
        return
      }
      let target = try RecordTarget(
        path: records.out, container: records.container, layout: file.layout,
        change: annotator.headerChange, session: session)
      let done = try annotator.run(on: file, into: target, session: session)
      if !common.quiet { for line in done { session.logger.info("\(line)") } }
    }
  }
}

/// With what records are annotated.
struct AnnotateOptions: ParsableArguments {
  @Option(
    help: "Gene model in GFF3 or GTF (Ensembl, GENCODE, RefSeq), plain or compressed; MANE when not given.",
    completion: .file())
  var geneModel: String?

  @Option(help: "FASTA of the reference genome with its index (.fai).", completion: .file(extensions: ["fa", "fasta"]))
  var reference: String?

  @Option(help: "Build of the input where its contig lengths do not tell: GRCh37 or GRCh38.")
  var build: String?

  @Flag(help: "Tell consequences anew where the file has them (CSQ, ANN, BCSQ are replaced).")
  var reannotate = false

  @Flag(name: .customLong("no-consequences"), help: "Leave consequences alone; write what the stores know.")
  var leavesConsequences = false

  @Flag(help: "Write no records: count, and list on standard output, where the file's consequences differ.")
  var compare = false

  @Flag(name: .customLong("no-ref-check"), help: "Do not hold REF to the reference.")
  var ignoresReference = false
}
