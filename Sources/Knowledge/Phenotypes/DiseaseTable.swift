public import Model

/// Diseases with their features, inheritance and genes, as HPO's annotations give them.
public struct DiseaseTable: Sendable {
  public struct Entry: Sendable, Hashable {
    /// `OMIM:…`, `ORPHA:…` or `DECIPHER:…`.
    public var id: String
    public var name: String
    public var modes: [ModeOfInheritance]
    /// HGNC ids.
    public var genes: [String]
    /// HPO terms that patients have; terms annotated as absent are not among them.
    public var terms: [String]
  }

  /// Release of the annotations; empty when the table does not say.
  public let version: String
  public let source: String
  /// By disease id.
  public let entries: [Entry]

  /// Loads `diseases.tsv` and `annotations.tsv` of a folder.
  public init(directory: String) throws(KnowledgeError) {
    try self.init(
      DiseaseRows(directory: directory), AnnotationTable(TextTable(file: directory + "/annotations.tsv")))
  }

  init(_ rows: DiseaseRows, _ annotations: AnnotationTable) throws(KnowledgeError) {
    version = rows.version
    source = rows.source
    var entries: [Entry] = []
    for disease in rows.all {
      // A feature that one publication missed and another counted is one that patients have.
      var terms: Set<Int32> = []
      try annotations.forEachStatement(of: disease.id) { statement in
        if !statement.isExcluded, !statement.frequency.isNever { terms.insert(statement.number) }
      }
      entries.append(
        Entry(
          id: disease.id, name: disease.name, modes: disease.modes, genes: disease.genes,
          terms: terms.sorted().map(TermGraph.id(number:))))
    }
    self.entries = entries
  }

  /// A panel of the genes of all diseases that have any of the terms, or a narrower one.
  ///
  /// A gene is green when OMIM gives it a disease with a Mendelian mode of inheritance; amber when only Orphanet knows it
  /// (which lists modifiers too), when no mode is known, when the disease is a stretch of chromosome, or a mere
  /// susceptibility. Only the diseases of its best confidence count for its mode. Genes are sorted by symbol.
  ///
  /// - Throws: `KnowledgeError` when a term is not in the ontology, or no disease has any of them.
  public func makePanel(
    for terms: [String], name: String, ontology: Ontology, genes table: GeneTable
  ) throws(KnowledgeError) -> Panel {
    var ids: Set<String> = []
    var labels: [String] = []
    for text in terms {
      guard let id = try ontology.resolve(text).id else { continue }
      ids.insert(id)
      labels.append(ontology[id]?.label ?? id)
    }
    let wanted = ontology.descendants(ofAny: ids)
    var links: [String: [Entry]] = [:]
    for entry in entries where entry.terms.contains(where: wanted.contains) {
      for gene in entry.genes { links[gene, default: []].append(entry) }
    }
    let genes = links.compactMap { id, diseases in table[id].map { (gene: $0, diseases: diseases) } }
    if genes.isEmpty { throw KnowledgeError(.noDisease(terms)) }
    return Panel(
      name: name, title: labels.joined(separator: ", "), version: version,
      source: "\(source), diseases with \(terms.joined(separator: " or ")) or a narrower term",
      genes: genes.map { panelGene($0.gene, of: $0.diseases, table) }.sorted { $0.symbol < $1.symbol })
  }

  private func panelGene(_ gene: Gene, of diseases: [Entry], _ table: GeneTable) -> PanelGene {
    let confidence = diseases.map(Self.confidence).max() ?? .amber
    let best = diseases.filter { Self.confidence($0) == confidence }
    let region = table.regions(of: gene.hgncID, on: .grch38).first
    var panelGene = PanelGene(
      hgncID: gene.hgncID, symbol: gene.symbol, ensembl: gene.ensembl, confidence: confidence,
      diseases: best.map { entry in
        let modes = Self.fitted(entry.modes, to: region)
        return Disease(id: entry.id, name: entry.name, mode: modes.count == 1 ? modes[0] : .unknown)
      },
      source: version.isEmpty ? "HPO" : "HPO (\(version))")
    panelGene.modes = Self.fitted(best.flatMap(\.modes), to: region)
    return panelGene
  }

  static func confidence(_ entry: Entry) -> PanelConfidence {
    let name = entry.name.lowercased()
    let isUncertain = uncertainWords.contains { name.contains($0) }
    return entry.id.hasPrefix("OMIM:") && entry.modes != [.unknown] && !isUncertain ? .green : .amber
  }

  /// In names of diseases that no single gene of theirs explains, or that are a raised risk only.
  private static let uncertainWords = [
    "deletion", "duplication", "monosomy", "trisomy", "contiguous", "susceptib", "predisposition", "protection",
    "resistance to", "modifier",
  ]

  /// Modes as the gene's chromosome allows them: a disease of several genes carries the modes of all of them.
  private static func fitted(_ modes: [ModeOfInheritance], to region: Region?) -> [ModeOfInheritance] {
    guard let region else { return ModeOfInheritance.joined(modes) }
    if region.contig == .mitochondrion { return [.mitochondrial] }
    let isPseudoautosomal = Assembly.grch38.isPseudoautosomal(Locus(region.contig, region.start + 1))
    let translated = modes.flatMap { mode -> [ModeOfInheritance] in
      guard region.contig == .x, !isPseudoautosomal else { return [mode] }
      return switch mode {
      case .autosomalDominant: [.xLinkedDominant]
      case .autosomalRecessive: [.xLinkedRecessive]
      case .dominantAndRecessive: [.xLinkedDominant, .xLinkedRecessive]
      default: [mode]
      }
    }
    return ModeOfInheritance.joined(translated.filter { $0.fits(region.contig, isPseudoautosomal: isPseudoautosomal) })
  }
}
