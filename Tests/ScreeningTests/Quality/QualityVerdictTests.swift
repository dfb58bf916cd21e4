import Model
import Screening
import TestSupport
import Testing

/// What the counts are taken to mean.
@Suite struct QualityVerdictTests {
  @Test func aLawfulTrioPasses() throws {
    let report = QualityRecords.lawfulTrio().report(.trio())
    #expect(report.confirmedLinks == QualityReport.links("father", "mother"))
    #expect(report.refutedLinks.isEmpty)
    #expect(!report.checks.contains { $0.outcome == .fail })
    #expect(report.check(.relatedness, "child", "father")?.value == 0.25)
    #expect(report.check(.mendelianErrors, "child", "father", "mother")?.value == 0)
    #expect(report.check(.uniparentalDisomy, "child", "father", "mother")?.outcome == .pass)
  }

  /// A father who is a stranger: his link is refuted, the mother's stands, and it is he who is named.
  @Test func aFalseFatherIsNamed() throws {
    var records = QualityRecords.lawfulTrio()
    records.add(150, ["1/1", "0/0", "0/1"], contig: "chr9")
    records.add(150, ["0/0", "1/1", "0/1"], contig: "chr9")
    records.add(100, ["0/1", "0/0", "0/0"], contig: "chr9")
    let report = records.report(.trio())
    #expect(report.refutedLinks == QualityReport.links("father"))
    #expect(report.confirmedLinks == QualityReport.links("mother"))
    #expect(report.check(.relatedness, "child", "father")?.outcome == .fail)
    let mendelian = try #require(report.check(.mendelianErrors, "child", "father", "mother"))
    #expect(mendelian.outcome == .fail)
    #expect(mendelian.message.hasSuffix("father is not the parent."))
    #expect(report.check(.uniparentalDisomy, "child", "father", "mother")?.outcome == .notEvaluable)
    #expect(report.worst == .fail)
  }

  @Test func aParentIdenticalToTheChildIsRefuted() throws {
    let lines = QualityRecords.lawfulTrio()
    let report = lines.report(.trio(), columns: [0, 0, 2])
    let check = try #require(report.check(.relatedness, "child", "father"))
    #expect(check.value == 0.5)
    #expect(check.outcome == .fail)
    #expect(check.message.contains("the same person or identical twins"))
    #expect(report.refutedLinks.contains(QualityReport.ParentLink(child: "child", parent: "father")))
  }

  /// Errors of 2 % warn, and a warning neither refutes nor unsettles the links.
  @Test func someMendelianErrorsWarn() throws {
    var records = QualityRecords.lawfulTrio()
    records.add(49, ["0/1", "0/0", "0/0"], contig: "chr7")
    let report = records.report(.trio())
    let check = try #require(report.check(.mendelianErrors, "child", "father", "mother"))
    #expect(check.value == 49.0 / 2449)
    #expect(check.outcome == .warning)
    #expect(report.confirmedLinks == QualityReport.links("father", "mother"))
  }

