import Model
import TestSupport
import Testing

@testable import Screening

/// Reads heard in a family: what becomes of its verdicts.
@Suite struct WitnessesTests {
  typealias Fixture = WitnessFixture

  private static let subject = Case(id: "A", pedigree: .trio(), proband: "child", assembly: .grch38)

  private static func entry(_ allele: Allele, _ states: [GenotypeState]) -> CaseAlleles.Entry {
    let origin = Variant.Origin(
      file: 0, record: 1, line: "", position: allele.position, reference: allele.reference,
      alternates: [allele.alternate], alternateIndex: 1)
    return CaseAlleles.Entry(
      variant: Variant(allele: allele, origin: origin, genotypes: states.map { Genotype($0) }), genes: [], badges: [],
      sources: [])
  }

  /// Reads over the substitution at 301, of which so many show it.
  private static func batch(_ reference: Int, _ alternate: Int) -> ReadBatch {
    var batch = ReadBatch()
    for read in 0..<reference + alternate {
      let base = read < alternate ? "G" : "A"
      batch.add("\(read)", at: 250, "100M", Fixture.copy(250..<350, with: base, at: 300), flag: read % 2 == 0 ? 0 : 16)
    }
    return batch
  }

  // MARK: - De novo

  /// A father who was called a carrier, of which his reads know nothing: the new mutation stays on the list.
  @Test func aContradictedCarrierTakesNothingAway() {
    var entries = [Self.entry(Fixture.substitution.allele, [.heterozygous, .heterozygous, .reference])]
    let trio = FamilyFixture.trio()
    let called = trio.verdict(.deNovo, SegregatingAllele(entries[0].variant), mode: .autosomalDominant)
    #expect(called == .fail([.inherited]))
    Witnesses(
      sites: [Fixture.substitution], testimonies: [1: [Fixture.testimony(Fixture.substitution, Self.batch(40, 0))]],
      meanDepths: [:]
    ).hear(&entries, subject: Self.subject)
    let judged = trio.verdict(.deNovo, SegregatingAllele(entries[0].variant), mode: .autosomalDominant)
    #expect(judged == .possible([.notInReads, .oneParentMissing]))
    #expect(entries[0].variant.flags.count == 1)
  }

