public import Model

/// An allele as it runs through a family: the input of the models.
public struct SegregatingAllele: Sendable {
  public var allele: Allele
  /// Genotypes by position in the pedigree.
  public var genotypes: [Genotype]
  public var frequency: PopulationFrequency
  /// ClinVar P/LP: exempt from the models' frequency limits below `Settings.clinVarExemptionFrequency`.
  public var isKnownPathogenic: Bool
  /// Fragments of the proband that reach over this allele and another.
  public var pairReads: [Allele: PairReads] = [:]

  public init(
    allele: Allele, genotypes: [Genotype], frequency: PopulationFrequency = .noData, isKnownPathogenic: Bool = false
  ) {
    self.allele = allele
    self.genotypes = genotypes
    self.frequency = frequency
    self.isKnownPathogenic = isKnownPathogenic
  }

  public init(_ variant: Variant) {
    self.init(
      allele: variant.allele, genotypes: variant.genotypes, frequency: variant.frequency,
      isKnownPathogenic: variant.clinVar?.isPathogenicOrLikely ?? false)
    pairReads = variant.pairReads
  }
}

/// One allele in one family, with the questions that every model asks of it.
struct Segregation {
  /// A member of the family with what is known of the allele.
  struct Member {
    var position: Int
    var sex: Sex
    var status: AffectedStatus
    var genotype: Genotype
    var isProband: Bool

    var state: GenotypeState { genotype.state }
  }

  /// What one parent's genotype says about where a child's allele came from.
  enum ParentEvidence {
    /// Not in the pedigree.
    case absent
    /// In the pedigree without a usable genotype.
    case missing
    /// The genotypes say that this is not the parent.
    case refuted
    case reference
    case carrier
  }

  let family: Family
  let allele: Allele
  let genotypes: [Genotype]
  let transmission: Transmission

  init(_ allele: Allele, _ genotypes: [Genotype], in family: Family) {
    self.family = family
    self.allele = allele
    self.genotypes = genotypes
    transmission = Transmission(at: allele.locus, assembly: family.assembly)
  }

  var settings: Settings { family.settings }

  /// A member without a column counts as missing.
  func genotype(of position: Int) -> Genotype {
    position < genotypes.count ? genotypes[position] : .missing
  }

  func member(_ position: Int) -> Member {
    Member(
      position: position, sex: family.pedigree.individuals[position].sex, status: family.status(of: position),
      genotype: genotype(of: position), isProband: position == family.proband)
  }

  var members: [Member] { family.members.map { member($0) } }
  var proband: Member { member(family.proband) }

  func evidence(_ parent: Parent, of child: Int) -> ParentEvidence {
    guard let position = family.parent(parent, of: child) else { return .absent }
    if family.isRefuted(child: child, parent: position) { return .refuted }
    let state = genotype(of: position).state
    if state == .missing { return .missing }
    return state.isCarrier ? .carrier : .reference
  }

  func isParentOfProband(_ position: Int) -> Bool {
    family.father(of: family.proband) == position || family.mother(of: family.proband) == position
  }

  /// Whether the member is the parent of an affected carrier, so that a few alternate reads may mean a mosaic parent.
  func isParentOfAffectedCarrier(_ position: Int) -> Bool {
    family.members.contains {
      (family.father(of: $0) == position || family.mother(of: $0) == position)
        && family.status(of: $0) == .affected && genotype(of: $0).state.isCarrier
    }
  }

  /// A member without the allele in whom the caller counted, or the reads show, more of it than errors explain.
  func hasAlternateReads(_ genotype: Genotype) -> Bool {
    guard genotype.shownState.isReference else { return false }
    if let reads = genotype.reads, reads.isSuspicious(settings) { return true }
    guard let fraction = genotype.alleleFraction, let reads = genotype.alternateReads else { return false }
    return reads >= settings.maximumParentalReads && fraction >= settings.maximumParentalFraction
  }

  /// A carrier whose allele fraction is that of a mosaic rather than of a heterozygote.
  func isMosaicCall(_ genotype: Genotype) -> Bool {
    guard genotype.state == .heterozygous || genotype.state == .hemizygousConflict,
      let fraction = genotype.decisiveCounts.fraction
    else { return false }
    return fraction < settings.minimumDeNovoFraction
  }
}

// MARK: - From members to a family

extension Segregation {
  /// A model's verdict: each member's row of the table, joined with what descent adds, and the worst over all.
  ///
  /// Members of unknown status never decide; the proband must carry the allele.
  func verdict(
    of model: InheritanceModel, descent: Descent = Descent(), flags: [Wording] = [],
    row: (Member) -> Verdict
  ) -> ModelVerdict {
    let judged = members.map { member -> MemberVerdict in
      var verdict: Verdict =
        member.isProband && !member.state.isCarrier
        ? .fail([.probandNotCarrier]) : member.status == .unknown ? .pass : row(member)
      if let further = descent.verdicts[member.position] { verdict = verdict.and(further) }
      if member.isProband, member.genotype.notes.contains(.notInReads) { verdict = verdict.capped(.notInReads) }
      return MemberVerdict(member: family.name(of: member.position), state: member.state, verdict: verdict)
    }
    return ModelVerdict(
      model: model, verdict: judged.reduce(.pass) { $0.and($1.verdict) }, members: judged,
      flags: flags + descent.flags)
  }

  /// A row of the table for unaffected members under incomplete penetrance: nothing excludes, carriers are noted.
  static func softened(_ verdict: Verdict, isIncomplete: Bool) -> Verdict {
    verdict.isFail && isIncomplete ? .possible([.unaffectedCarrier]) : verdict
  }

  /// Two readings of a member of unknown sex: what they agree on stands, else it is open.
  static func eitherSex(_ male: Verdict, _ female: Verdict) -> Verdict {
    male == female ? male : .possible(male.asPossible(female))
  }

  /// Unaffected people between two affected ones: they must carry the allele of a dominant disease.
  func obligateCarriers() -> [Int] {
    family.members.filter { person in
      guard family.status(of: person) == .unaffected, genotype(of: person).state.isCarrier else { return false }
      let parents = [family.father(of: person), family.mother(of: person)].compactMap { $0 }
      let siblings = family.members.filter { family.areSiblings(person, $0) }
      let children = family.members.filter { family.father(of: $0) == person || family.mother(of: $0) == person }
      return (parents + siblings).contains { family.status(of: $0) == .affected }
        && children.contains { family.status(of: $0) == .affected }
    }
  }
}

extension Verdict {
  fileprivate func asPossible(_ other: Verdict) -> [VerdictReason] {
    reasons + other.reasons.filter { !reasons.contains($0) }
  }
}

extension GenotypeState {
  /// The same call read as one of a single copy.
  var asSingleCopy: GenotypeState {
    switch self {
    case .reference: .hemizygousReference
    case .heterozygous, .heterozygousOther: .hemizygousConflict
    case .homozygous, .partial: .hemizygous
    case .missing, .hemizygousReference, .hemizygous, .hemizygousConflict: self
    }
  }
}
