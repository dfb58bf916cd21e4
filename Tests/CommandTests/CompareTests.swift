import Foundation
import TestSupport
import Testing

/// The program on two runs of the demonstration, of which one thing is another each time.
@Suite("compare") struct CompareTests {
  /// Screens the demonstration with a text of its case file replaced, into `name` of the folder.
  private static func screen(
    _ name: String, in folder: TemporaryFolder, _ old: String = "", _ new: String = "", arguments: [String] = []
  ) throws {
    var text = try String(contentsOfFile: Demonstration.caseFile, encoding: .utf8)
      .replacing("trio.vcf.gz", with: Demonstration.variants).replacing("trio.ped", with: Demonstration.pedigree)
    if !old.isEmpty {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    let file = try folder.write("case.yaml", text)
    let outcome = try Program.run(["screen", file, "--out", folder.file(name), "--quiet"] + arguments)
    #expect(outcome.status == 0, "\(outcome.text)")
  }

  private static func compare(_ folder: TemporaryFolder, _ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["compare"] + arguments, directory: folder.path)
  }

  private static let panels = "panels: [epilepsy, intellectual_disability, developmental]"

  @Test("A setting, a panel, a term: what they take away, bring and change, and that they did it")
  func causes() throws {
    let folder = try TemporaryFolder()
    try Self.screen("old", in: folder)
    try Self.screen("same", in: folder)
    let calm = try Self.compare(folder, ["old", "same"])
    #expect(calm.status == 0 && calm.stderr.isEmpty, "\(calm.text)")
    #expect(calm.stdout.hasPrefix("Case DEMO-001: nothing changed\n"))

    try Self.screen("setting", in: folder, Self.panels, Self.panels + "\nsettings: {min_points: 3}")
    let setting = Rows(try Self.compare(folder, ["old", "setting", "--format", "tsv"]).stdout)
    #expect(setting.column("what") == ["finding", "finding", "finding", "input"], "\(setting.rows)")
    #expect(Set(setting.column("change").dropLast()) == ["lost"])
    #expect(setting.column("new").dropLast() == Array(repeating: "weak_evidence", count: 3))
    #expect(setting.column("cause")[0] == "setting min_points: 0 → 3" && setting.column("certainty")[0] == "shown")
    #expect(setting.column("details")[0].hasPrefix("now: near miss, few points for the ranked list (points: "))

    try Self.screen("panel", in: folder, Self.panels, "panels: [developmental]")
    let panel = Rows(try Self.compare(folder, ["panel", "old", "--format", "tsv"]).stdout)
    #expect(panel.rows.first?[4] == "MT-3460-G-A" && panel.rows.first?[1] == "new_near_miss")
    #expect(panel.column("details")[0] == "before: its gene is not screened")
    #expect(panel.column("cause")[0] == "panel epilepsy: added (1.0 of 2025-06-03, 1473 genes)")
    #expect(panel.rows.contains { $0[1] == "entered" && $0[2] == "MT-ND1" })

    try Self.screen("term", in: folder, "  - HP:0012469", "  # - HP:0012469")
    let term = try Self.compare(folder, ["old", "term"])
    #expect(term.stdout.contains("points of the phenotype: "), "\(term.text)")
    #expect(term.stdout.contains("because of: [1] phenotype HP:0012469 Infantile spasms"), "\(term.text)")
    #expect(!term.stdout.contains("one of:"))
  }

