/// What a genotype says of one alternate allele: `clinical` states of the truth tables.
///
/// The haploid states hold where one copy is expected: X and Y of males outside the pseudoautosomal regions, and MT.
public enum GenotypeState: String, Sendable, Hashable, CaseIterable {
  /// No copy of the allele: `0/0`.
  case reference = "R"
  /// One copy of the allele and one of the reference: `0/1`.
  case heterozygous = "H"
  /// One copy of the allele and one of another alternate, hence no reference copy: `1/2`, `1/*`.
  case heterozygousOther = "H2"
  /// All copies are the allele: `1/1`.
  case homozygous = "A"
  /// One copy of the allele, the other not called: `./1`.
  case partial = "C"
  /// Nothing usable is known.
  case missing = "M"
  /// Haploid, reference.
  case hemizygousReference = "h0"
  /// Haploid, the allele.
  case hemizygous = "h1"
  /// Heterozygous where one copy is expected: mosaic, mis-mapping, or a second X.
  case hemizygousConflict = "hx"

  /// Whether at least one copy of the allele was called.
  public var isCarrier: Bool {
    switch self {
    case .heterozygous, .heterozygousOther, .homozygous, .partial, .hemizygous, .hemizygousConflict: true
    case .reference, .missing, .hemizygousReference: false
    }
  }

  public var isReference: Bool { self == .reference || self == .hemizygousReference }
}

/// On which copy of the chromosome an allele lies, as far as the caller phased it.
public struct Phase: Sendable, Hashable {
  /// Side of the `|` that the allele is on: 0 or 1.
  public var haplotype: Int
  /// Alleles of one sample, one chromosome and one set can be compared; of different sets they cannot.
  public var set: String

  public init(haplotype: Int, set: String) {
    self.haplotype = haplotype
    self.set = set
  }
}

/// One family member's genotype at one normalised allele, judged for quality.
public struct Genotype: Sendable, Hashable {
  /// Why a genotype is weaker than it looks, or was set aside.
  public enum Note: String, Sendable, Hashable, CaseIterable {
    case lowQuality = "GQ low"
    case lowDepth = "depth low"
    case imbalance = "allele balance"
    case fewReads = "few alternate reads"
    case sampleFilter = "FT"
    /// FILTER of a record in a file without affected members.
    case siteFilter = "FILTER"
    case noQualityField = "no quality field"
    case ploidyConflict = "ploidy conflict"
    case noRecord = "no record"
    case referenceBlock = "reference block"
    /// X or Y of a person whose sex is not known: read as two copies.
    case sexUnknown = "sex unknown"
    /// The other copy is `*`: lost to a deletion that starts upstream.
    case spanningDeletion = "other copy deleted"
    /// The reads of the alignment file decided, not the variant file.
    case fromReads = "by reads"
    /// Called a carrier, and hardly a read of the alignment file shows it.
    case notInReads = "not in the reads"
  }

  /// GT as in the file.
  public var text: String
  /// State used by the models: `missing` when the call failed the quality check, or when the reads contradict it; what the reads say
  /// where they settle what the file leaves open.
  public var state: GenotypeState
  /// State as called, before the quality check.
  public var calledState: GenotypeState
  public var depth: Int?
  /// Phred.
  public var quality: Double?
  public var referenceReads: Int?
  public var alternateReads: Int?
  /// Fraction 0…1 of the reads that show the allele.
  public var alleleFraction: Double?
  public var phase: Phase?
  public var notes: [Note]
  /// What the reads say; nil where no alignment file was asked.
  public var reads: ReadEvidence?
  /// Whether it is kept from the reader.
  public let isWithheld: Bool

  public init(
    text: String, state: GenotypeState, calledState: GenotypeState? = nil, depth: Int? = nil, quality: Double? = nil,
    referenceReads: Int? = nil, alternateReads: Int? = nil, alleleFraction: Double? = nil, phase: Phase? = nil,
    notes: [Note] = [], isWithheld: Bool = false
  ) {
    self.isWithheld = isWithheld
    self.text = text
    self.state = state
    self.calledState = calledState ?? state
    self.depth = depth
    self.quality = quality
    self.referenceReads = referenceReads
    self.alternateReads = alternateReads
    self.alleleFraction = alleleFraction
    self.phase = phase
    self.notes = notes
  }

  /// What a reader is shown: the state that the models use, and for a call that was set aside what was called.
  public var shownState: GenotypeState { state == .missing ? calledState : state }

  /// Reads, or fragments, by which a state was told; each nil where nobody counted.
  public struct Counts: Sendable, Hashable {
    public var depth: Int?
    public var reference: Int?
    public var alternate: Int?
    /// 0…1
    public var fraction: Double?
  }

  /// Those of the alignment file where it settled the state, else those of the variant file.
  public var decisiveCounts: Counts {
    if notes.contains(.fromReads), let reads {
      return Counts(
        depth: reads.depth, reference: reads.reference, alternate: reads.alternate, fraction: reads.fraction)
    }
    return Counts(depth: depth, reference: referenceReads, alternate: alternateReads, fraction: alleleFraction)
  }

  /// No record and no evidence either way.
  public static let missing = Genotype(text: "./.", state: .missing, notes: [.noRecord])

  /// Kept from the reader; what it was is not in the value.
  public static let withheld = Genotype(text: "–", state: .missing, isWithheld: true)
}
