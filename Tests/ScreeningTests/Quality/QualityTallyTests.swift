import Model
import Screening
import TestSupport
import Testing

/// What is counted, on tables small enough to count by hand.
@Suite struct QualityTallyTests {
  /// Of the 27 genotype triples 12 break Mendel's law: 4 against the father alone, 4 against the mother alone, 2 against both
  /// and 2 against either.
  @Test func countsMendelianErrorsByTheParentTheyContradict() throws {
    var records = QualityRecords()
    let genotypes = ["0/0", "0/1", "1/1"]
    for child in genotypes {
      for father in genotypes {
        for mother in genotypes { records.add(10, [child, father, mother]) }
      }
    }
    let check = try #require(records.report(.trio()).check(.mendelianErrors, "child", "father", "mother"))
    #expect(
      check.counts == [
        "sites": 260, "errors": 120, "against_father": 40, "against_mother": 40, "against_both": 20,
        "against_either": 20,
      ])
    #expect(check.outcome == .fail)
  }

  /// (100 − 2 × 10) / (220 + 180) = 0.2: both heterozygous 100, opposite homozygotes 10, heterozygotes 100 + 120 and 100 + 80.
  @Test func computesKingRobustKinship() throws {
    var records = QualityRecords()
    records.add(100, ["0/1", "0/1"])
    records.add(120, ["0/1", "0/0"])
    records.add(80, ["1/1", "0/1"])
    records.add(4, ["0/0", "1/1"])
    records.add(6, ["1/1", "0/0"])
    records.add(50, ["1/1", "1/1"])
    records.add(500, ["0/0", "0/0"])
    records.add(40, ["./.", "0/1"])
    let pair = Pedigree([Individual(id: "child", father: "father"), Individual(id: "father", sex: .male)])
    let check = try #require(records.report(pair).check(.relatedness, "child", "father"))
    #expect(check.value == 0.2)
    #expect(
      check.counts == ["sites": 360, "ibs0": 10, "ibs2": 150, "both_het": 100, "het_1": 220, "het_2": 180])
    let identity = try #require(records.report(pair).check(.parentChildIdentity, "child", "father"))
    #expect(identity.value == 10.0 / 360)
    #expect(identity.outcome == .fail)
  }

  /// What makes a call unusable, and what does not.
  @Test(arguments: [
    ("GT:AD:DP:GQ", "0/1:10,10:20:20", true), ("GT:AD:DP:GQ", "0|1:10,10:20:99", true),
    ("GT:AD:DP:GQ", "/0/1:10,10:20:99", true), ("GT:AD:DP:GQ", "0/1:10,10:20:19", false),
    ("GT:AD:DP:GQ", "0/1:5,4:9:99", false), ("GT:AD:DP:GQ", "./1:10,10:20:99", false),
    ("GT:AD:DP:GQ", "0/2:10,10:20:99", false), ("GT:AD:DP:GQ", "0/1/1:10,10:20:99", false),
    ("GT:AD:DP:GQ", "1:0,20:20:99", false), ("GT:AD:DP:GQ", "0/:10,10:20:99", false),
    ("GT:AD:DP:GQ", "0/1", true), ("GT:AD:DP:GQ", "0/1:.:.:.", true), ("GT", "0/1", true),
    ("GT:GQ", "0/1:20.7", true), ("GT:GQ", "0/1:19.99", false), ("GT:AD", "0/1:4,5", false),
    ("GT:AD:GQ:GQX", "0/1:20,20:99:12", false), ("GT:GQ:FT", "0/1:99:LowGQ", false),
    ("GT:GQ:FT", "0/1:99:PASS", true), ("DP:GQ:GT", "30:99:0/1", true), ("GT:DP", "0/1:99999999999999999999999", true),
  ])
  func judgesACall(format: String, call: String, isUsed: Bool) throws {
    var records = QualityRecords()
    records.add(7, [call], format: format)
    // A column text that is not whole must not be completed by the literals.
    let columns = records.lines.map { $0.split(separator: "\t").dropLast() + [Substring(call)] }
    var tally = QualityTally(pedigree: .singleton(), sampleColumns: [0], assembly: .grch38)
    tally.count(VariantBatch(lines: columns.map { $0.joined(separator: "\t") }))
    let check = try #require(
      tally.report(for: .singleton(), proband: "child").check(.heterozygosityRatio, "child"))
    #expect(check.counts["het"] == (isUsed ? 7 : 0))
    #expect(check.counts["missing"] == (isUsed ? 0 : 7))
  }

  @Test func namesTheUseOfEveryRecord() {
    var records = QualityRecords()
    records.add(1, ["0/1"])
    records.add(1, ["0/1"], filter: ".")
    records.add(2, ["0/1"], filter: "q10;PASS")
    records.add(3, ["0/1"], alleles: "A\tG,T")
    records.add(1, ["0/1"], alleles: "AT\tA")
    records.add(1, ["0/1"], alleles: "A\t*")
    records.add(1, ["0/1"], alleles: "A\t.")
    records.add(4, ["0/1"], contig: "chrX")
    records.add(5, ["0/1"], contig: "chrY")
    records.add(6, ["0/1"], contig: "chrM")
    records.add(6, ["0/1"], contig: "chrUn_KI270302v1")
    records.add(7, ["30"], format: "DP")
    records.add(8, ["0/1"], info: "POP_AF=0.04")
    records.add(9, ["0/1"], info: "POP_AF=0.05")
    let tally = records.tally(.singleton(), frequencyKey: "POP_AF")
    let uses = QualityTally.SiteUse.allCases.map(tally.records)
    #expect(uses == [11, 4, 5, 0, 12, 2, 6, 8, 7])
    #expect(tally.records == records.lines.count)
  }

  @Test func countsTransitionsOfCarriedAllelesOnly() throws {
    var records = QualityRecords()
    records.add(300, ["0/1"], alleles: "A\tG")
    records.add(300, ["1/1"], alleles: "t\tc")
    records.add(100, ["0/1"], alleles: "A\tC")
    records.add(100, ["0/1"], alleles: "G\tC")
    records.add(900, ["0/0"], alleles: "A\tT")
    let check = try #require(records.report(.singleton()).check(.transitionRatio, "child"))
    #expect(check.value == 3)
    #expect(check.outcome == .pass)
  }

  /// Workers take batches as they come, so the division of the work and the order of the sums must not show.
  @Test(arguments: [1, 2, 3, 8])
  func addsUpAlikeForAnyNumberOfWorkers(workers: Int) {
    let lines = QualityRecords.lawfulTrio().lines
    let whole = QualityRecords.lawfulTrio().report(.trio())
    let tallies = (0..<workers).map { worker in
      var tally = QualityTally(pedigree: .trio(), sampleColumns: [0, 1, 2], assembly: .grch38)
      let share = lines.enumerated().filter { $0.offset % workers == worker }.map(\.element)
      for half in [share.prefix(share.count / 2), share.suffix(share.count - share.count / 2)] {
        tally.count(VariantBatch(lines: Array(half)))
      }
      return tally
    }
    var sum = QualityTally(pedigree: .trio(), sampleColumns: [0, 1, 2], assembly: .grch38)
    for tally in tallies.reversed() { sum += tally }
    #expect(sum.report(for: .trio(), proband: "child") == whole)
    #expect(sum.records == lines.count)
  }

  /// A joint file lists thousands of sites where nobody of the family carries anything; the verdicts must not feel it.
  @Test func aTrioIsJudgedAlikeInAJointFile() throws {
    let own = QualityRecords.lawfulTrio()
    var joint: [String] = []
    for line in own.lines {
      let columns = line.split(separator: "\t")
      // Order of the file: 50 strangers, mother, stranger, father, child, 50 strangers.
      let stranger = Substring("0/1:10,10:20:99")
      let others = Array(repeating: stranger, count: 50)
      joint.append(
        (columns[..<9] + others + [columns[11], stranger, columns[10], columns[9]] + others).joined(separator: "\t"))
      joint.append(
        (columns[..<9] + others + Array(repeating: Substring("0/0:20,0:20:60"), count: 4) + others)
          .joined(separator: "\t"))
    }
    var tally = QualityTally(pedigree: .trio(), sampleColumns: [53, 52, 50], assembly: .grch38)
    tally.count(VariantBatch(lines: joint))
    let report = tally.report(for: .trio(), proband: "child")
    let alone = own.report(.trio())
    #expect(report.checks.map(\.value) == alone.checks.map(\.value))
    #expect(report.checks.map(\.outcome) == alone.checks.map(\.outcome))
    #expect(report.confirmedLinks == QualityReport.links("father", "mother"))
  }

  @Test func aLineCutShortCountsAsMissing() throws {
    var records = QualityRecords()
    records.add(3, ["0/1", "0/1"])
    let check = try #require(records.report(.trio()).check(.heterozygosityRatio, "mother"))
    #expect(check.counts["missing"] == 3)
  }
}
