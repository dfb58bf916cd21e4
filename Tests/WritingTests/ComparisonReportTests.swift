import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// Text, table, document and page of comparisons, with names that would break each of them.
@Suite struct ComparisonReportTests {
  private static let hostile = "<script>alert('x')</script>\t\n\u{202E}=1+1\u{1B}[31m"

  static func comparison(_ name: String = "CASE-1") -> RunComparison {
    var old = RecordedFinding(allele: "1-1-A-C", gene: name, standing: .candidate(rank: 2))
    old.sums = .init(phenotype: nil, variant: 2, segregation: 0, gene: 1, total: 3)
    var new = old
    new.standing = .candidate(rank: 1)
    new.classHint = "LP"
    new.clinVar = .init(significance: "P", text: name, stars: 2)
    let risen = FindingChange(
      .reclassified, weight: .pathogenicNow, old: old, new: new,
      differences: [
        EvidenceDifference(.classHint, old: "VUS", new: "LP", isNotable: true, cause: ChangeCause([0, 1])),
        EvidenceDifference(
          .criterion, name: "PP5", old: nil, new: Wording(verbatim: name), isNotable: true, cause: ChangeCause([0])),
        EvidenceDifference(.prediction, name: "REVEL", old: "0.1", new: "0.2", isNotable: false),
      ], cause: ChangeCause([0, 1]))
    let lost = FindingChange(
      .lost, weight: .lost, old: old, new: nil,
      absence: .notHeld([.init(stage: "population_frequency", more: 3), .init(stage: name, more: 1)]),
      cause: ChangeCause([]))
    let quiet = FindingChange(.details, weight: .details, old: old, new: new, cause: ChangeCause([1]))
    func run(_ program: String) -> RunComparison.Run {
      .init(caseID: name, program: program, finished: "2026-01-01T00:00:00Z", candidates: 2, nearMisses: 0, genes: 9)
    }
    return RunComparison(
      assembly: .grch38, old: run("0.1.0"), new: run("0.2.0"),
      inputs: [
        ChangedInput(.clinVarStore, name: "clinvar", old: "2025-01", new: "2025-02"),
        ChangedInput(.phenotypes, name: Wording(verbatim: name), old: nil, new: "given"),
      ], untold: ["variants standard input"], changes: [risen, lost, quiet],
      entered: [.init(symbol: name, hgncID: nil, panels: [name], cause: ChangeCause([0]))], left: [],
      checks: [.init(check: "relatedness", samples: [name], old: "pass", new: "fail")],
      repeats: [.init(gene: name, old: nil, new: .init(gene: name, units: [40, 17], conclusion: "expanded"))],
      unchanged: 4)
  }

  static var batch: BatchComparison { batch(hostile) }

  static func batch(_ hostile: String) -> BatchComparison {
    var batch = BatchComparison()
    batch.add(folder: hostile, BatchComparisonTests.calm)
    batch.add(folder: "c2", comparison(hostile))
    batch.add(.init(folder: "c3", words: hostile))
    batch.onlyOld = [hostile]
    return batch
  }

  @Test func documentsFollowTheSchema() throws {
    guard SchemaChecker.isPresent else { return }
    for document in [
      ComparisonReport(Self.comparison()).json, ComparisonReport(Self.comparison(Self.hostile)).json,
      ComparisonReport(BatchComparisonTests.calm).json, BatchComparisonReport(Self.batch).json,
    ] {
      #expect(try SchemaChecker.faults(of: document, under: ComparisonReport.schema) == "")
    }
  }

