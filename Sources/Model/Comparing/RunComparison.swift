/// What changed between two runs of a case.
public struct RunComparison: Sendable, Hashable {
  /// Which run it was.
  public struct Run: Sendable, Hashable {
    public var caseID: String
    public var program: String
    /// UTC, ISO 8601.
    public var finished: String
    /// Candidates as its report counts them: the two alleles of a compound heterozygote are one.
    public var candidates: Int
    public var nearMisses: Int
    public var genes: Int

    public init(
      caseID: String, program: String, finished: String, candidates: Int, nearMisses: Int, genes: Int
    ) {
      self.caseID = caseID
      self.program = program
      self.finished = finished
      self.candidates = candidates
      self.nearMisses = nearMisses
      self.genes = genes
    }
  }

  /// A gene that is screened in one run only.
  public struct GeneChange: Sendable, Hashable {
    public var symbol: String
    public var hgncID: String?
    /// Panels that hold it, in the run that screens it.
    public var panels: [String]
    public var cause: ChangeCause

    public init(symbol: String, hgncID: String?, panels: [String], cause: ChangeCause) {
      self.symbol = symbol
      self.hgncID = hgncID
      self.panels = panels
      self.cause = cause
    }
  }

  /// A check of the samples with another outcome; nil where it was not made.
  public struct CheckChange: Sendable, Hashable {
    public var check: String
    public var samples: [String]
    public var old: String?
    public var new: String?

    public init(check: String, samples: [String], old: String?, new: String?) {
      self.check = check
      self.samples = samples
      self.old = old
      self.new = new
    }

    public var hasFailed: Bool { new == "fail" }
  }

  /// A repeat with another conclusion or length; nil where it was not measured.
  public struct RepeatChange: Sendable, Hashable {
    public var gene: String
    public var old: RecordedRun.Repeat?
    public var new: RecordedRun.Repeat?

    public init(gene: String, old: RecordedRun.Repeat?, new: RecordedRun.Repeat?) {
      self.gene = gene
      self.old = old
      self.new = new
    }
  }

  public var assembly: Assembly
  public var old: Run
  public var new: Run
  public var inputs: [ChangedInput]
  /// Inputs of which nobody can tell whether they changed, since a run could not make their checksum.
  public var untold: [Wording]
  /// The weightiest first.
  public var changes: [FindingChange]
  public var entered: [GeneChange]
  public var left: [GeneChange]
  public var checks: [CheckChange]
  public var repeats: [RepeatChange]
  /// Findings of both runs in which nothing differs.
  public var unchanged: Int

  public init(
    assembly: Assembly, old: Run, new: Run, inputs: [ChangedInput], untold: [Wording], changes: [FindingChange],
    entered: [GeneChange], left: [GeneChange], checks: [CheckChange], repeats: [RepeatChange], unchanged: Int
  ) {
    self.assembly = assembly
    self.old = old
    self.new = new
    self.inputs = inputs
    self.untold = untold
    self.changes = changes
    self.entered = entered
    self.left = left
    self.checks = checks
    self.repeats = repeats
    self.unchanged = unchanged
  }

  /// Changes that may matter to a reader, the weightiest first.
  public var notable: [FindingChange] { changes.filter { $0.weight < .details } }

  /// Whether nothing of what the runs found may matter to a reader.
  public var isCalm: Bool { notable.isEmpty && checks.isEmpty && repeats.isEmpty }
}
