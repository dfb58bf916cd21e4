public import Model

extension GeneTable {
  /// Transcripts of a gene on one assembly, MANE Select first; none when the gene has no coordinates there.
  public func transcripts(of hgncID: String, on assembly: Assembly) -> [Transcript] {
    guard let number = Self.number(ofHGNC: hgncID) else { return [] }
    return transcripts.transcripts(ofNumber: number, on: assembly, gene: hgncID)
  }

  /// Where a gene lies, from the first to the last base of its transcripts; a region a contig, in genome order.
  public func regions(of hgncID: String, on assembly: Assembly) -> [Region] {
    guard let number = Self.number(ofHGNC: hgncID) else { return [] }
    return transcripts.regions(ofNumber: number, on: assembly)
  }

  /// Genes whose transcripts cover the base, introns included, by start of the gene.
  public func genes(at locus: Locus, on assembly: Assembly) -> [Gene] {
    genes(overlapping: Region(locus.contig, locus.position - 1, locus.position), on: assembly)
  }

  /// Genes whose transcripts share a base with the region, introns included, by start of the gene.
  public func genes(overlapping region: Region, on assembly: Assembly) -> [Gene] {
    transcripts.genes(overlapping: region, on: assembly).compactMap { self["HGNC:\($0)"] }
  }
}
