/// A short tandem repeat whose expansion causes disease, with its ranges in repeat units (STRchive).
public struct RepeatLocus: Sendable, Hashable {
  public var symbol: String
  public var mode: ModeOfInheritance
  /// BED coordinates on GRCh38.
  public var region: Region
  /// Repeat unit on the reference strand.
  public var motif: String
  public var normal: ClosedRange<Int>
  /// nil where the catalogue gives none.
  public var intermediate: ClosedRange<Int>?
  /// Fewest units that cause disease.
  public var pathogenicMinimum: Int
  /// Whether the motif itself decides, so that length alone proves nothing.
  public var needsMotifCheck: Bool

  public init(
    symbol: String, mode: ModeOfInheritance, region: Region, motif: String, normal: ClosedRange<Int>,
    intermediate: ClosedRange<Int>?, pathogenicMinimum: Int, needsMotifCheck: Bool
  ) {
    self.symbol = symbol
    self.mode = mode
    self.region = region
    self.motif = motif
    self.normal = normal
    self.intermediate = intermediate
    self.pathogenicMinimum = pathogenicMinimum
    self.needsMotifCheck = needsMotifCheck
  }
}

/// What a repeat caller measured at a locus in the proband, and what the ranges make of it. Always to be confirmed by another
/// method (PCR, Southern blot).
public struct RepeatFinding: Sendable, Hashable {
  public enum Size: String, Sendable, Hashable {
    case normal
    case intermediate
    /// Only the upper end of the confidence interval reaches the pathogenic range.
    case possiblyExpanded = "possibly_expanded"
    case expanded
    /// Between the ranges of the catalogue.
    case notDefined = "not_defined"
  }

  /// One copy of the repeat.
  public struct Copy: Sendable, Hashable {
    public var units: Int
    /// Confidence interval in units, where the caller gives one.
    public var interval: ClosedRange<Int>?
    public var size: Size

    public init(units: Int, interval: ClosedRange<Int>?, size: Size) {
      self.units = units
      self.interval = interval
      self.size = size
    }
  }

  public enum Conclusion: String, Sendable, Hashable, CaseIterable {
    case normal
    case intermediate
    case possible
    case expanded
    /// One expanded copy where the disease needs two: look for a second hit.
    case singleExpanded = "single_expanded"
    case notDefined = "not_defined"
  }

  public var locus: RepeatLocus
  public var copies: [Copy]
  public var conclusion: Conclusion

  public init(locus: RepeatLocus, copies: [Copy], conclusion: Conclusion) {
    self.locus = locus
    self.copies = copies
    self.conclusion = conclusion
  }
}
