public import Model

/// Makes the tables of phenotypes from the published files of one HPO release, and MONDO's mappings where they are given.
///
/// Files are told by their content. Nothing is left out in silence: `remarks` counts what could not be used.
public struct PhenotypeRelease {
  public enum Kind: Sendable {
    case ontology, annotations, geneLinks, equivalences

    /// The kind of a file from its first lines; nil for another file.
    public init?(firstLines lines: [String]) {
      func any(_ test: (String) -> Bool) -> Bool { lines.contains(where: test) }
      if any({ $0.hasPrefix("format-version:") || $0 == "[Term]" }) {
        self = .ontology
      } else if any({ $0.hasPrefix("subject_id\t") })
        || any({ $0.hasPrefix("# curie_map:") || $0.hasPrefix("#curie_map:") })
      {
        self = .equivalences
      } else if any({ $0.hasPrefix("ncbi_gene_id\t") || $0.hasPrefix("#Format: entrez-gene-id") }) {
        self = .geneLinks
      } else if any({ $0.hasPrefix("database_id\t") || $0.hasPrefix("#DatabaseID\t") || $0.hasPrefix("DatabaseID\t") })
      {
        self = .annotations
      } else {
        return nil
      }
    }
  }

  private let genes: GeneTable
  private let reviewed: [ReviewedPair]
  private var ontology = OntologyFile()
  private var annotations = AnnotationFile()
  private var links = GeneLinkFile()
  private var equivalences = EquivalenceFile()
  private var given: Set<Kind> = []

  /// - Parameters:
  ///   - genes: to name genes by their HGNC ids.
  ///   - reviewed: pairs of gene and disease that people decided on.
  public init(genes: GeneTable, reviewed: [ReviewedPair] = []) {
    self.genes = genes
    self.reviewed = reviewed
  }

  /// Whether a file of this kind was taken already.
  public func holds(_ kind: Kind) -> Bool { given.contains(kind) }

  /// Takes one line of a file of this kind.
  public mutating func add(_ line: String, of kind: Kind) {
    given.insert(kind)
    switch kind {
    case .ontology: ontology.add(line)
    case .annotations: annotations.add(line)
    case .geneLinks: links.add(line)
    case .equivalences: equivalences.add(line)
    }
  }

  /// The tables by file name, and what could not be used.
  ///
  /// - Throws: `KnowledgeError` when a file is missing or holds nothing of its kind.
  public func tables() throws(KnowledgeError) -> (
    files: [(name: String, bytes: [UInt8])], version: String, remarks: [String]
  ) {
    for (kind, name) in [
      (Kind.ontology, "the ontology (hp.obo)"), (.annotations, "phenotype.hpoa"),
      (.geneLinks, "genes_to_phenotype.txt"),
    ] {
      if !given.contains(kind) { throw KnowledgeError(.phenotypes(.missingFile(name))) }
    }
    if ontology.terms.isEmpty { throw KnowledgeError(.phenotypes(.nothingFound("term"))) }
    if annotations.diseases.isEmpty { throw KnowledgeError(.phenotypes(.nothingFound("annotation of a disease"))) }
    if links.links.isEmpty { throw KnowledgeError(.phenotypes(.nothingFound("gene of a disease"))) }
    var remarks: [String] = []
    if annotations.unread > 0 { remarks.append("\(annotations.unread) lines of phenotype.hpoa could not be read") }
    if !annotations.oddFrequencies.isEmpty {
      let count = annotations.oddFrequencies.values.reduce(0, +)
      let some = annotations.oddFrequencies.keys.sorted().prefix(5).joined(separator: ", ")
      remarks.append("\(count) frequencies could not be read and are taken as not stated, such as \(some)")
    }
    let version = annotations.version ?? ontology.version ?? "unknown"
    if let other = ontology.version, other != version {
      throw KnowledgeError(.phenotypes(.mixedReleases("hp.obo \(other)", "phenotype.hpoa \(version)")))
    }
    let head = [
      "#version: \(version)", "#source: Human Phenotype Ontology, https://hpo.jax.org",
      "#licence: https://hpo.jax.org/app/license (free with attribution)",
    ]
    func bytes(_ columns: String, _ rows: [String]) -> [UInt8] {
      Array((head + ["#rows: \(rows.count)", columns] + rows).map { $0 + "\n" }.joined().utf8)
    }
    let terms = bytes("id\tlabel\tparents\talt_ids\treplaced_by\tconsider\tobsolete\tsynonyms", termLines)
    let diseases = bytes("disease_id\tname\tinheritance\tgenes\tcourse\tsame_as", diseaseLines(&remarks))
    let features = bytes("disease_id\treference\tterms", featureLines(&remarks))
    let index = try PhenotypeIndex(
      terms: TextTable(file: "terms.tsv", bytes: terms),
      diseases: DiseaseRows(TextTable(file: "diseases.tsv", bytes: diseases)),
      annotations: AnnotationTable(TextTable(file: "annotations.tsv", bytes: features)), neighbours: nil)
    remarks.append(
      "\(index.diseases.count) diseases are ranked; \(index.groupCount) are groups of diseases of OMIM, and "
        + "\(index.withoutFeatureCount) have no feature")
    let files = [
      ("terms.tsv", terms), ("diseases.tsv", diseases), ("annotations.tsv", features),
      ("neighbours.tsv", bytes("disease_id\tneighbours", index.neighbourLines())),
    ]
    return (files, version, remarks)
  }

