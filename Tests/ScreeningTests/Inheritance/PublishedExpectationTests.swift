import Model
import Screening
import TestSupport
import Testing

/// Verdicts that other programs ship with their test families, held against ours.
@Suite struct PublishedExpectationTests {
  struct VIPTable: Sendable, CustomTestStringConvertible {
    var file: String
    var model: InheritanceModel
    var mode: ModeOfInheritance
    var contig: String
    /// Lines of the table that say the same as ours.
    var agreeing: Int

    var testDescription: String { file }
  }

  static let vipTables = [
    VIPTable(file: "ADtests", model: .autosomalDominant, mode: .autosomalDominant, contig: "1", agreeing: 23),
    VIPTable(file: "ADNonPenTests", model: .autosomalDominant, mode: .autosomalDominant, contig: "1", agreeing: 4),
    VIPTable(file: "ARTests", model: .recessiveHomozygous, mode: .autosomalRecessive, contig: "1", agreeing: 29),
    VIPTable(file: "XldTests", model: .xLinkedDominant, mode: .xLinkedDominant, contig: "X", agreeing: 20),
    VIPTable(file: "XlrTests", model: .xLinkedRecessive, mode: .xLinkedRecessive, contig: "X", agreeing: 25),
    VIPTable(file: "YLtests", model: .yLinked, mode: .yLinked, contig: "Y", agreeing: 33),
    VIPTable(file: "MTtests", model: .mitochondrial, mode: .mitochondrial, contig: "MT", agreeing: 22),
    VIPTable(file: "DenovoTests", model: .deNovo, mode: .autosomalDominant, contig: "1", agreeing: 40),
    VIPTable(file: "ArCompoundTests", model: .recessiveCompound, mode: .autosomalRecessive, contig: "1", agreeing: 28),
  ]

  @Test(.enabled(if: RealData.isPresent, RealData.absence), arguments: vipTables)
  func vip(table: VIPTable) throws {
    let lines = try VIPLine.lines(of: table.file, contig: table.contig, isIncomplete: table.file == "ADNonPenTests")
    var differing: Set<String> = []
    var agreeing = 0
    for line in lines {
      let modes: [String: ModeOfInheritance] = ["X": .xLinkedDominant, "Y": .yLinked, "MT": .mitochondrial]
      let mode = table.model == .deNovo ? modes[line.contig] ?? table.mode : table.mode
      if line.verdict(table.model, mode: mode).word == line.expectedWord {
        agreeing += 1
      } else {
        differing.insert(line.name)
      }
    }
    #expect(agreeing == table.agreeing)
    #expect(differing == VIPDifferences.lines(of: table.file))
  }

  // MARK: - slivar

