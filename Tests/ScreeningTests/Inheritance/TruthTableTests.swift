import Model
import Screening
import TestSupport
import Testing

/// The truth tables of the single-allele models, typed out: a row a member, a column a state.
///
/// P is PASS, ? is POSSIBLE, F is FAIL. The member under test is a relative without stated parents, so that only the row
/// speaks; the proband beside it fits the model.
@Suite struct TruthTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var model: InheritanceModel
    var mode: ModeOfInheritance
    var contig: Contig
    var sex: Sex
    var status: AffectedStatus
    var isIncomplete = false
    /// States and their verdicts, as the table writes them: `R F, H P`.
    var cells: String

    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(
      name: "AD affected", model: .autosomalDominant, mode: .autosomalDominant, contig: .chr1, sex: .male,
      status: .affected, cells: "R F, H P, H2 P, A P, C ?, M ?"),
    Row(
      name: "AD unaffected", model: .autosomalDominant, mode: .autosomalDominant, contig: .chr1, sex: .male,
      status: .unaffected, cells: "R P, H F, H2 F, A F, C F, M ?"),
    Row(
      name: "AD unaffected, incomplete", model: .autosomalDominant, mode: .autosomalDominant, contig: .chr1,
      sex: .male, status: .unaffected, isIncomplete: true, cells: "R P, H ?, H2 ?, A ?, C ?, M ?"),
    Row(
      name: "AD unknown status", model: .autosomalDominant, mode: .autosomalDominant, contig: .chr1, sex: .male,
      status: .unknown, cells: "R P, H P, H2 P, A P, C P, M P"),
    Row(
      name: "AR affected", model: .recessiveHomozygous, mode: .autosomalRecessive, contig: .chr1, sex: .female,
      status: .affected, cells: "R F, H F, H2 F, A P, C ?, M ?"),
    Row(
      name: "AR unaffected", model: .recessiveHomozygous, mode: .autosomalRecessive, contig: .chr1, sex: .female,
      status: .unaffected, cells: "R P, H P, H2 P, A F, C ?, M ?"),
    Row(
      name: "AR unaffected, incomplete", model: .recessiveHomozygous, mode: .autosomalRecessive, contig: .chr1,
      sex: .female, status: .unaffected, isIncomplete: true, cells: "R P, H P, H2 P, A ?, C ?, M ?"),
    Row(
      name: "XLR affected male", model: .xLinkedRecessive, mode: .xLinkedRecessive, contig: .x, sex: .male,
      status: .affected, cells: "h0 F, h1 P, hx ?, M ?"),
    Row(
      name: "XLR unaffected male", model: .xLinkedRecessive, mode: .xLinkedRecessive, contig: .x, sex: .male,
      status: .unaffected, cells: "h0 P, h1 F, hx ?, M ?"),
    Row(
      name: "XLR affected female", model: .xLinkedRecessive, mode: .xLinkedRecessive, contig: .x, sex: .female,
      status: .affected, cells: "R F, H F, H2 F, A P, C ?, M ?"),
    Row(
      name: "XLR affected female, monoallelic gene", model: .xLinkedRecessive, mode: .xLinkedDominant, contig: .x,
      sex: .female, status: .affected, cells: "R F, H ?, A P, M ?"),
    Row(
      name: "XLR unaffected female", model: .xLinkedRecessive, mode: .xLinkedRecessive, contig: .x, sex: .female,
      status: .unaffected, cells: "R P, H P, H2 P, A F, C ?, M ?"),
    Row(
      name: "XLR affected, sex unknown", model: .xLinkedRecessive, mode: .xLinkedRecessive, contig: .x, sex: .unknown,
      status: .affected, cells: "R F, H ?, A P, M ?"),
    Row(
      name: "XLD affected male", model: .xLinkedDominant, mode: .xLinkedDominant, contig: .x, sex: .male,
      status: .affected, cells: "h0 F, h1 P, hx ?, M ?"),
    Row(
      name: "XLD unaffected male", model: .xLinkedDominant, mode: .xLinkedDominant, contig: .x, sex: .male,
      status: .unaffected, cells: "h0 P, h1 F, hx ?, M ?"),
    Row(
      name: "XLD affected female", model: .xLinkedDominant, mode: .xLinkedDominant, contig: .x, sex: .female,
      status: .affected, cells: "R F, H P, H2 P, A P, C ?, M ?"),
    Row(
      name: "XLD unaffected female", model: .xLinkedDominant, mode: .xLinkedDominant, contig: .x, sex: .female,
      status: .unaffected, cells: "R P, H F, A F, C F, M ?"),
    Row(
      name: "XLD unaffected female, incomplete", model: .xLinkedDominant, mode: .xLinkedDominant, contig: .x,
      sex: .female, status: .unaffected, isIncomplete: true, cells: "R P, H ?, A ?, C ?, M ?"),
    Row(
      name: "Y affected male", model: .yLinked, mode: .yLinked, contig: .y, sex: .male, status: .affected,
      cells: "h0 F, h1 P, hx ?, M ?"),
    Row(
      name: "Y unaffected male", model: .yLinked, mode: .yLinked, contig: .y, sex: .male, status: .unaffected,
      cells: "h0 P, h1 F, hx ?, M ?"),
    Row(
      name: "Y affected female", model: .yLinked, mode: .yLinked, contig: .y, sex: .female, status: .affected,
      cells: "M F"),
    Row(
      name: "Y unaffected female", model: .yLinked, mode: .yLinked, contig: .y, sex: .female, status: .unaffected,
      cells: "M P"),
  ]

  @Test(arguments: rows)
  func memberRow(row: Row) throws {
    let proband = Individual(id: "child", family: "F", sex: .male, status: .affected)
    let relative = Individual(id: "relative", family: "F", sex: row.sex, status: row.status)
    var fixture = FamilyFixture(Pedigree([proband, relative]))
    fixture.settings.incompletePenetrance = row.isIncomplete
    let probandState: GenotypeState =
      row.contig == .chr1 ? (row.model == .autosomalDominant ? .heterozygous : .homozygous) : .hemizygous
    for cell in row.cells.split(separator: ",") {
      let words = cell.split(separator: " ").map(String.init)
      let state = try #require(GenotypeState(rawValue: words[0]))
      let allele = SegregatingAllele(
        allele: Allele(row.contig, 20_000_000, "A", "C"), genotypes: [Genotype(probandState), Genotype(state)])
      let verdicts = fixture.inheritance.verdicts(of: allele, in: .fixture(row.mode)).allowed
      let verdict = try #require(verdicts.first { $0.model == row.model })
      let expected = ["P": "PASS", "?": "POSSIBLE", "F": "FAIL"][words[1]]
      #expect(verdict.members[1].verdict.word == expected, "\(row.name), \(state.rawValue)")
      #expect(verdict.verdict.word == expected, "family of \(row.name), \(state.rawValue)")
      #expect(verdict.members[1].state == state)
    }
  }

  /// Child, mother, father and the word; the child's sex is male where a call of one token is given.
  @Test(arguments: [
    ("1", "0/1", "0/0", "0/0", "PASS"), ("1", "0/1", "0/0", "./.", "POSSIBLE"), ("1", "0/1", "./.", "0/0", "POSSIBLE"),
    ("1", "0/1", "./.", "./.", "POSSIBLE"), ("1", "0/1", "0/0", "0/1", "FAIL"), ("1", "0/1", "1/1", "0/0", "FAIL"),
    ("1", "0/1", "./1", "0/0", "FAIL"), ("1", "0/1", "0/1", "./.", "FAIL"), ("1", "1/2", "0/0", "0/0", "PASS"),
    ("1", "./1", "0/0", "0/0", "POSSIBLE"), ("1", "1/1", "0/0", "0/0", "POSSIBLE"), ("1", "1/1", "0/1", "0/0", "FAIL"),
    ("1", "0/0", "0/0", "0/0", "FAIL"), ("1", "./.", "0/0", "0/0", "FAIL"),
    ("1", "0/1", "0/0 AD 98,2", "0/0", "POSSIBLE"), ("1", "0/1", "0/0 AD 39,1", "0/0", "POSSIBLE"),
    ("1", "0/1", "0/0 AD 99,1", "0/0", "PASS"), ("1", "0/1", "0/0 AD 99,1", "0/0 AD 99,1", "POSSIBLE"),
    ("1", "0/1 AD 27,3", "0/0", "0/0", "POSSIBLE"), ("1", "0/1 AD 2,30", "0/0", "0/0", "POSSIBLE"),
    ("1", "0/1 AD 8,4", "0/0", "0/0", "POSSIBLE"), ("1", "0/1 BARE", "0/0 BARE", "0/0 BARE", "PASS"),
    ("1", "0/1", "0/1 AD 36,4", "0/0", "POSSIBLE"), ("1", "0/1", "0/0 GQ 12", "0/0", "POSSIBLE"),
    ("X", "1", "0/0", "0", "PASS"), ("X", "1", "0/0", "1", "FAIL"), ("X", "1", "./.", "0", "POSSIBLE"),
    ("X", "1", "0/1", "0", "FAIL"), ("X", "0/1", "0/0", "0", "POSSIBLE"),
    ("Y", "1", ".", "0", "PASS"), ("Y", "1", ".", "1", "FAIL"), ("Y", "1", ".", ".", "POSSIBLE"),
  ])
  func deNovo(contig: String, child: String, mother: String, father: String, expected: String) {
    let fixture = FamilyFixture.trio(contig == "1" ? .female : .male)
    let allele = fixture.at("\(contig):20000000 A>C", ["child": child, "mother": mother, "father": father])
    let mode: ModeOfInheritance = contig == "1" ? .autosomalDominant : contig == "X" ? .xLinkedDominant : .yLinked
    #expect(fixture.verdict(.deNovo, allele, mode: mode)?.word == expected)
  }

  @Test(arguments: [("0", "PASS"), ("1", "FAIL"), (".", "POSSIBLE")])
  func deNovoOfADaughterOnX(father: String, expected: String) {
    let fixture = FamilyFixture.trio(.female)
    let allele = fixture.at("X:20000000 A>C", ["child": "0/1", "mother": "0/0", "father": father])
    #expect(fixture.verdict(.deNovo, allele, mode: .xLinkedDominant)?.word == expected)
  }

  @Test(arguments: [
    ("0/1 AD 20,18", "0/0 AD 40,0", true), ("0/1 AD 30,9", "0/0 AD 40,0", false),
    ("0/1 AD 30,12", "0/0 AD 40,0", true), ("0/1 AD 20,18", "0/0 AD 9,0 DP 12", false), ("0/1 BARE", "0/0", false),
  ])
  func strictDeNovo(child: String, mother: String, isPass: Bool) {
    var fixture = FamilyFixture.trio()
    fixture.settings.strictDeNovo = true
    let allele = fixture.at("1:1000 A>C", ["child": child, "mother": mother, "father": "0/0"])
    let verdict = fixture.verdict(.deNovo, allele, mode: .autosomalDominant)
    #expect(verdict == (isPass ? .pass : .possible([.deNovoQuality])))
  }

  @Test(arguments: [
    ("0/1", "0/1", AffectedStatus.unaffected, "PASS"), ("0/1", "1/1", .affected, "PASS"),
    ("0/1", "1/1", .unaffected, "FAIL"), ("0/1", "./.", .unaffected, "POSSIBLE"),
    ("./.", "./.", .unaffected, "PASS"), ("0/1", "0/0", .unaffected, "POSSIBLE"),
    ("0/0", "0/0", .unaffected, "POSSIBLE"), ("0/0", "./.", .unknown, "POSSIBLE"), ("0/1", "./.", .unknown, "POSSIBLE"),
  ])
  func recessiveParents(mother: String, father: String, status: AffectedStatus, expected: String) {
    let fixture = FamilyFixture.trio(father: status)
    let allele = fixture.at("1:1000 A>C", ["child": "1/1", "mother": mother, "father": father])
    #expect(fixture.verdict(.recessiveHomozygous, allele, mode: .autosomalRecessive)?.word == expected)
  }

  @Test func recessiveSingletonHasItsCaveat() {
    let singleton = FamilyFixture(.singleton())
    let allele = singleton.at("1:1000 A>C", ["child": "1/1"])
    let verdict = singleton.inheritance.verdicts(of: allele, in: .fixture(.autosomalRecessive)).allowed[0]
    #expect(verdict.verdict == .pass)
    #expect(verdict.flags == ["hemizygous over deletion / UPD / ROH not excluded"])
  }

  /// Proband, mother, father (allele shares) and the verdict.
  @Test(arguments: [
    ("0/1 AD 50,150", "0/1 AD 190,10", "0", AffectedStatus.affected, Verdict.pass),
    ("0/1 AD 50,150", "0/1 AD 190,10", "0", .unaffected, .possible([.unaffectedHeteroplasmy])),
    ("1 AD 1,199", "1 AD 2,198", "0", .unaffected, .fail([.unaffectedCarrier])),
    ("1 AD 1,199", "1 AD 2,198", "1", .affected, .pass),
    ("1 AD 1,199", "0 AD 200,0", "1", .unaffected, .possible([.apparentHeteroplasmicDeNovo])),
    ("0/1 AD 195,5", "0 AD 50,0", "0", .unaffected, .fail([.lowHeteroplasmy])),
    ("0/1 AD 30,30", "0 AD 50,0", "0", .unaffected, .possible([.lowMitochondrialDepth])),
    ("0/1 BARE", "0 AD 50,0", "0", .unaffected, .possible([.heteroplasmyUnknown])),
    ("1 AD 1,199", ".", "0", .unaffected, .possible([.unaffectedMissing])),
  ])
  func mitochondrial(child: String, mother: String, father: String, status: AffectedStatus, expected: Verdict) {
    let fixture = FamilyFixture.trio(mother: status)
    let allele = fixture.at("MT:3243 A>G", ["child": child, "mother": mother, "father": father])
    #expect(fixture.verdict(.mitochondrial, allele, mode: .mitochondrial) == expected)
  }
}
