/// What an earlier run of a case left behind, as far as two runs are compared.
public struct RecordedRun: Sendable, Hashable {
  /// A file that went into the run.
  public struct Input: Sendable, Hashable {
    /// `variants`, `pedigree`, `panel`, `phenotypes`, `alignment`, …
    public var role: String
    /// Plain name, without its folder.
    public var name: String
    /// SHA-256 in hexadecimal; empty where none could be made, as of a pipe.
    public var digest: String
    /// Size in bytes.
    public var bytes: Int

    public init(role: String, name: String, digest: String, bytes: Int) {
      self.role = role
      self.name = name
      self.digest = digest
      self.bytes = bytes
    }
  }

  /// A store of knowledge that the run asked.
  public struct Store: Sendable, Hashable {
    public var name: String
    /// `frequency`, `clinvar`, `scores` or `genes`.
    public var kind: String
    public var release: String
    public var fingerprint: String

    public init(name: String, kind: String, release: String, fingerprint: String) {
      self.name = name
      self.kind = kind
      self.release = release
      self.fingerprint = fingerprint
    }
  }

  /// A panel of the run, by name.
  public struct Panel: Sendable, Hashable {
    public var name: String
    public var version: String
    public var date: String
    public var geneCount: Int

    public init(name: String, version: String, date: String, geneCount: Int) {
      self.name = name
      self.version = version
      self.date = date
      self.geneCount = geneCount
    }
  }

  /// A gene that the run screened.
  public struct Gene: Sendable, Hashable {
    public var symbol: String
    public var hgncID: String?
    public var confidence: String
    public var modes: [String]
    /// Names of the panels that hold it.
    public var panels: [String]

    public init(symbol: String, hgncID: String?, confidence: String, modes: [String], panels: [String]) {
      self.symbol = symbol
      self.hgncID = hgncID
      self.confidence = confidence
      self.modes = modes
      self.panels = panels
    }
  }

  /// A check of the samples with its outcome.
  public struct Check: Sendable, Hashable {
    public var name: String
    public var samples: [String]
    public var outcome: String

    public init(name: String, samples: [String], outcome: String) {
      self.name = name
      self.samples = samples
      self.outcome = outcome
    }
  }

  /// What a repeat caller measured at a locus.
  public struct Repeat: Sendable, Hashable {
    public var gene: String
    /// Units of each copy.
    public var units: [Int]
    public var conclusion: String

    public init(gene: String, units: [Int], conclusion: String) {
      self.gene = gene
      self.units = units
      self.conclusion = conclusion
    }
  }

  public var caseID = ""
  public var proband = ""
  public var assembly = Assembly.grch38
  /// Version of the program.
  public var program = ""
  public var htslib = ""
  /// When the run ended, UTC, ISO 8601.
  public var finished = ""
  /// Every threshold as text, by key.
  public var settings: [String: String] = [:]
  public var inputs: [Input] = []
  public var stores: [Store] = []
  public var panels: [Panel] = []
  public var genes: [Gene] = []
  public var phenotypes: [PhenotypeTerm] = []
  public var excludedPhenotypes: [PhenotypeTerm] = []
  public var onset: String?
  /// Each member in words: `CHILD male affected, of FATHER and MOTHER`.
  public var members: [Wording] = []
  /// As the report counts them.
  public var candidateCount = 0
  public var nearMissCount = 0
  /// Candidates, each at its best rank, and near misses; one of each allele and gene.
  public var findings: [RecordedFinding] = []
  /// Alleles removed, by the stage at which they left.
  public var removed: [String: Int] = [:]
  public var checks: [Check] = []
  public var repeats: [Repeat] = []

  public init() {}
}
