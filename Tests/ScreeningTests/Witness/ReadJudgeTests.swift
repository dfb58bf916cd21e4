import Model
import TestSupport
import Testing

@testable import Screening

/// What reads change in a genotype (clinical specification, sections 5.1, 5.3 and 5.5).
@Suite struct ReadJudgeTests {
  private struct Outcome: Equatable {
    var state: GenotypeState
    var alternateReads: Int?
    var flag: String?
    var notes: [Genotype.Note]
  }

  private static func evidence(_ reference: Int, _ alternate: Int, other: Int = 0, rate: Double = 0.0005)
    -> ReadEvidence
  {
    var evidence = ReadEvidence(method: .bases, errorRate: rate)
    evidence.reference = reference
    evidence.alternate = alternate
    evidence.other = other
    return evidence
  }

  /// What becomes of a trio's member's genotype: 0 is the child, 1 the father, 2 the mother.
  private static func heard(
    _ genotype: Genotype, _ evidence: ReadEvidence, member: Int = 1, at place: Locus = Locus(.chr1, 1_000)
  ) -> (genotype: Genotype, flag: String?) {
    let subject = Case(id: "A", pedigree: .trio(), proband: "child", assembly: .grch38)
    let judge = ReadJudge(subject: subject, member: member, allele: Allele(place.contig, place.position, "A", "C"))
    var genotype = genotype
    let flag = judge.resolve(&genotype, by: evidence)
    return (genotype, flag)
  }

  // MARK: - Two copies

  /// Reads that errors explain leave the caller's own counts alone, and with them any suspicion that these raise.
  @Test func whatTheFileCountsIsNotTakenAway() {
    for before in [Genotype(.reference), Genotype(.reference, reads: (30, 3))] {
      for (reference, alternate) in [(30, 0), (29, 1)] {
        let (after, flag) = Self.heard(before, Self.evidence(reference, alternate))
        #expect(after == before)
        #expect(flag == nil)
      }
    }
  }

  /// Reference and alternate fragments, what the file has, and what the member is taken for.
  @Test(arguments: [
    // Not called: a heterozygote as soon as one half may look like that.
    (30, 0, GenotypeState.missing, GenotypeState.reference, 0, "is taken as reference"),
    (29, 1, .missing, .reference, 0, "is taken as reference"), (28, 2, .missing, .reference, 2, "may be mosaic"),
    (20, 10, .missing, .reference, 10, "may be mosaic"), (19, 11, .missing, .heterozygous, 11, "is taken as a carrier"),
    (15, 15, .missing, .heterozygous, 15, "is taken as a carrier"),
    (4, 26, .missing, .heterozygous, 26, "is taken as a carrier"),
    (3, 27, .missing, .homozygous, 27, "is taken as a carrier"),
    (0, 30, .missing, .homozygous, 30, "is taken as a carrier"),
    // Fewer than five show it: whatever they are, no heterozygote.
    (6, 4, .missing, .reference, 4, "may be mosaic"), (5, 5, .missing, .heterozygous, 5, "is taken as a carrier"),
    // Called reference: more is asked.
    (28, 2, .reference, .reference, 2, "may be mosaic"), (27, 3, .reference, .reference, 3, "may be mosaic"),
    (19, 11, .reference, .reference, 11, "may be mosaic"), (18, 12, .reference, .reference, 12, "may be mosaic"),
    (17, 13, .reference, .heterozygous, 13, "is taken as a carrier"),
    (15, 15, .reference, .heterozygous, 15, "is taken as a carrier"),
    (0, 30, .reference, .homozygous, 30, "is taken as a carrier"),
    // As deep as amplicons: one per cent is no heterozygote.
    (1_990, 10, .missing, .reference, 10, "may be mosaic"), (1_990, 10, .reference, .reference, 10, "may be mosaic"),
    (1_999, 1, .missing, .reference, 0, "is taken as reference"),
    (1_000, 1_000, .missing, .heterozygous, 1_000, "is taken as a carrier"),
  ])
  func noCarrierIsCalled(
    reference: Int, alternate: Int, called: GenotypeState, state: GenotypeState, reads: Int, words: String
  ) {
    let before = Genotype(called)
    let (after, flag) = Self.heard(before, Self.evidence(reference, alternate))
    #expect(after.state == state && after.calledState == state)
    #expect(after.alternateReads == reads && after.referenceReads == reference && after.depth == reference + alternate)
    #expect(after.notes == [.fromReads])
    #expect(after.text == before.text)
    let share = "\(alternate) of \(reference + alternate) fragments show the allele"
    let prefix = words.hasPrefix("may") ? "reads: father " : "reads: father \(before.text) "
    #expect(flag == (words.isEmpty ? nil : prefix + words + ", " + share))
  }