  /// Maternal isodisomy of one chromosome makes 7 % Mendelian errors against a true father. He stays the father.
  @Test func uniparentalDisomyDoesNotRefuteAParent() throws {
    var records = QualityRecords.lawfulTrio()
    records.add(100, ["1/1", "0/0", "1/1"], contig: "chr15")
    records.add(60, ["0/0", "1/1", "0/0"], contig: "chr15")
    records.add(5, ["0/1", "1/1", "0/0"], contig: "chr15")
    records.add(30, ["1/1", "0/0", "0/1"], contig: "chr15")
    let report = records.report(.trio())
    let check = try #require(report.check(.uniparentalDisomy, "child", "father", "mother"))
    #expect(check.outcome == .warning)
    #expect(
      check.counts == [
        "chromosome": 15, "informative": 165, "maternal_only": 160, "paternal_only": 0, "biparental": 5,
      ])
    #expect(check.message.contains("maternal uniparental disomy"))
    #expect(report.check(.mendelianErrors, "child", "father", "mother")?.outcome == .pass)
    #expect(report.confirmedLinks == QualityReport.links("father", "mother"))
  }

  @Test func aHomozygousChromosomeOfASingletonIsAHint() throws {
    var records = QualityRecords()
    records.add(60, ["0/1"], contig: "chr6")
    records.add(40, ["1/1"], contig: "chr6")
    records.add(98, ["1/1"], contig: "chr7")
    records.add(2, ["0/1"], contig: "chr7")
    let check = try #require(records.report(.singleton()).check(.uniparentalDisomy, "child"))
    #expect(check.outcome == .warning)
    #expect(check.counts == ["chromosome": 7, "sites": 100])
    #expect(check.value == 0.02)
  }

  @Test func tooFewSitesAreNeverAPass() {
    var records = QualityRecords()
    records.add(199, ["0/1", "0/1", "0/1"])
    let report = records.report(.trio())
    #expect(report.checks.allSatisfy { $0.outcome == .notEvaluable && $0.value == nil })
    #expect(report.confirmedLinks.isEmpty && report.refutedLinks.isEmpty)
    #expect(report.worst == .notEvaluable)
  }

  @Test func noRecordsAtAllAreNotEvaluable() {
    let report = QualityRecords().report(.trio())
    #expect(!report.checks.isEmpty)
    #expect(report.checks.allSatisfy { $0.outcome == .notEvaluable })
  }

  /// One file a person: sites that a file does not list are unknown, so pairs cannot be compared, while samples can.
  @Test func membersInSeparateFilesAreNotCompared() throws {
    let lines = QualityRecords.lawfulTrio().lines
    var sum: QualityTally?
    for member in 0..<3 {
      let alone = lines.map { line in
        let columns = line.split(separator: "\t")
        return (columns[..<9] + [columns[9 + member]]).joined(separator: "\t")
      }
      var tally = QualityTally(
        pedigree: .trio(), sampleColumns: (0..<3).map { $0 == member ? 0 : nil }, assembly: .grch38)
      tally.count(VariantBatch(lines: alone))
      if sum == nil { sum = tally } else { sum? += tally }
    }
    let report = try #require(sum).report(for: .trio(), proband: "child")
    let pair = try #require(report.check(.relatedness, "child", "father"))
    #expect(pair.outcome == .notEvaluable)
    #expect(pair.message.contains("not in one joint-called file"))
    #expect(report.check(.mendelianErrors, "child", "father", "mother")?.outcome == .notEvaluable)
    #expect(report.check(.heterozygosityRatio, "mother")?.value == 200.0 / 60)
    #expect(report.confirmedLinks.isEmpty && report.refutedLinks.isEmpty)
  }

  /// Small variants and mitochondrial calls of the same people in two files are one case.
  @Test func filesOfACaseAddUp() {
    var other = QualityRecords()
    other.add(40, ["0/1", "0/1", "0/1"], contig: "chrM")
    var sum = QualityRecords.lawfulTrio().tally(.trio())
    sum += other.tally(.trio())
    let report = sum.report(for: .trio(), proband: "child")
    #expect(report.confirmedLinks == QualityReport.links("father", "mother"))
    #expect(sum.records(.otherContig) == 40)
  }

  @Test func aParentWithoutGenotypesIsSaidToBeMissing() throws {
    let report = QualityRecords.lawfulTrio().report(.trio(), columns: [0, nil, 2])
    let check = try #require(report.check(.relatedness, "child", "father"))
    #expect(check.outcome == .notEvaluable)
    #expect(check.message.contains("no genotypes of father"))
    #expect(report.check(.heterozygosityRatio, "father") == nil)
    #expect(report.confirmedLinks == QualityReport.links("mother"))
  }

  /// Parents of different populations have a kinship far below zero; that is no contradiction of "unrelated".
  @Test func parentsOfDistantPopulationsAreNoAlarm() throws {
    var records = QualityRecords()
    records.add(300, ["0/1", "0/0", "1/1"])
    records.add(300, ["0/1", "1/1", "0/0"])
    records.add(150, ["0/0", "0/1", "0/0"])
    records.add(150, ["0/0", "0/0", "0/1"])
    let check = try #require(records.report(.trio()).check(.relatedness, "father", "mother"))
    #expect(check.value == -4)
    #expect(check.outcome == .pass)
  }

  /// At 250 sites four wrong calls are 1.6 %, which is no stranger; five are. At 1,000 sites five are in doubt.
  @Test(arguments: [(250, 4, CheckOutcome.pass), (250, 5, .fail), (1_000, 5, .warning), (1_000, 12, .fail)])
  func aHandfulOfWrongCallsRefutesNobody(sites: Int, opposite: Int, outcome: CheckOutcome) {
    var records = QualityRecords()
    let third = sites / 3
    records.add(third, ["0/1", "0/1"])
    records.add(third, ["0/1", "0/0"])
    records.add(sites - 2 * third - opposite, ["0/0", "0/1"])
    records.add(opposite, ["1/1", "0/0"])
    let duo = Pedigree([Individual(id: "child", mother: "mother"), Individual(id: "mother", sex: .female)])
    let report = records.report(duo)
    #expect(report.check(.parentChildIdentity, "child", "mother")?.outcome == outcome)
    #expect(report.check(.relatedness, "child", "mother")?.outcome == .pass)
    #expect(report.confirmedLinks == (outcome == .pass ? QualityReport.links("mother") : []))
    #expect(report.refutedLinks == (outcome == .fail ? QualityReport.links("mother") : []))
  }

  /// An uncle by the pedigree who shares nothing only warns; a stranger by the pedigree who shares much fails.
  @Test func onlyASurplusFailsBetweenDistantRelatives() throws {
    var records = QualityRecords()
    records.add(100, ["0/1", "0/1", "0/0"])
    records.add(150, ["0/1", "0/0", "0/1"])
    records.add(150, ["0/0", "0/1", "0/0"])
    records.add(50, ["0/0", "0/0", "1/1"])
    records.add(50, ["1/1", "0/1", "0/0"])
    let family = Pedigree([
      Individual(id: "grandfather", sex: .male), Individual(id: "child", father: "absentFather"),
      Individual(id: "absentFather", father: "grandfather"), Individual(id: "friend"),
    ])
    let report = records.report(family, columns: [0, 2, nil, 1])
    #expect(report.check(.relatedness, "grandfather", "child")?.outcome == .warning)
    #expect(report.check(.relatedness, "grandfather", "friend")?.value == 100.0 / 550)
    #expect(report.check(.relatedness, "grandfather", "friend")?.outcome == .fail)
  }

  @Test func foreignReadsAreAHint() throws {
    func check(_ heterozygote: String, _ homozygote: String) throws -> QualityCheck {
      var records = QualityRecords()
      records.add(400, ["0/1:15,15:30:99"])
      records.add(100, [heterozygote])
      records.add(300, [homozygote])
      return try #require(records.report(.singleton()).check(.contamination, "child"))
    }
    let clean = try check("0/1:15,15:30:99", "1/1:0,50:50:99")
    #expect(clean.outcome == .pass)
    #expect(clean.value == 0)
    let mixed = try check("0/1:15,15:30:99", "1/1:3,97:100:99")
    #expect(mixed.outcome == .warning)
    #expect(mixed.value == 0.03)
    let imbalanced = try check("0/1:71,29:100:99", "1/1:0,50:50:99")
    #expect(imbalanced.outcome == .warning)
    #expect(imbalanced.counts["het_low_balance"] == 100)
    let atTheLimit = try check("0/1:70,30:100:99", "1/1:1,49:50:99")
    #expect(atTheLimit.outcome == .pass)
    #expect(atTheLimit.counts["het_low_balance"] == 0)
  }

  @Test func withoutReadCountsForeignDnaIsNotEvaluable() throws {
    var records = QualityRecords()
    records.add(400, ["0/1"], format: "GT")
    records.add(300, ["1/1"], format: "GT")
    let report = records.report(.singleton())
    #expect(report.check(.contamination, "child")?.outcome == .notEvaluable)
    #expect(report.check(.heterozygosityRatio, "child")?.counts["no_quality_field"] == 700)
  }
}
