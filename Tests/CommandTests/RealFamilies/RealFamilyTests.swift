import Foundation
import TestSupport
import Testing

/// Families that other programs are tested with, through the whole program.
@Suite(.enabled(if: RealData.isPresent, RealData.absence)) struct RealFamilyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func candidates(_ arguments: [String]) throws -> AnswerTable {
    let (outcome, table) = try AnswerTable.screen(arguments, in: folder)
    try #require(outcome.status == 0, "\(outcome.text)")
    return table
  }

  /// VIP's own family: the father is ill too and carries none of it, so nothing explains both.
  @Test func vipFamilyAsItComes() throws {
    let mocks = RealData.path("families/vip-report-template/src/mocks/GRCh38")
    let table = try candidates([
      "--vcf", mocks + "/vcf/family.vcf", "--ped", mocks + "/family.ped", "--proband", "Patient",
    ])
    #expect(table.rows.isEmpty)
  }

  /// With a healthy father everything that stands in the patient alone is new, as VIP marks it (`VID=1`).
  @Test func vipFamilyWithAHealthyFather() throws {
    let mocks = RealData.path("families/vip-report-template/src/mocks/GRCh38")
    let ped = try String(contentsOfFile: mocks + "/family.ped", encoding: .utf8)
      .replacingOccurrences(of: "Father\t0\t0\t1\t2", with: "Father\t0\t0\t1\t1")
    let table = try candidates([
      "--vcf", mocks + "/vcf/family.vcf", "--ped", try folder.write("family.ped", ped), "--proband", "Patient",
      // VIP lists what fits, however little speaks for it.
      "--set", "min_points=-50",
    ])
    let found = Set(table.rows.map { "\($0["gene"] ?? "") \($0["inheritance"] ?? "")" })
    #expect(
      found == [
        "GLI3 AD,de_novo", "NF1 AD,de_novo", "ABCA1 AD,de_novo", "MSH2 AD,de_novo", "CHD7 AD,de_novo",
        "INF2 AD,de_novo", "LDLR AR_hom", "WDR45 XL_dominant,XL_recessive,de_novo",
        // New in a gene that is known as recessive only: shown apart, with a penalty.
        "GPAA1 de_novo", "GTPBP3 de_novo", "NMNAT1 de_novo", "CLN5 de_novo", "PPA2 de_novo", "JAM3 de_novo",
        // SRY makes women of XY; it left with its genotype in VIP's panel, ours has it.
      ])
  }

  /// Whom VIP matches with a gene's inheritance (`VIM=1`), ours reports too, save where a rule differs.
  @Test func vipDecisionTreeCase() throws {
    let resources = RealData.path("families/vip-decision-tree/src/test/resources/example_CSQ.vcf")
    let ped = "F\tPatient\tFather\tMother\t1\t2\nF\tFather\t0\t0\t1\t1\nF\tMother\t0\t0\t2\t1\n"
    let table = try candidates(["--vcf", resources, "--ped", try folder.write("trio.ped", ped)])
    let found = Set(table.rows.map { "\($0["chrom"] ?? ""):\($0["pos"] ?? "")" })
    var matched: Set<String> = []
    for line in FamilyFile(try String(contentsOfFile: resources, encoding: .utf8)).records {
      let values = Dictionary(
        zip(line[8].split(separator: ":"), line[9].split(separator: ":")), uniquingKeysWith: { first, _ in first })
      if values["VIM"] == "1" { matched.insert("\(line[0]):\(line[1])") }
    }
    #expect(matched.count == 11)
    // NF1 from a healthy mother: VIP's gene list lets unaffected people carry it, and pairs in a dominant gene.
    #expect(matched.subtracting(found) == ["17:29663879"])
    #expect(
      found.subtracting(matched) == [
        // Two copies or a new one in a gene of another mode: shown apart, VIP drops it.
        "14:89307838", "17:29676226", "19:17449399",
        // The parents do not explain two copies, which a deletion or isodisomy would.
        "14:105167860", "19:17451997",
        // A boy's heterozygous X call is a question, not an answer.
        "X:48933021",
        // VIP knows no mode for SRY.
        "Y:2655641",
      ])
  }

  /// slivar's comphet.csq.vcf: one side of pairs whose other side is not in the file; what is left lies on the mother's copy.
  @Test func slivarHalvesOfPairs() throws {
    let file = RealData.path("families/slivar/comphet.csq")
    let panel = try folder.write(
      "genes.tsv", "symbol\tmoi\n" + ["LGSN", "CHTF18", "GIPC3"].map { "\($0)\tBIALLELIC, autosomal\n" }.joined())
    let arguments = ["--vcf", file + ".vcf", "--ped", file + ".ped", "--panel", panel]
    #expect(try candidates(arguments).rows.isEmpty)
    let explained = try Program.run(["explain"] + arguments + ["--variant", "chr16-793183-G-A"])
    #expect(explained.status == 0)
    #expect(explained.stdout.contains("with 16-788413-C-CCCCGGCCCG: CIS"), "\(explained.text)")
  }

  /// An exome that nobody annotated: nothing can be said, and the program says what it takes.
  @Test func exomeWithoutConsequences() throws {
    let out = folder.file("out")
    let outcome = try Program.run(
      ["screen", "--vcf", RealData.path("exomes/exomiser-pfeiffer/Pfeiffer.vcf.gz"), "--out", out, "--quiet"])
    #expect(outcome.status == 65)
    for part in ["Pfeiffer.vcf.gz", "CSQ, ANN or BCSQ", "--reference", "VEP", "bcftools csq"] {
      #expect(outcome.stderr.contains(part), "\(outcome.text)")
    }
    #expect(folder.names(in: "out")?.isEmpty ?? true)
  }

  /// Every twenty-fifth file of the conformance collections, valid or not, ends in a known exit code and in time.
  @Test func conformanceFilesNeitherCrashNorHang() throws {
    let archive = RealData.path("conformance.tar.gz")
    _ = try Program.shell("tar xzf \(archive) -C \(folder.path)")
    let files = folder.files().filter { $0.hasSuffix(".vcf") || $0.hasSuffix(".bcf") || $0.hasSuffix(".vcf.gz") }
    #expect(files.count > 1_000)
    for path in stride(from: 0, to: files.count, by: 25).map({ files[$0] }) {
      for verb in ["qc", "screen --out \(folder.file("out"))"] {
        let outcome = try Program.shell("timeout 20 $RARESCREEN \(verb) --quiet --build GRCh38 --vcf '\(path)'")
        #expect([0, 64, 65, 66].contains(outcome.status), "\(path) \(outcome.text)")
        #expect(outcome.status == 0 || outcome.stderr.hasPrefix("rarescreen: error: "), "\(path) \(outcome.text)")
      }
    }
  }
}
