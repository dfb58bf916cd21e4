import Model
import Screening
import TestSupport
import Testing

/// Cases that programs of this kind get wrong, each in the words of a bench geneticist.
@Suite struct TrickyCaseTests {
  let trio = FamilyFixture.trio()

  @Test func twoAlternatesOfOneRecordAreInTrans() {
    let singleton = FamilyFixture(.singleton())
    let c = singleton.at("1:1000 A>C,T", ["child": "1/2"], alternate: 1)
    let t = singleton.at("1:1000 A>C,T", ["child": "1/2"], alternate: 2)
    #expect(c.genotypes[0].state == .heterozygousOther && t.genotypes[0].state == .heterozygousOther)
    let pair = singleton.inheritance.pairVerdict(c, t, in: .fixture(.autosomalRecessive), isSameRecord: true)
    #expect(pair.phase == .confirmedTrans)
    #expect(pair.verdict.verdict == .pass)
  }

  @Test func snvOnTheCopyThatADeletionLeaves() {
    let singleton = FamilyFixture(.singleton())
    let snv = singleton.at("1:5000 A>C,*", ["child": "1/2"])
    let deletion = singleton.at("1:4000 N><DEL>", ["child": "0/1"], end: 6000)
    #expect(snv.genotypes[0].notes.contains(.spanningDeletion))
    let pair = singleton.inheritance.pairVerdict(snv, deletion, in: .fixture(.autosomalRecessive))
    #expect(pair.phase == .confirmedTrans && pair.verdict.verdict == .pass)
    let elsewhere = singleton.at("1:7000 N><DEL>", ["child": "0/1"], end: 8000)
    #expect(singleton.inheritance.pairVerdict(snv, elsewhere, in: .fixture(.autosomalRecessive)).phase == .unphased)
  }

  @Test func deNovoWithOneParentMissing() {
    let allele = trio.at("1:1000 A>C", ["child": "0/1", "mother": "0/0", "father": "./."])
    #expect(trio.verdict(.deNovo, allele, mode: .autosomalDominant) == .possible([.oneParentMissing]))
  }

  @Test func deNovoWithReadsInTheMother() {
    let allele = trio.at(
      "1:1000 A>C", ["child": "0/1 AD 20,19", "mother": "0/0 AD 38,2", "father": "0/0 AD 40,0"])
    #expect(trio.verdict(.deNovo, allele, mode: .autosomalDominant) == .possible([.parentalMosaicism]))
  }

  @Test func mosaicProband() {
    let allele = trio.at("1:1000 A>C", ["child": "0/1 AD 30,4", "mother": "0/0", "father": "0/0"])
    #expect(trio.verdict(.deNovo, allele, mode: .autosomalDominant) == .possible([.mosaicProband]))
    // The dominant model leans on the same new mutation and cannot be surer of it.
    #expect(trio.verdict(.autosomalDominant, allele, mode: .autosomalDominant) == .possible([.mosaicProband]))
  }

  @Test func heterozygousMaleOnX() {
    let singleton = FamilyFixture(.singleton(sex: .male))
    let allele = singleton.at("X:50000000 G>A", ["child": "0/1 AD 20,18"])
    #expect(allele.genotypes[0].state == .hemizygousConflict)
    let verdict = singleton.inheritance.verdicts(of: allele, in: .fixture(.xLinkedRecessive)).allowed[0]
    #expect(verdict.verdict == .possible([.hemizygousConflict]))
    #expect(verdict.flags.contains { $0.hasPrefix("child: heterozygous call on a single copy") })
  }

  @Test func pseudoautosomalGeneOfAMale() {
    let singleton = FamilyFixture(.singleton(sex: .male))
    let allele = singleton.at("X:2000000 G>A", ["child": "0/1 AD 20,18"])
    #expect(allele.genotypes[0].state == .heterozygous)
    #expect(singleton.verdict(.autosomalDominant, allele, mode: .autosomalDominant) == .pass)
    #expect(singleton.verdict(.autosomalDominant, allele, mode: .xLinkedDominant) == .pass)
  }

