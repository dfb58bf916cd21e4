/// What one sample column of one record says, before alleles are split: the caller's own numbers, nothing judged.
public struct GenotypeCall: Sendable, Hashable {
  /// GT as written, for example `0/1`, `1|0`, `./.`, `1`.
  public var text: String
  /// Allele index of each copy; nil for `.`.
  public var alleles: [Int?]
  /// Whether every mark between the alleles is `|`.
  public var isPhased: Bool
  /// Read depth after the caller's own filters (DP; DPI for Strelka indels).
  public var depth: Int?
  /// Genotype quality, Phred (GQX where present, else GQ).
  public var quality: Double?
  /// Reads for each allele, reference first (AD; RO and AO; NR and NV).
  public var alleleDepths: [Int?]
  /// Allele fraction for each alternate allele as the caller gives it (VAF or AF); used only where AD is missing.
  public var alleleFractions: [Double?]
  /// Phase set: PS, or GATK's PID.
  public var phaseSet: String?
  /// GATK's physically phased genotype (PGT), for example `0|1`.
  public var physicalPhase: String?
  /// Sample-level filter (FT), nil when absent or `.`.
  public var filter: String?
  /// Lowest depth of a reference block (MIN_DP).
  public var minimumDepth: Int?

  public init(
    text: String, alleles: [Int?], isPhased: Bool = false, depth: Int? = nil, quality: Double? = nil,
    alleleDepths: [Int?] = [], alleleFractions: [Double?] = [], phaseSet: String? = nil, physicalPhase: String? = nil,
    filter: String? = nil, minimumDepth: Int? = nil
  ) {
    self.text = text
    self.alleles = alleles
    self.isPhased = isPhased
    self.depth = depth
    self.quality = quality
    self.alleleDepths = alleleDepths
    self.alleleFractions = alleleFractions
    self.phaseSet = phaseSet
    self.physicalPhase = physicalPhase
    self.filter = filter
    self.minimumDepth = minimumDepth
  }

  /// A sample that has no column, or no record: nothing is known of it.
  public static let missing = GenotypeCall(text: "./.", alleles: [nil, nil])
}
