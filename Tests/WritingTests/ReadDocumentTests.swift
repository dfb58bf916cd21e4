import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// A report with reads and coverage: documents, tables and page.
@Suite struct ReadDocumentTests {
  private static func coverage(_ sample: String, _ source: SampleCoverage.Source) -> SampleCoverage {
    var summary = DepthSummary()
    summary.length = 120
    summary.sum = 2_400
    summary.minimum = 0
    summary.atLeast10 = 100
    summary.atLeast20 = 90
    summary.callable = 90
    let region = Region(.chr1, 1_990, 2_110)
    let gap = CoverageGap(
      region: Region(.chr1, 2_080, 2_110), exon: "2", minimum: 0, mean: 3.5, meanUnfiltered: 20.25,
      cause: .lowMappingQuality, detection: 0.25)
    var levels = DepthLevels()
    levels.add(Array(repeating: 20, count: 120), 0..<120)
    let gene = GeneCoverage(
      symbol: "TWOHIT", hgncID: "HGNC:1", transcript: "NM_000001.1",
      exons: [ExonCoverage(name: "2", region: region, summary: summary, profile: [20, 3], levels: levels)],
      summary: summary,
      gaps: [gap], verdict: .fail)
    let bare = GeneCoverage(
      symbol: "BARE", hgncID: nil, transcript: nil, exons: [], summary: DepthSummary(), gaps: [],
      verdict: .notAssessed)
    return SampleCoverage(
      sample: sample, source: source, genes: [gene, bare], unplaced: ["GHOST"], contigs: [Contig.chr1.rawValue: summary]
    )
  }

  /// The small report, with what reads say of its pair. Every text runs through `text`.
  static func report(text: @escaping @Sendable (String) -> String = { $0 }) -> Report {
    var report = SmallReport(text: text).report()
    report.result.coverage = [
      coverage(text("CHILD"), .reads(minimumMappingQuality: 20, minimumBaseQuality: 20)),
      coverage(text("DAD"), .referenceBlocks(minimumQuality: 20)),
    ]
    var seen = ReadEvidence(method: .haplotypes, errorRate: 0.001)
    seen.reference = 11
    seen.alternate = 9
    seen.other = 1
    seen.alternateForward = 5
    seen.alternateReverse = 4
    seen.meanBaseQuality = 36.5
    let partner = report.result.candidates[0].variants[1].variant.allele
    report.result.candidates[0].variants[0].variant.genotypes[0].reads = seen
    report.result.candidates[0].variants[0].variant.genotypes[1].reads = ReadEvidence(method: .bases, errorRate: 0.0005)
    report.result.candidates[0].variants[0].variant.pairReads[partner] = PairReads(
      both: 1, first: 4, second: 3)
    let allele = report.result.candidates[0].variants[0].variant.allele
    let window = Region(.chr1, 1_959, 2_040)
    let read = PileUp.Read(start: 1_970, end: 2_030, isReverse: false, isDoubtful: false)
    report.result.pileUps = [
      allele: [
        PileUp(sample: text("CHILD"), window: window, reference: [], lines: [[read]], total: 90, shown: 1),
        PileUp(sample: text("DAD"), window: window, reference: [], lines: [], total: 0, shown: 0),
      ]
    ]
    return report
  }

  private static func page(_ report: Report, _ language: Language = .english) throws -> String {
    String(decoding: try ReportWriter(report: report, language: language).html(), as: UTF8.self)
  }

  @Test(.enabled(if: SchemaChecker.isPresent, "python3 with jsonschema not found"))
  func documentFollowsThePublishedSchema() throws {
    let document = ReportWriter(report: Self.report()).candidatesJSON()
    #expect(try SchemaChecker.faults(of: document) == "")
    let text = String(decoding: document, as: UTF8.self)
    for name in ["min_mapq", "het_detection", "bases_callable", "this_alone", "alt_clipped", "unplaced"] {
      let broken = text.replacing("\"\(name)\"", with: "\"no_\(name)\"")
      #expect(try SchemaChecker.faults(of: Array(broken.utf8)).contains(name), "\(name)")
    }
  }

  @Test func tablesAreThereWhereSomebodyLooked() throws {
    let writer = ReportWriter(report: Self.report())
    #expect(try writer.files().map(\.name).suffix(4) == ["coverage.tsv", "gaps.bed", "depth_classes.bed", "run.json"])
    #expect(writer.coverageTables().allSatisfy { !$0.bytes.isEmpty })
    #expect(ReportWriter(report: SmallReport.report).coverageTables().isEmpty)
  }

  @Test(arguments: Language.allCases)
  func pageShowsReadsAndCoverage(language: Language) throws {
    let page = try Self.page(Self.report(), language)
    #expect(page.components(separatedBy: "<svg class=\"reads\"").count == 3)
    #expect(!page.contains(Phrases(language)("coverage_not_assessed")))
    #expect(!page.contains("{{") && page.contains("TWOHIT"))
    let plain = try Self.page(SmallReport.report, language)
    #expect(!plain.contains("<svg class=\"reads\"") && plain.contains(Phrases(language)("coverage_not_assessed")))
  }

  @Test func aGapTellsItsDepthsAndTheChanceToSeeAHeterozygote() throws {
    var report = Self.report()
    let page = try Self.page(report)
    #expect(
      page.contains(
        "exon 2, 1:2081-2110, 30 bases: 0 reads at the least, 3.5 on average, reads that could lie elsewhere as well; "
          + "a heterozygote at the least read base would be seen with 25.0 %"))
    // Where one copy is expected there is none to be seen.
    report.result.coverage[0].genes[0].gaps[0].detection = nil
    let single = try Self.page(report)
    #expect(single.contains("3.5 on average") && !single.contains("a heterozygote at the least"))
    let table = rows(ReportWriter(report: report).coverageTables()[0].bytes)
    #expect(table[0].suffix(2) == ["het_detection", "not_assessed"])
    #expect(table[1][17] == ".")
  }

  @Test func theCoverageTableStacksOnAPhone() throws {
    let page = try Self.page(Self.report())
    let start = try #require(page.range(of: "<table class=\"coverage\">"))
    let end = try #require(page[start.lowerBound...].range(of: "</table>"))
    let table = page[start.lowerBound..<end.lowerBound]
    // Stacked cells are told apart by their labels, since the head is away.
    #expect(table.components(separatedBy: "<td").count == table.components(separatedBy: "data-label=").count)
    #expect(page.contains(".coverage td,.coverage tbody th{display:flex"))
  }

  @Test(arguments: HostileTextTests.attacks, Language.allCases)
  func hostileNamesStayText(attack: String, language: Language) throws {
    let report = Self.report(text: { $0 + attack })
    let table = rows(ReportWriter(report: report).coverageTables()[0].bytes)
    #expect(table.count > 1 && table.allSatisfy { $0.count == table[0].count })
    let page = try Self.page(report, language)
    #expect(page.components(separatedBy: "<script").count == 2 && !page.contains("onmouseover=\"alert"))
    #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isUnsafeToShow })
    let tags = page.components(separatedBy: "<svg").count
    #expect(try tags == Self.page(Self.report(), language).components(separatedBy: "<svg").count)
  }
}
