/// An HPO term that was looked for in the proband.
public struct PhenotypeTerm: Sendable, Hashable {
  /// `HP:0001250`.
  public var id: String
  /// English label; nil until looked up.
  public var label: String?

  public init(id: String, label: String? = nil) {
    self.id = id
    self.label = label
  }
}

/// One patient and family, and what is asked: everything about a case that is not a file.
///
/// A value of this type is called `subject`, since `case` is a word of the language.
public struct Case: Sendable {
  public var id: String
  public var pedigree: Pedigree
  /// Id of the person whose disease is to be explained.
  public var proband: String
  public var phenotypes: [PhenotypeTerm]
  /// Terms that were looked for and found absent.
  public var excludedPhenotypes: [PhenotypeTerm]
  /// When the disease began; nil where nobody says.
  public var onset: OnsetClass?
  public var assembly: Assembly
  public var settings: Settings
  /// Reviewers' own criteria, in the order of the case.
  public var reviews: [Review]
  /// Under the report as a whole; nil where nobody signed it.
  public var signature: ReportSignature?
  /// Members who agreed to be told of secondary findings.
  public var secondaryConsent: [String] = []

  public init(
    id: String, pedigree: Pedigree, proband: String, phenotypes: [PhenotypeTerm] = [],
    excludedPhenotypes: [PhenotypeTerm] = [], onset: OnsetClass? = nil, assembly: Assembly,
    settings: Settings = Settings(),
    reviews: [Review] = []
  ) {
    self.id = id
    self.pedigree = pedigree
    self.proband = proband
    self.phenotypes = phenotypes
    self.excludedPhenotypes = excludedPhenotypes
    self.onset = onset
    self.assembly = assembly
    self.settings = settings
    self.reviews = reviews
  }
}
