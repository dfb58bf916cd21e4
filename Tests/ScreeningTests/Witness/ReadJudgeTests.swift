import Model
import TestSupport
import Testing

@testable import Screening

/// What reads change in a genotype (clinical specification, sections 5.1, 5.3 and 5.5).
@Suite struct ReadJudgeTests {
  private struct Outcome: Equatable {
    var state: GenotypeState
    var alternateReads: Int?
    var flag: Wording?
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
  ) -> (genotype: Genotype, flag: Wording?) {
    let subject = Case(id: "A", pedigree: .trio(), proband: "child", assembly: .grch38)
    let judge = ReadJudge(subject: subject, member: member, allele: Allele(place.contig, place.position, "A", "C"))
    var genotype = genotype
    let flag = judge.resolve(&genotype, by: evidence)
    return (genotype, flag)
  }

  // MARK: - Two copies

  /// Reads never touch what the file says: its counts raise a suspicion of their own.
  @Test func whatTheFileCountsIsNotTakenAway() {
    for before in [Genotype(.reference), Genotype(.reference, reads: (30, 3))] {
      for (reference, alternate) in [(30, 0), (29, 1)] {
        let (after, flag) = Self.heard(before, Self.evidence(reference, alternate))
        #expect(after == before)
        #expect(flag == nil)
      }
      var carrier = Self.heard(before, Self.evidence(15, 15)).genotype
      #expect(carrier.state == .heterozygous && carrier.calledState == .reference)
      carrier.state = before.state
      carrier.notes = before.notes
      #expect(carrier == before)
    }
  }

  /// Reference and alternate fragments, what the file has, and what a healthy parent is taken for.
  @Test(arguments: [
    // Not called: a heterozygote as soon as one half may look like that.
    (30, 0, GenotypeState.missing, GenotypeState.reference, "is taken as reference"),
    (29, 1, .missing, .reference, "is taken as reference"), (28, 2, .missing, .reference, "may be mosaic"),
    (20, 10, .missing, .reference, "may be mosaic"), (19, 11, .missing, .heterozygous, "is taken as a carrier"),
    (15, 15, .missing, .heterozygous, "is taken as a carrier"),
    (4, 26, .missing, .heterozygous, "is taken as a carrier"),
    (3, 27, .missing, .homozygous, "is taken as a carrier"), (0, 30, .missing, .homozygous, "is taken as a carrier"),
    // One half, by fewer reads than a carrier must show: neither.
    (6, 4, .missing, .missing, ""), (5, 5, .missing, .heterozygous, "is taken as a carrier"),
    // Called reference: more is asked.
    (28, 2, .reference, .reference, "may be mosaic"), (27, 3, .reference, .reference, "may be mosaic"),
    (19, 11, .reference, .reference, "may be mosaic"), (18, 12, .reference, .reference, "may be mosaic"),
    (17, 13, .reference, .heterozygous, "is taken as a carrier"),
    (15, 15, .reference, .heterozygous, "is taken as a carrier"),
    (0, 30, .reference, .homozygous, "is taken as a carrier"),
    // As deep as amplicons: one per cent is no heterozygote.
    (1_990, 10, .missing, .reference, "may be mosaic"), (1_990, 10, .reference, .reference, "may be mosaic"),
    (1_999, 1, .missing, .reference, "is taken as reference"),
    (1_000, 1_000, .missing, .heterozygous, "is taken as a carrier"),
  ])
  func healthyParent(
    reference: Int, alternate: Int, called: GenotypeState, state: GenotypeState, words: String
  ) {
    let before = Genotype(called)
    let (after, flag) = Self.heard(before, Self.evidence(reference, alternate))
    #expect(after.state == state && after.calledState == called)
    #expect(after.notes == (state == called ? [] : [.fromReads]))
    let share = "\(alternate) of \(reference + alternate) fragments \(alternate == 1 ? "shows" : "show") the allele"
    let prefix = words.hasPrefix("may") ? "reads: father " : "reads: father \(before.text) "
    #expect(flag?.description == (words.isEmpty ? nil : prefix + words + ", " + share))
  }

