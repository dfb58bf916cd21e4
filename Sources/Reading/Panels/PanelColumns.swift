/// Which column of a table plays which part, by the names that panels in the wild give them.
struct PanelColumns {
  enum Role: CaseIterable, Hashable {
    case hgncID, symbol, ensembl, confidence, mode, mechanism, penetrance, diseases, diseaseID, transcript, source
    case sourceVersion, entityType

    /// Spellings in `normal` form, the surest first.
    var spellings: [String] {
      switch self {
      case .hgncID: ["hgnc_id", "hgncid", "hgnc", "hgnc_number"]
      case .symbol:
        [
          "symbol", "gene_symbol", "hgnc_symbol", "approved_symbol", "genesymbol", "entity_name", "gene", "gene_name",
          "genename", "genes", "hgnc_gene_symbol",
        ]
      case .ensembl:
        [
          "ensembl_gene", "ensembl_gene_id", "ensembl_id", "ensembl", "ensemblid_grch38", "ensemblid_grch37", "ensg",
          "gene_id", "ensembl_gene_stable_id",
        ]
      case .confidence:
        [
          "confidence", "confidence_level", "gel_status", "ddd_category", "confidence_category",
          "gene_disease_validity_clingen", "rating",
        ]
      case .mode:
        [
          "moi", "mode_of_inheritance", "model_of_inheritance", "inheritance_mode", "allelic_requirement",
          "genetic_disease_model", "inheritance",
        ]
      case .mechanism:
        [
          "mechanism", "mutation_consequence", "mode_of_pathogenicity", "disease_associated_variant_consequence",
          "molecular_mechanism",
        ]
      case .penetrance: ["penetrance"]
      case .diseases: ["diseases", "disease", "disease_name", "phenotypes", "phenotype", "disorder"]
      case .diseaseID: ["disease_mim", "disease_id", "omim_disease", "disease_omim"]
      case .transcript: ["transcript", "transcript_id", "refseq_transcript", "disease_associated_transcript"]
      case .source: ["source", "sources"]
      case .sourceVersion: ["source_version"]
      case .entityType: ["entity_type"]
      }
    }
  }

  let names: [String]
  private let places: [Role: Int]
  /// Whether the table is rarescreen's own, in which every code must be right.
  let isPanel: Bool

  /// Nil when no column names genes.
  init?(_ header: [String]) {
    names = header
    let normal = header.map(Self.normal)
    var places: [Role: Int] = [:]
    for role in Role.allCases {
      places[role] = role.spellings.lazy.compactMap { normal.firstIndex(of: $0) }.first
    }
    guard places[.hgncID] != nil || places[.symbol] != nil || places[.ensembl] != nil else { return nil }
    self.places = places
    isPanel = [Role.hgncID, .symbol, .confidence, .mode].allSatisfy { role in
      places[role].map { normal[$0] == role.spellings[0] } ?? false
    }
  }

  /// Lower case, with one `_` for whatever is neither letter nor digit.
  static func normal(_ name: String) -> String {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
  }

  subscript(role: Role) -> Int? { places[role] }
}
