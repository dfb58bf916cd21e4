public import Model

extension SampleCoverage {
  /// What is said of genes on contigs that the file does not have; nil where there is none.
  public var contigWarning: Wording? {
    Self.contigWarning(
      of: sample, source, contigs: missingContigs, genes: genes.filter(\.lacksContig).map(\.symbol))
  }

  /// Genes that a warning names; all are in the table.
  private static let mostNamed = 20

  private static func contigWarning(of sample: String, _ source: Source, contigs: [Contig], genes: [String]) -> Wording?
  {
    if contigs.isEmpty { return nil }
    let file: Wording =
      switch source {
      case .reads: "the file of reads"
      case .referenceBlocks: "the gVCF"
      }
    let named = genes.prefix(mostNamed).joined(separator: ", ") + (genes.count > mostNamed ? ", …" : "")
    return
      """
      \(sample): coverage of \(genes.count == 1 ? "1 gene" : "\(genes.count) genes") of the panels not assessed: \(file) has no contig \
      \(contigs.map(\.name).joined(separator: ", ")) (\(named)); give one that has, or take the genes as not looked at
      """
  }
}

extension CoveragePlan {
  /// Whether some of it lies on X or Y, where a base needs fewer reads in a man, and the sex is not known.
  public var lacksSex: Bool {
    sex == .unknown
      && targets.flatMap(\.exons).contains {
        assembly.isSexLinked(Locus($0.region.contig, $0.region.start + 1))
      }
  }

  /// What will have to be said of genes on contigs that the file of reads does not have, before any read is read.
  public func contigWarning(of sample: String) -> Wording? {
    let source = SampleCoverage.Source.reads(minimumMappingQuality: 0, minimumBaseQuality: 0)
    return coverage(of: sample, [], source: source).contigWarning
  }
}
