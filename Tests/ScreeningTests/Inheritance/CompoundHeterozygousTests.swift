import Model
import Screening
import TestSupport
import Testing

@Suite struct CompoundHeterozygousTests {
  static let states: [GenotypeState] = [.reference, .heterozygous, .heterozygousOther, .homozygous, .partial, .missing]

  /// The table of parental genotypes: mother (v1,v2), father (v1,v2), the mother's status, phase and verdict.
  @Test(arguments: [
    ("H R", "R H", AffectedStatus.unaffected, PairPhase.confirmedTrans, Verdict.pass),
    ("R H", "H R", .unaffected, .confirmedTrans, .pass),
    ("H H", "R R", .unaffected, .cis, .fail([.inCis])),
    ("R R", "H H", .unaffected, .cis, .fail([.inCis])),
    ("H H", "H R", .unaffected, .cis, .fail([.inCis])),
    ("H R", "R R", .unaffected, .unknown, .possible([.oneHalfDeNovo])),
    ("H R", "M M", .unaffected, .probableTrans, .possible([.fatherMissing])),
    ("M M", "H R", .unaffected, .probableTrans, .possible([.motherMissing])),
    ("H R", "M H", .unaffected, .probableTrans, .possible([.fatherMissing])),
    ("M R", "R M", .unaffected, .probableTrans, .possible([.fatherMissing, .motherMissing])),
    ("H M", "M H", .unaffected, .probableTrans, .possible([.fatherMissing, .motherMissing])),
    ("R R", "M M", .unaffected, .cis, .fail([.inCis])),
    ("H H", "M M", .unaffected, .cis, .fail([.inCis])),
    ("H H", "M M", .affected, .unknown, .possible([.unphased])),
    ("H H", "M M", .unknown, .unknown, .possible([.unphased])),
    ("M M", "M M", .unaffected, .unphased, .possible([.unphased])),
    ("R R", "R R", .unaffected, .unknown, .fail([.secondDeNovo])),
    ("A R", "R H", .unaffected, .confirmedTrans, .fail([.unaffectedHomozygous])),
  ])
  func parents(mother: String, father: String, status: AffectedStatus, phase: PairPhase, verdict: Verdict) throws {
    let pair = try pair(FamilyFixture.trio(mother: status), child: "H H", mother: mother, father: father)
    #expect(pair.phase == phase)
    #expect(pair.verdict.verdict == verdict)
  }

  /// What reads add to what the parents leave open, or contradict.
  @Test(arguments: [
    ("H R", "M M", true, PairPhase.confirmedTrans, "PASS"), ("H R", "M M", false, .cis, "FAIL"),
    ("R R", "M M", true, .confirmedTrans, "PASS"), ("R R", "M M", false, .cis, "FAIL"),
    ("M M", "M M", true, .confirmedTrans, "PASS"), ("H R", "R R", false, .cis, "FAIL"),
    ("M R", "R M", true, .confirmedTrans, "PASS"), ("M R", "R M", false, .cis, "FAIL"),
    ("H R", "R H", false, .confirmedTrans, "PASS"), ("H H", "R R", true, .cis, "FAIL"),
  ])
  func reads(mother: String, father: String, isTrans: Bool, phase: PairPhase, word: String) throws {
    let pair = try pair(.trio(), child: "H H", mother: mother, father: father, isTransByReads: isTrans)
    #expect(pair.phase == phase)
    #expect(pair.verdict.verdict.word == word)
    let isConflict = (mother, father) == ("H R", "R H") || (mother, father) == ("H H", "R R")
    #expect(pair.verdict.flags.contains("\(VerdictReason.phaseConflict)") == isConflict)
  }

  @Test(arguments: [
    ("H H", AffectedStatus.affected, "PASS"), ("H R", .affected, "FAIL"), ("M H", .affected, "POSSIBLE"),
    ("R R", .affected, "FAIL"), ("H H", .unaffected, "FAIL"), ("H R", .unaffected, "PASS"),
    ("R R", .unaffected, "PASS"),
    ("M M", .unaffected, "POSSIBLE"), ("M R", .unaffected, "PASS"), ("H H", .unknown, "PASS"),
    ("M M", .unknown, "PASS"),
    ("A R", .unaffected, "FAIL"),
  ])
  func siblings(sib: String, status: AffectedStatus, word: String) throws {
    let pair = try pair(.quad(status), child: "H H", mother: "H R", father: "R H", sib: sib)
    #expect(pair.verdict.verdict.word == word)
  }

  @Test(arguments: [
    ("0/1", "0/1", "PASS"), ("0/1", "1/1", "FAIL"), ("0/1", "0/0", "FAIL"), ("0/1", "./1", "POSSIBLE"),
  ])
  func proband(first: String, second: String, word: String) {
    let trio = FamilyFixture.trio()
    let one = trio.at("1:1000 A>C", ["child": first, "mother": "0/1", "father": "0/0"])
    let other = trio.at("1:2000 A>C", ["child": second, "mother": "0/0", "father": "0/1"])
    #expect(trio.inheritance.pairVerdict(one, other, in: .fixture(.autosomalRecessive)).verdict.verdict.word == word)
  }