  @Test(arguments: [GenotypeState.reference, .missing, .heterozygous, .homozygous], [(9, 0), (0, 9), (5, 4), (0, 0)])
  func tooFewReadsLeaveAllAsItWas(state: GenotypeState, reads: (Int, Int)) {
    let before = Genotype(state)
    let (after, flag) = Self.heard(before, Self.evidence(reads.0, reads.1, other: 20))
    #expect(after == before && flag == nil)
  }

  /// A call stands. That reads do not show it is noted, and caps the verdict.
  @Test(arguments: [
    (GenotypeState.heterozygous, 15, 15, false), (.heterozygous, 49, 1, false), (.heterozygous, 50, 1, true),
    (.heterozygous, 30, 0, true), (.homozygous, 30, 0, true), (.homozygous, 15, 15, false),
    (.heterozygousOther, 20, 0, true), (.partial, 20, 0, true),
  ])
  func aCalledCarrierIsDoubtedNotRemoved(state: GenotypeState, reference: Int, alternate: Int, isDoubted: Bool) {
    let before = Genotype(state)
    let (after, flag) = Self.heard(before, Self.evidence(reference, alternate), member: 0)
    #expect(after.state == state && after.alternateReads == before.alternateReads)
    #expect(after.notes == (isDoubted ? [.notInReads] : []))
    let words =
      "reads: child \(before.text) is doubtful, \(alternate) of \(reference + alternate) fragments show the allele"
    #expect(flag == (isDoubted ? words : nil))
  }

  @Test func aCallOfPoorQualityIsOpen() {
    var poor = Genotype(.reference)
    poor.state = .missing
    poor.notes = [.lowQuality]
    let (after, flag) = Self.heard(poor, Self.evidence(30, 0))
    #expect(after.state == .reference && after.notes == [.lowQuality, .fromReads])
    #expect(flag?.hasPrefix("reads: father 0/0 is taken as reference") == true)
    #expect(Self.heard(poor, Self.evidence(19, 11)).genotype.state == .heterozygous)
  }

  @Test func aMemberWithoutARecordIsNoLongerWithout() {
    let (after, flag) = Self.heard(.missing, Self.evidence(30, 0))
    #expect(after.notes == [.fromReads] && after.state == .reference)
    #expect(flag?.hasPrefix("reads: father ./. is taken as reference") == true)
  }

  @Test func theRateOfErrorsOfTheSiteCounts() {
    // Three of thirty are errors where one base in twenty is.
    #expect(Self.heard(Genotype(.reference), Self.evidence(27, 3, rate: 0.05)).genotype.alternateReads == 0)
    #expect(Self.heard(Genotype(.reference), Self.evidence(27, 3, rate: 0.001)).genotype.alternateReads == 3)
  }

  @Test func twoAllelesThatAreNotTheReference() {
    #expect(Self.heard(.missing, Self.evidence(0, 15, other: 14)).genotype.state == .heterozygousOther)
    #expect(Self.heard(.missing, Self.evidence(0, 15, other: 4)).genotype.state == .homozygous)
    #expect(Self.heard(.missing, Self.evidence(0, 30, other: 6)).genotype.state == .homozygous)
    #expect(Self.heard(.missing, Self.evidence(15, 0, other: 15)).genotype.state == .reference)
  }

  // MARK: - One copy