  /// What the father's file has, his reads, and the verdict on a new mutation in the child; the mother is clean.
  @Test(arguments: [
    (GenotypeState.reference, 30, 0, Verdict.pass), (.missing, 30, 0, .pass),
    (.missing, 5, 0, .possible([.oneParentMissing])), (.missing, 27, 3, .possible([.parentalMosaicism])),
    // Two reads of a few per cent are a suspicion, whatever errors may explain.
    (.missing, 98, 2, .possible([.parentalMosaicism])), (.reference, 98, 2, .possible([.parentalMosaicism])),
    (.reference, 27, 3, .possible([.parentalMosaicism])), (.reference, 198, 2, .pass),
    (.reference, 195, 5, .possible([.parentalMosaicism])), (.reference, 397, 3, .pass),
    (.reference, 396, 4, .possible([.parentalMosaicism])),
    (.missing, 15, 15, .fail([.inherited])), (.reference, 15, 15, .fail([.inherited])),
  ])
  func father(called: GenotypeState, reference: Int, alternate: Int, verdict: Verdict) throws {
    var entries = [Self.entry(Fixture.substitution.allele, [.heterozygous, called, .reference])]
    let witnesses = Witnesses(
      sites: [Fixture.substitution],
      testimonies: [1: [Fixture.testimony(Fixture.substitution, Self.batch(reference, alternate))]], meanDepths: [:])
    witnesses.hear(&entries, subject: Self.subject)
    let heard = entries[0].variant
    #expect(heard.genotypes[1].reads?.depth == reference + alternate)
    #expect(heard.genotypes[0].reads == nil && heard.genotypes[2].reads == nil)
    let judged = FamilyFixture.trio().verdict(.deNovo, SegregatingAllele(heard), mode: .autosomalDominant)
    #expect(judged == verdict)
    // What changed the verdict stands in a flag.
    let before = FamilyFixture.trio().verdict(
      .deNovo, SegregatingAllele(Self.entry(heard.allele, [.heterozygous, called, .reference]).variant),
      mode: .autosomalDominant)
    if before != judged { #expect(heard.flags.contains { $0.hasPrefix("reads: father ") }) }
  }

  @Test func aChildWhoseReadsDoNotShowTheAllele() {
    var entries = [Self.entry(Fixture.substitution.allele, [.heterozygous, .reference, .reference])]
    Witnesses(
      sites: [Fixture.substitution], testimonies: [0: [Fixture.testimony(Fixture.substitution, Self.batch(30, 0))]],
      meanDepths: [:]
    ).hear(&entries, subject: Self.subject)
    for model in [InheritanceModel.deNovo, .autosomalDominant] {
      let verdict = FamilyFixture.trio().verdict(model, SegregatingAllele(entries[0].variant), mode: .autosomalDominant)
      #expect(verdict == .possible([.notInReads]))
    }
    #expect(entries[0].variant.flags == ["reads: child 0/1 is doubtful, 0 of 30 fragments show the allele"])
  }

  @Test func allelesWithoutASiteAndMembersWithoutReadsStayAsTheyAre() {
    let other = Allele(.chr1, 900, "A", "C")
    var entries = [Self.entry(other, [.heterozygous, .missing, .reference])]
    let before = entries[0].variant
    Witnesses(
      sites: [Fixture.substitution], testimonies: [1: [Fixture.testimony(Fixture.substitution, Self.batch(30, 0))]],
      meanDepths: [1: 30]
    ).hear(&entries, subject: Self.subject)
    #expect(entries[0].variant == before)
  }

  @Test func aHomozygoteWithHalfTheReadsIsFlagged() {
    var entries = [Self.entry(Fixture.substitution.allele, [.homozygous, .heterozygous, .reference])]
    Witnesses(
      sites: [Fixture.substitution], testimonies: [0: [Fixture.testimony(Fixture.substitution, Self.batch(0, 15))]],
      meanDepths: [0: 30]
    ).hear(&entries, subject: Self.subject)
    let words: Wording = "reads: child is homozygous with 50 % of the sample's mean depth, deletion of the other copy?"
    #expect(entries[0].variant.flags == [words])
  }

  // MARK: - Another person's reads

  /// Six of eight alleles otherwise in the reads: another person's, unless common SNVs said that they are the member's own.
  @Test func allelesThatTheReadsContradict() {
    let sites = (0..<8).map { place in
      var site = WitnessSite(Allele(.chr1, 1_000 + 10 * place, "A", "G"), hasNeighbour: false, assembly: .grch38)
      site.carriers = [0]
      return site
    }
    func check(unlike: Int, isIdentified: Bool) -> QualityCheck? {
      let testimonies = sites.indices.map { place in
        var evidence = ReadEvidence(method: .bases, errorRate: 0.0005)
        evidence.reference = place < unlike ? 30 : 15
        evidence.alternate = place < unlike ? 0 : 15
        return AlleleReads.Testimony(evidence: evidence, fragments: [:])
      }
      return ReadContradiction(subject: Self.subject).check(of: 0, isIdentified: isIdentified, at: sites, testimonies)
    }
    #expect(check(unlike: 4, isIdentified: false) == nil)
    #expect(check(unlike: 6, isIdentified: false)?.outcome == .fail)
    #expect(check(unlike: 6, isIdentified: true)?.outcome == .warning)
    #expect(check(unlike: 6, isIdentified: true)?.message.contains("6 of 8 alleles") == true)
  }

  // MARK: - Pairs

  private static let pair = [
    Fixture.site(301, "A", "G", hasNeighbour: true), Fixture.site(341, "C", "T", hasNeighbour: true),
  ]

  /// The child's fragments: each with the bases at both places, by one read, or by two mates of which each sees one.
  private static func heardPair(_ fragments: [(String, String)], isMated: Bool) -> [Variant] {
    var batch = ReadBatch()
    for (number, (first, second)) in fragments.enumerated() {
      let bases = Fixture.copy(260..<400, with: first, at: 300)
      let both = Array(bases.prefix(80)) + Array(second.utf8) + bases.dropFirst(81)
      if isMated {
        batch.add("\(number)", at: 260, "60M", Array(both.prefix(60)), flag: 99)
        batch.add("\(number)", at: 320, "80M", Array(both.dropFirst(60)), flag: 147)
      } else {
        batch.add("\(number)", at: 260, "140M", both)
      }
    }
    var entries = pair.map { entry($0.allele, [.heterozygous, .missing, .missing]) }
    Witnesses(sites: pair, testimonies: [0: pair.map { Fixture.testimony($0, batch) }], meanDepths: [:])
      .hear(&entries, subject: subject)
    return entries.map(\.variant)
  }

  private static let together = [("G", "T"), ("A", "C")]
  private static let apart = [("G", "C"), ("A", "T")]

  @Test(
    "Two untested parents: the child's fragments tell the phase, by reads and by mates",
    arguments: [
      (0, 3, PairPhase.confirmedTrans, Verdict.pass), (3, 0, .cis, .fail([.inCis])),
      (0, 2, .unphased, .possible([.unphased])), (2, 0, .unphased, .possible([.unphased])),
      (1, 9, .confirmedTrans, .pass), (9, 1, .cis, .fail([.inCis])), (1, 8, .unphased, .possible([.unphased])),
      (5, 5, .unphased, .possible([.unphased])), (0, 0, .unphased, .possible([.unphased])),
    ], [false, true])
  func phase(numbers: (together: Int, apart: Int, phase: PairPhase, verdict: Verdict), isMated: Bool) {
    let fragments =
      (0..<numbers.together).map { Self.together[$0 % 2] } + (0..<numbers.apart).map { Self.apart[$0 % 2] }
    let heard = Self.heardPair(fragments, isMated: isMated)
    let (together, apart) = (numbers.together, numbers.apart)
    let expected = PairReads(
      both: together - together / 2, neither: together / 2, first: apart - apart / 2, second: apart / 2)
    let isNone = fragments.isEmpty
    #expect(heard[0].pairReads == (isNone ? [:] : [heard[1].allele: expected]))
    #expect(heard[1].pairReads == (isNone ? [:] : [heard[0].allele: expected.mirrored]))
    let judged = FamilyFixture.trio().inheritance.pairVerdict(
      SegregatingAllele(heard[0]), SegregatingAllele(heard[1]), in: .fixture(.autosomalRecessive))
    #expect(judged.phase == numbers.phase)
    #expect(judged.verdict.verdict == numbers.verdict)
    let words: Wording =
      "reads: of \(fragments.count) fragments over both alleles \(together - together / 2) show both, "
      + "\(together / 2) neither, \(apart) one of the two"
    #expect(judged.verdict.flags == (isNone ? [] : [words]))
  }

  @Test func fragmentsThatShowSomethingElseSayNothing() {
    let heard = Self.heardPair([("G", "A"), ("T", "T"), ("G", "T")], isMated: false)
    #expect(heard[0].pairReads[heard[1].allele] == PairReads(both: 1))
  }

  /// Fragments that show neither allele, or only one of the two, may all be of a copy without: no phase.
  @Test(arguments: [
    (PairReads(neither: 6), PairPhase.unphased), (PairReads(first: 6), .unphased), (PairReads(second: 6), .unphased),
    (PairReads(both: 1, neither: 5), .cis), (PairReads(first: 5, second: 1), .confirmedTrans),
    (PairReads(both: 1, first: 5, second: 5), .confirmedTrans), (PairReads(both: 2, first: 5, second: 5), .unphased),
  ])
  func bothAllelesMustBeSeen(pair: PairReads, phase: PairPhase) {
    var alleles = Self.pair.map { site in
      SegregatingAllele(allele: site.allele, genotypes: [Genotype(.heterozygous), .missing, .missing])
    }
    alleles[0].pairReads[alleles[1].allele] = pair
    let judged = FamilyFixture.trio().inheritance.pairVerdict(alleles[0], alleles[1], in: .fixture(.autosomalRecessive))
    #expect(judged.phase == phase)
  }

  /// One half that the child's reads do not show caps the pair.
  @Test func aPairWithADoubtfulHalfIsPossible() {
    let states: [[GenotypeState]] = [
      [.heterozygous, .heterozygous, .reference], [.heterozygous, .reference, .heterozygous],
    ]
    var alleles = zip(Self.pair, states).map { site, states in
      SegregatingAllele(allele: site.allele, genotypes: states.map { Genotype($0) })
    }
    func verdict() -> Verdict {
      FamilyFixture.trio().inheritance.pairVerdict(alleles[0], alleles[1], in: .fixture(.autosomalRecessive))
        .verdict.verdict
    }
    #expect(verdict() == .pass)
    alleles[1].genotypes[0].notes = [.notInReads]
    #expect(verdict() == .possible([.notInReads]))
  }

  /// What the caller phased, and what the parents force, beside fragments that say otherwise.
  @Test func otherGroundsOfAPhase() {
    func verdict(_ states: [[GenotypeState]], called: [Int]? = nil, apart: Int, together: Int) -> (PairPhase, [Wording])
    {
      var alleles = zip(Self.pair, states).map { site, states in
        SegregatingAllele(allele: site.allele, genotypes: states.map { Genotype($0) })
      }
      for (place, haplotype) in (called ?? []).enumerated() {
        alleles[place].genotypes[0].phase = Phase(haplotype: haplotype, set: "1")
      }
      alleles[0].pairReads[alleles[1].allele] = PairReads(
        both: together - together / 2, neither: together / 2, first: apart - apart / 2, second: apart / 2)
      let judged = FamilyFixture.trio().inheritance.pairVerdict(
        alleles[0], alleles[1], in: .fixture(.autosomalRecessive))
      return (judged.phase, judged.verdict.flags)
    }
    let open: [[GenotypeState]] = [[.heterozygous, .missing, .missing], [.heterozygous, .missing, .missing]]
    // Caller and fragments agree, or cancel each other out.
    #expect(verdict(open, called: [0, 1], apart: 10, together: 0).0 == .confirmedTrans)
    #expect(verdict(open, called: [0, 1], apart: 0, together: 10).0 == .unphased)
    #expect(verdict(open, called: [0, 1], apart: 5, together: 5).0 == .confirmedTrans)
    // One half from each parent: fragments that show both on one copy are a conflict, and do not decide.
    let forced: [[GenotypeState]] = [
      [.heterozygous, .heterozygous, .reference], [.heterozygous, .reference, .heterozygous],
    ]
    let conflict = verdict(forced, apart: 0, together: 10)
    #expect(conflict.0 == .confirmedTrans && conflict.1.contains("\(VerdictReason.phaseConflict)"))
    #expect(!verdict(forced, apart: 10, together: 0).1.contains("\(VerdictReason.phaseConflict)"))
    // One half new: fragments tell which copy it is on.
    let new: [[GenotypeState]] = [
      [.heterozygous, .heterozygous, .reference], [.heterozygous, .reference, .reference],
    ]
    #expect(verdict(new, apart: 10, together: 0).0 == .confirmedTrans)
    #expect(verdict(new, apart: 0, together: 10).0 == .cis)
  }
}
