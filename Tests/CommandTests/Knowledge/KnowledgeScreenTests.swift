import Foundation
import TestSupport
import Testing

/// What a screen makes of the stores: frequencies, ClinVar, scores, and ClinVar's changes of the same residue.
@Suite("Knowledge in a screen") struct KnowledgeScreenTests {
  private static let header = """
    ##fileformat=VCFv4.2
    ##fileDate=2026-11-02
    ##reference=GRCh38
    ##INFO=<ID=CLNSIG,Number=.,Type=String,Description="s">
    ##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="r">
    ##INFO=<ID=CLNDN,Number=.,Type=String,Description="d">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO

    """

  private static func candidates(_ folder: TemporaryFolder) throws -> [[String: String]] {
    let lines = try folder.text("out/candidates.tsv").split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(zip(lines[0], $0), uniquingKeysWith: { first, _ in first }) }
  }

  private static func screen(_ folder: TemporaryFolder, _ arguments: [String]) throws -> Program.Outcome {
    try Program.run(
      ["screen"] + arguments + ["--out", folder.file("out"), "--knowledge", folder.file("kb"), "--quiet"])
  }

  private static func build(_ folder: TemporaryFolder, _ arguments: [String]) throws {
    let outcome = try Program.run(["knowledge", "build"] + arguments + ["--knowledge", folder.file("kb")])
    #expect(outcome.status == 0, "\(outcome.text)")
  }

  /// The family of `SmallFamily.solved` without a frequency of its own.
  private static func bare() -> SmallFamily { SmallFamily.solved }

  @Test func aFrequencyOfAStoreRemovesAndAnAbsenceIsEvidence() throws {
    let folder = try TemporaryFolder()
    let arguments = try Self.bare().write(to: folder)
    let covered = try folder.write("covered.bed", "chr2\t166000000\t166010000\t152000\n")
    let source = try folder.write("pop.vcf", KnowledgeBuildTests.population)
    // FAF95 of 10 copies in 10,000 chromosomes of a group is above what a dominant disease allows.
    try Self.build(folder, ["frequency", source, "--name", "lab", "--release", "1", "--covered", covered])
    let common = try Self.screen(folder, arguments)
    #expect(common.status == 0, "\(common.text)")
    #expect(try Self.candidates(folder).isEmpty)
    let explained = try Program.run(
      ["explain"] + arguments + ["--variant", "2-166002700-C-T", "--knowledge", folder.file("kb"), "--quiet"])
    #expect(explained.stdout.contains("0.000542"), "\(explained.text)")
    // Without the allele in the source, but covered, it is absent from 152,000 chromosomes.
    let rest = KnowledgeBuildTests.population.split(separator: "\n").filter { !$0.contains("166002700") }
    let other = try folder.write("other.vcf", rest.joined(separator: "\n") + "\n")
    try Self.build(folder, ["frequency", other, "--name", "lab", "--release", "2", "--covered", covered])
    let absent = try Self.screen(folder, arguments)
    #expect(absent.status == 0, "\(absent.text)")
    let candidate = try #require(try Self.candidates(folder).first)
    #expect(candidate["acmg_criteria"]?.contains("PM2_Supporting") == true, "\(candidate)")
    let page = try folder.text("out/report.html")
    #expect(page.contains("152,000") && page.contains("lab_AC"))
    let run = try folder.text("out/run.json")
    #expect(run.contains("\"knowledge\"") && run.contains("\"release\": \"2\""), "\(run.prefix(3_000))")
  }

  @Test func theLaboratorysClinVarSpeaksBeforeTheFile() throws {
    let folder = try TemporaryFolder()
    let arguments = try Self.bare().write(to: folder)
    let source = try folder.write(
      "clinvar.vcf",
      Self.header
        + "2\t166002700\t77\tC\tT\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT=reviewed_by_expert_panel;CLNDN=Dravet_syndrome\n")
    try Self.build(folder, ["clinvar", source])
    let outcome = try Self.screen(folder, arguments)
    #expect(outcome.status == 0, "\(outcome.text)")
    let candidate = try #require(try Self.candidates(folder).first)
    #expect(candidate["clinvar"]?.contains("Pathogenic") == true, "\(candidate)")
  }

  /// SHOX with codons of arginine: R10L by c.29G>T, known to ClinVar by another allele and with another residue.
  @Test func otherAllelesOfTheResidueAreEvidence() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    let reference = try genome.write(to: folder)
    var family = SmallFamily()
    family.isAnnotated = false
    let place = genome.position(ofCoding: 29)
    family.add("chrX", place, "G", "T", ["0/1", "0/0", "0/0"])
    let arguments = try family.write(to: folder, panel: "skeletal") + ["--reference", reference]
    func criteria(_ records: String) throws -> String {
      let source = try folder.write("clinvar.vcf", Self.header + records)
      try Self.build(folder, ["clinvar", source, "--reference", reference])
      let outcome = try Self.screen(folder, arguments)
      #expect(outcome.status == 0, "\(outcome.text)")
      return try #require(try Self.candidates(folder).first?["acmg_criteria"], "\(outcome.text)")
    }
    let strong = "criteria_provided,_multiple_submitters,_no_conflicts"
    // R10L by two bases: the same change of the residue.
    let same = try criteria("X\t\(place)\t1\tGA\tTG\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT=\(strong)\n")
    #expect(same.contains("PS1") && !same.contains("PS1_") && !same.contains("PM5"), "\(same)")
    // R10P: another change of the residue; with two stars Moderate, with one Supporting.
    let other = try criteria("X\t\(place)\t1\tG\tC\t.\t.\tCLNSIG=Likely_pathogenic;CLNREVSTAT=\(strong)\n")
    #expect(other.contains("PM5") && !other.contains("PM5_") && !other.contains("PS1"), "\(other)")
    let moderate = try criteria(
      "X\t\(place)\t1\tGA\tTG\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT=criteria_provided,_single_submitter\n")
    #expect(moderate.contains("PS1_Moderate"), "\(moderate)")
    let supporting = try criteria(
      "X\t\(place)\t1\tGA\tTG\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT=no_assertion_criteria_provided\n")
    #expect(supporting.contains("PS1_Supporting"), "\(supporting)")
    let weak = try criteria(
      "X\t\(place)\t1\tG\tC\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT=criteria_provided,_single_submitter\n")
    #expect(weak.contains("PM5_Supporting"), "\(weak)")
    // Benign neighbours, the allele itself, and other residues are no evidence.
    let none = try criteria(
      "X\t\(place - 3)\t1\tG\tC\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT=\(strong)\n"
        + "X\t\(place)\t1\tG\tC\t.\t.\tCLNSIG=Benign;CLNREVSTAT=\(strong)\n"
        + "X\t\(place)\t2\tG\tT\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT=\(strong)\n")
    #expect(!none.contains("PS1") && !none.contains("PM5"), "\(none)")
  }

  @Test func scoresOfStoresAreTheFilesWhereItHasNone() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    let reference = try genome.write(to: folder)
    var family = SmallFamily()
    family.isAnnotated = false
    let place = genome.position(ofCoding: 29)
    family.add("chrX", place, "G", "T", ["0/1", "0/0", "0/0"])
    let table = "chr,hg19_pos,grch38_pos,ref,alt,REVEL\nX,1,\(place),G,T,0.95\n"
    try Self.build(
      folder, ["scores", folder.write("revel.csv", table), "--name", "revel", "--release", "1.3", "--build", "GRCh38"])
    let outcome = try Self.screen(
      folder, family.write(to: folder, panel: "skeletal") + ["--reference", reference])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try Self.candidates(folder).first?["acmg_criteria"]?.contains("PP3_Strong") == true)
    #expect(!(try folder.text("out/run.json").contains("missense predictor: none")))
  }

  /// An allele that changes one gene is no candidate of the gene beside it.
  @Test func aNeighbourIsNoCandidate() throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily()
    family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/0", "0/0"])
    let text = family.text.replacing(
      "T|stop_gained|HIGH|SCN1A|Transcript",
      with: "T|missense_variant|MODERATE|SCN1A|Transcript,T|downstream_gene_variant|MODIFIER|STXBP1|Transcript")
    let variants = try folder.write("family.vcf", text)
    let pedigree = try folder.write("family.ped", SmallFamily.pedigree)
    let outcome = try Program.run([
      "screen", "--vcf", variants, "--ped", pedigree, "--panel", "epilepsy", "--out", folder.file("out"), "--quiet",
    ])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try Self.candidates(folder).compactMap { $0["gene"] } == ["SCN1A"])
  }

  /// A raw VCF is judged by the consequences that are told here, as an annotated one is by its own.
  @Test func toldConsequencesAreJudgedByImpact() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    var family = SmallFamily()
    family.isAnnotated = false
    // CGA to CGG: arginine still.
    family.add("chrX", genome.position(ofCoding: 30), "A", "G", ["0/1", "0/0", "0/0"])
    let arguments = try family.write(to: folder, panel: "skeletal") + ["--reference", genome.write(to: folder)]
    let outcome = try Program.run(["screen"] + arguments + ["--out", folder.file("out"), "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try Self.candidates(folder).isEmpty)
    #expect(!(try folder.text("out/run.json").contains("consequence: none")))
    let explained = try Program.run(
      ["explain"] + arguments + ["--variant", "X-\(genome.position(ofCoding: 30))-A-G", "--quiet"])
    #expect(explained.stdout.contains("synonymous_variant LOW"), "\(explained.text)")
  }

  /// A population of the patient's own country is shown beside the figures that count, and filters nothing.
  @Test func otherPopulationsAreShown() throws {
    let folder = try TemporaryFolder()
    let table = "chrom\tpos\tref\talt\tAF\tAF_KHV\nchr2\t166002700\tC\tT\t0.00001\t0.25\n"
    try Self.build(
      folder, ["frequency", folder.write("kgp.tsv", table), "--name", "kgp", "--release", "3", "--build", "GRCh38"])
    let outcome = try Self.screen(folder, Self.bare().write(to: folder))
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try Self.candidates(folder).first?["max_af"] == "1e-05")
    #expect(try folder.text("out/report.html").contains("kgp_AF_KHV 0.25"))
    #expect(try folder.text("out/candidates.json").contains("\"kgp_AF_KHV\": 0.25"))
  }

  /// A FASTA of a part of the genome leaves changes untold, and the run says where.
  @Test func gapsOfTheReferenceAreTold() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    var family = SmallFamily()
    family.isAnnotated = false
    family.add("chrX", genome.position(ofCoding: 29), "G", "T", ["0/1", "0/0", "0/0"])
    let outcome = try Program.run(
      ["screen"] + family.write(to: folder, panel: "skeletal")
        + ["--reference", genome.write(to: folder), "--out", folder.file("out")])
    #expect(
      outcome.status == 0 && outcome.stderr.contains("660000 of 156040895 bases of chromosome X"), "\(outcome.text)")
    #expect(outcome.stderr.contains("lacks chromosomes 1, 2"))
  }

  /// A small database neither outvotes a large one nor counts as one.
  @Test func aSmallDatabaseDoesNotOutvoteALargeOne() throws {
    let folder = try TemporaryFolder()
    func source(_ name: String, _ values: String) throws {
      let lines = KnowledgeBuildTests.population.split(separator: "\n").filter { $0.hasPrefix("#") }
      let text = lines.joined(separator: "\n") + "\nchr2\t166002700\t.\tC\tT\t.\tPASS\t\(values)\n"
      try Self.build(folder, ["frequency", folder.write("\(name).vcf", text), "--name", name, "--release", "1"])
    }
    try source("large", "AF=1e-06;AC=1;AN=1400000")
    try source("small", "AF=0.2;AC=20;AN=100")
    let outcome = try Self.screen(folder, Self.bare().write(to: folder))
    #expect(outcome.status == 0, "\(outcome.text)")
    let candidate = try #require(try Self.candidates(folder).first)
    #expect(candidate["max_af"] == "1e-06", "\(candidate)")
    #expect(candidate["acmg_criteria"]?.contains("BA1") == false)
  }
}
