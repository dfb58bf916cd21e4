import Model
import Screening
import TestSupport
import Testing

@Suite struct QualitySexTests {
  /// X and Y genotypes of `child`, and of `father` and `mother` so that the file lists what the child lacks.
  private static func report(
    sex: Sex, x: (het: Int, hom: Int), y: (called: Int, missing: Int), haploid: Bool = false
  ) -> QualityReport {
    var records = QualityRecords.lawfulTrio()
    records.add(x.het, ["0/1", "0/0", "0/1"], contig: "chrX")
    records.add(x.hom, [haploid ? "1" : "1/1", "0/0", "0/1"], contig: "chrX")
    records.add(y.called, ["1", "1", "./."], contig: "chrY")
    records.add(y.missing, ["./.", "1", "./."], contig: "chrY")
    return records.report(.trio(childSex: sex))
  }

  @Test(arguments: [
    (Sex.male, 5, 95, 30, 0, CheckOutcome.pass, CheckOutcome.pass),
    (.female, 60, 40, 0, 30, .pass, .pass),
    (.unknown, 5, 95, 30, 0, .pass, .pass),
    (.female, 5, 95, 30, 0, .fail, .warning),  // a man's sample under a woman's name
    (.male, 60, 40, 0, 30, .fail, .warning),  // a woman's under a man's
    (.male, 60, 40, 30, 0, .warning, .pass),  // 47,XXY
    (.female, 5, 95, 0, 30, .warning, .pass),  // 45,X, or a child of close relatives
    (.female, 5, 95, 0, 0, .fail, .notEvaluable),
    (.male, 60, 40, 10, 30, .fail, .warning),  // a few false calls on Y make no man
    (.male, 40, 60, 30, 0, .warning, .pass),  // 0.67 is neither
    (.male, 1, 48, 30, 0, .notEvaluable, .pass),
    (.male, 1, 49, 30, 0, .pass, .pass),
    (.female, 60, 40, 1, 19, .pass, .pass),  // 5 % is still no Y
  ])
  func judgesSex(
    sex: Sex, het: Int, hom: Int, called: Int, missing: Int, outcomeX: CheckOutcome, outcomeY: CheckOutcome
  ) throws {
    let report = Self.report(sex: sex, x: (het, hom), y: (called, missing))
    #expect(report.check(.sexFromX, "child")?.outcome == outcomeX)
    #expect(report.check(.sexFromY, "child")?.outcome == outcomeY)
  }

  /// A caller that was told "male" writes one allele on X; then X cannot confirm a man, but it contradicts a woman.
  @Test(arguments: [(Sex.male, CheckOutcome.notEvaluable), (.unknown, .notEvaluable), (.female, .fail)])
  func haploidCallsOnXAreNoEvidenceOfAMan(sex: Sex, outcome: CheckOutcome) throws {
    let check = try #require(
      Self.report(sex: sex, x: (0, 100), y: (0, 0), haploid: true).check(.sexFromX, "child"))
    #expect(check.outcome == outcome)
    #expect(check.counts["haploid_calls"] == 100)
    #expect(check.value == nil)
  }

  @Test func pseudoautosomalSitesAreLeftOut() throws {
    var records = QualityRecords.lawfulTrio()
    records.add(80, ["1/1", "0/0", "0/0"], contig: "chrX")
    // PAR1 of GRCh38 ends at 2,781,479.
    let inside = (1...70).map { "chrX\t\(2_781_479 - $0 * 100)\t.\tA\tG\t50\tPASS\t.\tGT\t0/1\t0/1\t0/1" }
    var tally = records.tally(.trio(childSex: .male))
    tally.count(VariantBatch(lines: inside))
    let check = try #require(tally.report(for: .trio(childSex: .male), proband: "child").check(.sexFromX, "child"))
    #expect(check.outcome == .pass)
    #expect(check.counts["het"] == 0)
    #expect(tally.records(.pseudoautosomal) == 70)
  }

  @Test func aFileOfOneSampleDoesNotListTheYSitesItLacks() throws {
    var records = QualityRecords()
    records.add(40, ["1"], contig: "chrY")
    let check = try #require(records.report(.singleton(sex: .female)).check(.sexFromY, "child"))
    #expect(check.outcome == .notEvaluable)
    #expect(check.counts["called_alone"] == 40)
  }

  /// A file from which common homozygotes were cut leaves a man's few false heterozygotes on X in the majority.
  @Test func aFileThatWasCutDownCannotTellTheSex() throws {
    var records = QualityRecords()
    records.add(2_000, ["0/1"])
    records.add(40, ["1/1"])
    records.add(40, ["0/1"], contig: "chrX")
    records.add(20, ["1/1"], contig: "chrX")
    let report = records.report(.singleton(sex: .male))
    #expect(report.check(.sexFromX, "child")?.outcome == .notEvaluable)
    #expect(report.check(.contamination, "child")?.outcome == .notEvaluable)
    #expect(report.check(.heterozygosityRatio, "child")?.outcome == .warning)
  }
}
