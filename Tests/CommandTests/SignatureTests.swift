import Foundation
import TestSupport
import Testing

/// A report without a finding, signed as a whole.
@Suite("Signature under a report") struct SignatureTests {
  /// A trio whose only variant is the mother's alone: the report is negative.
  private func negative() throws -> HostileCase {
    var subject = try HostileCase()
    subject.records = [HostileCase.record(calls: ["0/0:40,0:40:99", "0/0:40,0:40:99", "0/1:20,20:40:99"])]
    try subject.folder.write("case.vcf", subject.text)
    try subject.folder.write("case.ped", subject.pedigree)
    return subject
  }

  private func screen(_ subject: HostileCase, into name: String, _ lines: String = "", _ flags: [String] = []) throws
    -> Program.Outcome
  {
    let path = try subject.folder.write(
      "case.yaml",
      "case: H\nvariants: case.vcf\npedigree: case.ped\nproband: child\npanels: [epilepsy]\n\(lines)")
    return try Program.run(["screen", path, "--out", subject.folder.file(name), "--fhir"] + flags)
  }

  private func status(_ subject: HostileCase, _ name: String) throws -> String? {
    let bundle = try Document(subject.folder.bytes(name + "/fhir.json"))
    let resources = (bundle["entry"] as? [[String: Any]] ?? []).compactMap { $0["resource"] as? [String: Any] }
    return resources.first { $0["resourceType"] as? String == "DiagnosticReport" }?["status"] as? String
  }

  private func basis(_ subject: HostileCase, _ name: String) throws -> String {
    let page = try subject.folder.text(name + "/report.html")
    return String(try #require(page.firstMatch(of: /data-basis="([0-9a-f]{16})"/)).1)
  }

  private func review(_ basis: String) -> String {
    """
    {"case": "H", "build": "GRCh38", "review": [],
     "report": {"by": "Dr. Lan", "signed": "2026-03-01T09:30:00Z", "basis": "\(basis)"}}

    """
  }

  @Test("It makes the report final, through 'review import', until the question or the data are others")
  func becomesFinal() throws {
    let subject = try negative()
    #expect(try screen(subject, into: "out").status == 0)
    #expect(try status(subject, "out") == "preliminary")
    let saved = try subject.folder.write("saved.json", review(try basis(subject, "out")))
    let imported = try Program.run(
      ["review", "import", subject.folder.file("out"), saved, "--out", subject.folder.file("all.json")])
    #expect(imported.status == 0, "\(imported.text)")
    let signed = try screen(subject, into: "signed", "review: all.json\n")
    #expect(signed.status == 0 && !signed.stderr.contains("signature"), "\(signed.text)")
    let page = try subject.folder.text("signed/report.html")
    #expect(page.contains("A reviewer signed this report as a whole: Dr. Lan, 2026-03-01") && !page.contains("DRAFT"))
    #expect(try status(subject, "signed") == "final")

    let other = try screen(subject, into: "other", "review: all.json\nphenotypes: [HP:0001250]\n")
    #expect(other.stderr.contains("counts nowhere: the report that was signed rests on other inputs"), "\(other.text)")
    let draft = try subject.folder.text("other/report.html")
    #expect(draft.contains("DRAFT") && draft.contains("counts nowhere"))
    #expect(try status(subject, "other") == "preliminary")
  }

  @Test("It signs no variant: a report with a finding stays a draft, and says why")
  func signsNoVariant() throws {
    var subject = try negative()
    subject.records = [HostileCase.record()]
    try subject.folder.write("case.vcf", subject.text)
    try subject.folder.write("all.json", review("0123456789abcdef"))
    let outcome = try screen(subject, into: "out", "review: all.json\n")
    #expect(outcome.status == 0 && outcome.stderr.contains("each reported variant needs a class"), "\(outcome.text)")
    #expect(try status(subject, "out") == "preliminary")
  }

  @Test(
    "The page of a negative report has the form, and the whole can be signed there",
    .enabled(if: Browser.isThere, "playwright or chromium is not installed; './run setup' installs them"))
  func onThePage() throws {
    let subject = try negative()
    #expect(try screen(subject, into: "out").status == 0)
    let seen = try Browser.open(subject.folder.file("out/report.html"), named: "signed", ["--sign"])
    #expect(seen.faults == [])
    let review = try #require(seen.facts["signed"] as? [String: Any])
    let report = try #require(review["report"] as? [String: String])
    #expect(try report["by"] == "Dr. Lan" && report["basis"] == basis(subject, "out"))
    let saved = try subject.folder.file(
      "saved.json", Array(try JSONSerialization.data(withJSONObject: review)))
    let imported = try Program.run(
      ["review", "import", subject.folder.file("out"), saved, "--out", subject.folder.file("all.json")])
    #expect(imported.status == 0, "\(imported.text)")
    #expect(try screen(subject, into: "second", "review: all.json\n").status == 0)
    #expect(try status(subject, "second") == "final")
  }
}
