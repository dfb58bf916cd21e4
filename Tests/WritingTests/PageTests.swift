import Crypto
import Foundation
import Model
import Testing

@testable import Writing

@Suite struct PageTests {
  private func html(_ report: Report, _ language: Language = .english) throws -> String {
    String(decoding: try ReportWriter(report: report, language: language).html(), as: UTF8.self)
  }

  @Test func pageIsSelfContained() throws {
    let page = try html(SmallReport.report)
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"))
    for word in ["http:", "src=", "<link", "@import", "url("] { #expect(!page.contains(word)) }
    // Addresses stand in links only, which nobody follows but a reader.
    #expect(!page.replacing("href=\"https://", with: "").contains("https:"))
    #expect(!page.contains("{{"))
    #expect(page.contains("<html lang=\"en\">"))
  }

  /// The policy lets the page's own script run, by its checksum, and no other.
  @Test func onlyTheOwnScriptMayRun() throws {
    let page = try html(SmallReport.report)
    #expect(page.components(separatedBy: "<script").count == 2)
    let script = try #require(page.firstMatch(of: /<script>([\s\S]*)<\/script>/)).1
    let hash = Data(SHA256.hash(data: Data(script.utf8))).base64EncodedString()
    #expect(page.contains("script-src 'sha256-\(hash)'"))
    #expect(!script.contains("innerHTML") && !script.contains("eval(") && !script.contains("localStorage"))
  }

  @Test func pageOneAnswersTheQuestion() throws {
    let page = try html(SmallReport.report)
    let first = page[..<(page.range(of: "id=\"candidates\"")?.lowerBound ?? page.endIndex)]
    for text in [
      "DRAFT - not for clinical use", "HP:0001250", "Seizure", "TWOHIT", "Confirmed trans", "epilepsy",
      "coverage not assessed", "no REVEL scores in the file", "Signed by", "10.5", "0.87", "human criteria pending",
    ] { #expect(first.contains(text), "\(text)") }
  }

  /// As the FHIR bundle, whose status turns to final.
  @Test func aReportIsADraftUntilEveryClassIsSigned() throws {
    var report = SmallReport.report
    for place in report.result.candidates.indices {
      for half in report.result.candidates[place].variants.indices {
        report.result.candidates[place].variants[half].evidence.given = GivenClass(
          .pathogenic, reviewer: "A. <Berg>", date: nil, signed: Instant("2026-03-01T09:30:00Z"))
      }
    }
    for (language, draft, words) in [
      (Language.english, "DRAFT", "Every variant has a class that a reviewer signed: A. &lt;Berg&gt;, 2026-03-01"),
      (.vietnamese, "BẢN NHÁP", "A. &lt;Berg&gt;, 01/03/2026"),
    ] {
      let page = try html(report, language)
      #expect(page.contains(words) && !page.contains(draft) && page.contains("data-draft=\"\""))
    }
    report.result.candidates[0].variants[0].evidence.given = nil
    let half = try html(report)
    #expect(half.contains("data-draft=\"DRAFT - not for clinical use\"") && !half.contains("a reviewer signed:"))
  }

  /// A report without a finding has no class: a reviewer signs it as a whole, and the signature is of what it rests on.
  @Test(arguments: [
    (Language.english, "DRAFT", "A reviewer signed this report as a whole: A. &lt;Berg&gt;, 2026-03-01"),
    (.vietnamese, "BẢN NHÁP", "Người duyệt đã ký toàn bộ phiếu này: A. &lt;Berg&gt;, 01/03/2026"),
  ])
  func aNegativeReportIsSignedAsAWhole(language: Language, draft: String, words: String) throws {
    var report = SmallReport.negative
    let page = try html(report, language)
    #expect(page.contains(draft) && page.contains("data-basis=\"\(report.basis)\"") && page.contains("data-sign"))
    let instant = try #require(Instant("2026-03-01T09:30:00Z"))
    report.subject.signature = ReportSignature(reviewer: "A. <Berg>", signed: instant, basis: report.basis)
    #expect(report.isFinal && report.signatureFault == nil)
    let signed = try html(report, language)
    #expect(signed.contains(words) && !signed.contains(draft))
    // Another question, other data, other knowledge or another program is another report; a reviewer's word and the file's name are not.
    let same = report.basis
    report.subject.reviews = [Review(written: "1-1-A-C", allele: Allele(.chr1, 1, "A", "C"), reviewer: "B")]
    report.provenance.inputs[0].name = "renamed.vcf.gz"
    #expect(report.basis == same)
    let changes: [(inout Report) -> Void] = [
      { $0.subject.phenotypes.removeLast() }, { $0.provenance.inputs[0].digest = "cd" },
      { $0.provenance.version = "2" },
      { $0.provenance.settings[0].value = "0.02" }, { $0.subject.pedigree = Pedigree([]) },
    ]
    for change in changes {
      var other = report
      change(&other)
      #expect(other.basis != same && !other.isFinal && other.signatureFault != nil)
      #expect(try html(other, language).contains(draft))
    }
    // It signs no variant.
    var found = SmallReport.report
    found.subject.signature = ReportSignature(reviewer: "A. Berg", signed: instant, basis: found.basis)
    #expect(!found.isFinal && found.signatureFault != nil)
    #expect(try !html(found, language).contains(" data-sign>"))
  }

  @Test func cardHoldsTheEvidence() throws {
    let page = try html(SmallReport.report)
    for text in [
      "NM_000001.1:c.2000G&gt;A", "NC_000001.11:g.2000G&gt;A", "1-2000-G-A", "MANE Select", "PM2_Supporting",
      "fact for PVS1", "Inherited from mother", "gnomAD_AF", "Likely pathogenic · ★☆☆☆",
      "no usable genotype of one parent",
      "mean of 9 and 6", "check the parents", "LONE", "outside the panels", "Checked: records read", "GHOST", "MAYBE",
      "PMS2", "min_gq", String(repeating: "ab", count: 32),
    ] { #expect(page.contains(text), "\(text)") }
  }

  @Test func negativeReportSaysWhatItDoesNotMean() throws {
    let page = try html(SmallReport.negative)
    for text in [
      "Result summary: Negative", "No candidate variant was found in the 3 genes", "does not exclude a genetic cause",
      "Not assessed", "Re-analysis after 12 to 24 months", "test type C", "All genes screened", "LONE",
    ] { #expect(page.lowercased().contains(text.lowercased()), "\(text)") }
  }

  /// A model that the family neither confirms nor excludes says so wherever it stands beside a candidate.
  @Test(arguments: [
    (Language.english, "De novo (possible)", "Parent of origin unknown"),
    (.vietnamese, "Đột biến mới phát sinh (de novo) (có thể)", "Không rõ nguồn gốc từ bố hay mẹ"),
  ])
  func whatIsOnlyPossibleIsSaidToBe(language: Language, model: String, origin: String) throws {
    let page = try html(SmallReport.report, language)
    let start = try #require(page.range(of: "<table class=\"findings\">"))
    let end = try #require(page[start.lowerBound...].range(of: "</table>"))
    let findings = page[start.lowerBound..<end.lowerBound]
    #expect(findings.contains("\(model)</td>") && findings.contains(origin))
    #expect(page.contains("<span class=\"badge\">\(model)</span>"))
    // The pair passes without reserve.
    let phrases = Phrases(language)
    #expect(findings.contains("\(phrases("model.AR_comphet"))<br>"))
    var report = SmallReport.report
    report.result.candidates[0].verdicts = [
      ModelVerdict(model: .autosomalDominant, verdict: .pass),
      ModelVerdict(model: .deNovo, verdict: .possible([.oneParentMissing])),
    ]
    #expect(
      ReportWriter(report: report, language: language).summary()[0].contains("; \(phrases("model.AD")), \(model))"))
  }

  /// Each kind of answer says what to do next, in the box that holds it, with the verdicts of checks and coverage.
  @Test(arguments: Language.allCases)
  func theResultBoxSaysWhatToDoNext(language: Language) throws {
    let phrases = Phrases(language)
    var failed = SmallReport.report
    failed.result.quality.checks[0].outcome = .fail
    var unlikely = SmallReport.report
    unlikely.result.shareOfNone = 0.6
    var empty = SmallReport.negative
    empty.result.tally = Tally()
    let (fail, pass) = (phrases("outcome.fail"), phrases("outcome.pass"))
    let open = phrases("outcome.not_evaluable")
    let bad = "✗</span> \(phrases("chip_quality", ["outcomes": "1 \(fail), 1 \(open)"]))"
    let good = "✓</span> \(phrases("chip_quality", ["outcomes": "1 \(pass), 1 \(open)"]))"
    for (report, next, chip) in [
      (SmallReport.report, "next.confirm", good), (failed, "next.quality", bad),
      (unlikely, "next.unconvincing", good), (SmallReport.negative, "next.negative", good),
      (empty, "next.no_records", good),
    ] {
      let page = try html(report, language)
      let start = try #require(page.range(of: "<div class=\"result"))
      let end = try #require(page[start.lowerBound...].range(of: "</div>"))
      let box = page[start.lowerBound..<end.lowerBound].replacing("&#39;", with: "'")
      #expect(box.contains(phrases(next)), "\(next)")
      #expect(box.contains(chip), "\(chip)")
      #expect(box.contains(phrases("chip_coverage", ["word": phrases("coverage.not_assessed")])))
    }
  }

  @Test func vietnamesePageIsVietnamese() throws {
    let page = try html(SmallReport.report, .vietnamese)
    for text in [
      "lang=\"vi\"", "Phiếu kết quả xét nghiệm di truyền", "Dị hợp tử kép", "BẢN NHÁP - không dùng cho lâm sàng",
      "không có kiểu gen dùng được của một trong hai bố mẹ", "10,5",
    ] { #expect(page.contains(text), "\(text)") }
  }

  @Test func conclusionIsCareful() {
    var report = SmallReport.report
    #expect(Conclusion(report).kind == .positive)
    report.result.shareOfNone = 0.6
    #expect(Conclusion(report).sentence == "conclusion_unconvincing")
    report = SmallReport.report
    report.result.quality.checks[0].outcome = .fail
    #expect(Conclusion(report).kind == .uncertain)
    #expect(
      Conclusion(report).caveats == [
        "conclusion_quality_failed", "conclusion_coverage_unknown", "conclusion_unplaced", "conclusion_repeat",
      ])
    report = SmallReport.report
    report.result.candidates[0].verdicts[0].verdict = .possible([.unphased])
    #expect(Conclusion(report).kind == .uncertain)
    report = SmallReport.negative
    #expect(Conclusion(report).kind == .negative)
    // An expanded repeat is no candidate variant, but no negative answer either.
    report.result.repeats = SmallReport.report.result.repeats
    #expect(Conclusion(report).kind == .uncertain)
    report.result.repeats = []
    report.result.tally.alleles[.noConsequence] = 50
    #expect(Conclusion(report).sentence == "conclusion_no_consequences")
    report.result.tally = Tally()
    #expect(Conclusion(report).sentence == "conclusion_no_records")
  }

  /// What a reviewer rules out is told with the reason, and the answer is about the rest.
  @Test func aDismissedCandidateIsNotTheAnswer() throws {
    var report = SmallReport.report
    let best = try #require(Conclusion(report).best)
    let place = try #require(report.result.candidates.firstIndex { $0.rank == best.rank })
    report.result.candidates[place].variants[0].remarks = [
      ReviewRemark(signature: "A. Berg, 2026-03-01", note: nil, dismissal: "Sanger <negative>")
    ]
    let conclusion = Conclusion(report)
    #expect(conclusion.best?.rank != best.rank && conclusion.caveats.first == "conclusion_dismissed")
    let page = try html(report)
    let first = page[..<(page.range(of: "id=\"candidates\"")?.lowerBound ?? page.endIndex)]
    #expect(
      first.contains(
        "Dismissed by a reviewer: #\(best.rank) \(best.gene.symbol): Sanger &lt;negative&gt; (A. Berg, 2026-03-01)"))
    #expect(!first.contains("href=\"#candidate-\(best.rank)\""))
    // What is not there has no word of its own.
    #expect(!first.contains("false") && !page.contains(". false<"))
    for index in report.result.candidates.indices {
      report.result.candidates[index].variants[0].remarks = report.result.candidates[place].variants[0].remarks
    }
    report.result.repeats = []
    #expect(Conclusion(report).kind == .negative && Conclusion(report).sentence == "conclusion_all_dismissed")
    #expect(try html(report).contains("Reviewers dismissed all"))
  }

  @Test(arguments: Language.allCases)
  func theResultBoxSaysWhereCoverageWasNotAssessed(language: Language) throws {
    for report in [SmallReport.report, SmallReport.negative] {
      let page = try html(report, language)
      let start = try #require(page.range(of: "<div class=\"result"))
      let end = try #require(page[start.lowerBound...].range(of: "</div>"))
      #expect(page[start.lowerBound..<end.lowerBound].contains(Phrases(language)("conclusion_coverage_unknown")))
    }
  }

  @Test(arguments: Language.allCases)
  func theGlossaryTellsTheTermsOfThePage(language: Language) throws {
    let phrases = Phrases(language)
    let page = try html(SmallReport.report, language)
    let start = try #require(page.range(of: "<dl class=\"glossary\">"))
    let end = try #require(page[start.lowerBound...].range(of: "</dl>"))
    let glossary = String(page[start.lowerBound..<end.lowerBound])
    for term in ["MANE", "ACMG/AMP", "VAF", "GQ", "DP", "FAF95", "HPO", "P, LP, VUS, LB, B"] {
      #expect(glossary.contains("<dt>\(term)</dt>"), "\(term)")
    }
    for key in ["zygosity", "compound", "de_novo", "mosaic", "modes", "callable", "verdict"] {
      #expect(glossary.contains("<dt>\(phrases("glossary_name_" + key))</dt>"), "\(key)")
    }
    #expect(glossary.components(separatedBy: "<dt>").count == glossary.components(separatedBy: "<dd>").count)
    // Closed on the screen, open on paper.
    #expect(page.contains("details::details-content{content-visibility:visible"))
  }

  @Test func manyCandidatesAreCountedNotLost() throws {
    var report = SmallReport.report
    report.result.candidates = (1...400).map { rank in
      var candidate = SmallReport().deNovo
      candidate.rank = rank
      return candidate
    }
    let page = try html(report)
    #expect(page.components(separatedBy: "<article").count == 31)
    #expect(page.contains("The next 300 of 370 more candidates"))
  }

  @Test func summaryIsThreeLines() {
    let lines = ReportWriter(report: SmallReport.report).summary()
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("Positive: A strong candidate explanation was found in TWOHIT (TWOHIT disorder;"))
    #expect(lines[1].hasPrefix("#1 TWOHIT"))
    #expect(lines[2] == "2,000 records read, 4 reported in 3 candidates; quality checks: 1 pass, 1 not evaluable.")
  }

  /// Grandparents, parents with a spouse who married in, and two children.
  @Test func pedigreeRowsAreGenerations() {
    let people = [
      ("kid", "son", "wife"), ("kid2", "son", "wife"), ("son", "grandpa", "grandma"), ("grandma", "", ""),
      ("grandpa", "", ""), ("wife", "", ""),
    ].map { id, father, mother in
      Individual(
        id: id, father: father.isEmpty ? nil : father, mother: mother.isEmpty ? nil : mother,
        sex: id.hasPrefix("g") && id.hasSuffix("ma") || id == "wife" ? .female : .male)
    }
    #expect(PedigreeLayout(Pedigree(people)).rows == [["grandpa", "grandma"], ["son", "wife"], ["kid", "kid2"]])
    // A person who is their own ancestor must not hang the drawing.
    let circle = Pedigree([Individual(id: "a", father: "b"), Individual(id: "b", father: "a")])
    #expect(PedigreeLayout(circle).rows.flatMap { $0 }.sorted() == ["a", "b"])
  }
}