  /// slivar's own compound-heterozygote cases: a variant belongs to a pair, or not, as INFO/expect says.
  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func slivarCompoundHeterozygotes() throws {
    let file = try SmallVCF(RealData.path("families/slivar/comphet.vcf"))
    var trio = FamilyFixture(
      Pedigree([
        Individual(id: "HG002", family: "F", father: "HG003", mother: "HG004", sex: .male, status: .affected),
        Individual(id: "HG003", family: "F", sex: .male, status: .unaffected),
        Individual(id: "HG004", family: "F", sex: .female, status: .unaffected),
      ]), proband: "HG002")
    trio.assembly = .grch37
    let genes = Dictionary(grouping: file.records) { record in
      record.info["BCSQ"]?.split(separator: "|").dropFirst().first.map(String.init) ?? ""
    }
    #expect(genes.count > 4)
    for records in genes.values {
      for record in records {
        let isInPair = try records.contains { other in
          guard other.position != record.position else { return false }
          let pair = trio.inheritance.pairVerdict(
            try #require(trio.at(record)), try #require(trio.at(other)), in: .fixture(.autosomalRecessive))
          return !pair.verdict.verdict.isFail
        }
        let expectation = try #require(record.info["expect"])
        #expect(isInPair == expectation.hasPrefix("yes"), "\(record.position) \(expectation)")
      }
    }
  }

  /// Both affected children of a family have the pair, one half from each parent.
  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func slivarFamilyWithTwoAffectedChildren() throws {
    let file = try SmallVCF(RealData.path("families/slivar/comphet-test-case.vcf"))
    let quad = FamilyFixture(
      Pedigree([
        Individual(id: "SID_1", family: "SID", sex: .female, status: .unaffected),
        Individual(id: "SID_2", family: "SID", sex: .male, status: .unaffected),
        Individual(id: "SID_3", family: "SID", father: "SID_2", mother: "SID_1", sex: .male, status: .affected),
        Individual(id: "SID_4", family: "SID", father: "SID_2", mother: "SID_1", sex: .female, status: .affected),
      ]), proband: "SID_3")
    let alleles = file.records.compactMap { quad.at($0) }
    #expect(alleles.count == 2)
    let pair = quad.inheritance.pairVerdict(alleles[0], alleles[1], in: .fixture(.autosomalRecessive))
    #expect(pair.phase == .confirmedTrans)
    #expect(pair.verdict.verdict == .pass)
  }

  // MARK: - genmod

  static let genmodTrio: FamilyFixture = {
    var trio = FamilyFixture(
      Pedigree([
        Individual(id: "proband", family: "1", father: "father", mother: "mother", sex: .male, status: .affected),
        Individual(id: "mother", family: "1", sex: .female, status: .unaffected),
        Individual(id: "father", family: "1", sex: .male, status: .unaffected),
      ]), proband: "proband")
    trio.assembly = .grch37
    return trio
  }()

  /// The file's AD is 10,10 for every genotype, which would make each reference parent a mosaic: it is left out.
  static func genmodAlleles() throws -> [String: SegregatingAllele] {
    let file = try SmallVCF(RealData.path("families/genmod/examples/test_vcf_regions_models.vcf"))
    var alleles: [String: SegregatingAllele] = [:]
    for var record in file.records {
      for sample in record.calls.keys { record.calls[sample]?.alleleDepths = [] }
      alleles["\(record.contig):\(record.position)"] = genmodTrio.at(record)
    }
    return alleles
  }

  /// Place, what genmod's `GeneticModels` says, and the models that we do not exclude.
  static let genmodModels: [(place: String, genmod: String, ours: String)] = [
    ("1:879537", "AR_hom", "AR_hom PASS"),
    // The father is not called.
    ("1:879541", "AR_hom_dn|AR_hom", "AR_hom POSSIBLE"),
    // The mother does not carry: a deletion or isodisomy before a new mutation.
    ("1:879595", "AR_hom_dn", "AR_hom POSSIBLE"),
    ("1:879676", "", ""), ("1:879911", "AR_comp|AR_comp_dn", ""), ("1:880012", "AR_comp|AR_comp_dn", ""),
    ("1:880086", "AD_dn|AR_comp_dn", "AD PASS, de_novo PASS"), ("1:880199", "AD_dn", "AD PASS, de_novo PASS"),
    ("1:880217", "AD_dn", "AD PASS, de_novo PASS"), ("10:76154051", "AR_comp_dn", ""),
    ("10:76154073", "AD_dn|AR_comp_dn", "AD PASS, de_novo PASS"), ("10:76154074", "", ""),
    // The father is not called.
    ("10:76154076", "AD_dn|AD", "AD POSSIBLE, de_novo POSSIBLE"),
    // Pseudoautosomal, so the son has two copies, and his father should have given him one.
    ("X:302253", "XD|XR", "AR_hom POSSIBLE"),
    // A mother with a mixed call and no reads.
    ("MT:302253", "AR_hom_dn", "MT POSSIBLE"),
  ]

  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func genmodSingleModels() throws {
    let alleles = try Self.genmodAlleles()
    let gene = TargetGene.fixture(.dominantAndRecessive, .xLinked, .mitochondrial)
    #expect(alleles.count == Self.genmodModels.count)
    for line in Self.genmodModels {
      let verdicts = Self.genmodTrio.inheritance.verdicts(of: try #require(alleles[line.place]), in: gene).allowed
      let fitting = verdicts.filter { !$0.verdict.isFail }.map { "\($0.model.rawValue) \($0.verdict.word)" }
      #expect(fitting.joined(separator: ", ") == line.ours, "\(line.place), genmod \(line.genmod)")
    }
  }

  /// The pairs of genmod's `Compounds`: one of inherited halves, three with a new one.
  @Test(
    .enabled(if: RealData.isPresent, RealData.absence),
    arguments: [
      ("1:879911", "1:880012", Verdict.pass), ("1:879911", "1:880086", .possible([.oneHalfDeNovo])),
      ("1:880012", "1:880086", .possible([.oneHalfDeNovo])),
      ("10:76154051", "10:76154073", .possible([.oneHalfDeNovo])),
    ])
  func genmodCompounds(first: String, second: String, expected: Verdict) throws {
    let alleles = try Self.genmodAlleles()
    let pair = Self.genmodTrio.inheritance.pairVerdict(
      try #require(alleles[first]), try #require(alleles[second]), in: .fixture(.autosomalRecessive))
    #expect(pair.verdict.verdict == expected)
  }

  /// genmod drops a pair when each site lacks one parent; it is not excluded, so it stays POSSIBLE.
  @Test func pairWhoseSitesLackOneParentEach() {
    let trio = FamilyFixture.trio()
    let first = trio.at("1:1000 A>C", ["child": "0/1", "mother": "0/1", "father": "./."])
    let second = trio.at("1:2000 A>C", ["child": "0/1", "mother": "./.", "father": "0/1"])
    let pair = trio.inheritance.pairVerdict(first, second, in: .fixture(.autosomalRecessive))
    #expect(pair.phase == .probableTrans)
    #expect(pair.verdict.verdict == .possible([.fatherMissing, .motherMissing]))
  }

  // MARK: - gemini

  /// A new mutation of the mother that the affected child inherited. The file's AD columns contradict its genotypes.
  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func geminiInheritedDeNovo() throws {
    let file = try SmallVCF(RealData.path("families/gemini/test/inherited-dn.vcf"))
    let family = FamilyFixture(
      Pedigree([
        Individual(id: "kid", family: "fam1", father: "dad", mother: "mom", sex: .female, status: .affected),
        Individual(id: "mom", family: "fam1", father: "gpa", mother: "gma", sex: .female, status: .affected),
        Individual(id: "dad", family: "fam1", sex: .male, status: .unaffected),
        Individual(id: "gma", family: "fam1", sex: .female, status: .unaffected),
        Individual(id: "gpa", family: "fam1", sex: .male, status: .unaffected),
      ]), proband: "kid")
    var record = try #require(file.records.first)
    for sample in record.calls.keys { record.calls[sample]?.alleleDepths = [] }
    let verdicts = family.inheritance.verdicts(
      of: try #require(family.at(record)), in: .fixture(.autosomalDominant)
    ).allowed
    #expect(verdicts.map(\.verdict) == [.pass, .fail([.inherited])])
    #expect(verdicts[0].flags == ["de novo in mom, transmitted"])
  }
}
