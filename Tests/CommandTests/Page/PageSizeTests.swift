import Foundation
import TestSupport
import Testing

/// The page stays small enough for a slow line: 3 MB whatever is found, 1.5 MB with the reads of ten candidates. Times are no part of
/// a test, since they are the machine's.
@Suite("size of the page")
struct PageSizeTests {
  @Test("200 candidates, in both languages", arguments: ["en", "vi"])
  func manyCandidates(language: String) throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily()
    for place in 0..<200 { family.add("chr2", 166_002_700 + 3 * place, "C", "T", ["0/1", "0/0", "0/0"]) }
    let outcome = try Program.run(
      ["screen", "--out", folder.file("out"), "--lang", language, "--quiet"] + family.write(to: folder))
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(Rows(try folder.text("out/candidates.tsv")).rows.count == 200)
    #expect(try folder.bytes("out/report.html").count < 3_000_000)
  }

  @Test("A trio's reads around ten candidates")
  func manyPileUps() throws {
    var family = try WitnessFamily()
    var readers = ["CHILD", "FATHER", "MOTHER"].map { MemberReads($0) }
    for place in 0..<10 {
      let change = MemberReads.Change("chr2", 166_002_700 + 1_000 * place, "C", "T")
      change.add(to: &family.variants, ["0/1", "0/0", "0/0"], gene: "SCN1A")
      readers[0].cover(change, reference: 15, alternate: 15)
      for parent in 1...2 { readers[parent].cover(change, reference: 30, alternate: 0) }
    }
    for (name, reads) in zip(["CHILD", "FATHER", "MOTHER"], readers) { try family.add(reads, of: name) }
    let outcome = try family.screen()
    #expect(outcome.status == 0, "\(outcome.text)")
    let page = try family.folder.text("out/report.html")
    #expect(try family.candidates().rows.count == 10)
    #expect(page.matches(of: /<svg class="reads"/).count == 30)
    #expect(page.utf8.count < 1_500_000)
  }
}
