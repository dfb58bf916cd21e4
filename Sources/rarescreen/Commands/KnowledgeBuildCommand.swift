import ArgumentParser
import Knowledge

extension KnowledgeCommand {
  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Turns public files into a store that a screen looks up.",
      discussion: HelpText.discussion(
        """
        Kinds: 'frequency' takes AF, AC, AN and nhomalt of all and of ancestry groups from any VCF, BCF or table; 'clinvar' takes \
        NCBI's VCF; 'scores' takes REVEL, AlphaMissense, CADD and SpliceAI from a VCF or a table; 'genes' takes gnomAD's constraint of genes or \
        ClinGen's gene-disease validity; 'phenotypes' takes hp.obo, phenotype.hpoa, genes_to_phenotype.txt and, to know which \
        diseases of Orphanet and OMIM are the same, mondo.sssom.tsv, of one release; 'auto' looks at the content of all but the last two. Files \
        of one source, one a chromosome for example, become one store, which replaces the one of that name and build.

        With --reference alleles are moved to the left as those of a screen with a reference are, and ClinVar's changes of single \
        residues are told, which PS1 and PM5 ask for. With --covered an allele that is not in the store counts as absent where the \
        source looked; without it, it is unknown.
        """, examples: "knowledge build clinvar clinvar.vcf.gz --reference GRCh38.fa",
        "knowledge build frequency gnomad.chr*.vcf.bgz --name gnomad_exomes --release 4.1 --covered calling.bed --allele-number 1460000",
        "knowledge build phenotypes hp.obo phenotype.hpoa genes_to_phenotype.txt mondo.sssom.tsv"
      ))
    @Argument(help: ArgumentHelp("frequency, clinvar, scores, genes, phenotypes or auto.", valueName: "kind")) var kind:
      KindChoice
    @Argument(help: "VCF, BCF or table, plain or compressed; sorted by position.", completion: .file())
    var files: [String]
    @Option(help: "Name of the source; 'clinvar' for ClinVar when not given.") var name: String?
    @Option(help: "Release of the source; ##fileDate of a VCF when not given.") var release: String?
    @Option(help: "Licence of the source, to be shown in lists and reports.") var licence: String?
    @Option(help: "Build of the source where its files do not tell: GRCh37 or GRCh38.") var build: String?
    @Option(help: "INFO keys or columns to take, separated by commas; all that are known when not given.")
    var fields: String?
    @Option(help: "Indexed FASTA of the build.", completion: .file()) var reference: String?
    @Option(
      help: ArgumentHelp(
        "BED of what the source looked at; a fourth column is the number of chromosomes.", valueName: "bed"))
    var covered: String?
    @Option(help: ArgumentHelp("Chromosomes looked at, where the BED does not tell.", valueName: "an"))
    var alleleNumber: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if files.isEmpty { throw ValidationError("name the files of the source.") }
      for (option, text) in [("--release", release), ("--licence", licence)] {
        guard let text else { continue }
        if text.isEmpty || text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
          throw ValidationError("\(option) takes a text in one line.")
        }
      }
      let others: [Any?] = [name, release, licence, build, fields, reference, covered, alleleNumber]
      if kind == .phenotypes, others.contains(where: { $0 != nil }) {
        throw ValidationError("'phenotypes' takes its name and release from HPO's files, and no other options.")
      }
      if covered == nil, alleleNumber != nil { throw ValidationError("--allele-number belongs to --covered.") }
      if let alleleNumber, !(1...1_000_000_000).contains(alleleNumber) {
        throw ValidationError("--allele-number takes a number from 1, not \(alleleNumber).")
      }
    }

    func run() throws {
      try Session.run(common) { session in
        let folder = try KnowledgeFolder(given: common.knowledge).made()
        let options = KnowledgeBuild.Options(
          kind: kind.kind, files: files, name: name, release: release, licence: licence, build: build,
          fields: fields?.split(separator: ",").map(String.init), reference: reference, covered: covered,
          alleleNumber: alleleNumber)
        if kind == .phenotypes {
          let built = try PhenotypeBuild(files: files, session: session).run(in: folder)
          if !common.quiet { try StandardOutput.write(StorePage.built(built.release, built.remarks, at: built.path)) }
          return
        }
        if kind == .genes {
          let built = try GeneFactBuild(options: options, session: session).run(in: folder)
          if !common.quiet { try StandardOutput.write(StorePage.built(built.table, built.remarks)) }
          return
        }
        let built = try KnowledgeBuild(options, session: session).run(in: folder)
        if !common.quiet { try StandardOutput.write(StorePage.built(built.metadata, at: built.path)) }
      }
    }
  }

  enum KindChoice: String, ExpressibleByArgument, CaseIterable {
    case frequency, clinvar, scores, genes, phenotypes, auto

    var kind: StoreMetadata.Kind? { StoreMetadata.Kind(rawValue: rawValue) }
  }
}