  @Test("A new ClinVar and a reviewer: moved, lost, reclassified; files, schema, the same bytes twice")
  func knowledgeAndReview() throws {
    let folder = try TemporaryFolder()
    for (name, date, word) in [("old", "2025-11-02", "Uncertain_significance"), ("new", "2026-11-02", "Pathogenic")] {
      let clinVar = """
        ##fileformat=VCFv4.2
        ##fileDate=\(date)
        ##reference=GRCh38
        ##INFO=<ID=CLNSIG,Number=.,Type=String,Description="s">
        ##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="r">
        ##INFO=<ID=CLNDN,Number=.,Type=String,Description="d">
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
        12\t13563172\t77\tC\tT\t.\t.\tCLNSIG=\(word);CLNREVSTAT=reviewed_by_expert_panel;CLNDN=x

        """
      let source = try folder.write("clinvar.vcf", clinVar)
      let build = try Program.run(["knowledge", "build", "clinvar", source, "--knowledge", folder.file("kb-" + name)])
      #expect(build.status == 0, "\(build.text)")
      try Self.screen(name, in: folder, arguments: ["--knowledge", folder.file("kb-" + name)])
    }
    let outcome = try Self.compare(folder, ["old", "new", "--out", "a"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(
      outcome.stdout.contains("ClinVar: Uncertain significance (3 of 4 stars) → Pathogenic (3 of 4 stars)"),
      "\(outcome.text)")
    #expect(outcome.stdout.contains("because of: [1] ClinVar store clinvar"))
    #expect(folder.names(in: "a") == ["compare.html", "compare.json", "compare.tsv"])
    let document = try Document(try folder.bytes("a/compare.json"))
    let change = try #require((document["changes"] as? [[String: Any]])?.first)
    #expect(change["kind"] as? String == "moved" && change["weight"] as? String == "pathogenic_now")

    _ = try Self.compare(folder, ["old", "new", "--out", "b", "--quiet"])
    for name in ["compare.html", "compare.json", "compare.tsv"] {
      #expect(try folder.bytes("a/" + name) == folder.bytes("b/" + name), "\(name)")
    }
    let page = try folder.text("a/compare.html")
    #expect(!page.contains(folder.path) && !page.contains("://") && !page.contains("<script"))

    try Self.screen(
      "reviewed", in: folder, Self.panels,
      Self.panels + "\nreview: [{variant: 12-13563172-C-T, criteria: [PS3_VeryStrong, PM1], by: A. Berg}]",
      arguments: ["--knowledge", folder.file("kb-new")])
    let review = try Self.compare(folder, ["new", "reviewed", "--lang", "vi"])
    #expect(review.stdout.contains("đổi phân loại"), "\(review.text)")
    #expect(review.stdout.contains("VUS → P"))
    #expect(review.stdout.contains("nguyên nhân: [1] đánh giá của chuyên gia 12-13563172-C-T ở GRIN2B"))
  }

  @Test("Folders that cannot be compared: 65 or 66, what is wrong and what to do")
  func faults() throws {
    let folder = try TemporaryFolder()
    try Self.screen("a", in: folder)
    try Self.screen("other", in: folder, "case: DEMO-001", "case: DEMO-002")
    try folder.write("file", "")
    try FileManager.default.createDirectory(atPath: folder.file("empty"), withIntermediateDirectories: false)
    func check(_ arguments: [String], _ status: Int32, _ words: String) throws {
      let outcome = try Self.compare(folder, arguments)
      #expect(outcome.status == status && outcome.stdout.isEmpty, "\(outcome.text)")
      #expect(outcome.stderr.contains(words) && outcome.stderr.split(separator: "\n").count <= 2, "\(outcome.text)")
    }
    try check(["a", "none"], 66, "none: there is no such folder")
    try check(["a", "file"], 65, "this is a file")
    try check(["empty", "a"], 65, "it has neither candidates.json nor run.json")
    try check([".", "a"], 65, "give --batch")
    try check(["a", "other"], 65, "case 'DEMO-001' (proband 'CHILD'), other case 'DEMO-002'")
    try check(["a", "a", "--batch"], 65, "leave out --batch")
    let forced = try Self.compare(folder, ["a", "other", "--other-case"])
    #expect(forced.status == 0 && forced.stdout.contains("Case DEMO-002: nothing changed"), "\(forced.text)")
    let usage = try Self.compare(folder, ["a"])
    #expect(usage.status == 64)
    let newer = try folder.text("other/run.json").replacing(
      "\"schema_version\": \"1.", with: "\"schema_version\": \"9.")
    try folder.write("other/run.json", newer)
    try check(["other", "a"], 65, "of a newer rarescreen")
    let list = try folder.bytes("a/candidates.json")
    _ = try folder.file("other/candidates.json", list.dropLast(100))
    try check(["other", "a"], 65, "candidates.json: damaged")
    try FileManager.default.removeItem(atPath: folder.file("other/run.json"))
    try check(["other", "a"], 65, "half a run: run.json is missing")
  }

  @Test("Many cases: a line for each that changed, the rest counted and named; one that is damaged stops no other")
  func batch() throws {
    let folder = try TemporaryFolder()
    for name in ["old", "new"] {
      try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: false)
    }
    try Self.screen("old/a", in: folder)
    for name in ["old/b", "old/gone", "new/b", "new/come", "old/x", "new/a"] {
      try FileManager.default.copyItem(atPath: folder.file("old/a"), toPath: folder.file(name))
    }
    try Self.screen("new/x", in: folder, Self.panels, Self.panels + "\nsettings: {min_points: 3}")
    let outcome = try Self.compare(folder, ["old", "new", "--batch", "--out", "out"])
    #expect(outcome.status == 0 && outcome.stderr.isEmpty, "\(outcome.text)")
    #expect(outcome.stdout.hasPrefix("3 cases compared: 1 changed, 2 unchanged"))
    #expect(outcome.stdout.contains("x: 3 lost\n") && outcome.stdout.contains("because of: [1] setting min_points"))
    #expect(outcome.stdout.contains("Only in the old folder, 1: gone\nOnly in the new folder, 1: come\n"))
    let rows = Rows(try folder.text("out/compare.tsv"))
    #expect(rows.column("state") == ["changed", "only_old", "only_new"])

    try folder.write("new/a/candidates.json", "{")
    let damaged = try Self.compare(folder, ["old", "new", "--batch", "--out", "out"])
    #expect(damaged.status == 65, "\(damaged.text)")
    #expect(damaged.stdout.contains("Not compared: a: new/a/candidates.json: damaged"))
    #expect(damaged.stderr.contains("1 of 3 cases could not be compared, the first a"))
    #expect(try folder.text("out/compare.tsv").contains("not_compared\ta\t"))
  }
}
