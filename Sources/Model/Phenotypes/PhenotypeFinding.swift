/// One line of what a phenotype says for or against a disease.
public struct PhenotypeEntry: Sendable, Hashable {
  /// The term of the patient; nil for a line about the disease as a whole.
  public var term: PhenotypeTerm?
  /// Whether the patient was found not to have the term.
  public var isExcluded: Bool
  /// Name of a line without a term, for example `onset fits`.
  public var label: Wording
  /// Points for the disease; below 0 against it.
  public var points: Double
  /// What the term met in the disease.
  public var reason: Wording

  public init(
    term: PhenotypeTerm? = nil, isExcluded: Bool = false, label: Wording = "", points: Double, reason: Wording
  ) {
    self.term = term
    self.isExcluded = isExcluded
    self.label = label
    self.points = points
    self.reason = reason
  }

  /// `HP:0001250 Seizure`, `not HP:0000252 Microcephaly`, or the label.
  public var name: Wording {
    guard let term else { return label }
    let name = term.id + (term.label.map { " " + $0 } ?? "")
    return isExcluded ? "not \(name)" : "\(name)"
  }
}

/// A disease in the light of a phenotype.
public struct PhenotypeFinding: Sendable, Hashable {
  /// `OMIM:…`, `ORPHA:…` or `DECIPHER:…`.
  public var id: String
  public var name: String
  public var modes: [ModeOfInheritance]
  /// Genes of the disease, as they are called today.
  public var genes: [Gene]
  /// The account; its points add up to `points`.
  public var entries: [PhenotypeEntry]
  /// Probability among all diseases, 0…1, by the phenotype alone.
  public var share: Double

  public init(
    id: String, name: String, modes: [ModeOfInheritance], genes: [Gene] = [], entries: [PhenotypeEntry], share: Double
  ) {
    self.id = id
    self.name = name
    self.modes = modes
    self.genes = genes
    self.entries = entries
    self.share = share
  }

  /// Points of the ledger: how much likelier the phenotype is with this disease than with one drawn from all.
  public var points: Double { entries.reduce(0) { $0 + $1.points } }
}

/// A gene in the light of a phenotype.
public struct PhenotypeGene: Sendable, Hashable {
  public var gene: Gene
  /// Points of the share.
  public var points: Double
  /// Sum of the shares of its diseases, 0…1.
  public var share: Double
  /// Id and name of the best of its diseases.
  public var diseaseID: String
  public var diseaseName: String

  public init(gene: Gene, points: Double, share: Double, diseaseID: String, diseaseName: String) {
    self.gene = gene
    self.points = points
    self.share = share
    self.diseaseID = diseaseID
    self.diseaseName = diseaseName
  }
}

/// Diseases and genes ranked by phenotype alone, best first.
public struct PhenotypeRankingResult: Sendable, Hashable {
  public var observed: [PhenotypeTerm]
  public var excluded: [PhenotypeTerm]
  public var diseases: [PhenotypeFinding]
  public var genes: [PhenotypeGene]
  /// How many diseases were ranked.
  public var diseaseCount: Int
  /// Release of HPO.
  public var release: String
  public var notes: [Wording]

  public init(
    observed: [PhenotypeTerm], excluded: [PhenotypeTerm], diseases: [PhenotypeFinding], genes: [PhenotypeGene],
    diseaseCount: Int, release: String, notes: [Wording]
  ) {
    self.observed = observed
    self.excluded = excluded
    self.diseases = diseases
    self.genes = genes
    self.diseaseCount = diseaseCount
    self.release = release
    self.notes = notes
  }
}
