/// A gene as HGNC names it.
public struct Gene: Sendable, Hashable {
  /// `HGNC:` and a number.
  public var hgncID: String
  public var symbol: String
  public var ensembl: String?
  public var aliases: [String]
  public var previousSymbols: [String]

  public init(
    hgncID: String, symbol: String, ensembl: String? = nil, aliases: [String] = [], previousSymbols: [String] = []
  ) {
    self.hgncID = hgncID
    self.symbol = symbol
    self.ensembl = ensembl
    self.aliases = aliases
    self.previousSymbols = previousSymbols
  }
}

/// A transcript with its exons on one assembly. All coordinates are BED: 0-based, half-open.
public struct Transcript: Sendable, Hashable {
  /// Why the transcript is in the table.
  public enum Tag: String, Sendable, Hashable {
    case maneSelect = "select"
    case manePlusClinical = "plus_clinical"
    case mitochondrial
    case other
  }

  public var gene: String
  public var region: Region
  public var isForward: Bool
  /// Coding range on the genome, introns included; nil for a non-coding transcript.
  public var coding: Range<Int>?
  public var exons: [Range<Int>]
  public var tag: Tag
  public var refSeq: String?
  public var ensembl: String?
  /// Where the coordinates come from, for example `MANE` or `MANE_lifted`.
  public var origin: String

  public init(
    gene: String, region: Region, isForward: Bool, coding: Range<Int>?, exons: [Range<Int>], tag: Tag,
    refSeq: String?, ensembl: String?, origin: String
  ) {
    self.gene = gene
    self.region = region
    self.isForward = isForward
    self.coding = coding
    self.exons = exons
    self.tag = tag
    self.refSeq = refSeq
    self.ensembl = ensembl
    self.origin = origin
  }

  /// Coding parts of the exons; for a non-coding transcript the exons themselves.
  public var targets: [Region] {
    exons.compactMap { exon in
      guard let coding else { return Region(region.contig, exon.lowerBound, exon.upperBound) }
      let part = exon.clamped(to: coding)
      return part.isEmpty ? nil : Region(region.contig, part.lowerBound, part.upperBound)
    }
  }
}
