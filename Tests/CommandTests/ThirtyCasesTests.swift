import Foundation
import TestSupport
import Testing

/// Cases that programs of this kind get wrong, through the whole program, on files of a few lines.
///
/// Where each of the thirty stands: 1–18 and 25 in `ScreeningTests/Inheritance` (`TrickyCaseTests`, `CompoundHeterozygousTests`),
/// 2 and 7 here too; 19 and 20 here and in `AnnotationFactTests`, `EvidencePopulationTests`; 21 here; 22 here and in
/// `ReadingTests` (`VariantsHeaderTests`, `PanelBEDTests`); 23 here and in `AnnotationConsequenceTests`; 24 here and in
/// `PanelFindingTests`; 26 and 27 here and in `EvidenceLossOfFunctionTests`, `EvidencePredictionTests`; 28 here and in
/// `PhenotypeTests`; 29 and 30 here.
@Suite struct ThirtyCasesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func header(x: Int = 156_040_895, mitochondrion: Int = 16_569) -> String {
    """
    ##fileformat=VCFv4.2
    ##contig=<ID=chr4,length=190214555>
    ##contig=<ID=chr6,length=170805979>
    ##contig=<ID=chr9,length=138394717>
    ##contig=<ID=chr12,length=133275309>
    ##contig=<ID=chrX,length=\(x)>
    ##contig=<ID=chrM,length=\(mitochondrion)>
    ##ALT=<ID=DEL,Description="Deletion">
    ##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type of the structural variant">
    ##INFO=<ID=END,Number=1,Type=Integer,Description="Last base">
    ##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="Length">
    ##INFO=<ID=RU,Number=1,Type=String,Description="Repeat unit">
    ##INFO=<ID=RL,Number=1,Type=Integer,Description="Reference length">
    ##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description="Frequency">
    ##INFO=<ID=gnomAD_AC,Number=A,Type=Integer,Description="Alleles">
    ##INFO=<ID=gnomAD_AN,Number=1,Type=Integer,Description="Chromosomes">
    ##INFO=<ID=CLNSIG,Number=.,Type=String,Description="ClinVar">
    ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequences. Format: Allele|Consequence|IMPACT|SYMBOL|HGNC_ID|Feature|BIOTYPE|MANE_SELECT|EXON|Protein_position|REVEL|SpliceAI_pred_DS_AG|am_pathogenicity">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">
    ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">
    ##FORMAT=<ID=REPCN,Number=1,Type=String,Description="Repeat units of each copy">
    ##FORMAT=<ID=REPCI,Number=1,Type=String,Description="Their confidence intervals">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP

    """
  }

  /// One CSQ entry of a transcript named alike everywhere.
  private static func csq(
    _ allele: String, _ consequence: String, _ gene: String, _ hgnc: Int, impact: String = "HIGH",
    exon: String = "5/13",
    residue: String = "100/452", scores: String = "||"
  ) -> String {
    "\(allele)|\(consequence)|\(impact)|\(gene)|HGNC:\(hgnc)|NM_1.1|protein_coding|NM_1.1|\(exon)|\(residue)|\(scores)"
  }

  private static func line(_ words: String) -> String { words.split(separator: " ").joined(separator: "\t") }

  private func screen(
    _ records: [String], _ flags: [String] = [], header: String = header()
  ) throws -> (outcome: Program.Outcome, table: AnswerTable, folder: String) {
    let vcf = try folder.write("case.vcf", header + records.map { Self.line($0) + "\n" }.joined())
    let out = folder.file("out")
    let outcome = try Program.run(["screen", "--vcf", vcf, "--out", out] + flags)
    let table = AnswerTable(outcome.status == 0 ? try folder.text("out/candidates.tsv") : "")
    return (outcome, table, out)
  }

  /// A homozygous stop in PAH, with what INFO says of its frequency.
  private static func stop(_ info: String, gene: String = "PAH") -> String {
    "chr12 102840493 . G A 50 PASS \(info);CSQ=\(csq("A", "stop_gained", gene, 8582)) GT:AD:DP:GQ 1/1:0,30:30:99"
  }

  @Test func case02DeletionOverASingleBase() throws {
    let (outcome, table, _) = try screen(
      [
        "chr12 102840000 . N <DEL> 50 PASS SVTYPE=DEL;END=102841000;SVLEN=-1000;CSQ="
          + Self.csq("deletion", "transcript_ablation", "PAH", 8582) + " GT:DP:GQ 0/1:30:99",
        "chr12 102840493 . G A,* 50 PASS CSQ="
          + Self.csq("A", "missense_variant", "PAH", 8582, impact: "MODERATE") + " GT:AD:DP:GQ 1/2:0,15,0:15:99",
      ])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(table.rows.map { $0["alt"] } == ["<DEL>", "A"])
    #expect(table.rows.allSatisfy { $0["phase"] == "CONFIRMED_TRANS" && $0["verdicts"] == "AR_comphet:PASS" })
  }

  @Test func case07PseudoautosomalMale() throws {
    let record =
      "chrX 644586 . G A 50 PASS CSQ=\(Self.csq("A", "stop_gained", "SHOX", 10853)) GT:AD:DP:GQ 0/1:20,18:38:99"
    let table = try screen([record], ["--sex", "male"]).table
    #expect(table.rows.map { $0["states"] } == ["P=H"])
    #expect(table.rows.map { $0["verdicts"] } == ["AD:PASS"])
  }

  @Test(arguments: [
    (19, "gnomAD_AC=1;gnomAD_AN=1000;gnomAD_AF=0.001", true, "PVS1,PM3_Supporting"),
    (20, "SVTYPE=SNV", true, "PVS1,PM3_Supporting"),
    (20, "gnomAD_AC=0;gnomAD_AN=1614000;gnomAD_AF=0", false, "PVS1,PM2_Supporting,PM3_Supporting"),
  ])
  func cases19And20FrequencyWithoutData(number: Int, info: String, isWithoutData: Bool, criteria: String) throws {
    let run = try screen([Self.stop(info)])
    let row = try #require(run.table.rows.first)
    #expect(row["flags"]?.contains("no frequency data") == isWithoutData)
    #expect(row["acmg_criteria"] == criteria)
    // The figure of a small sample is shown all the same.
    if number == 19 { #expect(try folder.text("out/candidates.json").contains("5.12932943875")) }
  }

  @Test func case21CommonAndPathogenic() throws {
    let row = try #require(
      try screen([
        "chr6 26092913 . G A 50 PASS gnomAD_AF=0.06;gnomAD_AC=6000;gnomAD_AN=100000;CSQ="
          + Self.csq("A", "missense_variant", "HFE", 4886, impact: "MODERATE") + " GT:AD:DP:GQ 1/1:0,30:30:99"
      ]).table.rows.first)
    #expect(row["acmg_criteria"] == "PM3_Supporting")
    #expect(row["flags"]?.contains("common, kept as a listed exception to BA1") == true)
    // As common an allele that is not on the list goes.
    let other = try screen([
      "chr6 26092914 . G A 50 PASS gnomAD_AF=0.06;gnomAD_AC=6000;gnomAD_AN=100000;CSQ="
        + Self.csq("A", "missense_variant", "HFE", 4886, impact: "MODERATE") + " GT:AD:DP:GQ 1/1:0,30:30:99"
    ])
    #expect(other.table.rows.isEmpty)
  }

  @Test func case22TwoBuilds() throws {
    let record = Self.stop("SVTYPE=SNV")
    let bed = try folder.write("panel.bed", "chrX\t156000000\t156030895\tend\n")
    let header = Self.header(x: 155_270_560).split(separator: "\n", omittingEmptySubsequences: false)
      .filter {
        !$0.contains("ID=chr4,") && !$0.contains("ID=chr6,") && !$0.contains("ID=chr9,") && !$0.contains("ID=chr12,")
      }
      .joined(separator: "\n")
    let outcome = try screen([record], ["--panel", bed], header: header).outcome
    #expect(outcome.status == 65)
    #expect(outcome.stderr.contains("GRCh37") && outcome.stderr.contains("GRCh38"), "\(outcome.text)")
    #expect(!folder.exists("out"))
  }

  @Test func case23AllelesOfDeletionsInVEPsWords() throws {
    let table = try screen([
      "chr12 102840493 . TAA T,TA 50 PASS CSQ="
        + Self.csq("-", "inframe_deletion", "PAH", 8582, impact: "MODERATE") + ","
        + Self.csq("A", "frameshift_variant", "PAH", 8582) + " GT:AD:DP:GQ 1/2:0,15,15:30:99"
    ]).table
    let found = Set(table.rows.map { "\($0["ref"] ?? "")>\($0["alt"] ?? "") \($0["consequence"] ?? "")" })
    #expect(found == ["TAA>T inframe_deletion", "TA>T frameshift_variant"])
  }

  @Test func case24GeneByItsIDWhenTheSymbolIsAnother() throws {
    let row = try #require(try screen([Self.stop("SVTYPE=SNV", gene: "OLDNAME")]).table.rows.first)
    #expect(row["gene"] == "PAH" && row["hgnc_id"] == "HGNC:8582")
  }

  @Test(arguments: [
    (26, "stop_gained", "HIGH", "19/19", "1263/1343", "||", "PVS1_Moderate,PM2_Supporting", "automated points 3"),
    (
      27, "missense_variant", "MODERATE", "5/19", "300/1343", "0.80|0.35|0.95", "PM2_Supporting,PP3_Moderate",
      "automated points 3"
    ),
  ])
  func cases26And27Points(
    number: Int, consequence: String, impact: String, exon: String, residue: String, scores: String, criteria: String,
    points: String
  ) throws {
    let entry = Self.csq(
      "A", consequence, "SYNGAP1", 11497, impact: impact, exon: exon, residue: residue, scores: scores)
    let row = try #require(
      try screen([
        "chr6 33440765 . G A 50 PASS gnomAD_AC=0;gnomAD_AN=1614000;gnomAD_AF=0;CSQ=\(entry) GT:AD:DP:GQ 0/1:15,15:30:99"
      ]).table.rows.first)
    #expect(Set((row["acmg_criteria"] ?? "").split(separator: ",")) == Set(criteria.split(separator: ",")))
    #expect(row["acmg_class"]?.hasPrefix("VUS") == true && row["acmg_class"]?.contains(points) == true)
  }

  @Test func case28ContradictingTerms() throws {
    // Infantile spasms are seizures.
    let outcome = try screen([Self.stop("SVTYPE=SNV")], ["--hpo", "HP:0012469", "--not-hpo", "HP:0001250"]).outcome
    #expect(outcome.status == 64)
    #expect(outcome.stderr.contains("HP:0012469") && outcome.stderr.contains("HP:0001250"), "\(outcome.text)")
  }

  @Test func case29Repeats() throws {
    let run = try screen(
      [
        "chr4 3074876 . C <STR17>,<STR38> . PASS END=3074933;RL=57;RU=CAG GT:REPCN:REPCI 1/2:17/38:17-17/36-41",
        "chr9 69037286 . A <STR20>,<STR300> . PASS END=69037304;RL=18;RU=GAA GT:REPCN:REPCI 1/2:20/300:20-20/250-330",
        "chrX 147912049 . G <STR120> . PASS END=147912111;RL=62;RU=CGG GT:REPCN:REPCI 1:120:110-130",
      ], ["--sex", "male"])
    #expect(run.outcome.status == 0, "\(run.outcome.text)")
    // No candidate variant, and yet not negative.
    #expect(run.outcome.stdout.contains("Uncertain: A repeat was measured"), "\(run.outcome.text)")
    let document =
      try JSONSerialization.jsonObject(with: Data(try folder.bytes("out/candidates.json"))) as? [String: Any]
    let repeats = try #require(document?["repeats"] as? [[String: Any]])
    let conclusions = repeats.map { "\($0["symbol"] ?? $0["gene"] ?? "?") \($0["conclusion"] ?? "?")" }
    #expect(conclusions == ["HTT expanded", "FXN single_expanded", "FMR1 intermediate"])
  }

  @Test func case30NothingFoundAndNoReads() throws {
    let run = try screen([Self.stop("gnomAD_AF=0.4;gnomAD_AC=400000;gnomAD_AN=1000000")])
    #expect(run.outcome.status == 0 && run.table.rows.isEmpty)
    #expect(run.outcome.stdout.contains("Negative"))
    #expect(try folder.text("out/report.html").contains("coverage not assessed"))
  }
}