  /// Between errors and one half lies mosaicism, or bad luck: an affected member must not lose the allele by it, nor a sibling gain a
  /// clean genotype.
  @Test(arguments: [
    (20, 10, GenotypeState.missing, GenotypeState.missing, "stays open"), (28, 2, .missing, .missing, "stays open"),
    (19, 11, .missing, .heterozygous, "carrier"), (30, 0, .missing, .reference, "taken as reference"),
    (29, 1, .missing, .reference, "taken as reference"), (18, 12, .reference, .missing, "left open"),
    (17, 13, .reference, .heterozygous, "carrier"), (28, 2, .reference, .missing, "left open"),
    (29, 1, .reference, .reference, ""),
  ])
  func affectedMember(
    reference: Int, alternate: Int, called: GenotypeState, state: GenotypeState, words: String
  ) {
    let (after, flag) = Self.heard(Genotype(called), Self.evidence(reference, alternate), member: 0)
    #expect(after.state == state && after.calledState == called)
    #expect(words.isEmpty ? flag == nil : flag?.contains(words) == true, "\(flag ?? "none")")
  }

  @Test func aSiblingWithSomeReadsStaysOpen() {
    let people =
      Pedigree.trio().individuals + [
        Individual(id: "sister", father: "father", mother: "mother", sex: .female, status: .unaffected)
      ]
    let subject = Case(id: "A", pedigree: Pedigree(people), proband: "child", assembly: .grch38)
    let judge = ReadJudge(subject: subject, member: 3, allele: Allele(.chr1, 1_000, "A", "C"))
    var genotype = Genotype(.missing)
    #expect(judge.resolve(&genotype, by: Self.evidence(20, 10))?.contains("stays open") == true)
    #expect(genotype == Genotype(.missing))
  }

  @Test(arguments: [GenotypeState.reference, .missing, .heterozygous, .homozygous], [(9, 0), (0, 9), (5, 4), (0, 0)])
  func tooFewReadsLeaveAllAsItWas(state: GenotypeState, reads: (Int, Int)) {
    let before = Genotype(state)
    let (after, flag) = Self.heard(before, Self.evidence(reads.0, reads.1, other: 20))
    #expect(after == before && flag == nil)
  }

  /// The proband's call stands, with a note that caps the verdict; a relative's is left open.
  @Test(arguments: [
    (GenotypeState.heterozygous, 15, 15, false), (.heterozygous, 49, 1, false), (.heterozygous, 50, 1, true),
    (.heterozygous, 30, 0, true), (.homozygous, 30, 0, true), (.homozygous, 15, 15, false),
    (.heterozygousOther, 20, 0, true), (.partial, 20, 0, true),
    // Two per cent that errors do not explain are a mosaic that the caller saw.
    (.heterozygous, 1_980, 20, false),
  ])
  func aCalledCarrierIsDoubtedNotRemoved(state: GenotypeState, reference: Int, alternate: Int, isDoubted: Bool) {
    let before = Genotype(state)
    for (member, name) in [(0, "child"), (1, "father")] {
      let (after, flag) = Self.heard(before, Self.evidence(reference, alternate), member: member)
      #expect(after.state == (isDoubted && member == 1 ? .missing : state))
      #expect(after.calledState == state && after.shownState == state && after.alternateReads == before.alternateReads)
      #expect(after.notes == (isDoubted ? [.notInReads] : []))
      let words =
        "reads: \(name) \(before.text) is doubtful" + (member == 1 ? " and left open" : "")
        + ", \(alternate) of \(reference + alternate) fragments \(alternate == 1 ? "shows" : "show") the allele"
      #expect(flag?.description == (isDoubted ? words : nil))
    }
  }

