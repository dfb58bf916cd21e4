public import Model

extension GeneTable {
  /// The bundled transcripts as a gene model: MANE Select and Plus Clinical, the genes of the mitochondrion, and the few that were
  /// added by hand.
  ///
  /// - Parameter regions: only transcripts that overlap one of these are made; nil for all.
  /// - Complexity: exons are read from text, about 5 µs a transcript.
  public func geneModel(on assembly: Assembly, overlapping regions: RegionSet? = nil) -> GeneModel {
    let models = transcripts.all(on: assembly, overlapping: regions).compactMap { number, transcript, protein in
      row(hgncID: "\(number)", ensembl: nil, symbol: nil).row.map { row in
        Self.model(transcript, gene: gene(row), protein: protein, on: assembly)
      }
    }
    let source = transcripts.metadata["source"] ?? "bundled transcripts"
    return GeneModel(models, name: source, assembly: assembly)
  }

  private static func model(_ transcript: Transcript, gene: Gene, protein: String?, on assembly: Assembly)
    -> TranscriptModel
  {
    let isMitochondrial = transcript.region.contig == .mitochondrion
    // The mitochondrion's genes have no transcripts of their own in RefSeq: their names are those of the genes.
    let names = isMitochondrial ? [gene.symbol] : [transcript.refSeq, transcript.ensembl].compactMap { $0 }
    var model = TranscriptModel(
      id: names.first ?? gene.symbol, geneID: gene.ensembl, symbol: gene.symbol, hgncID: gene.hgncID,
      biotype: biotype(of: transcript, symbol: gene.symbol), region: transcript.region, isForward: transcript.isForward,
      exons: transcript.exons, coding: transcript.coding, tag: transcript.tag,
      isCanonical: transcript.tag == .maneSelect, proteinID: protein, counterpart: names.count > 1 ? names[1] : nil)
    if isMitochondrial {
      model.namingReference = assembly.refSeqAccession(of: .mitochondrion)
    } else if names.isEmpty {
      // A few genes are known by their extent alone, some without a strand.
      model.namingReference = nil
    }
    return model
  }

  private static func biotype(of transcript: Transcript, symbol: String) -> String {
    if transcript.coding != nil { return "protein_coding" }
    if transcript.region.contig == .mitochondrion { return symbol.hasPrefix("MT-T") ? "Mt_tRNA" : "Mt_rRNA" }
    return "lncRNA"
  }
}

extension GeneTable.RowMatch {
  fileprivate var row: Int? {
    if case .found(let row, _) = self { row } else { nil }
  }
}
