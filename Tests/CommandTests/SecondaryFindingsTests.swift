import Foundation
import TestSupport
import Testing

/// Secondary findings: by a list, in those who agreed, apart from the candidates. Alleles are invented, in places of the genes.
@Suite("Secondary findings")
struct SecondaryFindingsTests {
  private static let pathogenic = "CLNSIG=Pathogenic;CLNREVSTAT=reviewed_by_expert_panel"

  /// A girl with a de novo stop in SCN1A, and with what was not asked for.
  private struct Family {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      var family = SmallFamily()
      var clinVar: [Int: String] = [:]
      func add(
        _ place: String, _ position: Int, _ calls: [String], _ gene: String, _ record: String?,
        consequence: String = "missense_variant", impact: String = "MODERATE"
      ) {
        family.add(place, position, "C", "T", calls, gene: gene, consequence: consequence, impact: impact)
        clinVar[position] = record
      }
      let unsigned = "CLNSIG=Pathogenic;CLNREVSTAT=no_assertion_criteria_provided"
      // A carrier of one recessive allele; pathogenic, and nobody's finding.
      add("chr1", 45_332_000, ["0/1", "0/1", "0/0"], "MUTYH", pathogenic)
      add("chr2", 166_002_700, ["0/1", "0/0", "0/0"], "SCN1A", nil, consequence: "stop_gained", impact: "HIGH")
      // Two of a recessive gene.
      add("chr13", 51_950_100, ["0/1", "0/1", "0/0"], "ATP7B", pathogenic)
      add("chr13", 51_960_200, ["0/1", "0/0", "0/1"], "ATP7B", pathogenic)
      // Without a star, and with too few criteria.
      add("chr17", 7_675_100, ["0/1", "0/0", "0/1"], "TP53", unsigned)
      add("chr17", 43_057_100, ["0/1", "0/1", "0/0"], "BRCA1", pathogenic)
      // Known pathogenic although it changes no protein.
      add(
        "chr17", 43_063_900, ["0/1", "0/0", "0/1"], "BRCA1", pathogenic, consequence: "synonymous_variant",
        impact: "LOW")
      add("chrX", 101_400_100, ["0/0", "0/0", "0/1"], "GLA", pathogenic)
      let lines = family.text.split(separator: "\n").map { line -> String in
        let cells = line.split(separator: "\t")
        guard cells.count > 8, let position = Int(cells[1]), let record = clinVar[position] else { return String(line) }
        return String(line).replacing("gnomAD_AF=", with: "\(record);gnomAD_AF=")
      }
      let declared = ["CLNSIG", "CLNREVSTAT"].map { "##INFO=<ID=\($0),Number=.,Type=String,Description=\"\($0)\">" }
      try folder.write("family.vcf", ([lines[0]] + declared + lines.dropFirst()).joined(separator: "\n") + "\n")
      try folder.write("family.ped", SmallFamily.pedigree)
    }

    func screen(
      consent: String?, panel: String = "epilepsy", list: String? = "acmg_sf", out: String = "out",
      _ more: [String] = []
    ) throws -> Program.Outcome {
      let agreed = consent.map { "consent: {secondary_findings: \($0)}\n" } ?? ""
      let path = try folder.write(
        "case.yaml", "case: S1\nvariants: family.vcf\npedigree: family.ped\npanels: [\(panel)]\n\(agreed)")
      return try Program.run(
        ["screen", path, "--out", folder.file(out)] + (list.map { ["--secondary-findings", $0] } ?? []) + more)
    }

    /// `SAMPLE GENE positions` of each finding.
    func findings(_ out: String = "out") throws -> [String] {
      let document = try Document(folder.bytes(out + "/candidates.json"))
      return (try #require(document["secondary_findings"] as? [[String: Any]])).map { finding in
        let gene = (finding["gene"] as? [String: Any])?["symbol"] as? String ?? ""
        let variants = finding["variants"] as? [[String: Any]] ?? []
        let places = variants.compactMap { ($0["allele"] as? [String: Any])?["pos"] as? Int }
        #expect(variants.allSatisfy { ($0["genotypes"] as? [[String: Any]])?.count == 1 }, "nobody else was looked at")
        return "\(finding["sample"] as? String ?? "") \(gene) \(places.map(String.init).joined(separator: "+"))"
      }
    }

