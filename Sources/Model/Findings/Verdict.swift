/// Inheritance models, with the names that `candidates.tsv` prints.
public enum InheritanceModel: String, Sendable, Hashable, CaseIterable, Comparable {
  case autosomalDominant = "AD"
  case recessiveHomozygous = "AR_hom"
  case recessiveCompound = "AR_comphet"
  case xLinkedDominant = "XL_dominant"
  case xLinkedRecessive = "XL_recessive"
  case yLinked = "YL"
  case mitochondrial = "MT"
  case deNovo = "de_novo"

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (left: InheritanceModel, right: InheritanceModel) -> Bool { left.order < right.order }
}

/// Why a model could not say PASS, or said FAIL. The raw value is the English wording and the key of translations.
public enum VerdictReason: String, Sendable, Hashable, CaseIterable, Comparable {
  // members
  case affectedNotCarrier = "affected member does not carry the allele"
  case affectedNotHomozygous = "affected member is not homozygous"
  case affectedMissing = "affected member has no usable genotype"
  case affectedHalfCall = "second allele of an affected member not called"
  case unaffectedCarrier = "unaffected carrier"
  case unaffectedHomozygous = "unaffected member is homozygous"
  case unaffectedHemizygous = "unaffected member is hemizygous"
  case unaffectedMissing = "unaffected member has no usable genotype"
  case unaffectedHalfCall = "second allele of an unaffected member not called"
  case unaffectedAlternateReads = "alternate reads in an unaffected member"
  case manifestingCarrier = "manifesting carrier?"
  case skewedInactivation = "skewed X inactivation?"
  case hemizygousConflict = "heterozygous call on a single copy: mosaic, mapping error or extra X?"
  case probandNotCarrier = "proband does not carry the allele"
  case wrongSex = "does not apply to this sex"
  // parents
  case oneParentMissing = "one parent missing"
  case bothParentsMissing = "parental samples not available"
  case fatherMissing = "father missing"
  case motherMissing = "mother missing"
  case inherited = "inherited from a parent"
  case parentalMosaicism = "parental mosaicism?"
  case mosaicProband = "mosaic in proband"
  case doubleEvent = "double event: check UPD, deletion, sample swap"
  case secondDeNovo = "more than one de novo event would be needed"
  case relatednessFailed = "not evaluable: stated relationship not confirmed by the genotypes"
  case deNovoQuality = "genotype quality too low for a de novo call"
  case carrierWithoutCarrierParent = "carrier without a carrier parent"
  case deletionOrIsodisomy = "deletion in the reference parent, uniparental isodisomy, or error"
  case inconsistentParents = "inconsistent with the parents"
  case hemizygosityNotExcluded = "hemizygous over deletion / UPD / ROH not excluded"
  case apparentHeteroplasmicDeNovo = "apparent de novo / germline bottleneck"
  // pairs
  case inCis = "both alleles on one copy"
  case unphased = "phase unknown"
  case probableTrans = "probably in trans"
  case probableCis = "probably in cis"
  case oneHalfDeNovo = "one half de novo, phase unknown"
  case homozygousHalf = "homozygous for one half: judged as recessive homozygous"
  case pairInUnaffected = "unaffected member carries both alleles"
  case pairNotInAffected = "affected member does not carry both alleles"
  case phaseConflict = "read phase contradicts the parents"
  // reads
  case notInReads = "called, but not seen in the reads"
  // gene and frequency
  case maternalOrigin = "inherited from the mother, whose copy is silent"
  case paternalOrigin = "inherited from the father, whose copy is silent"
  case originUnknown = "parent of origin unknown"
  case modeUnknown = "panel MOI unknown"
  case modeMismatch = "MOI mismatch"
  case tooCommon = "too common for this model"
  case lowHeteroplasmy = "heteroplasmy below threshold"
  case heteroplasmyUnknown = "level of heteroplasmy unknown"
  case unaffectedHeteroplasmy = "heteroplasmy in an unaffected member"
  case lowMitochondrialDepth = "mitochondrial depth below threshold"

