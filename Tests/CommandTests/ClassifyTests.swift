import Foundation
import TestSupport
import Testing

@Suite("classify")
struct ClassifyTests {
  @Test("Codes: each with its points, what does not count, the sum and its class")
  func codes() throws {
    let outcome = try Program.run(["classify", "PVS1", "pm4", "PM2_Supporting", "PP4"])
    #expect(outcome.status == 0 && outcome.stderr.isEmpty, "\(outcome.text)")
    let table = Rows(outcome.stdout)
    #expect(table.header == ["criterion", "points", "posterior", "rule", "remark"])
    #expect(table.column("criterion") == ["PVS1", "PM4", "PM2_Supporting", "PP4", "total"])
    #expect(table.column("points") == ["8", "0", "1", "1", "10"])
    #expect(table.column("posterior") == [".", ".", ".", ".", "0.9941"])
    #expect(table.column("remark")[1] == "not counted: PVS1 already counts the effect on the product")
    #expect(table.column("rule").last == "P (points 10, of them 10 by a reviewer; a hint, not a classification)")
    #expect(try Program.run(["classify", "PVS1,PM4", "PM2_P,PP4"]).stdout == outcome.stdout)
  }

  @Test("The same as JSON")
  func json() throws {
    let outcome = try Program.run(["classify", "BA1", "PM2", "--format", "json"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let document = try Document(Array(outcome.stdout.utf8))
    #expect(document.number("points") == -8)
    #expect(document["class_hint"] as? String == "B")
    #expect(document["posterior"] is NSNull)
    let criteria = try #require(document["criteria"] as? [[String: Any]])
    #expect(criteria.map { $0["set_aside"] as? String } == [nil, "too common for PM2"])
  }

  @Test(
    "Wrong codes and flags end with 64 and say what was meant",
    arguments: [
      (["PSV1"], "did you mean PVS1?"), (["PS3_Modrate"], "did you mean PS3_Moderate?"),
      (["PP5"], "retired by ClinGen"),
      (["BP6_Strong"], "retired by ClinGen"), (["PM2", "PM2_Supporting"], "PM2 is given twice"),
      ([""], "write one of BA1"),
      ([], "Give codes, or --run and --review."), (["--run", "x"], "--run and --review go together"),
      (["PM2", "--run", "x", "--review", "y"], "Give codes, or --run and --review."),
    ] as [([String], String)])
  func usage(arguments: [String], words: String) throws {
    let outcome = try Program.run(["classify"] + arguments)
    #expect(outcome.status == 64 && outcome.stdout.isEmpty, "\(outcome.text)")
    #expect(outcome.stderr.contains(words), "\(outcome.text)")
  }

  private static let reviews = """
    review:
      - {variant: chr9:127675855:C:T, criteria: [PS2, PS3_Moderate], remove: [PM2], by: A. Berg, date: 2026-03-01, note: study}
      - {variant: 11-6617040-G-A, gene: tpp1, criteria: [PP4], by: "Bo, MD"}
      - {variant: 12-13563172-C-T, remove: [PM1], by: Bo}
      - {variant: 1-1000-A-C, criteria: [PM1], by: Bo}

    """

  private static let ineffective = [
    "the review of 12-13563172-C-T by Bo removes PM1, which no rule gave",
    "the review of 1-1000-A-C by Bo counts nowhere: the run holds the variant neither as candidate nor as near miss",
  ]

  /// The demonstration with `review:` behind it.
  private func reviewedCase(in folder: TemporaryFolder) throws -> String {
    let text = try String(contentsOfFile: Demonstration.caseFile, encoding: .utf8)
      .replacing("trio.vcf.gz", with: Demonstration.variants).replacing("trio.ped", with: Demonstration.pedigree)
    return try folder.write("case.yaml", text + Self.reviews)
  }

  @Test("A case with a review: table, document, records and page say who gave what")
  func reviewedScreen() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(["screen", try reviewedCase(in: folder), "--out", folder.file("out")])
    #expect(outcome.status == 0, "\(outcome.text)")
    for words in Self.ineffective { #expect(outcome.stderr.contains(words), "\(outcome.text)") }
    let table = Rows(try folder.text("out/candidates.tsv"))
    #expect(table.column("gene")[0] == "STXBP1")
    #expect(table.column("acmg_criteria")[0] == "PVS1,PS2(by A. Berg),PS3_Moderate(by A. Berg)")
    #expect(
      table.column("acmg_class")[0]
        == "P (points 14, of them 6 by a reviewer; 1 automated criterion removed; a hint, not a classification)")
    let other = try #require(table.column("pos").firstIndex(of: "6617040"))
    #expect(table.column("acmg_criteria")[other] == "PVS1,PM3,PP4(by Bo%2C MD)")
    // The partner of the pair, of which nobody spoke, stays automated.
    let partner = try #require(table.column("pos").firstIndex(of: "6617154"))
    #expect(table.column("acmg_class")[partner] == "P (automated points 10; human criteria pending)")

    let document = try Document(Array(try folder.text("out/candidates.json").utf8))
    let candidates = try #require(document["candidates"] as? [[String: Any]])
    let variants = try #require(candidates.first?["variants"] as? [[String: Any]])
    let criteria = try #require((variants.first?["acmg"] as? [String: Any])?["criteria"] as? [[String: Any]])
    let removed = try #require(criteria.first { $0["code"] as? String == "PM2" })
    #expect(removed["points"] as? Int == 0 && removed["removed_by"] as? String == "A. Berg")
    #expect(criteria.last?["evidence"] as? String == "study (by A. Berg, 2026-03-01)")
    #expect(criteria.last?["rule"] as? String == "reviewer's criterion")
    let warnings = try #require(document["warnings"] as? [String])
    for words in Self.ineffective { #expect(warnings.contains { $0.hasPrefix(words) }, "\(warnings)") }

    // PS3_Moderate counts for the variant; PS2 is the family's, and stays out of it.
    let account = try #require((candidates.first?["ledger"] as? [String: Any])?["variants"] as? [[[String: Any]]])
    #expect(account.first?.map { $0["label"] as? String } == ["PVS1", "PS3_Moderate", "ClinVar P (1 star)"])
    let page = try folder.text("out/report.html")
    #expect(page.contains("study (by A. Berg, 2026-03-01)"))
    #expect(page.contains("not counted: removed by A. Berg, 2026-03-01: study"))
    #expect(page.contains("Pathogenic? (points +14, of them +6 by A. Berg; a hint, not a classification)"))
    let records = try Program.shell("gzip -dc '\(folder.file("out/candidates.vcf.gz"))'").stdout
    #expect(records.contains("PM2_Supporting(removed_by_A._Berg)"))
  }

  @Test("An allele is found as the input writes it, and as the report does")
  func respelled() throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily()
    family.add("chr2", 166_002_700, "CAG", "CG", ["0/1", "0/0", "0/0"], consequence: "frameshift_variant")
    let flags = try family.write(to: folder)
    for (index, spelling) in ["2-166002700-CAG-CG", "2-166002700-CA-C"].enumerated() {
      let reviews = "review: [{variant: \(spelling), criteria: [PS3], by: AB}]\n"
      let file = try folder.write("case\(index).yaml", reviews)
      let screened = try Program.run(["screen", file, "--out", folder.file("out\(index)"), "--quiet"] + flags)
      #expect(screened.status == 0 && screened.stderr.isEmpty, "\(screened.text)")
      let criteria = Rows(try folder.text("out\(index)/candidates.tsv")).column("acmg_criteria")
      #expect(criteria.count == 1 && criteria[0].hasSuffix("PS3(by AB)"), "\(criteria)")
      let after = try Program.run(["classify", "--run", folder.file("out0"), "--review", file])
      #expect(after.status == 0 && after.stderr.isEmpty, "\(after.text)")
      #expect(Rows(after.stdout).column("variant") == ["2-166002700-CA-C"])
    }
  }

  @Test("Over an earlier run: before and after, the same as a screen with that review")
  func earlierRun() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let review = try folder.write("review.yaml", Self.reviews)
    let outcome = try Program.run(["classify", "--run", folder.file("out"), "--review", review])
    #expect(outcome.status == 0, "\(outcome.text)")
    for words in Self.ineffective { #expect(outcome.stderr.contains(words), "\(outcome.text)") }
    let table = Rows(outcome.stdout)
    #expect(table.column("variant") == ["9-127675855-C-T", "11-6617040-G-A", "12-13563172-C-T"])
    #expect(table.column("points_before") == ["10", "10", "1"])
    #expect(table.column("points_after") == ["14", "11", "1"])
    #expect(table.column("criteria_before")[0] == "PVS1,PM2_Supporting,PS2_Supporting")
    #expect(table.column("set_aside")[0].contains("PS2_Supporting: A. Berg gave PS2 in its place"))

    let other = try TemporaryFolder()
    let screened = try Program.run(["screen", try reviewedCase(in: other), "--out", other.file("out"), "--quiet"])
    #expect(screened.status == 0, "\(screened.text)")
    let screenedTable = Rows(try other.text("out/candidates.tsv"))
    for (place, position) in ["127675855", "6617040", "13563172"].enumerated() {
      let row = try #require(screenedTable.column("pos").firstIndex(of: position))
      #expect(screenedTable.column("acmg_class")[row] == table.column("class_after")[place])
      #expect(screenedTable.column("acmg_criteria")[row] == table.column("criteria_after")[place])
    }
    // Over the run that has that review already nothing changes.
    let again = Rows(try Program.run(["classify", "--run", other.file("out"), "--review", review]).stdout)
    #expect(again.column("class_before") == table.column("class_after"))
    #expect(again.column("criteria_after") == table.column("criteria_after"))
    // Another's review takes the place of the first, and says so.
    let later = try folder.write("later.yaml", "review: [{variant: 9-127675855-C-T, criteria: [PP4], by: CD}]\n")
    let replaced = try Program.run(["classify", "--run", other.file("out"), "--review", later, "--format", "json"])
    #expect(replaced.stderr.contains("the run holds a review by A. Berg, for which the given one stands in"))
    let reviewed = try Document(Array(replaced.stdout.utf8))["reviewed"] as? [[String: Any]]
    #expect((reviewed?.first?["before"] as? [String: Any])?["points"] as? Int == 14)
    #expect((reviewed?.first?["after"] as? [String: Any])?["points"] as? Int == 11)
  }

  @Test("What cannot be used ends with its code")
  func unusable() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let review = try folder.write("review.yaml", Self.reviews)
    func end(_ run: String, _ file: String, _ flags: String...) throws -> Program.Outcome {
      try Program.run(["classify", "--run", run, "--review", file] + flags)
    }
    #expect(try end(folder.file("nowhere"), review).status == 66)
    #expect(try end(folder.file("out"), folder.file("nowhere.yaml")).status == 66)
    #expect(try end(review + "x.json", review).status == 66)
    try folder.write("old.json", "{\"candidates\": []}")
    #expect(try end(folder.file("old.json"), review).status == 65)
    let none = try folder.write("none.yaml", "case: X\n")
    let without = try end(folder.file("out"), none)
    #expect(
      without.status == 65 && without.stderr.contains("none.yaml:1:1: the file holds no `review:`"), "\(without.text)")
    let wrong = try folder.write("wrong.yaml", "review: [{variant: 1-1-A-C, criteria: [PQ1], by: AB}]\n")
    let named = try end(folder.file("out"), wrong)
    #expect(named.status == 65 && named.stderr.contains("wrong.yaml:1:40"), "\(named.text)")
    let foreign = try folder.write("foreign.yaml", "build: GRCh37\n" + Self.reviews)
    #expect(try end(folder.file("out"), foreign).status == 65)
    let strict = try end(folder.file("out"), review, "--strict")
    #expect(strict.status == 65 && strict.stdout.isEmpty && strict.stderr.contains("counts nowhere"), "\(strict.text)")
  }
}
