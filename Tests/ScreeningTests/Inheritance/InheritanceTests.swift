import Model
import Screening
import TestSupport
import Testing

/// Which models a gene's modes call for, how common an allele may be, and how a larger family adds up.
@Suite struct InheritanceTests {
  @Test(arguments: [
    ("MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted", "1", "AD de_novo"),
    ("MONOALLELIC, autosomal or pseudoautosomal, imprinted status unknown", "1", "AD de_novo"),
    ("BIALLELIC, autosomal or pseudoautosomal", "1", "AR_hom"),
    ("BOTH monoallelic and biallelic, autosomal or pseudoautosomal", "1", "AD AR_hom de_novo"),
    (
      "BOTH monoallelic and biallelic (but BIALLELIC mutations cause a more SEVERE disease form)", "1",
      "AD AR_hom de_novo"
    ),
    ("X-LINKED: hemizygous mutation in males, biallelic mutations in females", "X", "XL_recessive de_novo"),
    (
      "X-LINKED: hemizygous mutation in males, monoallelic mutations in females may cause disease", "X",
      "XL_dominant de_novo"
    ),
    ("MITOCHONDRIAL", "MT", "MT"), ("Unknown", "1", "AD AR_hom de_novo"),
    ("Other", "X", "XL_dominant XL_recessive de_novo"), ("", "Y", "YL de_novo"), ("", "MT", "MT"),
    ("BIALLELIC, autosomal or pseudoautosomal", "X", "XL_dominant XL_recessive de_novo"),
  ])
  func modelsOfAPanelSentence(sentence: String, contig: String, models: String) {
    let trio = FamilyFixture.trio()
    // Exists on every contig, the mitochondrion included, and is outside the pseudoautosomal regions of X and Y.
    let position = contig == "MT" ? 3_243 : 20_000_000
    let allele = trio.at("\(contig):\(position) A>C", ["child": "0/1"])
    let allowed = trio.inheritance.verdicts(of: allele, in: .fixture(ModeOfInheritance(reading: sentence))).allowed
    #expect(allowed.map(\.model.rawValue).joined(separator: " ") == models)
  }

  @Test func sonsOfAMonoallelicGeneAreReadBothWays() {
    let trio = FamilyFixture.trio(.male)
    let allele = trio.at("X:20000000 A>C", ["child": "1", "mother": "0/1", "father": "0"])
    let verdicts = trio.inheritance.verdicts(of: allele, in: .fixture(.xLinkedDominant)).allowed
    #expect(verdicts.map(\.model) == [.xLinkedDominant, .xLinkedRecessive, .deNovo])
    #expect(verdicts.map(\.verdict.word) == ["FAIL", "PASS", "FAIL"])
  }

  @Test func unknownModeIsNeverSure() {
    let singleton = FamilyFixture(.singleton())
    let allele = singleton.at("1:1000 A>C", ["child": "0/1"])
    let verdicts = singleton.inheritance.verdicts(of: allele, in: .fixture(.unknown)).allowed
    #expect(verdicts.map(\.verdict) == [.possible([.modeUnknown]), .fail([.affectedNotHomozygous])])
    // One panel that knows is enough.
    let known = singleton.inheritance.verdicts(of: allele, in: .fixture(.unknown, .autosomalDominant)).allowed
    #expect(known[0].verdict == .pass)
  }