  @Test func textNamesTheCauses() {
    let text = ComparisonReport(Self.comparison()).text
    #expect(
      text[0]
        == "Case CASE-1: 1 lost, 1 reclassified, 1 quality check with another outcome, 1 repeat with another length")
    #expect(text.contains("  [1] ClinVar store clinvar: 2025-01 → 2025-02"))
    #expect(text.contains("  [2] phenotype CASE-1: added"))
    #expect(text.contains("      class: VUS → LP [1 | 2]") && text.contains("      criterion none → CASE-1 [1]"))
    #expect(
      text.contains("      because of: one of: [1]; [2]"))
    #expect(
      text.contains(
        "      now: neither candidate nor near miss; stages that removed more alleles there: population frequency +3, CASE-1 +1"
      ))
    #expect(text.contains("      because of: no input that runs record"))
    #expect(text.contains("4 findings are the same; in 1 more, figures or near misses changed without consequences"))
    #expect(text.last?.contains("rarescreen explain") == true)
    #expect(text[1] == "old: rarescreen 0.1.0, 2026-01-01 00:00 UTC: 2 candidates, 0 near misses, 9 genes")
  }

  /// A cause that several rows share is told once, in the list of inputs; the table has it in full in each row.
  @Test func causesAreNamedOnce() throws {
    for language in Language.allCases {
      let report = ComparisonReport(Self.comparison(), language: language)
      let page = String(decoding: try report.files()[0].bytes, as: UTF8.self)
      #expect(page.matches(of: /2025-01 → 2025-02/).count == 1 && page.contains("[1]; [2]"))
      var batch = BatchComparison()
      for number in 1...3 { batch.add(folder: "case\(number)", Self.comparison()) }
      let text = BatchComparisonReport(batch, language: language).text
      #expect(text.count { $0.contains("2025-01 → 2025-02") } == 1 && text.contains { $0.hasPrefix("  [1] ") })
      #expect(text.count { $0.contains("[2]") } == 4, "the list, and the cause of each case: \(text)")
      let table = String(decoding: BatchComparisonReport(batch, language: language).table, as: UTF8.self)
      #expect(table.matches(of: /2025-01 → 2025-02/).count == 3)
    }
  }

  @Test func clinVarAndDaysAreToldInWords() {
    var old = RecordedFinding(allele: "1-1-A-C", gene: "A", standing: .candidate(rank: 1))
    old.clinVar = .init(significance: "VUS", text: "Uncertain_significance", stars: 1)
    var new = old
    new.clinVar = .init(significance: "P", text: "Pathogenic", stars: 3)
    var comparison = BatchComparisonTests.calm
    comparison.changes = [
      FindingChange(
        .evidence, weight: .evidence, old: old, new: new,
        differences: [
          EvidenceDifference(
            .clinVar, old: "Uncertain_significance (1*)", new: "Pathogenic (3*)", isNotable: true,
            cause: ChangeCause([0]))
        ], cause: ChangeCause([0]))
    ]
    comparison.inputs = [
      ChangedInput(.panel, name: "own", old: nil, new: "\(Wording(1, one: "\(1) gene", other: "\(1) genes"))"),
      ChangedInput(
        .panel, name: "skin",
        old: "of \(Wording(day: "2025-06-03")), \(Wording(2_149, one: "\(2_149) gene", other: "\(2_149) genes"))",
        new: nil),
    ]
    let english = ComparisonReport(comparison)
    #expect(
      english.text.contains(
        "      ClinVar: Uncertain significance (1 of 4 stars) → Pathogenic (3 of 4 stars)"), "\(english.text)")
    #expect(english.text.contains("  [1] panel own: added (1 gene)"))
    #expect(english.text.contains("  [2] panel skin: removed (of 2025-06-03, 2,149 genes)"))
    #expect(String(decoding: english.table, as: UTF8.self).contains("Uncertain_significance (1*) → Pathogenic (3*)"))
    let vietnamese = ComparisonReport(comparison, language: .vietnamese).text
    #expect(vietnamese.contains("  [2] bảng gen skin: bị bỏ (ngày 03/06/2025, 2.149 gen)"), "\(vietnamese)")
    #expect(vietnamese.contains { $0.contains("01/01/2026 00:00 UTC") && !$0.contains("Z") })
    #expect(vietnamese.contains { $0.contains("Chưa rõ ý nghĩa lâm sàng (1") && !$0.contains("Uncertain") })
  }

  @Test(arguments: Language.allCases)
  func namesAreDataEverywhere(language: Language) throws {
    let report = ComparisonReport(Self.comparison(Self.hostile), language: language)
    let many = BatchComparisonReport(Self.batch, language: language)
    for files in [try report.files(), try many.files()] {
      #expect(files.map(\.name) == ["compare.html", "compare.json", "compare.tsv"])
      let page = String(decoding: files[0].bytes, as: UTF8.self)
      #expect(!page.contains("<script") && page.contains("&lt;script&gt;") && !page.contains("\u{202E}"))
      #expect(page.contains("default-src 'none'") && page.contains("lang=\"\(language.rawValue)\""))
      #expect(!page.contains("{{"))
      let table = String(decoding: files[2].bytes, as: UTF8.self).split(separator: "\n")
      let widths = Set(table.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count })
      #expect(widths.count == 1 && !files[2].bytes.contains(0x1B))
    }
    for line in report.text + many.text { #expect(!line.contains("\u{1B}") && !line.contains("\n")) }
    #expect(report.table == ComparisonReport(Self.comparison(Self.hostile)).table)
  }

  @Test func aCalmPageSaysSo() throws {
    let report = ComparisonReport(BatchComparisonTests.calm)
    #expect(report.text[0] == "Case CALM: nothing changed")
    let page = String(decoding: try report.files()[0].bytes, as: UTF8.self)
    #expect(page.contains("Nothing in the findings changed that may matter."))
    #expect(page.contains("No input that runs record changed."))
  }
}

/// A batch tells each case in a line.
@Suite struct BatchComparisonTests {
  static let calm: RunComparison = {
    let run = RunComparison.Run(
      caseID: "CALM", program: "0.1.0", finished: "2026-01-01T00:00:00Z", candidates: 1, nearMisses: 0, genes: 9)
    return RunComparison(
      assembly: .grch38, old: run, new: run, inputs: [], untold: [], changes: [], entered: [], left: [], checks: [],
      repeats: [], unchanged: 1)
  }()

  @Test func aThousandCalmCasesAreOneSentence() {
    var batch = BatchComparison()
    for number in 1...1_000 { batch.add(folder: "case\(number)", Self.calm) }
    let text = BatchComparisonReport(batch).text
    #expect(
      text == [
        "1,000 cases compared: 0 changed, 1,000 unchanged (of these 0 with figures that moved without consequences)",
        "What changed in the inputs:", "  none",
      ])
  }

  @Test func longListsAreCutAndSaySo() throws {
    var batch = BatchComparison()
    let change = FindingChange(
      .new, weight: .new, old: nil, new: RecordedFinding(allele: "1-1-A-C", gene: "A", standing: .candidate(rank: 1)),
      absence: .geneNotScreened, cause: ChangeCause([]))
    var changed = Self.calm
    changed.changes = Array(repeating: change, count: 9)
    for number in 1...305 { batch.add(folder: "case\(number)", changed) }
    batch.onlyNew = (1...50).map { "n\($0)" }
    let report = BatchComparisonReport(batch)
    #expect(report.batch.lines.allSatisfy { $0.first.count == 3 && $0.counts == [.new: 9] })
    #expect(report.text.contains("5 more cases are in compare.tsv."))
    #expect(report.text.last?.hasSuffix("n40, +10") == true)
    let page = String(decoding: try report.files()[0].bytes, as: UTF8.self)
    #expect(page.contains("5 more cases are in compare.tsv."))
    #expect(String(decoding: report.table, as: UTF8.self).split(separator: "\n").count == 1 + 305 + 50)
  }
}
