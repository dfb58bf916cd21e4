import Model
import Testing

@testable import Screening

@Suite struct PileUpBuilderTests {
  typealias Fixture = WitnessFixture

  private static func builder(_ allele: Allele = Fixture.substitution.allele, hasReference: Bool = true)
    -> PileUpBuilder
  {
    let window = PileUpBuilder.window(of: allele, assembly: .grch38)
    return PileUpBuilder(
      allele, window: window, reference: hasReference ? Fixture.copy(window.start..<window.end) : [],
      settings: Settings())
  }

  private static func pileUp(_ batches: [ReadBatch], hasReference: Bool = true) -> PileUp {
    var builder = builder(hasReference: hasReference)
    for batch in batches { builder.add(batch) }
    return builder.pileUp(of: "CHILD")
  }

  /// Single reads, mates, and parts of a read that were aligned apart.
  private static let crowd: [ReadBatch] = {
    var generator = SplitMix64(seed: 3)
    return (0..<120).map { number in
      var batch = ReadBatch()
      let start = Int.random(in: 220..<330, using: &generator)
      let flag: [UInt16] = [0, 16, 99, 147, 2_048, 2_064]
      batch.add(
        "\(number / 3)", at: start, "50M", Fixture.copy(start..<start + 50), flag: flag[number % flag.count])
      return batch
    }
  }()

  @Test func theSampleDoesNotDependOnTheOrderOfTheBatches() {
    let whole = Self.pileUp(Self.crowd)
    #expect(whole.total == 120 && whole.shown == PileUpBuilder.mostReads)
    #expect(whole.lines.reduce(0) { $0 + $1.count } == whole.shown)
    var generator = SplitMix64(seed: 5)
    for _ in 0..<20 { #expect(Self.pileUp(Self.crowd.shuffled(using: &generator)) == whole) }
  }

  @Test func fewReadsAreAllShown() {
    let few = Self.pileUp(Array(Self.crowd.prefix(7)))
    #expect(few.total == 7 && few.shown == 7)
    let none = Self.pileUp([])
    #expect(none.total == 0 && none.shown == 0 && none.lines.isEmpty)
    #expect(none.sample == "CHILD" && none.reference.count == none.window.length)
  }

  @Test func readsOfALineStandApart() {
    for line in Self.pileUp(Self.crowd).lines {
      for (left, right) in zip(line, line.dropFirst()) { #expect(left.end + 1 < right.start) }
    }
  }

  @Test func whatDiffersIsSeen() throws {
    var batch = ReadBatch()
    let bases =
      Fixture.copy(270..<300) + Array("G".utf8) + Fixture.copy(301..<310) + Array("TT".utf8) + Fixture.copy(310..<320)
      + Fixture.copy(324..<330)
    batch.add("read", at: 270, "40M2I10M4D4M2S", bases, weak: [30], mappingQuality: 3, flag: 16)
    let read = try #require(Self.pileUp([batch]).lines.first?.first)
    #expect(read.start == 270 && read.end == 328)
    #expect(read.isReverse && read.isDoubtful)
    #expect(read.mismatches == [PileUp.Mismatch(position: 300, base: UInt8(ascii: "G"), isWeak: true)])
    #expect(read.insertions == [309] && read.deletions == [320..<324])
    #expect(!read.isClippedAtStart && read.isClippedAtEnd)
  }

  @Test func withoutAReferenceTheAllelesOwnPlaceIsCompared() {
    var batch = ReadBatch()
    var bases = Fixture.copy(270..<330, with: "G", at: 300)
    bases[5] = bases[5] == 65 ? 67 : 65
    batch.add("read", at: 270, "60M", bases)
    #expect(Self.pileUp([batch]).lines[0][0].mismatches.count == 2)
    let bare = Self.pileUp([batch], hasReference: false)
    #expect(bare.reference.isEmpty)
    #expect(bare.lines[0][0].mismatches.map(\.position) == [300])
  }

  @Test func readsWithoutBasesAreShownWithoutDifferences() {
    var batch = ReadBatch()
    batch.add("bare", at: 280, "20M10D30M", [])
    batch.add("short", at: 290, "50M", Fixture.copy(290..<293))
    let lines = Self.pileUp([batch]).lines
    #expect(lines.count == 2 && lines[0][0].deletions == [300..<310])
    #expect(lines.allSatisfy { $0[0].mismatches.isEmpty })
  }

  @Test func windowsStayWithinTheContigAndShort() {
    #expect(
      PileUpBuilder.window(of: Allele(.chr1, 301, "A", "G"), assembly: .grch38) == Region(.chr1, 260, 341))
    #expect(PileUpBuilder.window(of: Allele(.chr1, 3, "A", "G"), assembly: .grch38) == Region(.chr1, 0, 43))
    let long = Allele(.chr1, 301, String(repeating: "A", count: 250), "A")
    #expect(PileUpBuilder.window(of: long, assembly: .grch38) == Region(.chr1, 260, 380))
    let last = Assembly.grch38.length(of: .chr1)
    #expect(PileUpBuilder.window(of: Allele(.chr1, last, "A", "G"), assembly: .grch38).end == last)
  }
}
