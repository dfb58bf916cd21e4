/// Something that went into two runs and was not the same.
public struct ChangedInput: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The program's own version, with its rules and bundled tables.
    case program
    /// htslib, which reads the files.
    case htslib
    case variants
    /// Files of reads.
    case alignment
    /// Who is in the family, their sex, status and parents.
    case family
    /// The person whose disease is to be explained.
    case proband
    /// Terms of the patient, and the onset.
    case phenotypes
    /// HPO's release: terms, diseases, annotations.
    case phenotypeRelease = "phenotype_release"
    case panel
    /// A store of population frequencies.
    case frequencyStore = "frequency_store"
    case clinVarStore = "clinvar_store"
    /// A store of predictions.
    case scoreStore = "score_store"
    /// A table of facts about genes: constraint, validity.
    case geneStore = "gene_store"
    /// The laboratory's own cohort.
    case cohort
    case reference
    case setting
    /// Criteria that a reviewer gave or took away.
    case review
  }

  public var kind: Kind
  /// Name of the file, store, panel, setting or term; empty where the kind says it all.
  public var name: Wording
  /// Version, value or checksum before; nil where it was not there.
  public var old: Wording?
  public var new: Wording?

  /// A phenotype's name where the onset is meant.
  public static let onset: Wording = "onset"

  public init(_ kind: Kind, name: Wording = "", old: Wording?, new: Wording?) {
    self.kind = kind
    self.name = name
    self.old = old
    self.new = new
  }
}

/// Which changed inputs account for a change.
public struct ChangeCause: Sendable, Hashable {
  public enum Certainty: String, Sendable, Hashable, CaseIterable {
    /// One input alone can have done it.
    case shown
    /// One of several.
    case possible
    /// None of the inputs that runs record.
    case unexplained
  }

  /// Places in the comparison's list of changed inputs, from 0.
  public var inputs: [Int]

  public init(_ inputs: some Sequence<Int>) {
    self.inputs = Set(inputs).sorted()
  }

  public var certainty: Certainty {
    switch inputs.count {
    case 0: .unexplained
    case 1: .shown
    default: .possible
    }
  }
}
