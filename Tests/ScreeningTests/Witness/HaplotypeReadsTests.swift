import Model
import Testing

@testable import Screening

/// Insertions and deletions: by what the whole read looks like most, however it was aligned.
@Suite struct HaplotypeReadsTests {
  typealias Fixture = WitnessFixture

  /// One CA less: 50 bases before the repeat, and 58 from its second unit on.
  private static let short = Fixture.copy(550..<600) + Fixture.copy(602..<660)

  @Test(
    "A unit of a repeat lost, with the gap at either end, in the midst, or clipped away",
    arguments: ["50M2D58M", "60M2D48M", "55M2D53M", "60M48S", "50M58S", "108M"])
  func deletionInRepeat(cigar: String) {
    #expect(Fixture.call(Fixture.deletionInRepeat, at: 550, cigar, Self.short) == "alt 1")
  }

  @Test func deletionClippedAtTheStart() {
    // The aligner places the end of the read and clips its beginning, here within the repeat.
    #expect(Fixture.call(Fixture.deletionInRepeat, at: 602, "50S58M", Self.short) == "alt 1")
  }

  @Test func theReferenceIsSeenWhateverTheAlignerSays() {
    let site = Fixture.deletionInRepeat
    #expect(Fixture.call(site, at: 550, "110M", Fixture.copy(550..<660)) == "ref 1")
    #expect(Fixture.call(site, at: 550, "50M60S", Fixture.copy(550..<660)) == "ref 1")
    #expect(Fixture.call(site, at: 550, "50M2I58M", Fixture.copy(550..<660)) == "ref 1")
  }

  @Test func readsThatDoNotCrossTheRepeatAreUnclear() {
    let site = Fixture.deletionInRepeat
    #expect(Fixture.call(site, at: 550, "56M", Fixture.copy(550..<606)) == "unclear 1")
    #expect(Fixture.call(site, at: 550, "60M", Fixture.copy(550..<610)) == "unclear 1")
    #expect(Fixture.call(site, at: 602, "78M", Fixture.copy(602..<680)) == "unclear 1")
    // One base behind the tenth of the repeat tells: an allele with one unit less would show T there.
    #expect(Fixture.call(site, at: 550, "61M", Fixture.copy(550..<611)) == "ref 1")
    #expect(Fixture.call(site, at: 550, "61M", Fixture.copy(550..<611), mappingQuality: 5) == "unclear 1")
  }

  @Test(
    "An insertion that was aligned, clipped at either end, or run through",
    arguments: [
      (350, "50M5I45M"), (350, "50M50S"), (350, "100M"), (400, "55S45M"),
    ])
  func insertion(start: Int, cigar: String) {
    let bases = Fixture.copy(350..<400) + Array("TTACG".utf8) + Fixture.copy(400..<445)
    #expect(Fixture.call(Fixture.insertion, at: start, cigar, bases) == "alt 1")
    #expect(Fixture.call(Fixture.insertion, at: 350, "100M", Fixture.copy(350..<450)) == "ref 1")
  }

  @Test func aReadOfSomewhereElseShowsSomethingElse() {
    var bases = Self.short
    for place in [5, 15, 25, 35, 45] { bases[place] = bases[place] == 65 ? 67 : 65 }
    #expect(Fixture.call(Fixture.deletionInRepeat, at: 550, "50M2D58M", bases) == "other 1")
    // Weak bases that differ are no strangers.
    var batch = ReadBatch()
    batch.add("read", at: 550, "50M2D58M", bases, weak: [5, 15, 25, 35, 45])
    #expect(Fixture.counts(Fixture.deletionInRepeat, batch) == "alt 1")
  }

  @Test func ofALongReadOnlyTheWindowIsCompared() {
    // The window begins at 496: what the read shows before it is another matter.
    var bases = Fixture.copy(0..<600) + Fixture.copy(602..<1_200)
    for place in stride(from: 10, to: 480, by: 10) { bases[place] = bases[place] == 65 ? 67 : 65 }
    #expect(Fixture.call(Fixture.deletionInRepeat, at: 0, "600M2D598M", bases) == "alt 1")
    let gapped = Fixture.copy(0..<100) + Fixture.copy(130..<1_200)
    #expect(Fixture.call(Fixture.deletionInRepeat, at: 0, "100M30D1070M", gapped) == "ref 1")
  }

  @Test func theBeginningOfAContig() {
    let site = Fixture.site(3, "G", "GAA")
    #expect(site.window?.start == 0)
    let bases = Fixture.copy(0..<3) + Array("AA".utf8) + Fixture.copy(3..<98)
    #expect(Fixture.call(site, at: 0, "3M2I95M", bases) == "alt 1")
    #expect(Fixture.call(site, at: 0, "100M", Fixture.copy(0..<100)) == "ref 1")
    // Bases that are clipped before the first of the contig lie nowhere.
    #expect(Fixture.call(site, at: 0, "10S90M", Array("TTTTTTTTTT".utf8) + Fixture.copy(0..<90)) == "ref 1")
    let first = Fixture.site(1, "A", "AGG")
    #expect(Fixture.call(first, at: 0, "100M", Fixture.copy(0..<100)) == "ref 1")
    #expect(Fixture.call(first, at: 0, "1M2I97M", Array("AGG".utf8) + Fixture.copy(1..<98)) == "alt 1")
  }

  @Test func aWindowThatDoesNotHoldTheAlleleIsNotUsed() {
    var site = Fixture.deletionInRepeat
    site.reference[600 - 496] = UInt8(ascii: "T")
    #expect(site.haplotypes == nil)
    #expect(Fixture.testimony(site, ReadBatch()).evidence.method == .alignment)
    site.reference.removeLast()
    #expect(site.haplotypes == nil)
  }