  /// The allele may be what those reads show that show something else, or that cannot tell.
  @Test func noDoubtWhereHalfOfTheReadsDoNotTell() {
    for (other, unclear, isDoubted) in [(0, 0, true), (5, 0, true), (20, 0, false), (0, 20, false), (10, 10, false)] {
      var evidence = Self.evidence(25, 0, other: other)
      evidence.unclear = unclear
      let after = Self.heard(Genotype(.heterozygous), evidence).genotype
      #expect(after.notes.contains(.notInReads) == isDoubted, "\(other) other, \(unclear) unclear")
    }
  }

  @Test func aCallOfPoorQualityIsOpen() {
    for called in [GenotypeState.reference, .heterozygous] {
      var poor = Genotype(called)
      poor.state = .missing
      poor.notes = [.lowQuality]
      let (after, flag) = Self.heard(poor, Self.evidence(30, 0))
      #expect(after.state == .reference && after.calledState == called && after.notes == [.lowQuality, .fromReads])
      #expect(flag?.hasPrefix("reads: father \(poor.text) is taken as reference") == true)
      #expect(Self.heard(poor, Self.evidence(19, 11)).genotype.state == .heterozygous)
    }
  }

  /// The caller's filter of a patient's allele stands; of a parent's it is a reason to look.
  @Test func aFilteredCallOfAnAffectedMemberIsNotRescued() {
    var filtered = Genotype(.heterozygous)
    filtered.state = .missing
    filtered.notes = [.sampleFilter]
    #expect(Self.heard(filtered, Self.evidence(15, 15), member: 0).genotype == filtered)
    #expect(Self.heard(filtered, Self.evidence(15, 15), member: 1).genotype.state == .heterozygous)
  }

  /// Without a reference the aligner's gaps confirm an allele, and exclude none.
  @Test func gapsOfTheAlignerExcludeNothing() {
    var evidence = ReadEvidence(method: .alignment, errorRate: 0.001)
    evidence.reference = 30
    #expect(Self.heard(.missing, evidence).genotype == .missing)
    evidence.alternate = 30
    #expect(Self.heard(.missing, evidence).genotype == .missing)
    #expect(Self.heard(Genotype(.reference), evidence).genotype.state == .heterozygous)
  }

  @Test func aMemberWithoutARecordIsResolved() {
    let (after, flag) = Self.heard(.missing, Self.evidence(30, 0))
    #expect(after.notes == [.noRecord, .fromReads] && after.state == .reference)
    #expect(flag?.hasPrefix("reads: father ./. is taken as reference") == true)
  }

  @Test func theRateOfErrorsOfTheSiteCounts() {
    // One read in a hundred is an error where one base in a hundred is.
    #expect(Self.heard(.missing, Self.evidence(1_485, 15, rate: 0.01)).flag?.contains("as reference") == true)
    #expect(Self.heard(.missing, Self.evidence(1_485, 15, rate: 0.001)).flag?.contains("mosaic") == true)
    // Three of thirty are a suspicion all the same, and no clean genotype of a patient.
    #expect(Self.heard(.missing, Self.evidence(27, 3, rate: 0.05)).flag?.contains("mosaic") == true)
    #expect(Self.heard(.missing, Self.evidence(27, 3, rate: 0.05), member: 0).genotype == .missing)
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
    (10, 1, .hemizygousReference), (5, 0, .missing), (0, 5, .missing),
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
    #expect(after.notes == [.notInReads] && after.state == .missing && flag != nil)
  }

  @Test func theYOfAWomanIsNotJudged() {
    let place = Locus(.y, 10_000_000)
    #expect(Self.heard(.missing, Self.evidence(0, 30), member: 2, at: place).genotype == .missing)
    #expect(Self.heard(.missing, Self.evidence(0, 30), member: 1, at: place).genotype.state == .hemizygous)
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
    #expect(abs(ReadEvidence.tail(count, of: depth, rate: rate) - tail) < 1e-8)
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
      let tail = ReadEvidence.tail(count, of: depth, rate: rate)
      #expect(abs(tail - chances.dropFirst(count).reduce(0, +)) < 1e-9, "\(count) of \(depth) at \(rate)")
    }
  }
}
