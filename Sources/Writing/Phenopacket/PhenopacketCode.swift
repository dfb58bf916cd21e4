internal import Model

/// A term of an ontology as phenopackets write it: `{"id": "HP:0001250", "label": "Seizure"}`.
struct PhenopacketCode: Sendable, Hashable {
  let id: String
  let label: String

  init(_ id: String, _ label: String) {
    self.id = id
    self.label = label
  }

  var json: JSONValue { .present([("id", .words(id)), ("label", .words(label))]) }

  /// Any disease: where nobody knows which, or the panel gives only a name.
  static let anyDisease = PhenopacketCode("MONDO:0000001", "disease")

  init(_ disease: Disease?) {
    guard let disease, let id = disease.id, id.contains(":") else {
      self = .anyDisease
      return
    }
    self.init(id, disease.name)
  }

  init(_ term: PhenotypeTerm) { self.init(term.id, term.label ?? "") }

  /// HPO's term of the class.
  init(_ onset: OnsetClass) {
    self =
      switch onset {
      case .antenatal: .init("HP:0030674", "Antenatal onset")
      case .congenital: .init("HP:0003577", "Congenital onset")
      case .neonatal: .init("HP:0003623", "Neonatal onset")
      case .infantile: .init("HP:0003593", "Infantile onset")
      case .childhood: .init("HP:0011463", "Childhood onset")
      case .juvenile: .init("HP:0003621", "Juvenile onset")
      case .youngAdult: .init("HP:0011462", "Young adult onset")
      case .middleAge: .init("HP:0003596", "Middle age onset")
      case .late: .init("HP:0003584", "Late onset")
      }
  }

  /// Zygosity by GENO; nil for a call that does not tell.
  ///
  /// - Parameter homoplasmy: fraction, 0…1, from which a mitochondrial allele counts as that of all copies.
  init?(_ genotype: Genotype, on contig: Contig, homoplasmy: Double) {
    if contig == .mitochondrion {
      guard let fraction = genotype.decisiveCounts.fraction, genotype.shownState.isCarrier else { return nil }
      self = fraction >= homoplasmy ? .init("GENO:0000602", "homoplasmic") : .init("GENO:0000603", "heteroplasmic")
      return
    }
    switch genotype.shownState {
    case .heterozygous, .heterozygousOther: self = .init("GENO:0000135", "heterozygous")
    case .homozygous: self = .init("GENO:0000136", "homozygous")
    case .hemizygous: self = .init("GENO:0000134", "hemizygous")
    case .reference, .hemizygousReference, .partial, .missing, .hemizygousConflict: return nil
    }
  }
}

/// The ontologies that a packet's terms come from, with what MetaData says of each.
///
/// Sources: OBO Foundry, https://obofoundry.org; identifiers.org for HGNC and OMIM.
struct PhenopacketResource: Sendable {
  let prefix: String
  let id: String
  let name: String
  let url: String
  let iri: String

  static let all = [
    PhenopacketResource(
      prefix: "HP", id: "hp", name: "Human Phenotype Ontology", url: "http://purl.obolibrary.org/obo/hp.obo",
      iri: "http://purl.obolibrary.org/obo/HP_"),
    PhenopacketResource(
      prefix: "GENO", id: "geno", name: "Genotype Ontology", url: "http://purl.obolibrary.org/obo/geno.owl",
      iri: "http://purl.obolibrary.org/obo/GENO_"),
    PhenopacketResource(
      prefix: "SO", id: "so", name: "Sequence types and features ontology",
      url: "http://purl.obolibrary.org/obo/so.owl", iri: "http://purl.obolibrary.org/obo/SO_"),
    PhenopacketResource(
      prefix: "MONDO", id: "mondo", name: "Mondo Disease Ontology", url: "http://purl.obolibrary.org/obo/mondo.obo",
      iri: "http://purl.obolibrary.org/obo/MONDO_"),
    PhenopacketResource(
      prefix: "OMIM", id: "omim", name: "Online Mendelian Inheritance in Man", url: "https://www.omim.org",
      iri: "https://www.omim.org/entry/"),
    PhenopacketResource(
      prefix: "ORPHA", id: "orphanet", name: "Orphanet", url: "http://www.orpha.net",
      iri: "http://www.orpha.net/ORDO/Orphanet_"),
    PhenopacketResource(
      prefix: "HGNC", id: "hgnc", name: "HUGO Gene Nomenclature Committee", url: "https://www.genenames.org",
      iri: "https://identifiers.org/hgnc:"),
  ]

  /// - Parameter version: as known; `unknown` stands in the field that the schema asks for.
  func json(version: String?) -> JSONValue {
    .object([
      "id": .string(id), "name": .string(name), "url": .string(url), "version": .string(version ?? "unknown"),
      "namespacePrefix": .string(prefix), "iriPrefix": .string(iri),
    ])
  }
}