  @Test func pairsOnXAreForFemales() {
    let calls = [["child": "0/1", "mother": "0/1", "father": "0"], ["child": "0/1", "mother": "0/0", "father": "1"]]
    for (sex, father, expected) in [
      (Sex.female, AffectedStatus.affected, Verdict.pass), (.female, .unaffected, .fail([.unaffectedHemizygous])),
    ] {
      let trio = FamilyFixture.trio(sex, father: father)
      let pair = trio.inheritance.pairVerdict(
        trio.at("X:20000000 A>C", calls[0]), trio.at("X:20001000 A>C", calls[1]), in: .fixture(.xLinkedRecessive))
      #expect(pair.phase == .confirmedTrans)
      #expect(pair.verdict.verdict == expected)
    }
    let son = FamilyFixture.trio(.male)
    let pair = son.inheritance.pairVerdict(
      son.at("X:20000000 A>C", ["child": "1", "mother": "0/1", "father": "0"]),
      son.at("X:20001000 A>C", ["child": "1", "mother": "0/1", "father": "0"]), in: .fixture(.xLinkedRecessive))
    #expect(pair.verdict.verdict.isFail)
  }

  @Test func dominantGeneHasNoPairs() throws {
    let trio = FamilyFixture.trio()
    let first = trio.at("1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "0/0"])
    let second = trio.at("1:2000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/1"])
    #expect(!trio.inheritance.allowsPairs(with: first.allele, in: .fixture(.autosomalDominant)))
    let pair = trio.inheritance.pairVerdict(first, second, in: .fixture(.autosomalDominant))
    #expect(pair.verdict.verdict == .fail([.modeMismatch]))
    let open = trio.inheritance.pairVerdict(first, second, in: .fixture(.unknown))
    #expect(open.verdict.verdict == .possible([.modeUnknown]))
  }

  // MARK: - Properties

  /// All genotypes that two parents can have at both sites: 6 ⁴ families.
  @Test func halvesCanBeSwapped() throws {
    let trio = FamilyFixture.trio()
    for mother1 in Self.states {
      for mother2 in Self.states {
        for father1 in Self.states {
          for father2 in Self.states {
            let first = allele(1_000, [.heterozygous, father1, mother1])
            let second = allele(2_000, [.heterozygous, father2, mother2])
            let one = trio.inheritance.pairVerdict(first, second, in: .fixture(.autosomalRecessive))
            let other = trio.inheritance.pairVerdict(second, first, in: .fixture(.autosomalRecessive))
            #expect(one.verdict == other.verdict && one.phase == other.phase)
          }
        }
      }
    }
  }

  @Test func orderOfThePedigreeIsIrrelevant() throws {
    let trio = FamilyFixture.trio()
    var reversed = trio
    reversed.pedigree = Pedigree(trio.pedigree.individuals.reversed())
    for mother in Self.states {
      for father in Self.states {
        for child in Self.states where child != .missing {
          let genotypes: [GenotypeState] = [child, father, mother]
          for mode in [ModeOfInheritance.autosomalDominant, .autosomalRecessive, .unknown] {
            let forward = trio.inheritance.verdicts(of: allele(1_000, genotypes), in: .fixture(mode))
            let back = reversed.inheritance.verdicts(of: allele(1_000, genotypes.reversed()), in: .fixture(mode))
            #expect(forward.allowed.map(\.verdict) == back.allowed.map(\.verdict))
            #expect(forward.allowed.map(\.flags) == back.allowed.map(\.flags))
            #expect(forward.mismatched.map(\.verdict) == back.mismatched.map(\.verdict))
          }
        }
      }
    }
  }

  @Test(arguments: [AffectedStatus.affected, .unaffected, .unknown])
  func aMemberWithoutAGenotypeNeverUpgrades(status: AffectedStatus) throws {
    let trio = FamilyFixture.trio()
    let ranks = ["PASS": 0, "POSSIBLE": 1, "FAIL": 2]
    for mother in Self.states {
      for father in Self.states {
        for child in Self.states {
          let genotypes: [GenotypeState] = [child, father, mother]
          for mode in [ModeOfInheritance.autosomalDominant, .autosomalRecessive] {
            let before = trio.inheritance.verdicts(of: allele(1_000, genotypes), in: .fixture(mode)).allowed
            let after = FamilyFixture.quad(status).inheritance.verdicts(
              of: allele(1_000, genotypes + [.missing]), in: .fixture(mode)
            ).allowed
            for (one, other) in zip(before, after) {
              #expect(try #require(ranks[one.verdict.word]) <= #require(ranks[other.verdict.word]))
            }
          }
        }
      }
    }
  }

  // MARK: - Literals

  private func allele(_ position: Int, _ states: [GenotypeState]) -> SegregatingAllele {
    SegregatingAllele(allele: Allele(.chr1, position, "A", "C"), genotypes: states.map { Genotype($0) })
  }

  /// A pair from two states a member, in the order child, father, mother, sib.
  private func pair(
    _ fixture: FamilyFixture, child: String, mother: String, father: String, sib: String? = nil,
    isTransByReads: Bool? = nil
  ) throws -> (verdict: ModelVerdict, phase: PairPhase) {
    let members = [child, father, mother] + (sib.map { [$0] } ?? [])
    var alleles: [SegregatingAllele] = []
    for site in [0, 1] {
      let states = try members.map {
        try #require(GenotypeState(rawValue: String($0.split(separator: " ")[site])))
      }
      var allele = allele(1_000 * (site + 1), states)
      if let isTransByReads {
        allele.genotypes[0].phase = Phase(haplotype: isTransByReads ? site : 0, set: "1")
      }
      alleles.append(allele)
    }
    return fixture.inheritance.pairVerdict(alleles[0], alleles[1], in: .fixture(.autosomalRecessive))
  }
}
