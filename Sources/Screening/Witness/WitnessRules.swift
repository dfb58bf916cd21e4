import Model

/// When reads are believed (clinical specification, sections 5.1, 5.3 and 5.5), save for what a case may set.
enum WitnessRules {
  /// Bases of the reference on both sides of an allele for the two haplotypes, beside its own length.
  static let flank = 100
  /// Longest allele that is told apart by haplotypes, in bases: longer ones are hardly within a read.
  static let longestAllele = 300
  /// Costs of an alignment, in Phred as the qualities that mismatches cost. [E]
  static let gapOpening: Int32 = 40
  static let gapExtension: Int32 = 5
  static let mostMismatch: Int32 = 40
  /// A read tells when one haplotype costs so much more than the other, Phred. [E]
  static let decision: Int32 = 15
  /// A read that costs more than this by both shows something else.
  static let stranger: Int32 = 120

  /// No sequencer makes this very base of another more rarely, whatever the qualities say. [E]
  static let leastError = 0.0005
  /// Of insertions and deletions, which qualities say nothing of; the second in a run of one base, where they are common. [E]
  static let indelError = 0.001
  static let indelErrorInRuns = 0.01
  static let longRun = 6
  /// Fewest fragments with something else that make a place noisy. [E]
  static let fewestStrangers = 3
  /// Bases that a read may lie beside its place beyond what the allele itself moves it.
  static let wander = 16

  /// A member is taken as a heterozygote when one half of the fragments would show so few of the allele with at least this probability;
  /// with fewer it may be a mosaic, which must not be taken for an inherited allele. Where the caller said reference, more is asked. [E]
  static let heterozygoteChance = 0.05
  static let heterozygoteChanceAgainstCall = 0.2
  /// A called carrier is not seen in the reads when so few of enough reads show the allele.
  static let absentFraction = 0.02

  /// Furthest that the reads of one fragment reach from one allele to another, in bases.
  static let fragmentReach = 1_000
  /// Fragments over both alleles of a pair that make a phase, and the share of them that must agree. [E]
  static let fewestFragments = 3
  static let agreement = 0.9

  /// Alleles of the case at which reads and variants differ, and the share of them, from which the reads are another person's. [E]
  static let fewestUnlike = 5
  static let mostUnlike = 0.2

  /// Depth at a homozygote, as a share of the sample's mean over the panel, below which a deletion of the other copy is likely. [E]
  static let halfDepth = 0.7
}

extension ReadEvidence {
  /// Reads that make a mosaic of somebody without the allele: as many, and as large a share, as the case's rule asks whatever the errors
  /// (clinical specification, section 5.5), or as many, and more than errors explain.
  func isSuspicious(_ settings: Settings) -> Bool {
    guard let fraction, alternate >= settings.maximumParentalReads else { return false }
    return fraction >= settings.maximumParentalFraction || !isExplainedByErrors
  }
}
