import Foundation
import TestSupport
import Testing

/// What the page saves, laid over its run and taken in by the next one.
@Suite("review import")
struct ReviewTests {
  private static func review(case id: String = "DEMO-001", _ entries: [String]) -> String {
    "{\"case\": \"\(id)\", \"build\": \"GRCh38\", \"review\": [\(entries.joined(separator: ",\n "))]}\n"
  }

  private static let given = """
    {"variant": "9-127675855-C-T", "gene": "STXBP1", "criteria": ["PS3_Moderate"], "class": "likely_pathogenic", "by": "Dr. Lan", \
    "date": "2026-11-27"}
    """
  private static let dismissed = """
    {"variant": "11-6617040-G-A", "gene": "TPP1", "dismiss": "phenotype does not fit", "note": "seen in\\nclinic", "by": "Dr. Lan"}
    """

  @Test("Points before and after, and one file that the case names and the report is written anew with")
  func throughTheCase() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let saved = try folder.write("saved.json", Self.review([Self.given, Self.dismissed]))
    let outcome = try Program.run(["review", "import", folder.file("out"), saved, "--out", folder.file("all.json")])
    #expect(outcome.status == 0, "\(outcome.text)")
    let table = Rows(outcome.stdout)
    #expect(table.column("variant") == ["9-127675855-C-T", "11-6617040-G-A"])
    #expect(table.column("points_before") == ["10", "10"] && table.column("points_after") == ["12", "10"])
    #expect(table.column("class_after")[0].hasPrefix("LP (class given by Dr. Lan, 2026-11-27"))

    // What was written reads back as the same reviews, and a case may name it.
    let again = try Program.run(["review", "import", folder.file("out"), folder.file("all.json")])
    #expect(again.stdout == outcome.stdout)
    for name in ["trio.vcf.gz", "trio.ped"] {
      try FileManager.default.copyItem(atPath: Demonstration.folder + "/" + name, toPath: folder.file(name))
    }
    let written = try String(contentsOfFile: Demonstration.caseFile, encoding: .utf8)
    let caseFile = try folder.write("case.yaml", written + "\nreview: all.json\n")
    let second = try Program.run(["screen", caseFile, "--out", folder.file("second"), "--quiet"])
    #expect(second.status == 0, "\(second.text)")
    let rows = Rows(try folder.text("second/candidates.tsv"))
    #expect(rows.column("flags").contains { $0.contains("dismissed by Dr. Lan: phenotype does not fit") })
    #expect(rows.column("acmg_criteria")[0].contains("PS3_Moderate"))
    let page = try folder.text("second/report.html")
    #expect(page.contains("dismissed: phenotype does not fit. seen in clinic"))
    #expect(page.contains("data-given-class=\"likely_pathogenic\" data-given-criteria=\"PS3_Moderate\""))
    let inputs = try #require(try Document(folder.bytes("second/run.json"))["inputs"] as? [[String: Any]])
    #expect(inputs.contains { $0["role"] as? String == "review" && $0["name"] as? String == "all.json" })
  }

  @Test("Of two reviews by one reviewer the later counts, whichever is given first")
  func laterCounts() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let later = Self.given.replacing("likely_pathogenic", with: "pathogenic").replacing("11-27", with: "12-01")
    let files = [
      try folder.write("b.json", Self.review([later])), try folder.write("a.json", Self.review([Self.given])),
    ]
    let outcome = try Program.run(["review", "import", folder.file("out")] + files)
    #expect(outcome.status == 0 && outcome.stderr.contains("1 review gave way to a later one"), "\(outcome.text)")
    #expect(Rows(outcome.stdout).column("class_after")[0].hasPrefix("P (class given by Dr. Lan, 2026-12-01"))
  }

  @Test("A review of another case or build, of nothing, or broken is refused, and nothing is written")
  func refused() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let empty = "{\"variant\": \"9-127675855-C-T\", \"by\": \"x\"}"
    let faults: [(String, Int32, String)] = [
      (Self.review(case: "OTHER", [Self.given]), 65, "is of the case OTHER, the run in"),
      (Self.review([Self.given]).replacing("GRCh38", with: "GRCh37"), 65, "is a case of GRCh37"),
      (Self.review([empty]), 65, "the review says nothing of the variant"),
      (Self.review([]), 65, "the file holds no `review:`"),
      (String(Self.review([Self.given]).prefix(90)), 65, "saved.json"),
      (Self.review([Self.given]).replacing("PS3_Moderate", with: "PS33"), 65, "PS33"),
    ]
    for (text, status, words) in faults {
      let saved = try folder.write("saved.json", text)
      let outcome = try Program.run(["review", "import", folder.file("out"), saved, "--out", folder.file("all.json")])
      #expect(outcome.status == status && outcome.stderr.contains(words), "\(outcome.text)")
      #expect(!folder.exists("all.json"))
    }
  }

  @Test("A case that names a file of reviews of another case, or one that names a third, is refused")
  func ofAnotherCase() throws {
    let folder = try TemporaryFolder()
    let written = try String(contentsOfFile: Demonstration.caseFile, encoding: .utf8)
      .replacing("trio.", with: Demonstration.folder + "/trio.")
    for (text, words) in [
      (Self.review(case: "OTHER", [Self.given]), "the review is of the case \"OTHER\", not of \"DEMO-001\""),
      ("review: case.yaml\n", "the file holds no `review:`"),
    ] {
      _ = try folder.write("other.json", text)
      let caseFile = try folder.write("case.yaml", written + "\nreview: other.json\n")
      let outcome = try Program.run(["screen", caseFile, "--out", folder.file("out"), "--quiet"])
      #expect(outcome.status == 65 && outcome.stderr.contains(words), "\(outcome.text)")
    }
    let caseFile = try folder.write("case.yaml", written + "\nreview: none.json\n")
    let outcome = try Program.run(["screen", caseFile, "--out", folder.file("out"), "--quiet"])
    #expect(outcome.status == 66, "\(outcome.text)")
    #expect(outcome.stderr.contains("review file"), "\(outcome.text)")
  }
}
