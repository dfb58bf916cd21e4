import Foundation
import TestSupport
import Testing

/// Reports in a laboratory's dress, and of a patient who is named.
@Suite("Dressed reports") struct DressedReportTests {
  private static let template = Checkout.fixture("template/laboratory.yaml")
  private static let patient = Checkout.fixture("template/patient.json")
  /// Words of the patient's file that no other file may hold.
  private static let personal = [
    "Nguyễn", "Thị Mẫu", "2025-04-30", "30/04/2025", "BN-000123", "TE1010000000001", "2 Example Street",
    "Dr. B. Example",
    "EDTA blood", "S-77", "2026-02-01", "2026-02-03", "R-2026-0017", "patient.json",
  ]

  /// A file of the fixture's folder under another name, with something else in it.
  private func changed(_ name: String, in folder: TemporaryFolder, _ old: String, _ new: String) throws -> String {
    let text = try String(contentsOfFile: Checkout.fixture("template/" + name), encoding: .utf8)
    try folder.write("logo.svg", try String(contentsOfFile: Checkout.fixture("template/logo.svg"), encoding: .utf8))
    return try folder.write(name, text.replacing(old, with: new))
  }

  @Test("The page names the laboratory, the record the files, and no finding changes")
  func template() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder, ["--template", Self.template]).status == 0)
    let plain = try TemporaryFolder()
    #expect(try Demonstration.screen(into: plain).status == 0)
    for name in ["candidates.tsv", "genes.tsv", "candidates.vcf.gz", "qc.json"] {
      #expect(try folder.bytes("out/" + name) == plain.bytes("out/" + name), "\(name)")
    }
    let page = try folder.text("out/report.html")
    #expect(page.contains("Example Laboratory of Medical Genetics") && page.contains("Dr. A. Berg"))
    #expect(try !plain.text("out/report.html").contains("letterhead\""))
    let inputs = try #require(try Document(folder.bytes("out/run.json"))["inputs"] as? [[String: Any]])
    let roles = inputs.compactMap { $0["role"] as? String }
    #expect(roles.suffix(2) == ["template", "logo"])
  }

  @Test(
    "A dressed page of a named patient is as accessible as any, in both languages, on a phone and in print",
    .enabled(if: Browser.isThere, "playwright or chromium is not installed; './run setup' installs them"),
    arguments: ["en", "vi"])
  func accessible(language: String) throws {
    let folder = try TemporaryFolder()
    let flags = ["--template", Self.template, "--identified", Self.patient, "--lang", language]
    #expect(try Demonstration.screen(into: folder, flags).status == 0)
    for width in ["1280", "390"] {
      let seen = try Browser.open(
        folder.file("out/report.html"), named: "dressed-\(language)", ["--width", width])
      #expect(seen.faults == [], "\(width)")
    }
    guard Tool.isPresent("pdftotext") else { return }
    let pdf = Browser.folder + "/dressed-\(language)/report-1280.pdf"
    let text = String(
      decoding: try #require(try Tool.output("pdftotext", ["-l", "1", "-layout", pdf, "-"])), as: UTF8.self)
    // The first sheet alone says whose report it is, whose work, and who signs.
    for words in ["Nguyễn Thị Mẫu", "VILAS Med 000", "R-2026-0017", "Dr. A. Berg", "STXBP1", "S-77"] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
  }

  @Test("Who the patient is stands in the page and the bundle, for their owner alone, and nowhere else")
  func identified() throws {
    let folder = try TemporaryFolder()
    let outcome = try Demonstration.screen(
      into: folder, ["--identified", Self.patient, "--fhir", "--phenopacket", "--log-format", "json"])
    #expect(outcome.status == 0, "\(outcome.text)")
    for word in Self.personal { #expect(!outcome.text.contains(word), "\(word)") }
    let known = ["report.html", "fhir.json"]
    for name in try #require(folder.names(in: "out")) {
      let bytes =
        try name.hasSuffix(".gz")
        ? Tool.output("gzip", ["-dc", folder.file("out/" + name)]) ?? [] : folder.bytes("out/" + name)
      let text = String(decoding: bytes, as: UTF8.self)
      let told = Self.personal.filter { text.contains($0) }
      #expect(
        known.contains(name) ? told.count > 10 && !told.contains("patient.json") : told.isEmpty, "\(name): \(told)")
      let mode = try FileManager.default.attributesOfItem(atPath: folder.file("out/" + name))[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(name)")
    }
    #expect(try folder.text("out/run.json").contains("\"--identified\""))
  }

  @Test("Without the file the page goes by the sample's name")
  func pseudonymous() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder, ["--fhir"]).status == 0)
    let page = try folder.text("out/report.html")
    #expect(!page.contains("Date of birth") && page.contains("<bdi>CHILD</bdi>"))
    #expect(try !folder.text("out/fhir.json").contains("birthDate"))
  }

  @Test("The file of another patient is refused before anything is screened")
  func otherPatient() throws {
    for (old, new, words) in [
      ("DEMO-001", "DEMO-002", "the patient of case \"DEMO-002\", the run is of \"DEMO-001\""),
      ("CHILD", "MOTHER", "the patient of proband \"MOTHER\", the run is of \"CHILD\""),
    ] {
      let folder = try TemporaryFolder()
      let path = try changed("patient.json", in: folder, old, new)
      let outcome = try Demonstration.screen(into: folder, ["--identified", path])
      #expect(outcome.status == 65 && outcome.stderr.contains(words), "\(outcome.text)")
      #expect(!folder.exists("out"))
    }
  }

  @Test("A template that is wrong stops the run at its line")
  func wrongTemplate() throws {
    let folder = try TemporaryFolder()
    let path = try changed("laboratory.yaml", in: folder, "disclaimer:", "disclaimr:")
    let outcome = try Demonstration.screen(into: folder, ["--template", path])
    #expect(outcome.status == 65, "\(outcome.text)")
    #expect(outcome.stderr.contains("laboratory.yaml:12:1: unknown key \"disclaimr\"; did you mean `disclaimer`?"))
    let absent = try Demonstration.screen(into: folder, ["--template", folder.file("none.yaml")])
    #expect(absent.status == 66 && !folder.exists("out"), "\(absent.text)")
  }

  @Test("What takes names out does not go with what puts them in", arguments: ["--template", "--identified"])
  func deidentified(flag: String) throws {
    let folder = try TemporaryFolder()
    let key = try folder.write("key", String(repeating: "k", count: 32))
    let outcome = try Demonstration.screen(
      into: folder, ["--deidentify", "--key", key, flag, flag == "--template" ? Self.template : Self.patient])
    #expect(outcome.status == 64 && outcome.stderr.contains("takes names out"), "\(outcome.text)")
    #expect(!folder.exists("out"))
  }

  @Test("A batch dresses each case, and goes on only where the dress is the same")
  func batch() throws {
    let batch = try BatchFolder()
    try batch.addFamily("A")
    try batch.writeSheet(["A"])
    let path = try changed("laboratory.yaml", in: batch.folder, "Dr. A. Berg", "Dr. C. Lund")
    func run() throws -> String { try batch.run("out", ["--resume", "--template", path]).stdout }
    #expect(try run().contains("1 case: 1 done, 0 failed"))
    #expect(try batch.folder.text("out/A/report.html").contains("Dr. C. Lund"))
    #expect(try run().contains("1 of them before and unchanged"))
    _ = try changed("laboratory.yaml", in: batch.folder, "Dr. A. Berg", "Dr. D. Holm")
    #expect(try !run().contains("before and unchanged"))
    #expect(try batch.folder.text("out/A/report.html").contains("Dr. D. Holm"))
    try batch.folder.write("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
    #expect(try !run().contains("before and unchanged"))
  }
}
