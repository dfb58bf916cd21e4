import Knowledge
public import Model

/// Which genes of the panels an allele belongs to, and where in them it lies.
struct GenePlacement: Sendable {
  /// Bases beside an exon that belong to it: the reach of a splice region.
  static let splicePadding = 8

  let targets: TargetSet
  private let index: TargetIndex
  /// Target genes by contig, sorted by the start of their reach.
  private let byContig: [Contig: [(reach: Region, gene: Int)]]

  init(_ targets: TargetSet, genes: GeneTable) {
    self.targets = targets
    index = TargetIndex(targets.genes, table: genes)
    var byContig: [Contig: [(reach: Region, gene: Int)]] = [:]
    let rows = Dictionary(grouping: targets.regions, by: \.label).mapValues { $0.map(\.region) }
    for (number, gene) in targets.genes.enumerated() {
      // A target lies where its transcripts lie, else at the rows of the BED panel that it stands for.
      for region in gene.transcripts.isEmpty ? rows[gene.id] ?? [] : gene.transcripts.map(\.region) {
        byContig[region.contig, default: []].append((region, number))
      }
    }
    self.byContig = byContig.mapValues { $0.sorted { ($0.reach, $0.gene) < ($1.reach, $1.gene) } }
  }

  /// The target genes of an allele: those that its consequences name; by coordinates where nothing is annotated, and for
  /// structural variants, whose annotation rarely names every gene they cover.
  func genes(of allele: Allele, consequences: [Consequence]) -> [Int] {
    var genes: [Int] = []
    for consequence in consequences {
      if let gene = gene(of: consequence), !genes.contains(gene) { genes.append(gene) }
    }
    if consequences.isEmpty || allele.isSymbolic || consequences.allSatisfy({ $0.source == .geneModel }) {
      for gene in genesOverlapping(allele.region) where !genes.contains(gene) { genes.append(gene) }
    }
    for gene in regionGenes(at: allele.region) where !genes.contains(gene) { genes.append(gene) }
    return genes.sorted()
  }

  /// The target gene that a consequence names: by HGNC id, then Ensembl id, then symbol.
  func gene(of consequence: Consequence) -> Int? {
    index.index(of: consequence)
  }

  func isOfTarget(_ consequence: Consequence, _ gene: TargetGene) -> Bool {
    self.gene(of: consequence).map { targets.genes[$0].id == gene.id } ?? false
  }

  func isOfTarget(_ consequence: Consequence, among genes: [Int]) -> Bool {
    gene(of: consequence).map(genes.contains) ?? false
  }

  /// Whether every transcript of the genes is non-coding, as for tRNA and other RNA genes.
  func isNonCoding(_ genes: [Int]) -> Bool {
    genes.contains { number in
      let transcripts = targets.genes[number].transcripts
      return !transcripts.isEmpty && transcripts.allSatisfy { $0.coding == nil }
    }
  }

  /// Consequences that coordinates alone decide: how much of a gene a structural variant covers, else only where the allele
  /// lies. Terms are those of the Sequence Ontology that claim no more than that.
  func modelConsequences(of allele: Allele) -> [Consequence] {
    exonHits(of: allele).map { hit in
      let gene = targets.genes[hit.gene]
      return Consequence(
        terms: [SequenceOntologyTerm(term(for: allele, in: hit.transcript))], source: .geneModel, symbol: gene.symbol,
        gene: gene.ensembl, hgncID: gene.hgncID, transcript: hit.transcript.refSeq ?? hit.transcript.ensembl,
        biotype: hit.transcript.coding == nil ? nil : "protein_coding",
        maneSelect: hit.transcript.tag == .maneSelect ? hit.transcript.refSeq : nil)
    }
  }

  private func term(for allele: Allele, in transcript: Transcript) -> String {
    let isWhole = allele.region.start <= transcript.region.start && transcript.region.end <= allele.region.end
    if allele.alternate.hasPrefix("<DEL") { return isWhole ? "transcript_ablation" : "feature_truncation" }
    if allele.alternate.hasPrefix("<DUP") { return isWhole ? "transcript_amplification" : "feature_elongation" }
    return transcript.coding == nil ? "non_coding_transcript_exon_variant" : "coding_sequence_variant"
  }

  private func exonHits(of allele: Allele) -> [(gene: Int, transcript: Transcript)] {
    genesOverlapping(allele.region).compactMap { number in
      targets.genes[number].transcripts.first { transcript in
        transcript.targets.contains { $0.padded(by: Self.splicePadding).overlaps(allele.region) }
      }.map { (number, $0) }
    }
  }

  private func genesOverlapping(_ region: Region) -> [Int] {
    var found: [Int] = []
    for entry in byContig[region.contig] ?? [] {
      if entry.reach.start >= region.end { break }
      if entry.reach.overlaps(region), !found.contains(entry.gene) { found.append(entry.gene) }
    }
    return found
  }

  /// Targets that are regions of a BED panel rather than genes.
  private func regionGenes(at region: Region) -> [Int] {
    genesOverlapping(region).filter { targets.genes[$0].transcripts.isEmpty }
  }
}

extension TargetSet {
  /// Number of diseases that a screen of these targets weighs: the N of the shares. A gene without a named disease counts once.
  public var diseaseCount: Int {
    var names = Set<String>()
    for gene in genes {
      if gene.diseases.isEmpty { names.insert(gene.id) }
      for disease in gene.diseases { names.insert(disease.id ?? disease.name) }
    }
    return max(1, names.count)
  }
}