  @Test func modelsOutsideTheGenesListAreSetApart() {
    let trio = FamilyFixture.trio()
    let allele = trio.at("1:1000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/0"])
    let verdicts = trio.inheritance.verdicts(of: allele, in: .fixture(.autosomalRecessive))
    #expect(verdicts.allowed.map(\.model) == [.recessiveHomozygous])
    #expect(verdicts.mismatched.map(\.model) == [.autosomalDominant, .deNovo])
    #expect(verdicts.mismatched.allSatisfy { $0.verdict == .possible([.modeMismatch]) })
  }

  /// Model, mode, place, FAF95, homozygotes, hemizygotes; `.` is no data.
  @Test(arguments: [
    ("AD", "1:1000", 0.00009, 0, 0, "PASS"), ("AD", "1:1000", 0.0005, 0, 0, "soft"),
    ("AD", "1:1000", 0.001, 0, 0, "FAIL"), ("AD", "1:1000", 0.00009, 1, 0, "FAIL"),
    ("AR_hom", "1:1000", 0.0099, 5, 0, "PASS"), ("AR_hom", "1:1000", 0.01, 0, 0, "FAIL"),
    ("AR_hom", "1:1000", 0.001, 6, 0, "FAIL"), ("XL_recessive", "X:20000000", 0.0049, 2, 3, "PASS"),
    ("XL_recessive", "X:20000000", 0.005, 0, 0, "FAIL"), ("XL_recessive", "X:20000000", 0.001, 3, 3, "FAIL"),
    ("XL_dominant", "X:20000000", 0.00009, 0, 1, "PASS"), ("XL_dominant", "X:20000000", 0.00009, 0, 2, "FAIL"),
    ("XL_dominant", "X:20000000", 0.0001, 0, 0, "FAIL"), ("MT", "MT:3243", 0.0019, 0, 0, "PASS"),
    ("MT", "MT:3243", 0.002, 0, 0, "FAIL"),
  ])
  func frequencyLimits(
    model: String, place: String, faf95: Double, homozygotes: Int, hemizygotes: Int, expected: String
  ) throws {
    let singleton = FamilyFixture(.singleton(sex: place.hasPrefix("X") ? .male : .female))
    let modes: [String: ModeOfInheritance] = [
      "AD": .autosomalDominant, "AR_hom": .autosomalRecessive, "XL_recessive": .xLinkedRecessive,
      "XL_dominant": .xLinkedDominant, "MT": .mitochondrial,
    ]
    let mode = try #require(modes[model])
    var allele = singleton.at(
      "\(place) A>C", ["child": mode == .autosomalDominant ? "0/1" : "1/1"],
      frequency: PopulationFrequency(state: .value, faf95: faf95, homozygotes: homozygotes, hemizygotes: hemizygotes))
    let inheritance = singleton.inheritance
    let verdict = try #require(
      inheritance.verdicts(of: allele, in: .fixture(mode)).allowed.first { $0.model.rawValue == model })
    #expect(verdict.verdict == (expected == "FAIL" ? .fail([.tooCommon]) : .pass))
    #expect(verdict.flags.contains("frequency in soft band") == (expected == "soft"))

    allele.isKnownPathogenic = true
    let exempt = inheritance.verdicts(of: allele, in: .fixture(mode)).allowed.first { $0.model.rawValue == model }
    #expect(exempt?.verdict == .pass)
    allele.frequency = .noData
    #expect(inheritance.verdicts(of: allele, in: .fixture(mode)).allowed.contains { $0.verdict == .pass })
    allele.frequency = PopulationFrequency(state: .value, faf95: 0.06)
    #expect(inheritance.verdicts(of: allele, in: .fixture(mode)).allowed.allSatisfy { $0.verdict.isFail })
  }

  @Test func aPairIsAsCommonAsItsCommonerHalf() {
    let trio = FamilyFixture.trio()
    let first = trio.at("1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "0/0"])
    var second = trio.at("1:2000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/1"])
    second.frequency = PopulationFrequency(state: .value, faf95: 0.02)
    let pair = trio.inheritance.pairVerdict(first, second, in: .fixture(.autosomalRecessive))
    #expect(pair.phase == .confirmedTrans)
    #expect(pair.verdict.verdict == .fail([.tooCommon]))
  }

  // MARK: - Larger families

  /// Grandparents, an affected mother and the child.
  static let threeGenerations = FamilyFixture(
    Pedigree([
      Individual(id: "child", family: "F", father: "father", mother: "mother", sex: .female, status: .affected),
      Individual(
        id: "mother", family: "F", father: "grandfather", mother: "grandmother", sex: .female, status: .affected),
      Individual(id: "father", family: "F", sex: .male, status: .unaffected),
      Individual(id: "grandmother", family: "F", sex: .female, status: .unaffected),
      Individual(id: "grandfather", family: "F", sex: .male, status: .unaffected),
    ]))

  @Test func aNewMutationInTheMotherIsHandedOn() throws {
    let family = Self.threeGenerations
    let allele = family.at(
      "1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "0/0", "grandmother": "0/0", "grandfather": "0/0"])
    let verdicts = family.inheritance.verdicts(of: allele, in: .fixture(.autosomalDominant)).allowed
    #expect(verdicts[0].verdict == .pass)
    #expect(verdicts[0].flags == ["de novo in mother, transmitted"])
    #expect(verdicts[1].verdict == .fail([.inherited]))
  }

  @Test func twoNewMutationsInOnePedigreeAreTooMany() {
    let niece = Individual(id: "niece", family: "F", father: "uncle", mother: "aunt", sex: .female, status: .affected)
    let uncle = Individual(id: "uncle", family: "F", sex: .male, status: .unaffected)
    let aunt = Individual(id: "aunt", family: "F", sex: .female, status: .unaffected)
    let family = FamilyFixture(Pedigree(Pedigree.trio().individuals + [niece, uncle, aunt]))
    let allele = family.at(
      "1:1000 A>C",
      ["child": "0/1", "mother": "0/0", "father": "0/0", "niece": "0/1", "uncle": "0/0", "aunt": "0/0"])
    for model in [InheritanceModel.autosomalDominant, .deNovo] {
      let verdict = family.verdict(model, allele, mode: .autosomalDominant)
      #expect(verdict?.isFail == true)
      #expect(verdict?.reasons.contains(.secondDeNovo) == true)
    }
    let uncalled = family.at(
      "1:1000 A>C",
      ["child": "0/1", "mother": "0/0", "father": "0/0", "niece": "0/1", "uncle": "./.", "aunt": "0/0"])
    #expect(
      family.verdict(.autosomalDominant, uncalled, mode: .autosomalDominant) == .possible([.unaffectedMissing]))
  }

  @Test func twoAffectedSistersOfCleanParentsPointToAGermlineMosaic() {
    let quad = FamilyFixture.quad(.affected)
    let allele = quad.at("1:1000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/0", "sib": "0/1"])
    #expect(quad.verdict(.autosomalDominant, allele, mode: .autosomalDominant) == .possible([.parentalMosaicism]))
    #expect(quad.verdict(.deNovo, allele, mode: .autosomalDominant) == .possible([.parentalMosaicism]))
  }

  @Test func obligateCarrierIsEvidenceOfIncompletePenetrance() {
    var family = Self.threeGenerations.incomplete()
    family.pedigree = Pedigree(
      family.pedigree.individuals.map { person in
        var person = person
        if person.id == "mother" { person.status = .unaffected }
        if person.id == "grandmother" { person.status = .affected }
        return person
      })
    let allele = family.at(
      "1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "0/0", "grandmother": "0/1", "grandfather": "0/0"])
    let verdict = family.inheritance.verdicts(of: allele, in: .fixture(.autosomalDominant)).allowed[0]
    #expect(verdict.verdict == .possible([.unaffectedCarrier]))
    #expect(verdict.flags == ["obligate carrier: mother"])
  }

  @Test func penetranceOfTheGeneCountsLikeTheSetting() {
    let trio = FamilyFixture.trio()
    let allele = trio.at("1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "0/0"])
    let gene = TargetGene.fixture(.autosomalDominant, penetrance: .incomplete)
    #expect(trio.inheritance.verdicts(of: allele, in: gene).allowed[0].verdict == .possible([.unaffectedCarrier]))
  }

  @Test func otherFamiliesOfThePedigreeDecideNothing() {
    let stranger = Individual(id: "stranger", family: "G", sex: .male, status: .unaffected)
    let family = FamilyFixture(Pedigree(Pedigree.trio().individuals + [stranger]))
    let allele = family.at("1:1000 A>C", ["child": "0/1", "mother": "0/0", "father": "0/0", "stranger": "0/1"])
    #expect(family.verdict(.deNovo, allele, mode: .autosomalDominant) == .pass)
  }

  @Test(arguments: [
    ("0/1", "0/1", "0/0", ParentOfOrigin.mother), ("0/1", "0/0", "0/1", .father), ("0/1", "0/1", "0/1", .unknown),
    ("1/1", "0/1", "0/1", .both), ("0/1", "0/0", "0/0", .deNovo), ("0/1", "0/0", "./.", .unknown),
    ("0/1", "0/1", "./.", .unknown), ("0/0", "0/1", "0/0", .unknown),
  ])
  func origin(child: String, mother: String, father: String, expected: ParentOfOrigin) {
    let trio = FamilyFixture.trio()
    let allele = trio.at("1:1000 A>C", ["child": child, "mother": mother, "father": father])
    #expect(trio.inheritance.origin(of: allele.allele, genotypes: allele.genotypes) == expected)
  }

  @Test func structureIsNamed() throws {
    #expect(FamilyFixture.trio().inheritance.family.structureLabel == "trio")
    #expect(
      FamilyFixture(.singleton()).inheritance.family.structureLabel
        == "singleton (parental samples not available)")
  }
}
