import Model
import Testing

@testable import Screening

/// Exchanges of bases: by the bases that lie over them.
@Suite struct AlleleReadsTests {
  typealias Fixture = WitnessFixture

  @Test(arguments: [
    ("A", "ref 1"), ("G", "alt 1"), ("T", "other 1"), ("N", "other 1"),
  ])
  func oneBase(base: String, call: String) {
    let bases = Fixture.copy(250..<350, with: base, at: 300)
    #expect(Fixture.call(Fixture.substitution, at: 250, "100M", bases) == call)
    // = and X are M.
    #expect(Fixture.call(Fixture.substitution, at: 250, "50=1X49=", bases) == call)
  }

  @Test(arguments: [
    ("AC", "ref 1"), ("GT", "alt 1"), ("GC", "other 1"), ("AT", "other 1"),
  ])
  func severalBases(text: String, call: String) {
    let bases = Fixture.copy(250..<350, with: text, at: 300)
    #expect(Fixture.call(Fixture.substitutionOfTwo, at: 250, "100M", bases) == call)
    // A read that ends between the two does not tell.
    #expect(Fixture.call(Fixture.substitutionOfTwo, at: 250, "51M", Array(bases.prefix(51))) == "unclear 1")
  }

  @Test func unsureReadsAreNoWitnesses() {
    let bases = Fixture.copy(250..<350, with: "G", at: 300)
    let site = Fixture.substitution
    #expect(Fixture.call(site, at: 250, "100M", bases, quality: 19) == "unclear 1")
    #expect(Fixture.call(site, at: 250, "100M", bases, quality: 20) == "alt 1")
    #expect(Fixture.call(site, at: 250, "100M", bases, mappingQuality: 19) == "unclear 1")
    #expect(Fixture.call(site, at: 250, "100M", bases, mappingQuality: 20) == "alt 1")
    // The weakest of several bases counts.
    var batch = ReadBatch()
    batch.add("read", at: 250, "100M", Fixture.copy(250..<350, with: "GT", at: 300), weak: [51])
    #expect(Fixture.counts(Fixture.substitutionOfTwo, batch) == "unclear 1")
    #expect(Fixture.counts(Fixture.substitution, batch) == "alt 1")
  }

  @Test func onlyReadsOverThePlaceAreHeard() {
    let site = Fixture.substitution
    #expect(Fixture.call(site, at: 200, "100M", Fixture.copy(200..<300)) == "")
    #expect(Fixture.call(site, at: 201, "100M", Fixture.copy(201..<301)) == "ref 1")
    #expect(Fixture.call(site, at: 300, "50M", Fixture.copy(300..<350)) == "ref 1")
    #expect(Fixture.call(site, at: 301, "50M", Fixture.copy(301..<351)) == "")
    // Clipped bases lie over nothing.
    #expect(Fixture.call(site, at: 250, "50M50S", Fixture.copy(250..<350, with: "G", at: 300)) == "")
  }

