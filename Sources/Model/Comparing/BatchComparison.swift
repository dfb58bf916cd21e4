/// What changed between two runs of many cases, a line a case.
public struct BatchComparison: Sendable, Hashable {
  /// A case in which something changed that may matter.
  public struct Line: Sendable, Hashable {
    /// Name of its folder.
    public var folder: String
    public var caseID: String
    /// The weight of what weighs most.
    public var weight: FindingChange.Weight
    /// How many changes of each kind there are.
    public var counts: [FindingChange.Kind: Int]
    /// The weightiest changes.
    public var first: [FindingChange]
    public var checks: [RunComparison.CheckChange]
    public var repeats: [RunComparison.RepeatChange]
    /// Inputs that changed in this case, for the causes of `first`.
    public var inputs: [ChangedInput]

    /// Changes that a line tells; the rest is counted.
    public static let mostChanges = 3

    public init(folder: String, _ comparison: RunComparison) {
      self.folder = folder
      caseID = comparison.new.caseID
      let notable = comparison.notable
      let alarm = comparison.checks.contains(where: \.hasFailed) || !comparison.repeats.isEmpty
      let own = notable.first?.weight ?? .evidence
      // A sample that fails a check, or a repeat of another length, may overturn any finding.
      weight = alarm ? min(own, .pathogenicBefore) : own
      counts = notable.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
      first = Array(notable.prefix(Self.mostChanges))
      checks = comparison.checks
      repeats = comparison.repeats
      inputs = comparison.inputs
    }
  }

  /// A case that could not be compared.
  public struct Trouble: Sendable, Hashable {
    public var folder: String
    public var words: String

    public init(folder: String, words: String) {
      self.folder = folder
      self.words = words
    }
  }

  /// The most important first.
  public private(set) var lines: [Line] = []
  /// Cases of which nothing changed that may matter.
  public private(set) var unchanged = 0
  /// Of these, cases in which a figure moved without consequences.
  public private(set) var withDetails = 0
  public var onlyOld: [String] = []
  public var onlyNew: [String] = []
  public private(set) var troubles: [Trouble] = []
  /// Inputs that changed, with the number of cases in which they did; those that each case has of its own without their values.
  public private(set) var inputs: [ChangedInput: Int] = [:]

  public init() {}

  /// Cases in both folders.
  public var count: Int { lines.count + unchanged + troubles.count }

  /// Takes in one case; nothing of it is kept but its line.
  public mutating func add(folder: String, _ comparison: RunComparison) {
    for input in Set(comparison.inputs.map(\.shared)) { inputs[input, default: 0] += 1 }
    guard !comparison.isCalm else {
      unchanged += 1
      if !comparison.changes.isEmpty { withDetails += 1 }
      return
    }
    lines.append(Line(folder: folder, comparison))
  }

  public mutating func add(_ trouble: Trouble) { troubles.append(trouble) }

  /// Puts the lines into their order: by weight, then by the number of changes, then by name.
  public mutating func sort() {
    func key(_ line: Line) -> (Int, Int, String) {
      (line.weight.rawValue, -line.counts.values.reduce(0, +), line.folder)
    }
    lines.sort { key($0) < key($1) }
  }
}

extension ChangedInput {
  /// The same without what differs from case to case.
  fileprivate var shared: ChangedInput {
    switch kind {
    case .variants, .alignment, .family, .proband, .phenotypes, .review: ChangedInput(kind, old: nil, new: nil)
    default: self
    }
  }
}