  private var termLines: [String] {
    ontology.terms.sorted { $0.id < $1.id }.map { term in
      [
        term.id, term.label.isEmpty ? "." : term.label, Self.list(term.parents.sorted()),
        Self.list(term.alternatives.sorted()),
        Self.list(term.replacements.sorted()), Self.list(term.considered.sorted()), "\(term.isObsolete)",
        Self.list(term.synonyms),
      ].joined(separator: "\t")
    }
  }

  private func diseaseLines(_ remarks: inout [String]) -> [String] {
    var genesOf: [String: Set<String>] = [:]
    var unknown: Set<String> = []
    for link in links.links {
      guard let gene = genes.find(link.symbol).gene else {
        unknown.insert(link.symbol)
        continue
      }
      genesOf[link.disease, default: []].insert(gene.hgncID)
    }
    for pair in reviewed {
      if pair.isWithheld {
        genesOf[pair.disease]?.remove(pair.hgncID)
      } else {
        genesOf[pair.disease, default: []].insert(pair.hgncID)
      }
    }
    if !unknown.isEmpty {
      let names = unknown.sorted()
      remarks.append("\(names.count) gene symbols are not HGNC's: \(names.prefix(20).joined(separator: ", "))")
    }
    // The same disease of OMIM and Orphanet: genes and inheritance of either are those of both.
    let equivalents = equivalences.equivalents.filter { annotations.diseases[$0.key] != nil }
    var sameAs: [String: [String]] = [:]
    for (id, omim) in equivalents { sameAs[omim, default: []].append(id) }
    let ids = Set(annotations.diseases.keys).union(sameAs.keys)
    return ids.sorted().map { id in
      let others = (sameAs[id] ?? []).sorted()
      let disease = annotations.diseases[id]
      let name = disease?.name ?? others.first.flatMap { annotations.diseases[$0]?.name } ?? "."
      let own = ([id] + others).reduce(into: Set<String>()) { $0.formUnion(genesOf[$1] ?? []) }
      var inheritance = disease?.inheritance ?? []
      if inheritance.isEmpty, let omim = equivalents[id] { inheritance = annotations.diseases[omim]?.inheritance ?? [] }
      let modes = ModeOfInheritance.joined(inheritance.compactMap(ModeOfInheritance.init(term:)))
      let courses = Set(([id] + others).flatMap { annotations.diseases[$0]?.courses ?? [] }).sorted()
      return [
        id, Self.plain(name), modes.map(\.rawValue).joined(separator: "+"),
        Self.list(own.sorted { (Int($0.dropFirst(5)) ?? 0) < (Int($1.dropFirst(5)) ?? 0) }),
        Self.list(courses), Self.list(others),
      ].joined(separator: "\t")
    }
  }