  @Test(arguments: ["1/1", "1"])
  func hemizygousSonOfACarrier(call: String) {
    let family = FamilyFixture.trio(.male)
    let fromMother = family.at("X:50000000 G>A", ["child": call, "mother": "0/1", "father": "0"])
    #expect(fromMother.genotypes[0].state == .hemizygous)
    #expect(family.verdict(.xLinkedRecessive, fromMother, mode: .xLinkedRecessive) == .pass)
    #expect(family.inheritance.origin(of: fromMother.allele, genotypes: fromMother.genotypes) == .mother)
    #expect(family.verdict(.deNovo, fromMother, mode: .xLinkedRecessive) == .fail([.inherited]))

    let fatherToo = family.at("X:50000000 G>A", ["child": call, "mother": "0/1", "father": "1"])
    #expect(family.verdict(.xLinkedRecessive, fatherToo, mode: .xLinkedRecessive) == .fail([.unaffectedHemizygous]))
    #expect(
      family.incomplete().verdict(.xLinkedRecessive, fatherToo, mode: .xLinkedRecessive)
        == .possible([.unaffectedCarrier]))
  }

  @Test func newMutationOnTheSonsX() {
    let family = FamilyFixture.trio(.male)
    let allele = family.at("X:50000000 G>A", ["child": "1", "mother": "0/0", "father": "0"])
    #expect(family.verdict(.deNovo, allele, mode: .xLinkedRecessive) == .pass)
    #expect(family.inheritance.origin(of: allele.allele, genotypes: allele.genotypes) == .deNovo)
  }

  @Test func homozygousChildOfOneCarrier() {
    let allele = trio.at("1:1000 A>C", ["child": "1/1", "mother": "0/1", "father": "0/0"])
    #expect(
      trio.verdict(.recessiveHomozygous, allele, mode: .autosomalRecessive) == .possible([.deletionOrIsodisomy]))
    #expect(trio.verdict(.deNovo, allele, mode: .autosomalDominant) == .fail([.inherited]))
  }

  @Test(arguments: [
    // first: mother, father; second: mother, father
    ("0/1", "0/0", "0/0", "0/1", PairPhase.confirmedTrans, Verdict.pass),
    ("0/1", "0/0", "0/1", "0/0", PairPhase.cis, Verdict.fail([.inCis])),
    ("0/1", "0/0", "0/0", "0/0", PairPhase.unknown, Verdict.possible([.oneHalfDeNovo])),
  ])
  func pairsInATrio(
    mother1: String, father1: String, mother2: String, father2: String, phase: PairPhase, verdict: Verdict
  ) {
    let first = trio.at("1:1000 A>C", ["child": "0/1", "mother": mother1, "father": father1])
    let second = trio.at("1:2000 G>T", ["child": "0/1", "mother": mother2, "father": father2])
    let pair = trio.inheritance.pairVerdict(first, second, in: .fixture(.autosomalRecessive))
    #expect(pair.phase == phase)
    #expect(pair.verdict.verdict == verdict)
  }

  @Test func readsPhaseTheNewHalf() {
    let first = trio.at("1:1000 A>C", ["child": "0|1 PS 100", "mother": "0/1", "father": "0/0"])
    let second = trio.at("1:2000 G>T", ["child": "1|0 PS 100", "mother": "0/0", "father": "0/0"])
    let pair = trio.inheritance.pairVerdict(first, second, in: .fixture(.autosomalRecessive))
    #expect(pair.phase == .confirmedTrans && pair.verdict.verdict == .pass)
  }

  @Test(arguments: [
    ("0|1 PS 100", "0|1 PS 100", PairPhase.cis, Verdict.fail([.inCis])),
    ("0|1 PS 100", "1|0 PS 100", PairPhase.confirmedTrans, Verdict.pass),
    ("0|1 PS 100", "1|0 PS 900", PairPhase.unphased, Verdict.possible([.unphased])),
    ("0|1", "1|0", PairPhase.unphased, Verdict.possible([.unphased])),
    ("0/1 PID 7 PGT 0|1", "0/1 PID 7 PGT 1|0", PairPhase.confirmedTrans, Verdict.pass),
    ("0/1 PS 100", "0/1 PS 100", PairPhase.unphased, Verdict.possible([.unphased])),
  ])
  func pairsOfASingletonByReads(first: String, second: String, phase: PairPhase, verdict: Verdict) {
    let singleton = FamilyFixture(.singleton())
    let pair = singleton.inheritance.pairVerdict(
      singleton.at("1:1000 A>C", ["child": first]), singleton.at("1:2000 G>T", ["child": second]),
      in: .fixture(.autosomalRecessive))
    #expect(pair.phase == phase)
    #expect(pair.verdict.verdict == verdict)
  }

  @Test func pairInAnUnaffectedSister() {
    let quad = FamilyFixture.quad(.unaffected)
    for (family, expected) in [
      (quad, Verdict.fail([.pairInUnaffected])), (quad.incomplete(), .possible([.pairInUnaffected])),
    ] {
      let first = family.at("1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "0/0", "sib": "0/1"])
      let second = family.at("1:2000 G>T", ["child": "0/1", "mother": "0/0", "father": "0/1", "sib": "0/1"])
      let pair = family.inheritance.pairVerdict(first, second, in: .fixture(.autosomalRecessive))
      #expect(pair.phase == .confirmedTrans)
      #expect(pair.verdict.verdict == expected)
    }
  }

  @Test func unaffectedAuntWithADominantAllele() {
    let aunt = Individual(id: "aunt", family: "F", sex: .female, status: .unaffected)
    let family = FamilyFixture(Pedigree(Pedigree.trio(father: .affected).individuals + [aunt]))
    let allele = family.at("1:1000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/1", "aunt": "0/1"])
    #expect(family.verdict(.autosomalDominant, allele, mode: .autosomalDominant) == .fail([.unaffectedCarrier]))
    #expect(
      family.incomplete().verdict(.autosomalDominant, allele, mode: .autosomalDominant)
        == .possible([.unaffectedCarrier]))
  }

  @Test func affectedSisterWithoutAGenotype() {
    let quad = FamilyFixture.quad(.affected)
    let allele = quad.at("1:1000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/0", "sib": "./."])
    #expect(quad.verdict(.autosomalDominant, allele, mode: .autosomalDominant) == .possible([.affectedMissing]))
  }

  @Test(arguments: [
    ("0/1", "0/0", Verdict.fail([.maternalOrigin])), ("0/0", "0/1", Verdict.pass),
    ("0/1", "0/1", Verdict.possible([.originUnknown])),
  ])
  func paternallyExpressedGene(mother: String, father: String, expected: Verdict) {
    let mode = ModeOfInheritance(
      reading: "MONOALLELIC, autosomal or pseudoautosomal, maternally imprinted (paternal allele expressed)")
    let allele = trio.at("1:1000 A>C", ["child": "0/1", "mother": mother, "father": father])
    #expect(trio.verdict(.autosomalDominant, allele, mode: mode) == expected)
  }

  @Test func refutedFather() {
    var family = FamilyFixture.trio()
    family.refuted = [QualityReport.ParentLink(child: "child", parent: "father")]
    let new = family.at("1:1000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/0"])
    #expect(family.verdict(.deNovo, new, mode: .autosomalDominant) == .possible([.relatednessFailed]))
    #expect(family.inheritance.origin(of: new.allele, genotypes: new.genotypes) == .unknown)

    let first = family.at("1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "0/0"])
    let second = family.at("1:2000 G>T", ["child": "0/1", "mother": "0/0", "father": "0/1"])
    let pair = family.inheritance.pairVerdict(first, second, in: .fixture(.autosomalRecessive))
    #expect(pair.phase == .probableTrans)
    #expect(pair.verdict.verdict == .possible([.relatednessFailed]))
  }
}
