/// Everything that a screen found, and everything it did not look at.
public struct ScreenResult: Sendable {
  public var candidates: [Candidate]
  public var genes: [RankedGene]
  public var nearMisses: [NearMiss]
  /// Repeat loci of the panels that a repeat caller measured in the proband, in the order of the loci.
  public var repeats: [RepeatFinding]
  public var tally: Tally
  public var quality: QualityReport
  /// Coverage of the panels in each member with reads, or with reference blocks; empty where nobody looked.
  public var coverage: [SampleCoverage] = []
  /// Reads around the alleles of the best candidates, a picture a member; empty where nobody looked.
  public var pileUps: [Allele: [PileUp]] = [:]
  /// What was found beside the question; nil where nobody was to look.
  public var secondary: SecondaryFindings?
  /// Share of "none of these", 0…1.
  public var shareOfNone: Double
  /// Number of diseases scored, the N of the shares.
  public var diseaseCount: Int
  /// What the reader must know: missing annotation, panel genes without coordinates, ploidy conflicts, …
  public var warnings: [Wording]

  public init(
    candidates: [Candidate], genes: [RankedGene], nearMisses: [NearMiss], repeats: [RepeatFinding] = [],
    tally: Tally, quality: QualityReport, shareOfNone: Double, diseaseCount: Int, warnings: [Wording]
  ) {
    self.candidates = candidates
    self.genes = genes
    self.nearMisses = nearMisses
    self.repeats = repeats
    self.tally = tally
    self.quality = quality
    self.shareOfNone = shareOfNone
    self.diseaseCount = diseaseCount
    self.warnings = warnings
  }
}

/// Where a run's inputs came from and what made it: the content of `run.json`.
public struct Provenance: Sendable {
  public struct InputFile: Sendable, Hashable {
    /// What the file is for, for example `variants`.
    public var role: String
    /// Base name only: paths may name people.
    public var name: String
    public var bytes: Int
    /// SHA-256, hexadecimal.
    public var digest: String
    public var samples: [String]
    /// Member of the family to whom the case gave the file; nil where it is of all, or of nobody.
    public var member: String?

    public init(role: String, name: String, bytes: Int, digest: String, samples: [String] = [], member: String? = nil) {
      self.role = role
      self.name = name
      self.bytes = bytes
      self.digest = digest
      self.samples = samples
      self.member = member
    }
  }

  /// A store of knowledge that was asked.
  public struct Store: Sendable {
    public var name: String
    /// `frequency`, `clinvar` or `scores`.
    public var kind: String
    /// Release of the source.
    public var version: String
    public var licence: String
    /// Date of building.
    public var built: String
    public var alleles: Int
    /// Checksum of the whole store, hexadecimal.
    public var fingerprint: String
    /// SHA-256 of the files that it was built from, by name.
    public var sources: [(name: String, sha256: String)]

    public init(
      name: String, kind: String, version: String, licence: String, built: String, alleles: Int, fingerprint: String,
      sources: [(name: String, sha256: String)]
    ) {
      self.name = name
      self.kind = kind
      self.version = version
      self.licence = licence
      self.built = built
      self.alleles = alleles
      self.fingerprint = fingerprint
      self.sources = sources
    }
  }

  public var program: String
  public var version: String
  public var htslibVersion: String
  public var platform: String
  public var commandLine: [String]
  public var inputs: [InputFile]
  /// What the laboratory installed beside the inputs.
  public var stores: [Store]
  /// Release of HPO by which phenotypes were scored; nil where they were not.
  public var phenotypeRelease: String?
  /// Every setting as key and value, sorted by key.
  public var settings: [(key: String, value: String)]
  /// UTC, ISO 8601.
  public var started: String
  public var finished: String

  public init(
    program: String, version: String, htslibVersion: String, platform: String, commandLine: [String],
    inputs: [InputFile], stores: [Store] = [], phenotypeRelease: String? = nil,
    settings: [(key: String, value: String)], started: String,
    finished: String
  ) {
    self.program = program
    self.version = version
    self.htslibVersion = htslibVersion
    self.platform = platform
    self.commandLine = commandLine
    self.inputs = inputs
    self.stores = stores
    self.phenotypeRelease = phenotypeRelease
    self.settings = settings
    self.started = started
    self.finished = finished
  }
}

/// What the writers are given: the case, its targets, what was found, and how.
public struct Report: Sendable {
  public var subject: Case
  public var targets: TargetSet
  public var headers: [VariantHeader]
  public var result: ScreenResult
  public var provenance: Provenance
  /// Members whose carrier state this report keeps from its reader; empty where it is complete.
  public var withheld: [String] = []

  public init(
    subject: Case, targets: TargetSet, headers: [VariantHeader], result: ScreenResult, provenance: Provenance
  ) {
    self.subject = subject
    self.targets = targets
    self.headers = headers
    self.result = result
    self.provenance = provenance
  }
}
