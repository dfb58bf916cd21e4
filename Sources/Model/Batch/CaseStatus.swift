/// What became of one case of a batch: `status.json` in its folder.
public struct CaseStatus: Sendable, Hashable {
  public enum State: String, Sendable, Hashable, Decodable, CaseIterable {
    case done, failed
    /// Work on it had begun, and was stopped by a signal.
    case interrupted
    /// Work on it has begun. It goes on, or its process was killed.
    case running
    /// Not begun yet. Never in a file.
    case pending
  }

  /// An input with its checksum.
  public struct Input: Sendable, Hashable, Codable {
    /// What the file is for, for example `variants`.
    public var role: String
    /// Base name only: paths may name people.
    public var name: String
    public var bytes: Int
    /// SHA-256, hexadecimal; empty for a file that has none.
    public var sha256: String
    /// What the file system said of a large file, which saves reading it again when nothing of it changed.
    public var stamp: String?

    public init(role: String, name: String, bytes: Int, sha256: String, stamp: String? = nil) {
      self.role = role
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
      self.stamp = stamp
    }
  }

  /// Everything that a result depends on.
  public struct Basis: Sendable, Hashable, Codable {
    public var inputs: [Input]
    /// Of what is written of the case, with its settings and the flags of the run; SHA-256, hexadecimal.
    public var settings: String
    /// Of the panels, tables and stores; SHA-256, hexadecimal.
    public var knowledge: String
    /// Name and version.
    public var program: String

    public init(inputs: [Input], settings: String, knowledge: String, program: String) {
      self.inputs = inputs
      self.settings = settings
      self.knowledge = knowledge
      self.program = program
    }
  }

  /// A file of the result as it was written.
  public struct ResultFile: Sendable, Hashable, Codable {
    /// Its name in the folder of the case.
    public var name: String
    public var bytes: Int
    /// SHA-256, hexadecimal.
    public var sha256: String

    public init(name: String, bytes: Int, sha256: String) {
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  public static let schemaVersion = "1.1.0"
  public static let fileName = "status.json"

  public var caseID: String
  public var state: State
  /// As the program `screen` would have ended with (sysexits).
  public var exitCode: Int
  /// Why it failed; empty where it did not.
  public var message: String
  /// UTC, ISO 8601; empty where it has not come to that.
  public var started: String
  public var finished: String
  /// Nil where the inputs could not be read.
  public var basis: Basis?
  /// Nil unless it is done.
  public var result: CaseOutline?
  /// Every file of the result but `run.json`, whose own times no other run has; by name. Empty unless it is done.
  public var files: [ResultFile]

  public init(
    caseID: String, state: State, exitCode: Int = 0, message: String = "", started: String = "", finished: String = "",
    basis: Basis? = nil, result: CaseOutline? = nil, files: [ResultFile] = []
  ) {
    self.caseID = caseID
    self.state = state
    self.exitCode = exitCode
    self.message = message
    self.started = started
    self.finished = finished
    self.basis = basis
    self.result = result
    self.files = files
  }
}

extension CaseStatus {
  /// What an overview tells of the case: without what its result depends on, and without its files.
  public var outlined: CaseStatus {
    var outlined = self
    outlined.basis = nil
    outlined.files = []
    return outlined
  }
}

extension CaseStatus.Basis {
  /// What differs from an earlier basis, in words; nil where nothing does.
  public func change(since earlier: CaseStatus.Basis) -> String? {
    if program != earlier.program { return "the program was \(earlier.program)" }
    if settings != earlier.settings { return "the case, its settings or the flags of the run were others" }
    if knowledge != earlier.knowledge { return "the panels, tables or stores were others" }
    for (new, old) in zip(inputs, earlier.inputs) where !new.isSame(as: old) {
      return "\(new.role) \(new.name) has changed"
    }
    return inputs.count == earlier.inputs.count ? nil : "the case had other inputs"
  }
}

extension CaseStatus.Input {
  /// Whether the content is the same, wherever it lies.
  public func isSame(as other: CaseStatus.Input) -> Bool {
    role == other.role && name == other.name && bytes == other.bytes && sha256 == other.sha256
      // Reads of a genome have no checksum.
      && (!sha256.isEmpty || stamp == other.stamp)
  }
}

/// What the overview of a batch tells of a case that is done.
public struct CaseOutline: Sendable, Hashable, Decodable {
  /// The best candidate.
  public struct Top: Sendable, Hashable, Decodable {
    public var gene: String
    public var disease: String?
    /// Codes of the modes that fit.
    public var models: [String]
    /// Of them those that the family neither confirms nor excludes; nil in a file of an earlier version.
    public var possible: [String]?
    /// The variants' names, each once.
    public var variants: [String]
    /// The class that each variant stands with: P, LP, VUS, LB or B.
    public var hints: [String]
    /// T, in points.
    public var total: Double
    /// Share of the probability within the case, 0…1.
    public var share: Double

    public init(
      gene: String, disease: String?, models: [String], possible: [String] = [], variants: [String], hints: [String],
      total: Double, share: Double
    ) {
      self.gene = gene
      self.disease = disease
      self.models = models
      self.possible = possible
      self.variants = variants
      self.hints = hints
      self.total = total
      self.share = share
    }
  }

  /// Coverage of the panels in the proband.
  public enum Coverage: String, Sendable, Hashable, Decodable, CaseIterable {
    case pass, borderline, fail
    case notAssessed = "not_assessed"
  }

  public var proband: String
  public var assembly: String
  /// `positive`, `uncertain`, `negative` or `not_evaluable`.
  public var conclusion: String
  public var candidates: Int
  public var top: Top?
  /// Kinds of the quality checks that failed, and of those that warn; each once.
  public var failedChecks: [String]
  public var warnedChecks: [String]
  public var coverage: Coverage
  /// Genes of the panels that were not read well enough.
  public var failedGenes: Int

  public init(
    proband: String, assembly: String, conclusion: String, candidates: Int, top: Top?, failedChecks: [String],
    warnedChecks: [String], coverage: Coverage, failedGenes: Int
  ) {
    self.proband = proband
    self.assembly = assembly
    self.conclusion = conclusion
    self.candidates = candidates
    self.top = top
    self.failedChecks = failedChecks
    self.warnedChecks = warnedChecks
    self.coverage = coverage
    self.failedGenes = failedGenes
  }
}
