import Model
import Screening
import TestSupport
import Testing

/// Runs of homozygosity as a reader of the checks meets them.
@Suite struct HomozygosityTests {
  /// A genome of one variant SNV every 200 kb, in turn heterozygous and homozygous, but homozygous throughout in `runs`.
  private static func genome(runs: [Region], column: String = "") -> [String] {
    Contig.allCases.filter { $0.isAutosome || $0 == .x }.flatMap { contig in
      stride(from: 1_000_000, to: Assembly.grch38.length(of: contig), by: 200_000).enumerated().map { index, position in
        let isInRun = runs.contains { $0.contains(Locus(contig, position)) }
        let call = isInRun || index % 5 < 2 ? "1/1:0,30:30:99" : "0/1:15,15:30:99"
        return "chr\(contig.name)\t\(position)\t.\tA\tG\t50\tPASS\t.\tGT:AD:DP:GQ\t\(call)\(column)"
      }
    }
  }

  private static func tally(_ lines: [String], sex: Sex = .female) -> (QualityTally, Pedigree) {
    let pedigree = Pedigree([Individual(id: "child", sex: sex, status: .affected)])
    var tally = QualityTally(pedigree: pedigree, sampleColumns: [0], assembly: .grch38)
    tally.count(VariantBatch(lines: lines))
    return (tally, pedigree)
  }

  private static func report(_ lines: [String], sex: Sex = .female) -> QualityReport {
    let (tally, pedigree) = tally(lines, sex: sex)
    return tally.report(for: pedigree, proband: "child")
  }

  /// Runs of 20 Mb on chromosomes 2, 5 and 9: 60 Mb are 2.1 % of 2.88 Gb.
  private static let related = [Contig.chr2, .chr5, .chr9].map { Region($0, 20_000_000, 40_000_000) }

  @Test func warnsAboveTwoPerCent() throws {
    let high = Self.report(Self.genome(runs: Self.related))
    let check = try #require(high.check(.homozygosity, "child"))
    #expect(check.outcome == .warning)
    #expect(check.message.contains("consider consanguinity"))
    let profile = try #require(high.homozygosity.first)
    #expect(profile.runs.map(\.region.contig) == [.chr2, .chr5, .chr9])
    #expect(profile.total == check.counts["bases"])
    #expect(check.value == Double(profile.total) / 2_880_000_000)
    #expect((58_000_000...61_000_000).contains(profile.total))
    let low = try #require(Self.report(Self.genome(runs: Array(Self.related.dropLast()))).check(.homozygosity, "child"))
    #expect(low.outcome == .pass)
    #expect(low.counts["runs"] == 2)
  }

  @Test func namesAChromosomeThatIsHomozygousThroughout() throws {
    let check = try #require(
      Self.report(Self.genome(runs: [Region(.chr15, 0, 101_991_189)])).check(.homozygosity, "child"))
    #expect(check.outcome == .warning)
    #expect(check.message.contains("chromosome 15 from end to end, possible isodisomy"))
    #expect(!check.message.contains("consanguinity"))
  }

  /// The X of a woman has two copies; that of a man has one, so that its homozygous calls say nothing, and it is no part of F.
  @Test(arguments: [(Sex.female, true), (.male, false), (.unknown, false)])
  func looksAtXOfWomenOnly(sex: Sex, isTested: Bool) throws {
    let report = Self.report(Self.genome(runs: [Region(.x, 20_000_000, 60_000_000)]), sex: sex)
    let profile = try #require(report.homozygosity.first)
    #expect(profile.tested.contains(.x) == isTested)
    #expect(profile.runs.map(\.region.contig) == (isTested ? [.x] : []))
    #expect(profile.total == 0)
  }

  /// What was not read cannot have been free of runs.
  @Test func isNotEvaluableWhereRecordsWereLeftOut() throws {
    var (tally, pedigree) = Self.tally(Self.genome(runs: Self.related))
    tally.leaveOut(records: 1)
    let report = tally.report(for: pedigree, proband: "child")
    let check = try #require(report.check(.homozygosity, "child"))
    #expect(check.outcome == .notEvaluable)
    #expect(check.value == nil)
    #expect(report.homozygosity.isEmpty)
  }

  /// A file of two chromosomes cannot show that the others are without runs.
  @Test func isNotEvaluableWithoutMostOfTheGenome() throws {
    let lines = Self.genome(runs: []).filter { $0.hasPrefix("chr1\t") || $0.hasPrefix("chr2\t") }
    let dense = lines.flatMap { line in
      let fields = line.split(separator: "\t")
      return (0..<3).map { copy in
        ([fields[0], Substring("\((Int(fields[1]) ?? 0) + copy)")] + fields[2...]).joined(separator: "\t")
      }
    }
    let check = try #require(Self.report(dense).check(.homozygosity, "child"))
    #expect(check.outcome == .notEvaluable)
    #expect(check.message.contains("too little to tell"))
    let few = try #require(Self.report(lines).check(.homozygosity, "child"))
    #expect(few.message.contains("5000 are needed"))
  }

  /// A run goes on over the border of batches, whoever counted them, and in whatever order they are added up.
  @Test(arguments: [1, 2, 3, 7])
  func isTheSameForAnyDivisionOfTheWork(workers: Int) {
    let lines = Self.genome(runs: Self.related)
    let parts = (0..<workers).map { worker in
      Self.tally(lines.enumerated().filter { $0.offset % workers == worker }.map(\.element)).0
    }
    let (whole, pedigree) = Self.tally(lines)
    var sum = parts[workers - 1]
    for part in parts.dropLast() { sum += part }
    #expect(sum.report(for: pedigree, proband: "child") == whole.report(for: pedigree, proband: "child"))
  }

  /// A joint file lists where others differ; those sites must not thin out the heterozygotes of a sample.
  @Test func sitesOfOthersDoNotCount() throws {
    let silent = (0..<20_000).map { index in
      "chr1\t\(1_000_050 + index * 10_000)\t.\tA\tG\t50\tPASS\t.\tGT:AD:DP:GQ\t0/0:30,0:30:99"
    }
    let lines = Self.genome(runs: Self.related)
    #expect(Self.report(lines + silent).homozygosity == Self.report(lines).homozygosity)
  }
}
