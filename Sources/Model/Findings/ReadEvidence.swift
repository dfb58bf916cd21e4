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

extension ReadEvidence {
  /// Reads with the allele that errors explain with at least this probability are no witness of it.
  public static let significance = 0.001

  /// Whether errors at the site's rate may well have made all the reads that show the allele.
  public var isExplainedByErrors: Bool {
    Self.tail(alternate, of: depth, rate: errorRate) > Self.significance
  }

  /// Probability that at least so many fragments show what each of them shows at a rate.
  public static func tail(_ count: Int, of depth: Int, rate: Double) -> Double {
    if count == 0 { return 1 }
    // The power of 1 - rate alone may be too small for a number: its factors are taken in where the sum grows large.
    var left = depth
    var term = 1.0
    var below = 0.0
    func takeFactors(while isWanted: () -> Bool) {
      while left > 0, isWanted() {
        term *= 1 - rate
        below *= 1 - rate
        left -= 1
      }
    }
    for hit in 0..<count {
      below += term
      term *= Double(depth - hit) / Double(hit + 1) * rate / (1 - rate)
      takeFactors { term > 1 || below > 1 }
    }
    takeFactors { below > 0 }
    return max(0, 1 - below)
  }
}

/// Fragments of the proband that reach over two alleles, seen from the first of them.
public struct PairReads: Sendable, Hashable {
  /// Both alleles.
  public var both = 0
  /// Neither, so that they are of the other copy where the two alleles share one.
  public var neither = 0
  /// The first alone.
  public var first = 0
  /// The second alone.
  public var second = 0

  public init(both: Int = 0, neither: Int = 0, first: Int = 0, second: Int = 0) {
    self.both = both
    self.neither = neither
    self.first = first
    self.second = second
  }

  /// Both alleles, or neither: as of two alleles on one copy.
  public var together: Int { both + neither }
  /// One of the two: as of alleles on different copies.
  public var apart: Int { first + second }
  public var total: Int { together + apart }

  /// The same seen from the second allele.
  public var mirrored: PairReads { PairReads(both: both, neither: neither, first: second, second: first) }
}
