import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// Every kind of page in Debian's Chromium, plain and with attacks in every text field.
@Suite(
  .enabled(if: Browser.isThere, "playwright or chromium is not installed; './run setup' installs them"), .serialized)
struct PagesInBrowserTests {
  /// A report in which every part is there: reads, coverage, stores, secondary findings, reviewers' words.
  private static func full(_ attack: String = "") -> Report {
    let text: @Sendable (String) -> String = { $0 + attack }
    var report = ReadDocumentTests.report(text: text)
    report.provenance.stores = [
      Provenance.Store(
        name: text("gnomAD"), kind: "frequency", version: text("4.1"), licence: text("CC0"), built: text("2026-01-01"),
        alleles: 12, fingerprint: text("ab12"), sources: [])
    ]
    let seen = report.result.candidates[0].variants[0]
    var person = SecondaryFindings.Person(sample: text("CHILD"), standing: .screened)
    person.findings = [
      SecondaryFinding(
        gene: report.result.candidates[0].gene, variants: [seen], grounds: [.clinVar], models: [.autosomalDominant],
        phase: nil)
    ]
    report.result.secondary = SecondaryFindings(
      list: Panel(name: text("acmg"), title: text("ACMG SF"), date: text("2025"), source: text("ACMG")), genes: 3,
      unplaced: [text("GHOST")], people: [person, .init(sample: text("DAD"), standing: .notConsented)])
    let remark = ReviewRemark(
      signature: text("A. Berg, 2026-03-01"), note: text("seen in clinic"), dismissal: text("not the phenotype"))
    let given = GivenClass(.uncertain, reviewer: text("A. Berg"), date: text("2026-03-01"), signed: nil)
    report.result.candidates[1].variants[0].remarks = [remark]
    report.result.candidates[1].variants[0].evidence.given = given
    report.result.nearMisses[0].variant.remarks = [remark]
    report.result.nearMisses[0].variant.evidence.given = given
    return report
  }

  enum Page: String, CaseIterable {
    case negative, full, compare, batchCompare, overview
  }

  private static func bytes(_ page: Page, _ language: Language = .english, _ attack: String = "") throws -> [UInt8] {
    switch page {
    case .negative: try ReportWriter(report: SmallReport(text: { $0 + attack }).negative(), language: language).html()
    case .full: try ReportWriter(report: full(attack), language: language).html()
    case .compare:
      try ComparisonReport(ComparisonReportTests.comparison("CASE-1\(attack)"), language: language).files()[0].bytes
    case .batchCompare:
      try BatchComparisonReport(ComparisonReportTests.batch("CASE-1\(attack)"), language: language).files()[0].bytes
    case .overview: try BatchOverviewTests.overview(12, language: language, text: attack).page.bytes
    }
  }

  private func open(_ page: [UInt8], named name: String, _ arguments: [String]) throws -> Browser.Seen {
    let folder = try TemporaryFolder()
    return try Browser.open(try folder.file("page.html", page), named: name, arguments)
  }

  @Test(arguments: Page.allCases) func isAccessibleAndAsksForNothing(page: Page) throws {
    let bytes = try Self.bytes(page)
    for flags in [[], ["--width", "390", "--dark"]] {
      #expect(try open(bytes, named: "kind-\(page.rawValue)", flags).faults == [], "\(flags)")
    }
  }

  @Test(arguments: Page.allCases, Language.allCases)
  func attacksAreText(page: Page, language: Language) throws {
    let attack = HostileTextTests.browserAttacks.joined()
    let seen = try open(
      try Self.bytes(page, language, attack), named: "hostile-\(page.rawValue)-\(language.rawValue)", ["--no-axe"])
    #expect(seen.faults == [])
  }

  /// A review that somebody else made up, loaded into the page: words go into fields, and what is no review is said to be none.
  @Test(arguments: Language.allCases) func aHostileReviewIsText(language: Language) throws {
    let attack = HostileTextTests.browserAttacks.joined()
    let folder = try TemporaryFolder()
    let page = try folder.file("page.html", try Self.bytes(.full, language))
    func load(_ review: Any) throws -> (faults: [String], told: String, note: String) {
      let content: [String: Any] = ["case": "DEMO-001", "build": attack, "review": review, "report": ["by": attack]]
      let file = try folder.file("review.json", Array(try JSONSerialization.data(withJSONObject: content)))
      let seen = try Browser.open(page, named: "loaded-\(language.rawValue)", ["--no-axe", "--load", file])
      return (seen.faults, seen.facts["told"] as? String ?? "", seen.facts["note"] as? String ?? "")
    }
    let phrases = Phrases(language)
    let entry: [String: Any] = [
      "variant": "1-2000-G-A", "gene": "TWOHIT", "class": attack, "criteria": [attack], "dismiss": attack,
      "note": attack, "by": attack,
    ]
    let loaded = try load([entry])
    #expect(loaded.faults == [] && loaded.told == phrases("review_loaded", ["count": "1"]))
    #expect(loaded.note.contains("<img src=//x.invalid/>"))
    for broken: Any in ["<script>alert(1)</script>", [NSNull()], ["a": 1]] {
      let seen = try load(broken)
      #expect(seen.faults == [] && seen.told == phrases("review_unread"), "\(broken)")
    }
  }
}