  @Test func theWindowEndsWithTheContig() {
    let last = Assembly.grch38.length(of: .chr1)
    let site = WitnessSite(Allele(.chr1, last - 1, "AC", "A"), hasNeighbour: false, assembly: .grch38)
    #expect(site.window?.end == last)
  }

  @Test("Without a reference: by the aligner's own gap")
  func alignment() {
    let deletion = Fixture.site(600, "GCA", "G", hasReference: false)
    #expect(Fixture.testimony(deletion, ReadBatch()).evidence.method == .alignment)
    #expect(Fixture.call(deletion, at: 550, "50M2D58M", Self.short) == "alt 1")
    // A gap elsewhere in the repeat may be the same allele.
    #expect(Fixture.call(deletion, at: 550, "60M2D48M", Self.short) == "unclear 1")
    #expect(Fixture.call(deletion, at: 550, "110M", Fixture.copy(550..<660)) == "ref 1")
    #expect(
      Fixture.call(deletion, at: 550, "50M1D59M", Fixture.copy(550..<600) + Fixture.copy(601..<660)) == "unclear 1")
    #expect(Fixture.call(deletion, at: 550, "52M", Fixture.copy(550..<602)) == "unclear 1")
    #expect(Fixture.call(deletion, at: 550, "50M58S", Self.short) == "unclear 1")
    let insertion = Fixture.site(400, "G", "GTTACG", hasReference: false)
    let bases = Fixture.copy(350..<400) + Array("TTACG".utf8) + Fixture.copy(400..<445)
    #expect(Fixture.call(insertion, at: 350, "50M5I45M", bases) == "alt 1")
    #expect(Fixture.call(insertion, at: 350, "50M3I47M", bases) == "unclear 1")
    #expect(Fixture.call(insertion, at: 350, "100M", Fixture.copy(350..<450)) == "ref 1")
  }

  @Test func errorsAreCommonInLongRuns() {
    #expect(Fixture.testimony(Fixture.site(800, "CA", "C"), ReadBatch()).evidence.errorRate == 0.01)
    #expect(Fixture.testimony(Fixture.deletionInRepeat, ReadBatch()).evidence.errorRate == 0.001)
    #expect(
      Fixture.testimony(Fixture.site(800, "CA", "C", hasReference: false), ReadBatch()).evidence.errorRate == 0.001)
  }
}

/// The aligner beside the same recurrence written out in full.
@Suite struct HaplotypeAlignerTests {
  /// Every gap of every length tried at every cell.
  private static func plain(_ read: [UInt8], _ qualities: [UInt8], _ haplotype: [UInt8]) -> Int {
    func gap(_ length: Int) -> Int { 40 + 5 * length }
    var costs = [Array(repeating: 0, count: haplotype.count + 1)]
    for (row, base) in read.enumerated() {
      let mismatch = min(Int(qualities[row]), 40)
      var line: [Int] = []
      for column in 0...haplotype.count {
        var best = (0...row).map { costs[$0][column] + gap(row + 1 - $0) }.min() ?? .max
        if column > 0 {
          best = min(best, costs[row][column - 1] + (haplotype[column - 1] == base ? 0 : mismatch))
          best = min(best, (0..<column).map { line[$0] + gap(column - $0) }.min() ?? .max)
        }
        line.append(best)
      }
      costs.append(line)
    }
    return costs[read.count].min() ?? .max
  }

  @Test func randomStrings() {
    var generator = SplitMix64(seed: 7)
    var aligner = HaplotypeAligner()
    for _ in 0..<300 {
      // Two letters make repeats, in which many alignments compete.
      let letters = Array((Bool.random(using: &generator) ? "AC" : "ACGT").utf8)
      func text(_ most: Int) -> [UInt8] {
        (0..<Int.random(in: 0...most, using: &generator)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &generator)]
        }
      }
      let haplotype = text(30)
      var read = text(20)
      if Bool.random(using: &generator), haplotype.count > 8 {
        let start = Int.random(in: 0..<haplotype.count / 2, using: &generator)
        read = Array(haplotype[start...])
        let cut = Int.random(in: 0..<read.count, using: &generator)
        read.removeSubrange(cut..<min(read.count, cut + 3))
      }
      let qualities = read.map { _ in UInt8.random(in: 2...60, using: &generator) }
      let cost = aligner.cost(
        of: read[...], qualities: qualities[...], on: haplotype, from: 0, reach: haplotype.count + read.count)
      #expect(Int(cost) == Self.plain(read, qualities, haplotype), "\(read) \(qualities) \(haplotype)")
    }
  }

  @Test func slicesKeepTheirPlaces() {
    var aligner = HaplotypeAligner()
    let read = Array("TTTTACGTACGT".utf8)
    let qualities: [UInt8] = [9, 9, 9, 9] + Array(repeating: 30, count: 8)
    #expect(
      aligner.cost(of: read[4...], qualities: qualities[4...], on: Array("GGACGTACGTGG".utf8), from: 0, reach: 20) == 0)
    #expect(
      aligner.cost(of: read[4...], qualities: qualities[4...], on: Array("GGACGTTCGTGG".utf8), from: 0, reach: 20) == 30
    )
    #expect(
      aligner.cost(of: read[4...], qualities: qualities[4...], on: Array("GGACGTGTACGTGG".utf8), from: 0, reach: 20)
        == 50)
  }
}