    func standing(_ out: String = "out") throws -> [String: String] {
      let document = try Document(folder.bytes(out + "/candidates.json"))
      let people = try #require(document["secondary_screen", "people"] as? [[String: Any]])
      return Dictionary(
        uniqueKeysWithValues: people.map { ($0["sample"] as? String ?? "", $0["standing"] as? String ?? "") })
    }
  }

  @Test("Pathogenic alleles of the list in the copies that the gene asks for, in those who agreed alone")
  func findings() throws {
    let family = try Family()
    let outcome = try family.screen(consent: "[CHILD]")
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(
      try family.findings().sorted() == [
        "CHILD ATP7B 51950100+51960200", "CHILD BRCA1 43057100", "CHILD BRCA1 43063900",
      ])
    #expect(
      try family.standing() == ["CHILD": "screened", "FATHER": "not_consented", "MOTHER": "not_consented"])
    let both = try family.screen(consent: "[CHILD, MOTHER]", out: "both")
    #expect(both.status == 0, "\(both.text)")
    #expect(
      try family.findings("both").filter { $0.hasPrefix("MOTHER") }.sorted()
        == ["MOTHER BRCA1 43063900", "MOTHER GLA 101400100"])
  }

  @Test("Without consent nobody is looked at, and the page says so; without the flag it is not spoken of")
  func consent() throws {
    let family = try Family()
    for consent in [nil, "[]", "~"] {
      let outcome = try family.screen(consent: consent)
      #expect(outcome.status == 0 && outcome.stderr.contains("nobody of the family consented"), "\(outcome.text)")
      #expect(try family.findings().isEmpty)
      #expect(try Set(family.standing().values) == ["not_consented"])
      let page = try family.folder.text("out/report.html")
      #expect(page.components(separatedBy: "Not consented: nobody looked.").count == 4)
      #expect(!page.contains("BRCA1"))
    }
    #expect(try family.screen(consent: "[CHILD]", list: nil, out: "off").status == 0)
    #expect(try family.findings("off").isEmpty)
    let page = try family.folder.text("off/report.html")
    #expect(!page.contains("id=\"secondary\"") && page.contains("<li>Secondary findings.</li>"))
  }

  @Test("In a sheet a column tells who consented")
  func sheet() throws {
    let family = try Family()
    let sheet = try family.folder.write(
      "cases.tsv",
      "case\tvariants\tpedigree\tpanels\tsecondary_findings\n"
        + "BOTH\tfamily.vcf\tfamily.ped\tepilepsy\tCHILD;MOTHER\nNONE\tfamily.vcf\tfamily.ped\tepilepsy\t.\n"
        + "WRONG\tfamily.vcf\tfamily.ped\tepilepsy\tMOTHR\n")
    let outcome = try Program.run(
      ["batch", sheet, "--out", family.folder.file("out"), "--secondary-findings", "acmg_sf"])
    #expect(outcome.status == 65 && outcome.stderr.contains("1 of 3 cases failed: WRONG (exit 64)"), "\(outcome.text)")
    #expect(
      try family.standing("out/BOTH") == ["CHILD": "screened", "FATHER": "not_consented", "MOTHER": "screened"])
    #expect(try Set(family.standing("out/NONE").values) == ["not_consented"])
    #expect(try family.folder.text("out/summary.tsv").contains("did you mean `MOTHER`?"))
  }

  @Test("The candidates, their ranking and every count of the funnel are those of a run without")
  func apart() throws {
    let family = try Family()
    #expect(try family.screen(consent: "[CHILD, FATHER, MOTHER]").status == 0)
    #expect(try family.screen(consent: nil, list: nil, out: "off").status == 0)
    for name in ["candidates.tsv", "genes.tsv", "candidates.vcf.gz", "qc.json"] {
      #expect(try family.folder.bytes("out/" + name) == family.folder.bytes("off/" + name), "\(name)")
    }
    let documents = try ["out", "off"].map { try Document(family.folder.bytes($0 + "/candidates.json")) }
    for key in ["candidates", "near_misses", "funnel", "targets", "warnings"] {
      #expect((documents[0][key] as? NSObject) == (documents[1][key] as? NSObject), "\(key)")
    }
    let page = try family.folder.text("out/report.html")
    let section = try #require(page.range(of: "id=\"secondary\""))
    #expect(!page[..<section.lowerBound].contains("BRCA1") && page[section.lowerBound...].contains("BRCA1"))
  }

  @Test("What is a candidate already is told once")
  func once() throws {
    let family = try Family()
    let panel = try family.folder.write(
      "ours.tsv", "#panel: ours\nhgnc_id\tsymbol\tconfidence\tmoi\nHGNC:1100\tBRCA1\tgreen\tAD\n")
    let outcome = try family.screen(consent: "[CHILD]", panel: panel, ["--incomplete"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let candidates = Rows(try family.folder.text("out/candidates.tsv"))
    #expect(candidates.column("pos").contains("43057100"))
    #expect(try !family.findings().contains("CHILD BRCA1 43057100"))
    let people = try Document(family.folder.bytes("out/candidates.json"))["secondary_screen", "people"]
    #expect((people as? [[String: Any]])?.first?["among_candidates"] as? Int ?? 0 >= 1)
  }

  @Test("A list of one's own needs its date, its source and the modes; a name that is nobody's is no consent")
  func refused() throws {
    let family = try Family()
    let table = "gene\tdisease\tinheritance\nBRCA1\tbreast cancer\tAD\n"
    for (text, words) in [
      ("#source: ours\n" + table, "needs its date"), ("#date: 2026-01-01\n" + table, "needs its source"),
      ("#date: 2026-01-01\n#source: ours\nchr17\t43000000\t43100000\tBRCA1\n", "a list for --secondary-findings"),
    ] {
      let outcome = try family.screen(consent: "[CHILD]", list: family.folder.write("list.tsv", text))
      #expect(outcome.status == 65, "\(words): \(outcome.text)")
    }
    let list = try family.folder.write("list.tsv", "#date: 2026-01-01\n#source: ours\n" + table)
    let own = try family.screen(consent: "[CHILD]", list: list)
    #expect(own.status == 0, "\(own.text)")
    #expect(try family.findings().sorted() == ["CHILD BRCA1 43057100", "CHILD BRCA1 43063900"])
    #expect(try family.folder.text("out/report.html").contains("ours; 2026-01-01"))
    let unknown = try family.screen(consent: "[CHLD]")
    #expect(unknown.status == 64 && unknown.stderr.contains("did you mean `CHILD`"), "\(unknown.text)")
    let key = try family.folder.write("bad.yaml", "variants: family.vcf\nconsent: {secondary: [CHILD]}\n")
    #expect(try Program.run(["screen", key, "--out", family.folder.file("x")]).status == 64)
    #expect(try family.screen(consent: "[CHILD]", list: "acmg").status == 64)
  }

  @Test(
    "candidates.json follows its schema", .enabled(if: SchemaChecker.isPresent, "python3 with jsonschema not found"))
  func schema() throws {
    let family = try Family()
    #expect(try family.screen(consent: "[CHILD, MOTHER]").status == 0)
    let path = Checkout.directory + "/Sources/Writing/Schemas/candidates.schema.json"
    let schema = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(try SchemaChecker.faults(of: family.folder.bytes("out/candidates.json"), under: schema) == "")
  }
}
