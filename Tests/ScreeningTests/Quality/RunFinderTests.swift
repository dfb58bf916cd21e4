import Model
import TestSupport
import Testing

@testable import Screening

/// Where a run of homozygosity begins and ends, by the rule and beside it.
@Suite struct RunFinderTests {
  /// Sites 25 kb apart from 1 Mb on: `.` homozygous, `x` heterozygous.
  private static func sites(_ pattern: String, spacing: Int = 25_000) -> [UInt32] {
    pattern.enumerated().map { index, mark in
      UInt32(1_000_000 + index * spacing) << 1 | (mark == "x" ? 1 : 0)
    }
  }

  private static func homozygous(_ count: Int) -> String { String(repeating: ".", count: count) }

  @Test func needsFiftySites() {
    #expect(RunFinder(Self.sites(Self.homozygous(49)), on: .chr2).runs.isEmpty)
    let runs = RunFinder(Self.sites("xx" + Self.homozygous(50) + "xx"), on: .chr2).runs
    #expect(runs == [HomozygousRun(region: Region(.chr2, 1_049_999, 2_275_000), sites: 50, heterozygous: 0)])
  }

  @Test(arguments: [(20_408, false), (20_409, true)])
  func needsAMegabase(spacing: Int, isRun: Bool) {
    // 50 sites span 49 spacings and a base: 999,993 and 1,000,042.
    #expect(RunFinder(Self.sites(Self.homozygous(50), spacing: spacing), on: .chr2).runs.isEmpty == !isRun)
  }

  /// One wrong call inside does not end a run; a second one near it does.
  @Test(arguments: [
    (Self.homozygous(40) + "x" + Self.homozygous(40), [81]),
    (Self.homozygous(98) + "x" + Self.homozygous(49) + "x" + Self.homozygous(60), [209]),
    // 2 of 90 are 2.2 %, and no part has 50 sites.
    (Self.homozygous(30) + "x" + Self.homozygous(28) + "x" + Self.homozygous(30), []),
    // Six heterozygotes in a row are no wrong call.
    (Self.homozygous(70) + "xxxxxx" + Self.homozygous(70), [70, 70]),
  ])
  func bridgesASingleHeterozygote(pattern: String, sites: [Int]) {
    #expect(RunFinder(Self.sites(pattern), on: .chr2).runs.map(\.sites) == sites)
  }

  /// Two per cent would allow 20 heterozygotes behind 1,000 homozygotes; a run does not grow for that.
  @Test func staysOutOfItsSurroundings() {
    let pattern = String(repeating: "x.", count: 30) + Self.homozygous(1_000) + String(repeating: ".x", count: 30)
    let runs = RunFinder(Self.sites(pattern, spacing: 3_000), on: .chr2).runs
    #expect(runs.count == 1)
    #expect((1_000...1_002).contains(runs.first?.sites ?? 0))
    #expect(runs.first?.heterozygous == 0)
  }

  /// Nobody looked at a centromere.
  @Test func endsAtAGap() {
    let left = Self.sites(Self.homozygous(60))
    let right = left.map { $0 + UInt32(59 * 25_000 + 3_000_001) << 1 }
    let found = RunFinder(left + right, on: .chr2)
    #expect(found.runs.map(\.sites) == [60, 60])
    #expect(found.measured == 2 * (59 * 25_000 + 1))
    #expect(RunFinder(left + right.map { $0 - 2 }, on: .chr2).runs.map(\.sites) == [120])
  }

  /// Every segment is positive at each beginning and each end, none can grow, and together they are what the definition says.
  @Test(arguments: 0..<60)
  func segmentsAreMaximal(seed: Int) {
    var generator = SplitMix(seed: UInt64(seed))
    let scores = (0..<60).map { _ in generator.next() % 4 == 0 ? -3 : 1 }
    let sites = Self.sites(scores.map { $0 < 0 ? "x" : "." }.joined())
    let found = RunFinder.segments(sites, 0..<sites.count, penalty: 3)
    #expect(found == Self.plainSegments(scores))
  }

  /// The definition itself: the segment of the highest sum, the shortest of equals, then the same left and right of it.
  private static func plainSegments(_ scores: [Int], from start: Int = 0) -> [Range<Int>] {
    var best: (sum: Int, range: Range<Int>)?
    for first in scores.indices {
      var sum = 0
      for last in first..<scores.count {
        sum += scores[last]
        let isShorter = best.map { sum == $0.sum && last + 1 - first < $0.range.count } ?? false
        if sum > (best?.sum ?? 0) || isShorter { best = (sum, first..<last + 1) }
      }
    }
    guard let range = best?.range else { return [] }
    return plainSegments(Array(scores[..<range.lowerBound]), from: start)
      + [start + range.lowerBound..<start + range.upperBound]
      + plainSegments(Array(scores[range.upperBound...]), from: start + range.upperBound)
  }

  /// A generator of numbers that are the same in every run.
  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
