/// Ensembl's four-step impact of a consequence, worst last so that it compares.
public enum Impact: String, Sendable, Hashable, Comparable, CaseIterable {
  case modifier = "MODIFIER"
  case low = "LOW"
  case moderate = "MODERATE"
  case high = "HIGH"

  public static func < (left: Impact, right: Impact) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .modifier: 0
    case .low: 1
    case .moderate: 2
    case .high: 3
    }
  }
}

/// What an allele does to one transcript, as an annotation source tells it.
public struct Consequence: Sendable, Hashable {
  /// Which annotation the consequence was read from.
  public enum Source: String, Sendable, Hashable {
    case vep = "CSQ"
    case snpEff = "ANN"
    case bcftools = "BCSQ"
    /// Told here, from transcripts and the reference sequence.
    case told = "told here"
    /// Where the allele lies among a gene's exons, and nothing of what it does.
    case geneModel = "gene model"
  }

  /// Sequence Ontology terms, most severe first.
  public var terms: [SequenceOntologyTerm]
  public var impact: Impact
  public var source: Source
  public var symbol: String?
  /// Ensembl or RefSeq gene id.
  public var gene: String?
  /// `HGNC:` and a number.
  public var hgncID: String?
  /// Transcript with version where the source gives one.
  public var transcript: String?
  public var biotype: String?
  /// `n/N`.
  public var exon: String?
  public var intron: String?
  /// Coding HGVS with its reference, for example `NM_005249.5:c.250del`.
  public var hgvsC: String?
  public var hgvsP: String?
  /// Genomic HGVS with its accession, for example `NC_000014.9:g.28767896del`, at its 3' end.
  public var hgvsG: String?
  /// 1-based position in the protein, and its length where given.
  public var proteinPosition: Int?
  public var proteinLength: Int?
  /// 1-based position in the coding sequence, and its length where given.
  public var codingPosition: Int?
  public var codingLength: Int?
  public var aminoAcids: String?
  public var codons: String?
  /// RefSeq match of MANE Select, where the transcript is that.
  public var maneSelect: String?
  public var manePlusClinical: String?
  public var isCanonical: Bool
  /// Warnings of the annotation source about this transcript.
  public var warnings: String?

  public init(
    terms: [SequenceOntologyTerm], impact: Impact? = nil, source: Source, symbol: String? = nil, gene: String? = nil,
    hgncID: String? = nil, transcript: String? = nil, biotype: String? = nil, exon: String? = nil,
    intron: String? = nil, hgvsC: String? = nil, hgvsP: String? = nil, hgvsG: String? = nil,
    proteinPosition: Int? = nil,
    proteinLength: Int? = nil, codingPosition: Int? = nil, codingLength: Int? = nil, aminoAcids: String? = nil,
    codons: String? = nil, maneSelect: String? = nil, manePlusClinical: String? = nil, isCanonical: Bool = false,
    warnings: String? = nil
  ) {
    self.terms = terms.sorted { $0.rank < $1.rank }
    self.impact = impact ?? self.terms.first?.impact ?? .modifier
    self.source = source
    self.symbol = symbol
    self.gene = gene
    self.hgncID = hgncID
    self.transcript = transcript
    self.biotype = biotype
    self.exon = exon
    self.intron = intron
    self.hgvsC = hgvsC
    self.hgvsP = hgvsP
    self.hgvsG = hgvsG
    self.proteinPosition = proteinPosition
    self.proteinLength = proteinLength
    self.codingPosition = codingPosition
    self.codingLength = codingLength
    self.aminoAcids = aminoAcids
    self.codons = codons
    self.maneSelect = maneSelect
    self.manePlusClinical = manePlusClinical
    self.isCanonical = isCanonical
    self.warnings = warnings
  }

  /// Severity rank of the worst term, 1 the most severe (see `SequenceOntologyTerm.rank`).
  public var rank: Int { terms.first?.rank ?? SequenceOntologyTerm.unknownRank }

  public func has(_ names: String...) -> Bool { terms.contains { names.contains($0.name) } }
}
