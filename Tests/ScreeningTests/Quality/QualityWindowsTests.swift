import Model
import TestSupport
import Testing

@testable import Screening

/// The sample checks of a file of which only windows were counted.
@Suite struct QualityWindowsTests {
  @Test func windowsAreTwoPerCentOfEachChromosomeAndAllOfY() {
    for assembly in Assembly.allCases {
      let regions = RegionSet(QualityWindows.regions(of: assembly))
      for contig in Contig.allCases {
        let length = regions.regions(on: contig).reduce(0) { $0 + $1.length }
        switch contig {
        case .mitochondrion: #expect(length == 0)
        case .y: #expect(length == assembly.length(of: contig))
        default:
          #expect(abs(Double(length) / Double(assembly.length(of: contig)) - 0.02) < 0.002, "\(contig)")
          #expect(regions.regions(on: contig).allSatisfy { $0.end <= assembly.length(of: contig) })
        }
      }
    }
  }

  /// 2,050 transitions to 1,000 transversions: usual for a genome, unusual for an exome.
  private static func tally(leftOut: Int) -> QualityTally {
    var records = QualityRecords()
    records.add(1_230, ["0/1"], alleles: "A\tG")
    records.add(820, ["1/1"], alleles: "C\tT")
    records.add(600, ["0/1"], alleles: "A\tC")
    records.add(400, ["1/1"], alleles: "G\tT")
    var tally = records.tally(.singleton())
    tally.leaveOut(records: leftOut)
    return tally
  }

  @Test func aGenomeOfWhichLittleWasCountedIsAGenome() throws {
    let pedigree = Pedigree.singleton()
    let sampled = try #require(
      Self.tally(leftOut: 3_000_000).report(for: pedigree, proband: "child").check(.transitionRatio, "child"))
    #expect(sampled.outcome == .pass && sampled.message.contains("genome"), "\(sampled.message)")
    #expect(sampled.counts["records_counted"] == 3_050 && sampled.counts["records_left_out"] == 3_000_000)
    let whole = try #require(
      Self.tally(leftOut: 0).report(for: pedigree, proband: "child").check(.transitionRatio, "child"))
    #expect(whole.outcome == .warning && whole.message.contains("exome"), "\(whole.message)")
    #expect(whole.counts["records_left_out"] == nil)
  }

  @Test func talliesAddUpWhatTheyLeftOut() {
    var sum = Self.tally(leftOut: 5)
    sum += Self.tally(leftOut: 7)
    #expect(sum.recordsLeftOut == 12)
  }
}
