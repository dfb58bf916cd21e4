/// Why the tables of phenotypes cannot be used or made.
public enum PhenotypeFault: Sendable, Equatable {
  /// No term below `HP:0000118`.
  case noAbnormalities
  /// A term that is broader than itself.
  case circle
  /// Tables of two releases lie in one folder.
  case mixedReleases(String, String)
  /// A file of a release holds nothing of its kind.
  case nothingFound(String)
  /// None of the files has this content.
  case missingFile(String)

  var wording: String {
    switch self {
    case .noAbnormalities:
      "holds no term below HP:0000118 (Phenotypic abnormality); give a whole release of the ontology"
    case .circle: "a term is broader than itself; restore the file"
    case .mixedReleases(let one, let other):
      "the tables of phenotypes are of two releases, '\(one)' and '\(other)'; build them again with 'rarescreen knowledge build "
        + "phenotypes'"
    case .nothingFound(let what): "holds no \(what); the file is cut short or of another kind"
    case .missingFile(let what):
      "\(what) is missing; give hp.obo, phenotype.hpoa and genes_to_phenotype.txt of one release"
    }
  }
}
