import Model
import Screening
import TestSupport

/// A family whose calls are written as literals and read by `GenotypeReader`, as real ones are.
struct FamilyFixture {
  var pedigree: Pedigree
  var proband = "child"
  var assembly = Assembly.grch38
  var settings = Settings()
  var refuted: Set<QualityReport.ParentLink> = []

  init(_ pedigree: Pedigree, proband: String = "child", settings: Settings = Settings()) {
    self.pedigree = pedigree
    self.proband = proband
    self.settings = settings
  }

  static func trio(
    _ sex: Sex = .female, father: AffectedStatus = .unaffected, mother: AffectedStatus = .unaffected
  ) -> FamilyFixture {
    FamilyFixture(.trio(childSex: sex, father: father, mother: mother))
  }

  /// Mother, father, child and a brother or sister of the child, named `sib`.
  static func quad(_ status: AffectedStatus, sex: Sex = .female) -> FamilyFixture {
    let sib = Individual(
      id: "sib", family: "F", father: "father", mother: "mother", sex: sex, status: status)
    return FamilyFixture(Pedigree(Pedigree.trio().individuals + [sib]))
  }

  func incomplete() -> FamilyFixture {
    var fixture = self
    fixture.settings.incompletePenetrance = true
    return fixture
  }

  var inheritance: Inheritance {
    Inheritance(
      Family(pedigree: pedigree, proband: proband, assembly: assembly, settings: settings, refuted: refuted))
  }

  /// One allele with everybody's call.
  ///
  ///     trio.at("X:50000000 G>A", ["child": "0/1 AD 20,18", "mother": "0/0", "father": "0"])
  ///
  /// Several alternates are written `G>A,T`, with the wanted one as `alternate`. Who is not named has no record.
  func at(
    _ place: String, _ calls: [String: String], alternate: Int = 1, end: Int? = nil,
    frequency: PopulationFrequency = .noData
  ) -> SegregatingAllele {
    let words = place.split(whereSeparator: { ": >".contains($0) })
    guard words.count == 4, let contig = Contig(name: words[0]), let position = Int(words[1]) else {
      preconditionFailure("not a place: \(place)")
    }
    let alternates = words[3].split(separator: ",").map(String.init)
    let reader = GenotypeReader(assembly: assembly, settings: settings)
    let genotypes = pedigree.individuals.map { individual -> Genotype in
      guard let call = calls[individual.id] else { return .missing }
      return reader.genotype(
        of: GenotypeCall(reading: call), alternate: alternate, among: alternates, at: Locus(contig, position),
        for: individual, phaseScope: "test")
    }
    return SegregatingAllele(
      allele: Allele(contig, position, String(words[2]), alternates[alternate - 1], end: end), genotypes: genotypes,
      frequency: frequency)
  }

  /// The verdict of one model, whether the gene's mode allows it or not; nil when the model does not apply at the place.
  func verdict(
    _ model: InheritanceModel, _ allele: SegregatingAllele, mode: ModeOfInheritance
  ) -> Verdict? {
    inheritance.verdicts(of: allele, in: .fixture(mode)).allowed.first { $0.model == model }?.verdict
  }
}

extension TargetGene {
  static func fixture(
    _ modes: ModeOfInheritance..., penetrance: PanelGene.Penetrance = .complete
  ) -> TargetGene {
    TargetGene(id: "HGNC:1", hgncID: "HGNC:1", symbol: "GENE1", modes: modes, penetrance: penetrance)
  }
}
