import Model
import Screening
import TestSupport
import Testing

/// What depths make of exons, genes and gaps.
@Suite("Coverage of exons and genes") struct CoveragePlanTests {
  @Test("Near targets are read in one go, far ones not, long ones in parts")
  func stretches() {
    func stretches(_ regions: Region...) -> [Region] {
      CoveragePlan(
        regions.map { CoverageFixture.target("\($0)", $0) }, sex: .female, assembly: .grch38, settings: Settings()
      ).stretches
    }
    #expect(stretches(Region(.chr1, 100, 200), Region(.chr1, 4_199, 4_300)) == [Region(.chr1, 100, 4_300)])
    #expect(stretches(Region(.chr1, 100, 200), Region(.chr1, 4_200, 4_300)).count == 2)
    #expect(stretches(Region(.chr1, 100, 200), Region(.chr2, 200, 300)).count == 2)
    #expect(stretches(Region(.chr2, 5, 6), Region(.chr1, 5, 6)) == [Region(.chr1, 5, 6), Region(.chr2, 5, 6)])
    let limit = 262_144
    #expect(stretches(Region(.chr1, 0, limit)) == [Region(.chr1, 0, limit)])
    #expect(
      stretches(Region(.chr1, 7, limit + 8)) == [Region(.chr1, 7, limit + 7), Region(.chr1, limit + 7, limit + 8)])
  }

  @Test("What is said of an exon does not depend on where stretches are cut")
  func cuts() throws {
    // A gap, a change of depth and the lowest base lie across the cut of a long row; the same row, moved, is not cut there.
    func depth(_ offset: Int) -> Int {
      switch offset {
      case 262_100..<262_200: 3 + offset % 2
      case 262_200..<262_300: 25
      default: 40
      }
    }
    let long = Region(.chr1, 1_000_000, 1_300_000)
    let (whole, parts) = CoverageFixture.coverage([CoverageFixture.target("LONG", long)]) {
      depth($0.start - long.start)
    }
    #expect(parts.count == 2)
    let gene = try #require(whole.genes.first)
    #expect(gene.gaps.map(\.region) == [Region(.chr1, 1_262_100, 1_262_200)])
    #expect(gene.gaps.first?.mean == 3.5)
    #expect(gene.gaps.first?.minimum == 3)
    #expect(gene.levelStretches.map(\.level) == [4, 1, 3, 4])
    #expect(gene.summary.length == 300_000)
    #expect(gene.summary.sum == 299_800 * 40 + 350 + 2_500)
    #expect(gene.summary.minimum == 3)
    #expect(gene.summary.callable == 299_900)
    #expect(gene.exons.first?.profile.count == 64)
    // The same bases behind a row that shifts the cut.
    let before = CoverageFixture.target("BEFORE", Region(.chr1, 900_000, 1_000_000))
    let (shifted, others) = CoverageFixture.coverage([before, CoverageFixture.target("LONG", long)]) {
      $0.start < long.start ? 40 : depth($0.start - long.start)
    }
    #expect(others != parts)
    #expect(shifted.genes.last == gene)
  }

  @Test("Two genes over the same bases both have them")
  func sharedBases() {
    let one = CoverageFixture.target("A", Region(.chr1, 100, 200))
    let other = CoverageFixture.target("B", Region(.chr1, 150, 250))
    let (coverage, stretches) = CoverageFixture.coverage([one, other]) { $0.start < 180 ? 30 : 10 }
    #expect(stretches == [Region(.chr1, 100, 250)])
    #expect(coverage.genes.map(\.summary.length) == [100, 100])
    #expect(coverage.genes.map(\.summary.callable) == [80, 30])
    #expect(coverage.genes.map { $0.gaps.map(\.region) } == [[Region(.chr1, 180, 200)], [Region(.chr1, 180, 250)]])
  }

  /// 20 reads where there are two copies, 10 where one, 100 of the mitochondrion.
  @Test(
    "Reads that a base needs, by chromosome and sex",
    arguments: [
      (Region(.chr7, 5_000_000, 5_000_100), Sex.male, 20), (Region(.chr7, 5_000_000, 5_000_100), .female, 20),
      (Region(.x, 50_000_000, 50_000_100), .male, 10), (Region(.x, 50_000_000, 50_000_100), .female, 20),
      (Region(.x, 50_000_000, 50_000_100), .unknown, 20), (Region(.x, 1_000_000, 1_000_100), .male, 20),
      (Region(.y, 10_000_000, 10_000_100), .male, 10), (Region(.y, 10_000_000, 10_000_100), .unknown, 20),
      (Region(.y, 1_000_000, 1_000_100), .female, 20), (Region(.mitochondrion, 3_000, 3_100), .male, 100),
      (Region(.mitochondrion, 3_000, 3_100), .female, 100),
    ])
  func thresholds(region: Region, sex: Sex, needed: Int) {
    for (depth, callable) in [(needed, 100), (needed - 1, 0)] {
      let (coverage, _) = CoverageFixture.coverage([CoverageFixture.target("A", region)], sex: sex) { _ in depth }
      #expect(coverage.total.callable == callable)
      #expect(coverage.genes.first?.verdict == (callable == 100 ? .pass : .fail))
    }
  }

  @Test("The Y of a female is not assessed, and not read")
  func noY() throws {
    let (coverage, stretches) = CoverageFixture.coverage(
      [CoverageFixture.target("SRY", Region(.y, 10_000_000, 10_000_100))], sex: .female
    ) { _ in 0 }
    let gene = try #require(coverage.genes.first)
    #expect(stretches.isEmpty)
    #expect(gene.verdict == .notAssessed)
    #expect(gene.gaps.isEmpty && gene.exons.isEmpty && gene.summary.mean == nil)
    #expect(gene.unread.map(\.reason) == [.noCopy])
    #expect(coverage.contigWarning == nil)
  }

  @Test(
    "A contig that the file does not have is not assessed: no depth of 0, no gap, and a warning that names the genes")
  func noContig() throws {
    let whole = CoverageFixture.target("AR", Region(.x, 67_545_000, 67_545_100))
    let part = CoverageFixture.target("BOTH", Region(.chr1, 5_000, 5_100), Region(.x, 70_000_000, 70_000_010))
    let (coverage, stretches) = CoverageFixture.coverage([whole, part], contigs: [.chr1]) { _ in 30 }
    #expect(stretches == [Region(.chr1, 5_000, 5_100)])
    #expect(coverage.genes.map(\.verdict) == [.notAssessed, .pass])
    #expect(coverage.genes.map(\.summary.length) == [0, 100])
    #expect(coverage.genes.allSatisfy { $0.gaps.isEmpty && $0.unread.map(\.reason) == [.noContig] })
    #expect(coverage.genes.map(\.needed) == [nil, 20])
    #expect(coverage.missingContigs == [.x])
    let warning = try #require(coverage.contigWarning)
    #expect(warning.contains("S: coverage of 2 genes") && warning.contains("has no contig X (AR, BOTH)"), "\(warning)")
    // The Y of a female is no fault of the file.
    let (own, _) = CoverageFixture.coverage(
      [CoverageFixture.target("SRY", Region(.y, 10_000_000, 10_000_100))], contigs: [.chr1]
    ) { _ in 0 }
    #expect(own.genes.first?.unread.map(\.reason) == [.noCopy])
  }

  @Test("Where one copy is expected no heterozygote is")
  func noHeterozygote() throws {
    for (region, sex, isExpected) in [
      (Region(.x, 50_000_000, 50_000_010), Sex.male, false), (Region(.x, 50_000_000, 50_000_010), .female, true),
      (Region(.mitochondrion, 3_000, 3_010), .female, false),
    ] {
      let (coverage, _) = CoverageFixture.coverage([CoverageFixture.target("A", region)], sex: sex) { _ in 5 }
      let gap = try #require(coverage.genes.first?.gaps.first)
      #expect((gap.detection != nil) == isExpected)
      #expect(gap.minimum == 5)
    }
  }

  @Test(
    "A gene passes from 98 % of its bases on, and fails below 95 %",
    arguments: [
      (0, GeneCoverage.Verdict.pass), (200, .pass), (201, .borderline), (500, .borderline), (501, .fail),
      (10_000, .fail),
    ])
  func verdict(missing: Int, verdict: GeneCoverage.Verdict) {
    let (coverage, _) = CoverageFixture.coverage([CoverageFixture.target("A", Region(.chr1, 0, 10_000))]) {
      $0.start < missing ? 19 : 20
    }
    #expect(coverage.genes.first?.verdict == verdict)
    #expect(coverage.genes.first?.summary.callable == 10_000 - missing)
  }

  @Test("A gap says why it is one: no reads, reads that could lie elsewhere, too few reads")
  func causes() throws {
    let row = CoverageFixture.target("A", Region(.chr1, 0, 50))
    let (coverage, _) = CoverageFixture.coverage(
      [row],
      any: { [0, 20, 19, 30, 20][$0.start / 10] }, depth: { [0, 0, 0, 20, 19][$0.start / 10] })
    // Neighbouring bases below are one gap, whatever the reasons; those apart have their own.
    let gaps = try #require(coverage.genes.first?.gaps)
    #expect(gaps.map(\.region) == [Region(.chr1, 0, 30), Region(.chr1, 40, 50)])
    #expect(gaps.map(\.cause) == [.lowDepth, .lowMappingQuality])
    #expect(gaps.map(\.meanUnfiltered) == [13, 20])
    #expect(gaps.map(\.minimum) == [0, 19])
    for (any, cause) in [(0, CoverageGap.Cause.noReads), (19, .lowDepth), (20, .lowMappingQuality)] {
      let (coverage, _) = CoverageFixture.coverage([row], any: { _ in any }, depth: { _ in 0 })
      #expect(coverage.genes.first?.gaps.map(\.cause) == [cause])
    }
  }

  @Test("Reads of a good place with weak bases are a cause of their own")
  func weakBases() {
    let plan = CoveragePlan(
      [CoverageFixture.target("A", Region(.chr1, 0, 10))], sex: .female, assembly: .grch38, settings: Settings())
    var counter = DepthCounter(region: plan.stretches[0], minimumMappingQuality: 20)
    var batch = ReadBatch()
    let (words, weak) = ([UInt32(10) << 4], (0..<10).map { Int32($0) })
    for _ in 0..<20 {
      batch.add(operations: words.span)
      batch.add(weakBases: weak.span)
      batch.close(start: 0, end: 10, flag: 0, mappingQuality: 60, mateStart: -1, nameHash: 0)
    }
    counter.count(&batch, from: 0)
    let coverage = plan.coverage(
      of: "S", [plan.yield(of: counter.finish(), stretch: 0)],
      source: .reads(minimumMappingQuality: 20, minimumBaseQuality: 20))
    #expect(coverage.genes.first?.gaps.map(\.cause) == [.lowBaseQuality])
    #expect(coverage.genes.first?.gaps.first?.meanUnfiltered == 20)
  }

  /// Values of the clinical specification, section 10, and what is left to chance at the ends.
  @Test(
    "The chance to see a heterozygote beside a gap",
    arguments: [(19, 0.9904), (15, 0.9408), (10, 0.6230), (5, 0.03125), (4, 0), (0, 0)])
  func detection(depth: Int, chance: Double) throws {
    let (coverage, _) = CoverageFixture.coverage([CoverageFixture.target("A", Region(.chr1, 0, 10))]) { _ in depth }
    let gap = try #require(coverage.genes.first?.gaps.first)
    #expect(abs(try #require(gap.detection) - chance) < 0.00005)
  }

  @Test("At twenty reads, the least that is enough, it is 0.994")
  func detectionWhereCallable() throws {
    var settings = Settings()
    settings.minimumCallableDepth = 21
    func chance(_ depth: Int) throws -> Double {
      let target = CoverageFixture.target("A", Region(.chr1, 0, 10))
      let (coverage, _) = CoverageFixture.coverage([target], settings: settings) { _ in depth }
      return try #require(coverage.genes.first?.gaps.first?.detection)
    }
    #expect(abs(try chance(20) - 0.9941) < 0.00005)
    settings.minimumCallableDepth = 3_000
    // Half to the power of a thousand is nothing that may spoil a sum.
    #expect(try chance(999) == 1)
    #expect(try chance(1_200) == 1)
  }

  @Test("Depth classes change at 1, 10, 20 and 30 reads")
  func levels() throws {
    let depths = [0, 1, 9, 10, 19, 20, 29, 30, 500]
    let (coverage, _) = CoverageFixture.coverage([CoverageFixture.target("A", Region(.chr1, 0, 9))]) {
      depths[$0.start]
    }
    let gene = try #require(coverage.genes.first)
    #expect(gene.levelStretches.map(\.level) == [0, 1, 2, 3, 4])
    #expect(gene.levelStretches.map(\.region.start) == [0, 1, 3, 5, 7])
    #expect(gene.levelStretches.last?.region.end == 9)
    #expect([gene.summary.atLeast10, gene.summary.atLeast20, gene.summary.atLeast30] == [6, 4, 2])
    #expect(gene.exons.first?.profile == [Float(depths.reduce(0) { $0 + Int($1) }) / 9])
    #expect(coverage.contigs == [Contig.chr1.rawValue: gene.summary])
  }
}

extension GeneCoverage {
  /// The depth classes along all exons.
  fileprivate var levelStretches: [(region: Region, level: Int)] {
    exons.flatMap { $0.levels.stretches(of: $0.region) }
  }
}
