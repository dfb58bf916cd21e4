import Model
import Screening
import TestSupport
import Testing

@Suite struct RepeatAssessmentTests {
  private func locus(_ mode: ModeOfInheritance, _ normal: ClosedRange<Int>, _ middle: ClosedRange<Int>?, _ from: Int)
    -> RepeatLocus
  {
    RepeatLocus(
      symbol: "GENE", mode: mode, region: Region(.chr4, 100, 160), motif: "CAG", normal: normal, intermediate: middle,
      pathogenicMinimum: from, needsMotifCheck: false)
  }

  private func finding(_ counts: String, _ intervals: String? = nil, at locus: RepeatLocus) throws -> RepeatFinding {
    try #require(RepeatCall(counts: counts, intervals: intervals)).finding(at: locus)
  }

  @Test func pointEstimateInTheRangeIsExpanded() throws {
    let huntingtin = locus(.autosomalDominant, 6...26, 27...35, 36)
    let found = try finding("17/38", "17-17/36-41", at: huntingtin)
    #expect(found.copies.map(\.size) == [.normal, .expanded])
    #expect(found.conclusion == .expanded)
  }

  @Test func upperBoundInTheRangeIsOnlyPossible() throws {
    let huntingtin = locus(.autosomalDominant, 6...26, 27...35, 36)
    #expect(try finding("17/34", "17-17/30-37", at: huntingtin).conclusion == .possible)
    #expect(try finding("17/34", "17-17/30-35", at: huntingtin).conclusion == .intermediate)
  }

  @Test func aSingleCopyOfAMaleIsReadAlone() throws {
    let fragileX = locus(.xLinkedDominant, 5...44, 45...200, 201)
    #expect(try finding("120", at: fragileX).conclusion == .intermediate)
  }

  @Test func oneExpandedCopyOfARecessiveGeneAsksForTheSecond() throws {
    let frataxin = locus(.autosomalRecessive, 5...33, 34...55, 56)
    #expect(try finding("20/300", at: frataxin).conclusion == .singleExpanded)
    #expect(try finding("300/310", at: frataxin).conclusion == .expanded)
  }

  @Test func gapsBetweenTheRangesAreNotDefined() throws {
    let gapped = locus(.autosomalDominant, 4...27, 28...35, 37)
    #expect(try finding("10/36", at: gapped).conclusion == .notDefined)
    #expect(try finding("3/10", at: gapped).conclusion == .normal)
  }

  @Test(arguments: [".", "./.", "", "a/b"])
  func anUnmeasuredRepeatIsNoCall(text: String) {
    #expect(RepeatCall(counts: text, intervals: nil) == nil)
  }
}