  public static func < (left: VerdictReason, right: VerdictReason) -> Bool { left.rawValue < right.rawValue }
}

/// What a model says of a member or a family: three values, never a silent pass.
public enum Verdict: Sendable, Hashable {
  case pass
  /// Neither confirmed nor excluded. Never empty.
  case possible([VerdictReason])
  case fail([VerdictReason])

  public var isFail: Bool {
    if case .fail = self { true } else { false }
  }

  public var isPass: Bool { self == .pass }

  public var reasons: [VerdictReason] {
    switch self {
    case .pass: []
    case .possible(let reasons), .fail(let reasons): reasons
    }
  }

  /// The worst of two verdicts; reasons of equal rank are joined without repeats.
  ///
  ///     Verdict.pass.and(.possible([.oneParentMissing]))  // possible(one parent missing)
  public func and(_ other: Verdict) -> Verdict {
    switch (self, other) {
    case (.fail(let left), .fail(let right)): .fail(Self.joined(left, right))
    case (.fail, _): self
    case (_, .fail): other
    case (.possible(let left), .possible(let right)): .possible(Self.joined(left, right))
    case (.possible, .pass): self
    case (.pass, _): other
    }
  }

  /// At best POSSIBLE, for the given reason.
  public func capped(_ reason: VerdictReason) -> Verdict { and(.possible([reason])) }

  private static func joined(_ left: [VerdictReason], _ right: [VerdictReason]) -> [VerdictReason] {
    left + right.filter { !left.contains($0) }
  }
}

extension Verdict: CustomStringConvertible {
  /// `PASS`, `POSSIBLE(one parent missing)`, `FAIL(unaffected carrier)`.
  public var wording: Wording {
    let reasons = reasons.map { "\($0)" as Wording }.joined(separator: "; ")
    return switch self {
    case .pass: "PASS"
    case .possible: "POSSIBLE(\(reasons))"
    case .fail: "FAIL(\(reasons))"
    }
  }

  public var description: String { wording.description }
}

/// One member's part in a model's verdict.
public struct MemberVerdict: Sendable, Hashable {
  public var member: String
  public var state: GenotypeState
  public var verdict: Verdict

  public init(member: String, state: GenotypeState, verdict: Verdict) {
    self.member = member
    self.state = state
    self.verdict = verdict
  }
}

/// What a model says of an allele, or of a pair, in a whole family.
public struct ModelVerdict: Sendable, Hashable {
  public var model: InheritanceModel
  public var verdict: Verdict
  /// Each member's part, in the order of the pedigree.
  public var members: [MemberVerdict]
  /// Facts that do not change the verdict, for example `homozygous in a dominant gene`.
  public var flags: [Wording]

  public init(model: InheritanceModel, verdict: Verdict, members: [MemberVerdict] = [], flags: [Wording] = []) {
    self.model = model
    self.verdict = verdict
    self.members = members
    self.flags = flags
  }

  /// `AR_hom FAIL(unaffected carrier)`; on a page the model by its name, and what the verdict means.
  public var wording: Wording {
    let name = Wording(term: model.rawValue, of: "model")
    let reasons = verdict.reasons.map { "\($0)" as Wording }.joined(separator: "; ")
    return switch verdict {
    case .pass: "\(name) PASS"
    case .possible: "\(name) POSSIBLE(\(reasons))"
    case .fail: "\(name) FAIL(\(reasons))"
    }
  }
}

/// Which parent a variant came from.
public enum ParentOfOrigin: String, Sendable, Hashable {
  case mother, father, both, unknown
  case deNovo = "de_novo"
}

/// Whether the two halves of a pair lie on different copies.
public enum PairPhase: String, Sendable, Hashable {
  case confirmedTrans = "CONFIRMED_TRANS"
  case probableTrans = "PROBABLE_TRANS"
  case unphased = "UNPHASED"
  case unknown = "UNKNOWN"
  case probableCis = "PROBABLE_CIS"
  case cis = "CIS"
}