  @Test func aReadThatLacksTheBaseShowsSomethingElse() {
    let bases = Fixture.copy(260..<300) + Fixture.copy(320..<360)
    #expect(Fixture.call(Fixture.substitution, at: 260, "40M20D40M", bases) == "other 1")
    #expect(
      Fixture.call(
        Fixture.substitutionOfTwo, at: 260, "41M1D39M", Fixture.copy(260..<301) + Fixture.copy(302..<341)) == "other 1")
  }

  @Test func anIntronThatIsSkippedShowsNothing() {
    let bases = Fixture.copy(260..<300) + Fixture.copy(320..<360)
    #expect(Fixture.call(Fixture.substitution, at: 260, "40M20N40M", bases) == "unclear 1")
    for hasReference in [true, false] {
      let letter = Fixture.letter(299)
      let insertion = Fixture.site(300, letter, letter + "TGG", hasReference: hasReference)
      #expect(Fixture.call(insertion, at: 260, "40M20N40M", bases) == "unclear 1")
    }
  }

  @Test(arguments: ["100M", "40M20D40M", "30S40M"])
  func readsWithoutBasesTellNothing(cigar: String) {
    for site in [Fixture.substitution, Fixture.site(301, "AC", "A"), Fixture.site(301, "AC", "A", hasReference: false)]
    {
      #expect(Fixture.call(site, at: 270, cigar, []) == "unclear 1")
      // Fewer than the CIGAR asks for: a file that is wrong.
      #expect(Fixture.call(site, at: 270, cigar, Fixture.copy(270..<275)) == "unclear 1")
    }
  }

  // MARK: - Fragments

  private static func pair(_ first: String, _ second: String, weak: [Int] = [], mappingQuality: UInt8 = 60) -> ReadBatch
  {
    var batch = ReadBatch()
    batch.add(
      "pair", at: 250, "100M", Fixture.copy(250..<350, with: first, at: 300), weak: weak,
      mappingQuality: mappingQuality, flag: 99)
    batch.add("pair", at: 290, "100M", Fixture.copy(290..<390, with: second, at: 300), flag: 147)
    return batch
  }

  @Test func bothEndsOfAFragmentAreOneWitness() {
    let site = Fixture.substitution
    #expect(Fixture.counts(site, Self.pair("G", "G")) == "alt 1")
    #expect(Fixture.counts(site, Self.pair("A", "A")) == "ref 1")
    #expect(Fixture.counts(site, Self.pair("G", "A")) == "other 1")
    #expect(Fixture.counts(site, Self.pair("A", "T")) == "other 1")
    // One end that does not tell leaves the other alone.
    #expect(Fixture.counts(site, Self.pair("A", "G", weak: [50])) == "alt 1")
    #expect(Fixture.counts(site, Self.pair("A", "G", mappingQuality: 0)) == "alt 1")
  }

  @Test func batchesMayBeCutAnywhere() {
    let whole = Self.pair("G", "A")
    let parts = [0, 1].map { read in
      var part = whole
      part.keep([read])
      return part
    }
    let joined = Fixture.testimony(Fixture.substitution, parts[0], parts[1]).evidence
    #expect(joined == Fixture.testimony(Fixture.substitution, whole).evidence)
    #expect(joined.other == 1)
  }

  @Test func readsWithTheAlleleAreDescribed() throws {
    var batch = ReadBatch()
    let bases = Fixture.copy(250..<350, with: "G", at: 300)
    batch.add("a", at: 250, "100M", bases, quality: 30, mappingQuality: 40)
    batch.add("b", at: 250, "100M", bases, quality: 40, mappingQuality: 60, flag: 16)
    batch.add("c", at: 290, "10S20M", Fixture.copy(280..<310, with: "G", at: 300), quality: 35, mappingQuality: 50)
    batch.add("d", at: 250, "100M", Fixture.copy(250..<350), quality: 35, flag: 16)
    let seen = Fixture.testimony(Fixture.substitution, batch).evidence
    #expect(seen.method == .bases)
    #expect([seen.reference, seen.alternate, seen.depth] == [1, 3, 4])
    #expect(seen.fraction == 0.75)
    #expect([seen.alternateForward, seen.alternateReverse, seen.alternateClipped] == [2, 1, 1])
    #expect(seen.meanBaseQuality == 35 && seen.meanMappingQuality == 50)
    // 49 bases behind the allele in two reads, 9 in the third.
    let distance = try #require(seen.meanEndDistance)
    #expect(abs(distance - 107 / 3) < 1e-9)
  }

  @Test func nothingSeenIsNotZero() {
    let seen = Fixture.testimony(Fixture.substitution, ReadBatch()).evidence
    #expect(seen.depth == 0 && seen.fraction == nil)
    #expect(seen.meanBaseQuality == nil && seen.meanMappingQuality == nil && seen.meanEndDistance == nil)
  }

  /// The highest of the least rate, what the qualities say (one of three bases), and what other bases show (one of two).
  @Test func theRateOfErrorsIsTheSites() {
    func rate(quality: UInt8, others: Int) -> Double {
      var batch = ReadBatch()
      for read in 0..<20 {
        let base = read < others ? "T" : "A"
        batch.add("\(read)", at: 250, "100M", Fixture.copy(250..<350, with: base, at: 300), quality: quality)
      }
      return Fixture.testimony(Fixture.substitution, batch).evidence.errorRate
    }
    #expect(rate(quality: 35, others: 0) == 0.0005)
    #expect(abs(rate(quality: 20, others: 0) - 0.01 / 3) < 1e-9)
    // Two odd fragments are no habit of the place; four of twenty are.
    #expect(rate(quality: 35, others: 2) == 0.0005)
    #expect(abs(rate(quality: 35, others: 4) - 0.1) < 1e-9)
  }
}

extension WitnessFixture {
  /// The base at a 0-based place.
  static func letter(_ place: Int) -> String { String(decoding: [bases[place]], as: UTF8.self) }
}
