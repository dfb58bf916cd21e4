/// What the reads of one member say of one allele. Fragments are counted: the two ends of one count once.
public struct ReadEvidence: Sendable, Hashable {
  /// How reads were told apart.
  public enum Method: String, Sendable, Hashable {
    /// By the bases over the place.
    case bases
    /// By aligning each read anew to the reference and to the reference with the allele in it.
    case haplotypes
    /// By the aligner's own insertions and deletions, where no reference is at hand.
    case alignment
  }

  public var method: Method
  public var reference = 0
  public var alternate = 0
  /// Neither of the two, or its two ends disagree.
  public var other = 0
  /// Of a bad place, of unsure bases, or reaching too little into the place to tell.
  public var unclear = 0
  /// Reads with the allele, by strand.
  public var alternateForward = 0
  public var alternateReverse = 0
  /// Reads with the allele that are clipped within.
  public var alternateClipped = 0
  /// Means over the reads with the allele, Phred; nil without one.
  public var meanBaseQuality: Double?
  public var meanMappingQuality: Double?
  /// Mean distance of the allele from the nearer end of the reads with it, in bases.
  public var meanEndDistance: Double?
  /// Probability, 0…1, that a read without the allele shows it by an error.
  public var errorRate: Double

  public init(method: Method, errorRate: Double) {
    self.method = method
    self.errorRate = errorRate
  }

  /// Fragments that tell.
  public var depth: Int { reference + alternate }

  /// Fraction 0…1 of the fragments that tell; nil without one.
  public var fraction: Double? { depth == 0 ? nil : Double(alternate) / Double(depth) }
}

/// Fragments of the proband that reach over two alleles.
public struct PairReads: Sendable, Hashable {
  /// Both alleles, or neither.
  public var together = 0
  /// One of the two.
  public var apart = 0

  public init(together: Int = 0, apart: Int = 0) {
    self.together = together
    self.apart = apart
  }
}
