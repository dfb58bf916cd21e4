import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

@Suite("Overview of a batch") struct BatchOverviewTests {
  static func overview(_ count: Int, language: Language = .english, text: String = "") -> BatchOverview {
    let cases = (0..<count).map {
      Batch.Entry(caseID: "CASE-\($0)\(text)", folder: Batch.folderName(of: "CASE-\($0)\(text)"), row: $0 + 1)
    }
    let statuses = cases.map { entry -> CaseStatus in
      if entry.row % 10 == 0 {
        return CaseStatus(
          caseID: entry.caseID, state: .failed, exitCode: 65,
          message: "/data/genomes/2026/\(entry.caseID).vcf.gz, line 17: cut short\(text); copy it again")
      }
      let top = CaseOutline.Top(
        gene: "STXBP1\(text)", disease: "Developmental and epileptic encephalopathy 4\(text)",
        models: ["AD", "de_novo"], possible: ["de_novo"],
        variants: ["NM_001032221.6:c.1162C>T"], hints: ["P"], total: 20.5 + Double(entry.row), share: 0.99)
      return CaseStatus(
        caseID: entry.caseID, state: .done, started: "2026-01-01T00:00:00Z", finished: "2026-01-01T00:00:09Z",
        result: CaseOutline(
          proband: "KID\(text)", assembly: "GRCh38", conclusion: "positive", candidates: 7,
          top: entry.row % 7 == 0 ? nil : top, failedChecks: entry.row % 5 == 0 ? ["relatedness"] : [],
          warnedChecks: ["ti_tv_ratio"], coverage: .fail, failedGenes: 12))
    }
    let pair = RelatedSamples(
      first: .init(caseID: "CASE-0\(text)", family: "A", sample: "KID\(text)"),
      second: .init(caseID: "CASE-2\(text)", family: "B", sample: "OTHER"), relation: .samePerson, concordance: 0.998,
      kinship: nil, sites: 1_801)
    return BatchOverview(
      batch: Batch(cases: cases, shard: nil, total: count, sheet: "00", language: language.rawValue),
      statuses: statuses,
      comparison: SampleComparison(
        pairs: count > 2 ? [pair] : [],
        reach: Dictionary(
          uniqueKeysWithValues: cases.map { ($0.caseID, $0.row == 1 ? [.none] : [.whole, .samePersonOnly]) })),
      language: language)
  }

  private func html(_ overview: BatchOverview) throws -> String {
    String(decoding: try overview.page.bytes, as: UTF8.self)
  }

  @Test(arguments: Language.allCases)
  func aThousandCasesStayBelowAMegabyte(language: Language) throws {
    let page = try Self.overview(1_000, language: language).page
    #expect(page.bytes.count < 1_000_000, "\(page.bytes.count)")
    #expect(page.name == "index.html")
  }

  @Test(arguments: Language.allCases)
  func theSmallestAndTheEmptyBatchHaveAPage(language: Language) throws {
    for count in [0, 1] { #expect(try html(Self.overview(count, language: language)).contains("</html>")) }
  }

  @Test func aRowTellsWhatAReaderNeeds() throws {
    let text = try html(Self.overview(12))
    for words in [
      "href=\"./CASE-0/report.html\"", "STXBP1", "Autosomal dominant, De novo (possible)", "Relatedness",
      "12 genes not read well enough",
      "(exit code 65)", "An input file is damaged", "<span class=\"soft\" lang=\"en\">",
      "sample resembles one of another case", "The same person, or identical twins", "99.8",
      "11 for the same person and for relatives, 11 for the same person only",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("href=\"./CASE-9/report.html\""), "a failed case has no report")
    #expect(!text.contains("{{"))
  }

  /// Each exit code has a sentence of its own that says what to do; a code that nobody foresaw has one, too.
  @Test(arguments: Language.allCases)
  func everyFaultIsSaidInTheLanguageOfThePage(language: Language) throws {
    let phrases = Phrases(language)
    let other = phrases("batch_fault.other")
    var sentences: Set<String> = []
    for code in [64, 65, 66, 70, 73, 74, 137] {
      var overview = Self.overview(1, language: language)
      let status = CaseStatus(caseID: "CASE-0", state: .failed, exitCode: code, message: "words <of> the program")
      overview = BatchOverview(
        batch: overview.batch, statuses: [status], comparison: nil, language: language)
      let text = try html(overview)
      let sentence = phrases.words["batch_fault.\(code)"] ?? other
      sentences.insert(sentence)
      #expect(text.contains("<span class=\"fail\">\(sentence)</span> (\(phrases("batch_exit", ["code": "\(code)"])))"))
      #expect(text.contains("<span class=\"soft\" lang=\"en\">words &lt;of&gt; the program</span>"))
    }
    #expect(sentences.count == 7 && sentences.contains(other))
  }

  @Test(arguments: HostileTextTests.attacks)
  func hostileTextStaysText(attack: String) throws {
    let overview = Self.overview(12, text: attack)
    let text = try html(overview)
    let plain = try html(Self.overview(12))
    for tag in ["<script", "<img", "<tr", "<td", "<b>", "<span", "onmouseover=\""] {
      #expect(text.components(separatedBy: tag).count == plain.components(separatedBy: tag).count, "\(tag)")
    }
    for file in [overview.summary, overview.relativesTable] {
      let rows = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      let counts = Set(rows.dropLast().map { $0.split(separator: "\t", omittingEmptySubsequences: false).count })
      #expect(counts.count == 1, "\(file.name)")
    }
    for bytes in overview.statuses.map(\.file.bytes) + [BatchOverview.file(overview.batch).bytes] {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(bytes)) }
    }
  }
}
