/// One variant of a candidate, seen through the candidate's gene.
public struct CandidateVariant: Sendable, Hashable {
  public var variant: Variant
  /// The transcript chosen for the gene; nil when the file names no consequence in it.
  public var consequence: Consequence?
  /// A protein-coding transcript that is hit at least one impact class harder than the chosen one.
  public var worseConsequence: Consequence?
  public var origin: ParentOfOrigin
  public var evidence: AutomatedEvidence
  /// What reviewers said of the variant in words.
  public var remarks: [ReviewRemark] = []

  public init(
    variant: Variant, consequence: Consequence?, worseConsequence: Consequence? = nil, origin: ParentOfOrigin,
    evidence: AutomatedEvidence
  ) {
    self.variant = variant
    self.consequence = consequence
    self.worseConsequence = worseConsequence
    self.origin = origin
    self.evidence = evidence
  }
}

/// An explanation that the screen offers: one variant, or a pair, in one gene, with the models that it fits.
public struct Candidate: Sendable, Hashable {
  /// 1 is best; equal only for nothing: order is total.
  public var rank: Int
  public var gene: TargetGene
  /// One variant, or the two halves of a compound heterozygote.
  public var variants: [CandidateVariant]
  /// The verdicts that are not FAIL, best first.
  public var verdicts: [ModelVerdict]
  /// Set for pairs.
  public var phase: PairPhase?
  public var ledger: PointsLedger
  /// The disease of the gene that the ledger speaks for; nil where phenotype was not scored.
  public var scoredDisease: Disease?
  /// Share of the probability within this case, 0…1, beside all other candidates and "none of these".
  public var share: Double
  /// Flags of the candidate as a whole.
  public var flags: [Wording]

  public init(
    rank: Int = 0, gene: TargetGene, variants: [CandidateVariant], verdicts: [ModelVerdict], phase: PairPhase? = nil,
    ledger: PointsLedger, scoredDisease: Disease? = nil, share: Double = 0, flags: [Wording] = []
  ) {
    self.rank = rank
    self.gene = gene
    self.variants = variants
    self.verdicts = verdicts
    self.phase = phase
    self.ledger = ledger
    self.scoredDisease = scoredDisease
    self.share = share
    self.flags = flags
  }

  public var models: [InheritanceModel] { verdicts.map(\.model).sorted() }

  /// The models that the family neither confirms nor excludes.
  public var possibleModels: [InheritanceModel] { verdicts.filter { !$0.verdict.isPass }.map(\.model).sorted() }

  /// The disease that the candidate speaks for: the one that was scored, else the panel's first whose mode fits, else its first.
  public var disease: Disease? {
    scoredDisease ?? gene.diseases.first { disease in models.contains { disease.mode.fits($0) } } ?? gene.diseases.first
  }

  /// Name of the pair, the same for its halves; nil for a single variant.
  public var group: String? {
    variants.count < 2 ? nil : variants.map(\.variant.allele.name).joined(separator: "+")
  }
}

/// A gene with its candidates, in the order of `genes.tsv`.
public struct RankedGene: Sendable, Hashable {
  public var rank: Int
  public var gene: TargetGene
  /// Ranks of its candidates, best first.
  public var candidates: [Int]

  public init(rank: Int, gene: TargetGene, candidates: [Int]) {
    self.rank = rank
    self.gene = gene
    self.candidates = candidates
  }
}

/// A variant that is no candidate but must not vanish.
public struct NearMiss: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// One damaging or known pathogenic copy in a gene that needs two.
    case singleHeterozygous = "single_heterozygous"
    /// ClinVar P/LP in a panel gene, removed by a filter.
    case filteredPathogenic = "filtered_pathogenic"
    /// ClinVar P/LP in a panel gene, which no mode of inheritance explains in this family.
    case excludedPathogenic = "excluded_pathogenic"
    /// A candidate by the variant files, which what the alignment files show took off the list.
    case contradictedByReads = "contradicted_by_reads"
    /// Fits a mode of inheritance, with too few points for the ranked list.
    case weakEvidence = "weak_evidence"

    /// What a reader must see first comes first: known pathogenic, what reads took away, then single hits, then what is weak.
    public var order: Int {
      switch self {
      case .filteredPathogenic, .excludedPathogenic: 0
      case .contradictedByReads: 1
      case .singleHeterozygous: 2
      case .weakEvidence: 3
      }
    }
  }

  public var kind: Kind
  public var gene: TargetGene
  public var variant: CandidateVariant
  /// The decision that removed it.
  public var decision: Decision

  public init(kind: Kind, gene: TargetGene, variant: CandidateVariant, decision: Decision) {
    self.kind = kind
    self.gene = gene
    self.variant = variant
    self.decision = decision
  }
}

extension Candidate {
  /// What a reviewer said who dismissed it, or one of its variants, as an explanation; the last of them. Nil for one that stands.
  public var dismissal: ReviewRemark? {
    isDisputed ? nil : variants.flatMap(\.remarks).last { $0.dismissal != nil }
  }

  /// Whether a variant is dismissed to which a reviewer's class is pathogenic or likely so: people have to agree first.
  public var isDisputed: Bool {
    variants.contains { seen in
      seen.remarks.contains { $0.dismissal != nil } && seen.evidence.given?.value.isPathogenicOrLikely == true
    }
  }
}
