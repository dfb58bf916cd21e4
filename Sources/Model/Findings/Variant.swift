/// An allele that survived the filters, with everything known about it and every member's genotype.
public struct Variant: Sendable, Hashable {
  /// Where the allele stood before it was split and shifted.
  public struct Origin: Sendable, Hashable {
    /// Number of the input file in the case, from 0.
    public var file: Int
    /// Number of the record among those that were read of its file, from 1: tells records apart, and which comes first.
    public var record: Int
    /// The record's line as read.
    public var line: String
    public var position: Int
    public var reference: String
    /// All alternates of the record.
    public var alternates: [String]
    /// Which alternate this is, from 1.
    public var alternateIndex: Int

    public init(
      file: Int, record: Int, line: String, position: Int, reference: String, alternates: [String],
      alternateIndex: Int
    ) {
      self.file = file
      self.record = record
      self.line = line
      self.position = position
      self.reference = reference
      self.alternates = alternates
      self.alternateIndex = alternateIndex
    }
  }

  public var allele: Allele
  public var origin: Origin
  /// Phred; nil when missing.
  public var siteQuality: Double?
  /// FILTER values; empty for `.`.
  public var filters: [String]
  public var identifiers: [String]
  public var frequency: PopulationFrequency
  /// Copies and chromosomes in the laboratory's own cohort, where the file gives them.
  public var localCount: Int?
  public var localNumber: Int?
  public var clinVar: ClinVarRecord?
  public var predictions: Predictions
  /// What ClinVar has of other alleles that change the same residue; nil where nobody looked.
  public var residueRecords: [ResidueRecord]?
  /// All consequences, as read.
  public var consequences: [Consequence]
  /// Genotypes by position in the pedigree.
  public var genotypes: [Genotype]
  /// Badges: facts a reader should see beside the variant, for example `no frequency data`.
  public var flags: [Wording]
  /// Fragments of the proband that reach over this allele and another.
  public var pairReads: [Allele: PairReads] = [:]

  public init(
    allele: Allele, origin: Origin, siteQuality: Double? = nil, filters: [String] = [], identifiers: [String] = [],
    frequency: PopulationFrequency = .noData, localCount: Int? = nil, localNumber: Int? = nil,
    clinVar: ClinVarRecord? = nil, predictions: Predictions = Predictions(), residueRecords: [ResidueRecord]? = nil,
    consequences: [Consequence] = [], genotypes: [Genotype], flags: [Wording] = []
  ) {
    self.allele = allele
    self.origin = origin
    self.siteQuality = siteQuality
    self.filters = filters
    self.identifiers = identifiers
    self.frequency = frequency
    self.localCount = localCount
    self.localNumber = localNumber
    self.clinVar = clinVar
    self.predictions = predictions
    self.residueRecords = residueRecords
    self.consequences = consequences
    self.genotypes = genotypes
    self.flags = flags
  }
}
