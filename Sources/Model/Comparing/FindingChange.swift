/// One piece of what a run says of a finding, before and after.
public struct EvidenceDifference: Sendable, Hashable {
  public enum Aspect: String, Sendable, Hashable, CaseIterable {
    case classHint = "class"
    /// A class that a reviewer gave, with who and whether it is signed.
    case givenClass = "given_class"
    /// Why a reviewer dismisses it as an explanation.
    case dismissal
    /// A criterion; the name is its code.
    case criterion
    case clinVar = "clinvar"
    case frequency
    case localCount = "local_count"
    /// A prediction; the name is its tool.
    case prediction
    case consequence
    /// Transcript or HGVS name, with the same consequence.
    case naming
    /// A genotype; the name is the sample.
    case genotype
    case inheritance
    case disease
    /// Points of the phenotype.
    case phenotype
    /// Points of all: T.
    case total
  }

  public var aspect: Aspect
  /// Code, tool or sample; empty where the aspect says it all.
  public var name: String
  public var old: Wording?
  public var new: Wording?
  /// Whether it may matter to a reader; else it is a figure that moved without consequences.
  public var isNotable: Bool
  public var cause: ChangeCause

  public init(
    _ aspect: Aspect, name: String = "", old: Wording?, new: Wording?, isNotable: Bool, cause: ChangeCause = .init([])
  ) {
    self.aspect = aspect
    self.name = name
    self.old = old
    self.new = new
    self.isNotable = isNotable
    self.cause = cause
  }
}

/// Why the list of one run does not hold what the other's does.
public enum AbsenceReason: Sendable, Hashable {
  /// The gene was not screened.
  case geneNotScreened
  /// A near miss there: its kind, the stage that removed it, the value it met and the threshold.
  case nearMiss(kind: String, stage: String, value: String?, threshold: String?)
  /// Neither candidate nor near miss. The stages at which that run removed more alleles than the other, by how many; none where
  /// the counts do not tell.
  case notHeld([StageShift])
  /// Neither, and the variants are other ones: the allele may not be in them.
  case otherVariants

  public struct StageShift: Sendable, Hashable {
    public var stage: String
    public var more: Int

    public init(stage: String, more: Int) {
      self.stage = stage
      self.more = more
    }
  }
}

/// What became of an allele in a gene between two runs.
public struct FindingChange: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A candidate now, none before.
    case new
    /// A candidate before, none now.
    case lost
    /// The class that its points give is another.
    case reclassified
    /// Its place among what both runs hold is another, and its own points have changed.
    case moved
    /// Something of its evidence that may matter.
    case evidence
    /// A near miss now, nothing before.
    case newNearMiss = "new_near_miss"
    /// A near miss before, nothing now.
    case lostNearMiss = "lost_near_miss"
    /// Figures moved without consequences.
    case details
  }

  /// How much it matters to who reads on; the order of every list.
  public enum Weight: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Pathogenic or likely so, and was not before.
    case pathogenicNow
    /// The class rose otherwise.
    case upward
    /// Was pathogenic or likely so, and is not any more, or is gone.
    case pathogenicBefore
    case new
    case downward
    case lost
    case moved
    case evidence
    case nearMiss
    case details

    public static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
  }

  public var kind: Kind
  public var weight: Weight
  public var old: RecordedFinding?
  public var new: RecordedFinding?
  /// What differs, where both runs hold it; the most telling first.
  public var differences: [EvidenceDifference]
  /// Why the other run does not list it.
  public var absence: AbsenceReason?
  public var cause: ChangeCause

  public init(
    _ kind: Kind, weight: Weight, old: RecordedFinding?, new: RecordedFinding?,
    differences: [EvidenceDifference] = [], absence: AbsenceReason? = nil, cause: ChangeCause
  ) {
    self.kind = kind
    self.weight = weight
    self.old = old
    self.new = new
    self.differences = differences
    self.absence = absence
    self.cause = cause
  }

  public var allele: String { new?.allele ?? old?.allele ?? "" }
  public var gene: String { new?.gene ?? old?.gene ?? "" }
}
