/// A sample's genotypes at the fixed sites of a fingerprint, two bits a site: whether it was called with the reference allele, and
/// whether with the alternate. Neither bit is a genotype that nobody knows, which is not the reference.
///
///     var sketch = GenotypeSketch(sites: 2_438)
///     sketch.set(17, reference: true, alternate: true)   // heterozygous
///     sketch.compared(with: other).kinship
public struct GenotypeSketch: Sendable, Hashable {
  /// Number of sites.
  public let sites: Int
  /// A bit a site, 64 to a word, the first site in the lowest bit.
  public private(set) var reference: [UInt64]
  public private(set) var alternate: [UInt64]

  public init(sites: Int) {
    self.sites = sites
    reference = Array(repeating: 0, count: (sites + 63) / 64)
    alternate = reference
  }

  /// Reads what `words` gave; nil when the number of words does not fit the number of sites, or a bit stands behind the last site.
  public init?(sites: Int, words: [UInt64]) {
    // Numbers come from a file: none may be too large to add to.
    guard sites >= 0, sites <= 32 * words.count else { return nil }
    let count = (sites + 63) / 64
    guard words.count == 2 * count else { return nil }
    self.sites = sites
    reference = Array(words[..<count])
    alternate = Array(words[count...])
    let behind: UInt64 = sites % 64 == 0 ? 0 : ~0 << UInt64(sites % 64)
    if let last = reference.last, last & behind != 0 { return nil }
    if let last = alternate.last, last & behind != 0 { return nil }
  }

  /// The bits of the reference, then those of the alternate.
  public var words: [UInt64] { reference + alternate }

  /// Notes a genotype. What two records tell of one site adds up.
  public mutating func set(_ site: Int, reference hasReference: Bool, alternate hasAlternate: Bool) {
    let bit: UInt64 = 1 << UInt64(site % 64)
    if hasReference { reference[site / 64] |= bit }
    if hasAlternate { alternate[site / 64] |= bit }
  }

  /// Sites with a genotype.
  public var called: Int { zip(reference, alternate).reduce(0) { $0 + ($1.0 | $1.1).nonzeroBitCount } }

  /// Homozygous references for each homozygous alternate: whether the file lists who has the reference. Nil without the latter.
  public var referenceRatio: Double? {
    var (references, alternates) = (0, 0)
    for index in reference.indices {
      references += (reference[index] & ~alternate[index]).nonzeroBitCount
      alternates += (alternate[index] & ~reference[index]).nonzeroBitCount
    }
    return alternates == 0 ? nil : Double(references) / Double(alternates)
  }

  /// Takes up what another worker or file knows.
  public static func += (left: inout GenotypeSketch, right: GenotypeSketch) {
    for index in left.reference.indices {
      left.reference[index] |= right.reference[index]
      left.alternate[index] |= right.alternate[index]
    }
  }

  /// Counts the sites of two samples by what they share.
  ///
  /// Whole words at a time, since a new case meets every earlier sample: seven bit counts for 64 sites.
  ///
  /// - Precondition: both have the same sites.
  public func compared(with other: GenotypeSketch) -> SketchComparison {
    precondition(sites == other.sites, "sketches of different sites cannot be compared")
    var result = SketchComparison()
    for index in reference.indices {
      let (r1, a1) = (reference[index], alternate[index])
      let (r2, a2) = (other.reference[index], other.alternate[index])
      let both = (r1 | a1) & (r2 | a2)
      let (het1, het2) = (r1 & a1 & both, r2 & a2 & both)
      let carried = a1 & a2
      result.shared += both.nonzeroBitCount
      result.bothHeterozygous += (het1 & het2).nonzeroBitCount
      result.opposite += (both & ~(r1 & r2) & ~carried).nonzeroBitCount
      result.firstHeterozygous += het1.nonzeroBitCount
      result.secondHeterozygous += het2.nonzeroBitCount
      result.bothCarry += carried.nonzeroBitCount
      result.bothCarryAlike += (carried & ~(r1 ^ r2)).nonzeroBitCount
    }
    return result
  }
}

/// What two samples have in common at the sites of a fingerprint.
public struct SketchComparison: Sendable, Hashable {
  /// Sites called in both.
  public var shared = 0
  public var bothHeterozygous = 0
  /// Opposite homozygotes.
  public var opposite = 0
  /// Heterozygous sites of each, among those called in both.
  public var firstHeterozygous = 0
  public var secondHeterozygous = 0
  /// Sites where both carry the alternate allele, and those of them where both have the same genotype.
  public var bothCarry = 0
  public var bothCarryAlike = 0

  public init() {}

  /// KING-robust (Manichaikul et al. 2010, doi:10.1093/bioinformatics/btq559, equation 9); nil without heterozygotes.
  public var kinship: Double? {
    let heterozygous = firstHeterozygous + secondHeterozygous
    return heterozygous == 0 ? nil : Double(bothHeterozygous - 2 * opposite) / Double(heterozygous)
  }

  /// About the standard error of `kinship`: its numerator is a sum over sites of 1 and -2, which are rare enough to be independent.
  public var standardError: Double? {
    let heterozygous = firstHeterozygous + secondHeterozygous
    guard heterozygous > 0 else { return nil }
    return Double(bothHeterozygous + 4 * opposite).squareRoot() / Double(heterozygous)
  }

  /// Share, 0…1, of equal genotypes where both carry the allele; nil without such sites. It needs no homozygous reference.
  public var concordance: Double? { bothCarry == 0 ? nil : Double(bothCarryAlike) / Double(bothCarry) }
}
