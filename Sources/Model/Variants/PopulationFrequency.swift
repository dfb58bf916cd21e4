/// How common an allele is, as far as the population databases in the file tell.
///
/// Missing is not zero: an allele that no database covers has state `noData`, passes the frequency filters with a badge, and
/// never counts as evidence of rarity.
public struct PopulationFrequency: Sendable, Hashable {
  public enum State: String, Sendable, Hashable {
    /// The site is covered and nobody carries the allele.
    case zero = "ZERO"
    /// A frequency is known.
    case value = "VALUE"
    /// No annotation, the site is not covered, or fewer than `minimumAlleleNumber` chromosomes were looked at.
    case noData = "NODATA"
  }

  public var state: State
  /// Filtering allele frequency at 95 % confidence, highest over the ancestry groups; a fraction 0…1.
  public var faf95: Double?
  /// Highest allele frequency that any source of the file gives; a fraction 0…1.
  public var alleleFrequency: Double?
  /// Highest frequency of a single ancestry group; a fraction 0…1.
  public var populationMaximum: Double?
  public var alleleCount: Int?
  public var alleleNumber: Int?
  /// Individuals who are homozygous for the allele.
  public var homozygotes: Int?
  /// Males who carry the allele on their only X.
  public var hemizygotes: Int?
  /// The INFO keys or CSQ sub-fields that the figures came from.
  public var sources: [String]
  /// Frequencies of populations that filter nothing, by the names of their fields (`kgp_AF_KHV`): too few people, or no group of
  /// the databases, but of the patient's own country.
  public var populations: [Population] = []

  /// Frequencies by ancestry group, by the codes of the databases (`eas`, `nfe`), each the highest of the databases that count.
  public var groups: [Population] = []

  /// A population that is shown beside the figures that count.
  public struct Population: Sendable, Hashable {
    public var name: String
    /// A fraction 0…1.
    public var frequency: Double

    public init(name: String, frequency: Double) {
      self.name = name
      self.frequency = frequency
    }
  }

  public init(
    state: State = .noData, faf95: Double? = nil, alleleFrequency: Double? = nil, populationMaximum: Double? = nil,
    alleleCount: Int? = nil, alleleNumber: Int? = nil, homozygotes: Int? = nil, hemizygotes: Int? = nil,
    sources: [String] = []
  ) {
    self.state = state
    self.faf95 = faf95
    self.alleleFrequency = alleleFrequency
    self.populationMaximum = populationMaximum
    self.alleleCount = alleleCount
    self.alleleNumber = alleleNumber
    self.homozygotes = homozygotes
    self.hemizygotes = hemizygotes
    self.sources = sources
  }

  /// Figures from fewer chromosomes than this say nothing (`clinical` section 4).
  public static let minimumAlleleNumber = 2_000

  public static let noData = PopulationFrequency()

  /// The frequency that filters compare: FAF95 where known, else the highest raw frequency; nil without data.
  public var filtering: Double? {
    switch state {
    case .noData: nil
    case .zero: 0
    case .value: faf95 ?? [populationMaximum, alleleFrequency].compactMap { $0 }.max()
    }
  }

  /// Individuals without a normal copy: homozygotes and hemizygotes.
  public var withoutNormalCopy: Int? {
    homozygotes == nil && hemizygotes == nil ? nil : (homozygotes ?? 0) + (hemizygotes ?? 0)
  }
}

/// What ClinVar says of an allele.
public struct ClinVarRecord: Sendable, Hashable {
  public enum Significance: String, Sendable, Hashable {
    case pathogenic = "P"
    case pathogenicOrLikely = "P/LP"
    case likelyPathogenic = "LP"
    case conflicting = "conflicting"
    case uncertain = "VUS"
    case likelyBenign = "LB"
    case benignOrLikely = "B/LB"
    case benign = "B"
    case other = "other"
  }

  public var significance: Significance
  /// The words of the file.
  public var text: String
  /// Review stars 0…4; nil when the file gives no review status.
  public var stars: Int?

  public init(significance: Significance, text: String, stars: Int?) {
    self.significance = significance
    self.text = text
    self.stars = stars
  }

  public var isBenignOrLikely: Bool {
    switch significance {
    case .benign, .benignOrLikely, .likelyBenign: true
    case .pathogenic, .pathogenicOrLikely, .likelyPathogenic, .conflicting, .uncertain, .other: false
    }
  }

  public var isPathogenicOrLikely: Bool {
    switch significance {
    case .pathogenic, .pathogenicOrLikely, .likelyPathogenic: true
    default: false
    }
  }
}

/// Another allele that changes a residue of a protein, with what ClinVar says of it.
public struct ResidueRecord: Sendable, Hashable {
  public var allele: Allele
  /// Number of the residue, from 1.
  public var position: Int
  /// One-letter amino acids.
  public var from: String
  public var to: String
  public var clinVar: ClinVarRecord
  /// Highest of SpliceAI's delta scores; nil where unknown.
  public var spliceAI: Double?

  public init(
    allele: Allele, position: Int, from: String, to: String, clinVar: ClinVarRecord, spliceAI: Double? = nil
  ) {
    self.allele = allele
    self.position = position
    self.from = from
    self.to = to
    self.clinVar = clinVar
    self.spliceAI = spliceAI
  }
}

/// In-silico predictions of an allele; each nil when the file does not give it, which is never the same as 0.
public struct Predictions: Sendable, Hashable {
  /// 0…1.
  public var revel: Double?
  /// 0…1.
  public var alphaMissense: Double?
  /// Phred-scaled.
  public var cadd: Double?
  /// Highest of the four delta scores, 0…1.
  public var spliceAI: Double?

  public init(revel: Double? = nil, alphaMissense: Double? = nil, cadd: Double? = nil, spliceAI: Double? = nil) {
    self.revel = revel
    self.alphaMissense = alphaMissense
    self.cadd = cadd
    self.spliceAI = spliceAI
  }
}
