import ArgumentParser
import Reading

/// The flags that describe a case, shared by every command that takes one.
struct CaseOptions: ParsableArguments {
  @Argument(
    help: "Case file: YAML, or a GA4GH Phenopacket v2 (single or Family) as JSON. Flags alone are enough too.",
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var casePath: String?

  @Option(
    name: .customLong("vcf"),
    help: "VCF or BCF file, '-' for standard input. May be repeated; replaces the files of the case file.")
  var vcf: [String] = []

  @Option(help: "Pedigree in PED format.")
  var ped: String?

  @Option(help: "Sample whose disease is to be explained; needed when several are affected.")
  var proband: String?

  @Option(help: "HPO term that was observed, HP:0001250. May be repeated, or several joined by commas.")
  var hpo: [String] = []

  @Option(name: .customLong("not-hpo"), help: "HPO term that was looked for and found absent.")
  var notHPO: [String] = []

  @Option(
    help:
      "Gene panel: a name from 'rarescreen panel list' or a file. May be repeated; replaces the panels of the case file. Default: mendeliome."
  )
  var panel: [String] = []

  @Option(help: ArgumentHelp("Alignments of a sample.", valueName: "SAMPLE=BAM"))
  var alignment: [String] = []

  @Option(
    help:
      "Reference FASTA with its .fai: for left-alignment, consequences, CRAM, and reads at insertions and deletions.")
  var reference: String?

  @Option(help: "Sex of the proband where no pedigree tells: male or female.")
  var sex: String?

  @Option(help: "Build of the inputs where their contig lengths do not tell: GRCh37 or GRCh38.")
  var build: String?

  @Option(name: .customLong("case-id"), help: "Name of the case where no file gives one.")
  var caseID: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("A threshold of the profile.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: "FILTER value to accept beside PASS and '.'. May be repeated.")
  var acceptFilter: [String] = []

  @Flag(help: "Let unaffected members carry dominant variants (incomplete penetrance).")
  var incomplete = false

  @Flag(help: "Trust phase marks ('|') that name no phase set across records.")
  var trustUnnamedPhase = false

  @Flag(help: "Take a member's missing record for reference (0/0).")
  var assumeRef = false

  @Flag(help: "Do not stop where REF differs from the reference FASTA.")
  var noRefCheck = false

  @Option(help: ArgumentHelp("'strict': both published de novo rules.", valueName: "rule"))
  var denovo: String?

  var flags: CaseFlags {
    var settings = settings
    if !acceptFilter.isEmpty { settings.append("accept_filter=" + acceptFilter.joined(separator: ",")) }
    if incomplete { settings.append("incomplete_penetrance=true") }
    if trustUnnamedPhase { settings.append("trust_unnamed_phase=true") }
    if noRefCheck { settings.append("check_ref=false") }
    if assumeRef { settings.append("assume_ref=true") }
    if denovo == "strict" { settings.append("strict_de_novo=true") }
    return CaseFlags(
      vcf: vcf, ped: ped, proband: proband, hpo: hpo, notHpo: notHPO, panels: panel, alignments: alignment,
      reference: reference, sex: sex, settings: settings, build: build, caseID: caseID)
  }

  /// Whether any flag says something of the case.
  var describesACase: Bool { flags != CaseFlags() }

  /// The case as it is written, in a file, in flags or both.
  func written() throws -> CaseFile {
    try casePath.map { try CaseFile.read(path: $0).merging(flags) } ?? CaseFile(flags: flags)
  }

  func validate() throws {
    if let denovo, denovo != "strict" { throw ValidationError("--denovo takes 'strict', not '\(denovo)'.") }
    if casePath == nil, vcf.isEmpty {
      throw ValidationError("Give a case file, or describe the case by flags: at least --vcf.")
    }
  }
}
