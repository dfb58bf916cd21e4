import Foundation
import TestSupport
import Testing

@Suite(
  "The overview of a batch in a browser",
  .enabled(if: Browser.isThere, "playwright or chromium is not installed; './run setup' installs them"), .serialized)
struct BatchPageTests {
  private func batch(_ language: String) throws -> BatchFolder {
    let batch = try BatchFolder()
    for id in ["B-2", "A-1"] { try batch.addFamily(id) }
    try batch.writeSheet(["B-2", "LOST", "A-1"])
    let demonstration = "\(Demonstration.caseFile)\n"
    try batch.folder.write("cases.tsv", try batch.folder.text("cases.tsv") + demonstration)
    #expect(try batch.run("out", ["--lang", language, "--quiet"]).status == 65)
    return batch
  }

  @Test func everyControlWorksByKeyboard() throws {
    let batch = try batch("en")
    let seen = try Browser.open(batch.folder.file("out/index.html"), named: "batch", ["--use-batch"])
    #expect(seen.faults == [])
    let used = try #require(seen.facts["used"] as? [String: Any])
    #expect(used["all"] as? [String] == ["B-2", "LOST", "A-1", "DEMO-001"])
    #expect(used["search"] as? [String] == ["DEMO-001"])
    #expect(used["said"] as? String == "Cases shown: 1 of 4")
    #expect(used["failed"] as? [String] == ["LOST"])
    #expect((used["alarms"] as? [String])?.contains("LOST") == true)
    #expect(used["by case"] as? [String] == ["A-1", "B-2", "DEMO-001", "LOST"])
    #expect((used["by points"] as? [String])?.last == "LOST")
    #expect((used["links"] as? [String])?.count == 3)
  }

  @Test(arguments: ["en", "vi"]) func fitsAPhoneAndNeedsNoScript(language: String) throws {
    let batch = try batch(language)
    let page = batch.folder.file("out/index.html")
    #expect(try Browser.open(page, named: "batch-phone-\(language)", ["--width", "390", "--dark"]).faults == [])
    #expect(try Browser.open(page, named: "batch-plain-\(language)", ["--no-script"]).faults == [])
  }
}
