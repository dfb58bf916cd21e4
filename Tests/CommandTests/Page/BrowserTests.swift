import Foundation
import TestSupport
import Testing

/// Pages in Debian's Chromium, as `Tests/browser/open_page.py` opens them: nothing is asked of a network, no error is logged, the
/// rules of WCAG that axe-core knows hold, the keyboard reaches every control, and every control does what it says.
///
/// Screenshots and PDFs stay in `.build/pages`, to be looked at.
@Suite(
  .enabled(if: Browser.isThere, "playwright or chromium is not installed; './run setup' installs them"), .serialized)
struct BrowserTests {
  @Test func everyControlWorksByKeyboard() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let seen = try Browser.open(folder.file("out/report.html"), named: "demonstration", ["--use"])
    #expect(seen.faults == [])
    let used = try #require(seen.facts["used"] as? [String: Any])
    let ranks = ["1", "2", "3", "4", "5", "6", "7"]
    #expect(used["all"] as? [String] == ranks)
    #expect(used["none"] as? [String] == [])
    #expect((used["search"] as? [Any])?.last as? [String] == ["1"])
    let genes = try #require(used["genes"] as? [String])
    #expect(genes == genes.sorted() && genes.count == 7)
    let model = try #require(used["model"] as? String)
    let filtered = try #require(used["filtered"] as? [String])
    #expect(!filtered.isEmpty && filtered.allSatisfy { $0.split(separator: " ").contains(Substring(model)) })
    #expect(used["compared"] as? [String] == ["1", "2"])
    #expect(used["after"] as? [String] == ranks)
    #expect(used["opened"] as? Int == 7 && used["closed"] as? Int == 0)
    #expect(used["dismissed"] as? [String] == Array(ranks.dropFirst()))
    #expect(used["shown again"] as? [String] == ranks)
    let criteria = try #require(used["criteria"] as? [String: [Any]])
    for (text, word) in [
      ("PM2", nil), ("PM22", "'PM22' is no ACMG/AMP criterion. Known are BA1, BP1, "), ("typing PM2_Sup", nil),
      ("left PM2_Sup", "'PM2_Sup' has no strength that is known. Write Supporting, Moderate, Strong, VeryStrong"),
      ("pm3-very-strong; PP1_Strong PM2_P,BA1", nil), ("PP5", "'PP5' was retired"),
      ("BS1_StandAlone", "'BS1_StandAlone' is not possible: only BA1"), ("BA1_Strong", "'BA1_Strong' is not possible"),
      ("PM3_Strong, PSV1", "'PSV1' is no ACMG/AMP criterion"),
    ] as [(String, String?)] {
      let said = try #require(criteria[text], "\(text)")
      #expect(said[0] as? Bool == (word != nil), "\(text)")
      #expect((said[1] as? String)?.hasPrefix(word ?? "") == true && (said[1] as? String)?.isEmpty == (word == nil))
    }
    #expect(criteria["save"]?[0] as? String == "Nothing was saved: correct the marked criteria first (1).")
    #expect(criteria["save"]?[1] as? Bool == true, "the field with the fault has the focus")
    #expect(used["unnamed"] as? String == "Enter the reviewer's name first.")
    let unreasoned = try #require(used["unreasoned"] as? [Any])
    #expect(unreasoned[0] as? String == "A dismissal needs a reason: #1 STXBP1")
    #expect(unreasoned[1] as? String == "A dismissal needs a reason:" && unreasoned[2] as? String == "true")
    #expect(unreasoned[3] as? Bool == true, "the field has the focus")
    let review = try #require(used["review"] as? [String: Any])
    #expect(review["case"] as? String == "DEMO-001" && review["build"] as? String == "GRCh38")
    let entry = try #require((review["review"] as? [[String: Any]])?.first)
    #expect(entry["variant"] as? String == "9-127675855-C-T" && entry["gene"] as? String == "STXBP1")
    #expect(
      entry["class"] as? String == "likely_pathogenic" && entry["criteria"] as? [String] == ["PS3_Moderate", "PP4"])
    #expect(entry["dismiss"] as? String == "</script><img src=x onerror=alert(1)>")
    // A near miss has the form, too.
    let last = try #require((review["review"] as? [[String: Any]])?.last)
    #expect(last["note"] as? String == "seen in the sister" && last["gene"] as? String != "STXBP1")
    let loaded = try #require(used["loaded"] as? [Any])
    #expect(loaded[0] as? String == "Dr. Lan" && loaded[1] as? String == "seen “in” clinic\nsecond line")
    #expect(loaded[2] as? [String] == Array(ranks.dropFirst()))
  }

  /// A typical case stays below 400 KB, so that a line of 4 Mbps shows it in under a second.
  @Test(arguments: ["en", "vi"]) func fitsAPhoneInBothSchemes(language: String) throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder, ["--lang", language]).status == 0)
    let page = folder.file("out/report.html")
    let phone = try Browser.open(page, named: "phone-\(language)", ["--width", "390", "--dark"])
    #expect(phone.faults == [])
    let bytes = try #require(phone.facts["bytes"] as? Int)
    #expect(bytes < 400_000)
    let plain = try Browser.open(page, named: "plain-\(language)", ["--no-script"])
    #expect(plain.faults == [])
  }

  /// What page one must answer alone: which gene, which variants, from which parent, how certain, what was not covered.
  @Test(
    .enabled(if: Tool.isPresent("pdftotext"), "poppler-utils is not installed"),
    arguments: [
      (
        "en", ["STXBP1", "c.1162C>T", "De novo", "Inherited from father", "Positive", ">0.99", "coverage not assessed"]
      ),
      ("vi", ["STXBP1", "c.1162C>T", "de novo", "Di truyền từ bố", "Dương tính", ">0,99", "chưa đánh giá độ phủ"]),
    ]) func firstPrintedPageAnswersAlone(language: String, answers: [String]) throws
  {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder, ["--lang", language]).status == 0)
    let seen = try Browser.open(folder.file("out/report.html"), named: "print-\(language)", ["--no-axe"])
    #expect(seen.faults == [])
    let pdf = Browser.folder + "/print-\(language)/report-1280.pdf"
    let text = String(
      decoding: try #require(try Tool.output("pdftotext", ["-l", "1", "-layout", pdf, "-"])), as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    for answer in answers { #expect(words.contains(answer.lowercased()), "\(answer) in \(words)") }
  }
}
