import Model
import Testing

@testable import Writing

/// The lines of a file, each split at tabs.
func rows(_ bytes: [UInt8]) -> [[String]] {
  String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
}

@Suite struct TableTests {
  private let table = rows(ReportWriter(report: SmallReport.report).candidateTable())

  private func cell(_ row: Int, _ column: String) -> String? {
    table[0].firstIndex(of: column).map { table[row][$0] }
  }

  @Test func promisedColumnsComeFirst() {
    let promised =
      "rank gene hgnc_id chrom pos ref alt genotypes inheritance group consequence hgvs_c hgvs_p transcript max_af clinvar "
      + "acmg_class acmg_criteria phenotype_score variant_score score panels flags"
    #expect(table[0].prefix(23).joined(separator: " ") == promised)
    let genes = rows(ReportWriter(report: SmallReport.report).geneTable())
    #expect(
      genes[0].prefix(9).joined(separator: " ")
        == "rank gene hgnc_id score phenotype_score variant_score inheritance variants panels")
    #expect(genes.count == 4)
    #expect(
      genes[1].prefix(9) == [
        "1", "TWOHIT", "HGNC:6", "10.5", ".", "7.5", "AR_comphet", "1-2000-G-A,1-3000-C-T", "epilepsy",
      ])
  }

  @Test func halvesOfAPairShareRankAndGroup() {
    #expect(table.count == 5)
    #expect(cell(1, "rank") == "1" && cell(2, "rank") == "1")
    #expect(cell(1, "group") == "1-2000-G-A+1-3000-C-T")
    #expect(cell(1, "group") == cell(2, "group"))
    #expect(cell(3, "group") == ".")
    #expect(cell(1, "inheritance") == "AR_comphet")
    #expect(cell(1, "genotypes") == "CHILD=0/1;DAD=0/0;MUM=0/1")
    #expect(cell(1, "chrom") == "chr1")
    #expect(cell(1, "score") == "10.5")
  }

  @Test func missingIsADotAndZeroIsZero() {
    #expect(cell(1, "max_af") == ".")
    #expect(cell(2, "max_af") == "2e-05")
    #expect(cell(1, "phenotype_score") == ".")
    #expect(cell(3, "phenotype_score") == "3.85")
    #expect(cell(2, "clinvar") == "Likely_pathogenic (1 star)")
    #expect(cell(2, "acmg_class") == "VUS (automated points 3; human criteria pending)")
  }

  @Test func alleleInSeveralCandidatesStandsOnceAtItsBest() {
    let small = SmallReport()
    var report = SmallReport.report
    var again = small.deNovo
    again.rank = 4
    again.verdicts = [ModelVerdict(model: .autosomalDominant, verdict: .pass)]
    var third = small.pair
    third.rank = 5
    third.variants = [third.variants[0], small.variant("1", 4_000, "C", "T", states: [.heterozygous], record: 11)]
    report.result.candidates += [again, third]
    let table = rows(ReportWriter(report: report).candidateTable())
    #expect(table.dropFirst().map { $0[0] } == ["1", "1", "2", "3", "5"])
    #expect(table[3][8] == "AD,de_novo")
    let other = table[0].firstIndex(of: "other_groups") ?? 0
    #expect(table[1][other] == "1-2000-G-A+1-4000-C-T")
  }

  @Test(arguments: [
    (7.5, 1, "7.5"), (2.675, 2, "2.68"), (-0.04, 1, "0"), (1e-9, 4, "0"), (19.6, 1, "19.6"), (-2, 1, "-2"),
    (0.30000000000000004, 4, "0.3"), (100, 0, "100"),
  ])
  func numbersAreShort(value: Double, places: Int, text: String) {
    #expect(Number.short(value, places: places) == text)
  }

  @Test func cellsCannotBreakOut() {
    #expect(Table.cell("a\tb\nc") == "a%09b%0Ac")
    #expect(Table.cell("=1+1") == "%3D1+1")
    #expect(Table.cell("\u{202E}x") == "%E2%80%AEx")
    #expect(Table.cell("") == "." && Table.cell(nil) == ".")
    #expect(Table.cell("-0.5") == "-0.5")
  }
}