  @Test(arguments: [
    (6, 0, GenotypeState.hemizygousReference), (0, 6, .hemizygous), (1, 9, .hemizygous), (3, 3, .hemizygousConflict),
    (4, 2, .hemizygousReference), (10, 1, .hemizygousReference), (5, 0, .missing), (0, 5, .missing),
  ])
  func maleX(reference: Int, alternate: Int, state: GenotypeState) {
    let place = Locus(.x, 50_000_000)
    let (after, _) = Self.heard(.missing, Self.evidence(reference, alternate), at: place)
    #expect(after.state == state)
    // The mother has two copies there, for which six reads are too few.
    let mother = Self.heard(.missing, Self.evidence(reference, alternate), member: 2, at: place).genotype
    #expect(reference + alternate >= 10 || mother == .missing)
  }

  @Test func pseudoautosomalPlacesOfAMaleHaveTwoCopies() {
    let after = Self.heard(.missing, Self.evidence(15, 15), at: Locus(.x, 1_000_000)).genotype
    #expect(after.state == .heterozygous)
  }

  @Test func theLevelOfAMitochondrialAlleleIsTheCallers() {
    let place = Locus(.mitochondrion, 3_243)
    for (state, reads) in [(GenotypeState.missing, (500, 500)), (.hemizygousReference, (900, 100))] {
      let before = Genotype(state)
      let (after, flag) = Self.heard(before, Self.evidence(reads.0, reads.1), member: 2, at: place)
      #expect(after == before && flag == nil)
    }
    let (after, flag) = Self.heard(Genotype(.hemizygous), Self.evidence(1_000, 3), member: 2, at: place)
    #expect(after.notes == [.notInReads] && flag != nil)
  }

  // MARK: - A homozygote over a deletion

  @Test(arguments: [
    (GenotypeState.homozygous, 20, 30.0, true), (.homozygous, 21, 30, false), (.homozygous, 10, 20, true),
    (.homozygous, 5, 19, false), (.heterozygous, 10, 30, false), (.hemizygous, 10, 30, false),
  ])
  func deletionOfTheOtherCopy(state: GenotypeState, depth: Int, mean: Double, isSuspected: Bool) throws {
    let subject = Case(id: "A", pedigree: .trio(), proband: "child", assembly: .grch38)
    let judge = ReadJudge(subject: subject, member: 0, allele: Allele(.chr1, 1_000, "A", "C"))
    // All reads are counted, whatever they show.
    var evidence = Self.evidence(0, depth - 3, other: 2)
    evidence.unclear = 1
    let flag = judge.deletion(Genotype(state), evidence, mean)
    #expect((flag != nil) == isSuspected)
    if isSuspected { #expect(try #require(flag).contains("\(Int((100 * Double(depth) / mean).rounded())) %")) }
  }
}

/// The binomial tail beside sums that can be checked by hand, and beside Pascal's triangle.
@Suite struct BinomialTailTests {
  @Test(arguments: [
    (0, 10, 0.3, 1.0), (1, 3, 0.1, 0.271), (3, 3, 0.2, 0.008), (2, 4, 0.5, 0.6875), (5, 4, 0.5, 0), (1, 0, 0.5, 0),
    (2, 30, 0.0005, 1.077401e-04),
  ])
  func small(count: Int, depth: Int, rate: Double, tail: Double) {
    #expect(abs(ReadJudge.tail(count, of: depth, rate: rate) - tail) < 1e-8)
  }

  /// The chance of each number of hits.
  private static func chances(of depth: Int, rate: Double) -> [Double] {
    var chances = [1.0]
    for _ in 0..<depth {
      chances = (0...chances.count).map { hit in
        (hit < chances.count ? chances[hit] * (1 - rate) : 0) + (hit > 0 ? chances[hit - 1] * rate : 0)
      }
    }
    return chances
  }

  @Test(arguments: [0.0005, 0.01, 0.3, 0.5], [1, 10, 60, 1_100, 2_500])
  func everyDepth(rate: Double, depth: Int) {
    let counts = Set(
      [1, 2, depth / 100, depth / 3, depth / 2, depth * 2 / 3, depth].filter { (1...depth).contains($0) })
    let chances = Self.chances(of: depth, rate: rate)
    for count in counts.sorted() {
      let tail = ReadJudge.tail(count, of: depth, rate: rate)
      #expect(abs(tail - chances.dropFirst(count).reduce(0, +)) < 1e-9, "\(count) of \(depth) at \(rate)")
    }
  }
}