  /// One line a disease and publication. Ids that another term took over are written as that term's.
  private func featureLines(_ remarks: inout [String]) -> [String] {
    var primary: [String: String] = [:]
    var known: Set<String> = []
    for term in ontology.terms {
      for id in term.alternatives { primary[id] = term.id }
      if term.isObsolete, term.replacements.count == 1 { primary[term.id] = term.replacements[0] }
      if !term.isObsolete { known.insert(term.id) }
    }
    var lost: [String: Int] = [:]
    var lines: [String] = []
    for id in annotations.diseases.keys.sorted() {
      for reference in annotations.diseases[id]?.references.sorted(by: { $0.id < $1.id }) ?? [] {
        let features = reference.features.compactMap { feature -> String? in
          let term = known.contains(feature.term) ? feature.term : primary[feature.term] ?? feature.term
          guard known.contains(term) else {
            lost[feature.term, default: 0] += 1
            return nil
          }
          return (feature.isExcluded ? "!" : "") + term.dropFirst(3)
            + (feature.frequency.isEmpty ? "" : "=" + feature.frequency)
            + (feature.sex.isEmpty ? "" : "@" + feature.sex)
        }
        if !features.isEmpty {
          lines.append(
            [id, reference.id.isEmpty ? "." : Self.plain(reference.id), features.joined(separator: "|")].joined(
              separator: "\t"))
        }
      }
    }
    if !lost.isEmpty {
      remarks.append(
        "\(lost.values.reduce(0, +)) features are of \(lost.count) terms that hp.obo does not hold: \(lost.keys.sorted().prefix(10).joined(separator: ", "))"
      )
    }
    return lines
  }

  private static func list(_ items: [String]) -> String { items.isEmpty ? "." : items.joined(separator: "|") }

  private static func plain(_ text: String) -> String {
    text.split { $0 == "\t" || $0 == "\n" || $0 == "\r" }.joined(separator: " ")
  }
}

/// A pair of gene and disease that people decided on, against what the sources' files say (`reviewed_pairs.tsv`).
public struct ReviewedPair: Sendable, Hashable {
  public var hgncID: String
  public var disease: String
  /// Whether the pair is not to be used; else it is to be used although the files lack it.
  public var isWithheld: Bool

  /// Loads `reviewed_pairs.tsv` of a folder, columns `decision hgnc_id disease` among others.
  public static func load(directory: String) throws(KnowledgeError) -> [ReviewedPair] {
    let table = try TextTable(file: directory + "/reviewed_pairs.tsv")
    let decision = try table.column("decision")
    let gene = try table.column("hgnc_id")
    let disease = try table.column("disease")
    return (0..<table.count).map {
      ReviewedPair(
        hgncID: table.text($0, gene), disease: table.text($0, disease),
        isWithheld: table.text($0, decision) == "withhold")
    }
  }
}

extension ModeOfInheritance {
  /// The mode that a term of HPO's branch of inheritance names; nil for one that only qualifies a mode.
  init?(term: String) {
    let mode: ModeOfInheritance? =
      switch term {
      // Pseudoautosomal dominant and recessive act as autosomal ones.
      case "HP:0000006", "HP:0034340": .autosomalDominant
      case "HP:0000007", "HP:0034341": .autosomalRecessive
      case "HP:0001417": .xLinked
      case "HP:0001419": .xLinkedRecessive
      case "HP:0001423": .xLinkedDominant
      case "HP:0001427": .mitochondrial
      case "HP:0001450": .yLinked
      case "HP:0012274": .dominantPaternallyImprinted
      case "HP:0012275": .dominantMaternallyImprinted
      // Semidominant: one allele mild, two alleles severe.
      case "HP:0032113": .dominantAndRecessive
      default: nil
      }
    guard let mode else { return nil }
    self = mode
  }
}
