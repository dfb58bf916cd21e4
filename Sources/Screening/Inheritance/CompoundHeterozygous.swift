import Model

/// Two different alleles of one gene, one on each copy, cause the disease.
struct CompoundHeterozygous {
  let first: Segregation
  let second: Segregation
  let isIncomplete: Bool
  /// The two alleles are alternates of one record: `1/2`.
  let isSameRecord: Bool
  /// Fragments of the proband over both alleles; nil where none was seen.
  let pairReads: PairReads?

  private var family: Family { first.family }
  private var isOnX: Bool { first.transmission == .xLinked }

  static func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    switch segregation.transmission {
    case .autosomal: mode == .autosomalRecessive || mode == .dominantAndRecessive
    case .xLinked: mode == .xLinkedRecessive
    case .yLinked, .mitochondrial: false
    }
  }

  /// What the phase of a person's two alleles is, and on what ground.
  struct PhaseFinding {
    var phase: PairPhase
    var verdict: Verdict
    var flags: [Wording] = []
  }

  func verdict() -> (verdict: ModelVerdict, phase: PairPhase) {
    let finding = phase(of: family.proband)
    let members = family.members.map { position -> MemberVerdict in
      var verdict = row(of: position)
      if position == family.proband {
        verdict = verdict.and(finding.verdict)
        let isDoubted = [first, second].contains { $0.genotype(of: position).notes.contains(.notInReads) }
        if isDoubted { verdict = verdict.capped(.notInReads) }
      }
      return MemberVerdict(member: family.name(of: position), state: weakerState(of: position), verdict: verdict)
    }
    return (
      ModelVerdict(
        model: .recessiveCompound, verdict: members.reduce(.pass) { $0.and($1.verdict) }, members: members,
        flags: finding.flags + (pairReads.map { [$0.account] } ?? [])),
      finding.phase
    )
  }

  /// The state that the pair stands or falls with: the less certain of the two.
  private func weakerState(of position: Int) -> GenotypeState {
    let order: [GenotypeState] = [
      .missing, .reference, .hemizygousReference, .partial, .hemizygousConflict, .heterozygous, .heterozygousOther,
      .homozygous, .hemizygous,
    ]
    let states = [first, second].map { $0.genotype(of: position).state }
    return order.first { states.contains($0) } ?? .missing
  }
}

// MARK: - Members

extension CompoundHeterozygous {
  private func row(of position: Int) -> Verdict {
    let members = [first.member(position), second.member(position)]
    switch members[0].status {
    case .unknown: return .pass
    case .affected: return affected(members)
    case .unaffected: return unaffected(members, at: position)
    }
  }

  private func affected(_ members: [Segregation.Member]) -> Verdict {
    let isProband = members[0].isProband
    if isProband, members.contains(where: { !$0.state.isCarrier }) { return .fail([.probandNotCarrier]) }
    if isOnX, members[0].sex == .male {
      // A male has one X: two alleles on it are in cis, and either alone would do.
      return isProband ? .fail([.wrongSex]) : .pass
    }
    return members.map { member -> Verdict in
      switch member.state {
      case .heterozygous, .heterozygousOther: .pass
      case .homozygous: isProband ? .fail([.homozygousHalf]) : .pass
      case .partial: .possible([.affectedHalfCall])
      case .missing: .possible([.affectedMissing])
      case .reference, .hemizygousReference, .hemizygous, .hemizygousConflict: .fail([.pairNotInAffected])
      }
    }.reduce(.pass) { $0.and($1) }
  }

  private func unaffected(_ members: [Segregation.Member], at position: Int) -> Verdict {
    let states = members.map(\.state)
    if isOnX, members[0].sex == .male {
      return Segregation.softened(
        states.map { SingleCopy.unaffected($0) }.reduce(.pass) { $0.and($1) }, isIncomplete: isIncomplete)
    }
    if states.contains(.homozygous) {
      return Segregation.softened(.fail([.unaffectedHomozygous]), isIncomplete: isIncomplete)
    }
    // A parent's part, carrier or missing, is in the enumeration of the child's phase.
    if first.isParentOfProband(position) { return .pass }
    if states.contains(where: \.isReference) { return .pass }
    if states.contains(.missing) { return .possible([.unaffectedMissing]) }
    if states.contains(.partial) { return .possible([.unaffectedHalfCall]) }
    let pair = phase(of: position).phase
    if pair == .cis { return .pass }
    let isContradiction = pair == .confirmedTrans || family.areSiblings(position, family.proband)
    if !isContradiction { return .possible([.pairInUnaffected]) }
    return isIncomplete ? .possible([.pairInUnaffected]) : .fail([.pairInUnaffected])
  }
}

// MARK: - Phase

extension CompoundHeterozygous {
  /// Parents first, reads second: a phase that tested parents force stands against PS, and a conflict is flagged.
  func phase(of child: Int) -> PhaseFinding {
    if isTransByDefinition(in: child) {
      return PhaseFinding(phase: .confirmedTrans, verdict: .pass, flags: ["two different alleles of one place"])
    }
    let parents = HaplotypeEnumeration(mother: alleles(of: .mother, child), father: alleles(of: .father, child))
    guard !parents.explanations.isEmpty else {
      return PhaseFinding(phase: .unknown, verdict: .fail([.secondDeNovo]))
    }
    let reads = readPhase(of: child)
    if parents.needsDeNovo { return withOneDeNovo(parents, reads) }
    guard let forced = parents.phase else { return mixed(parents, reads, child) }
    let flags: [Wording] = reads.map { $0 == forced ? [] : ["\(VerdictReason.phaseConflict)"] } ?? []
    switch forced {
    case .trans:
      // An allele that must have come from a parent who was not tested for it may as well be new: reads decide.
      if reads != .trans, (parents.fewestUntested(.trans) ?? 0) > 0 {
        return reads == .cis
          ? PhaseFinding(phase: .cis, verdict: .fail([.inCis])) : probableTrans(child)
      }
      return PhaseFinding(phase: .confirmedTrans, verdict: .pass, flags: flags)
    case .cis:
      // Both alleles would have to sit in a parent who was not tested, so reads that separate them are believed.
      if reads == .trans, (parents.fewestUntested(.cis) ?? 0) > 0 {
        return PhaseFinding(phase: .confirmedTrans, verdict: .pass, flags: ["one half de novo, in trans by reads"])
      }
      return PhaseFinding(phase: .cis, verdict: .fail([.inCis]), flags: flags)
    }
  }

  private func withOneDeNovo(
    _ parents: HaplotypeEnumeration, _ reads: HaplotypeEnumeration.Phase?
  ) -> PhaseFinding {
    switch reads ?? (parents.phase == .cis ? .cis : nil) {
    case .trans:
      PhaseFinding(phase: .confirmedTrans, verdict: .pass, flags: ["one half de novo, in trans by reads"])
    case .cis: PhaseFinding(phase: .cis, verdict: .fail([.inCis]))
    case nil: PhaseFinding(phase: .unknown, verdict: .possible([.oneHalfDeNovo]))
    }
  }

  /// Both phases can have come from the parents: reads decide, else the phase that asks less of untested parents.
  private func mixed(
    _ parents: HaplotypeEnumeration, _ reads: HaplotypeEnumeration.Phase?, _ child: Int
  ) -> PhaseFinding {
    switch reads {
    case .trans: return PhaseFinding(phase: .confirmedTrans, verdict: .pass)
    case .cis: return PhaseFinding(phase: .cis, verdict: .fail([.inCis]))
    case nil: break
    }
    let relatedness: [VerdictReason] =
      Parent.allCases.contains { first.evidence($0, of: child).isRefuted } ? [.relatednessFailed] : []
    let isFree = Parent.allCases.contains { alleles(of: $0, child).isFreeDoubleCarrier }
    let trans = parents.fewestUntested(.trans) ?? 0
    let cis = parents.fewestUntested(.cis) ?? 0
    if isFree || trans == cis {
      let isUntested = Parent.allCases.allSatisfy { alleles(of: $0, child).isUntested.allSatisfy { $0 } }
      return PhaseFinding(
        phase: isUntested ? .unphased : .unknown, verdict: .possible([.unphased] + relatedness))
    }
    guard trans < cis else {
      return PhaseFinding(phase: .probableCis, verdict: .possible([.probableCis] + relatedness))
    }
    return probableTrans(child)
  }

  private func probableTrans(_ child: Int) -> PhaseFinding {
    var reasons: [VerdictReason] = []
    for parent in Parent.allCases where alleles(of: parent, child).isUntested.contains(true) {
      let isRefuted = first.evidence(parent, of: child).isRefuted
      reasons.append(isRefuted ? .relatednessFailed : parent == .mother ? .motherMissing : .fatherMissing)
    }
    return PhaseFinding(phase: .probableTrans, verdict: .possible(reasons))
  }

  /// `1/2` at one record; or an SNV on the only copy that a deletion in the same sample leaves.
  private func isTransByDefinition(in child: Int) -> Bool {
    let genotypes = [first.genotype(of: child), second.genotype(of: child)]
    if isSameRecord { return genotypes.allSatisfy { $0.state == .heterozygousOther } }
    return Self.isUncovered(genotypes[0], first.allele, by: genotypes[1], second.allele)
      || Self.isUncovered(genotypes[1], second.allele, by: genotypes[0], first.allele)
  }

  private static func isUncovered(
    _ genotype: Genotype, _ allele: Allele, by deletion: Genotype, _ deleted: Allele
  ) -> Bool {
    let isDeletion =
      deleted.alternate.hasPrefix("<DEL")
      || (!deleted.isSymbolic && deleted.reference.utf8.count > deleted.alternate.utf8.count)
    return isDeletion && genotype.state == .heterozygousOther && genotype.notes.contains(.spanningDeletion)
      && deletion.state == .heterozygous && deleted.region.overlaps(allele.region)
  }

  /// What the caller phased, else what the fragments over both alleles show; nothing where the two disagree.
  private func readPhase(of child: Int) -> HaplotypeEnumeration.Phase? {
    let seen = child == family.proband ? pairReads?.phase : nil
    guard let called = calledPhase(of: child) else { return seen }
    return seen == nil || seen == called ? called : nil
  }

  private func calledPhase(of child: Int) -> HaplotypeEnumeration.Phase? {
    guard let one = first.genotype(of: child).phase, let other = second.genotype(of: child).phase,
      one.set == other.set
    else { return nil }
    return one.haplotype == other.haplotype ? .cis : .trans
  }

  private func alleles(of parent: Parent, _ child: Int) -> HaplotypeEnumeration.ParentAlleles {
    let isSingleCopy = isOnX && parent == .father
    guard let position = family.parent(parent, of: child), !family.isRefuted(child: child, parent: position) else {
      return HaplotypeEnumeration.ParentAlleles(
        copies: Array(repeating: isSingleCopy ? [0, 1] : [0, 1, 2], count: 2), isUntested: [true, true],
        isSingleCopy: isSingleCopy, mayBeTrans: true)
    }
    let states = [first, second].map { $0.genotype(of: position).state }
    return HaplotypeEnumeration.ParentAlleles(
      copies: states.map { Self.copies($0, isSingleCopy: isSingleCopy) },
      isUntested: states.map { $0 == .missing }, isSingleCopy: isSingleCopy,
      mayBeTrans: isIncomplete || family.status(of: position) != .unaffected)
  }

  private static func copies(_ state: GenotypeState, isSingleCopy: Bool) -> Set<Int> {
    switch state {
    case .reference, .hemizygousReference: [0]
    case .heterozygous, .heterozygousOther: [1]
    case .homozygous: isSingleCopy ? [1] : [2]
    case .partial: isSingleCopy ? [1] : [1, 2]
    case .missing: isSingleCopy ? [0, 1] : [0, 1, 2]
    case .hemizygous: [1]
    case .hemizygousConflict: [0, 1]
    }
  }
}

extension PairReads {
  /// What a phase rests on, for the reader.
  fileprivate var account: Wording {
    "reads: of \(total) fragments over both alleles \(both) show both, \(neither) neither, \(apart) one of the two"
  }

  /// What enough fragments that agree show. Both alleles must be seen: fragments without one of them may be all of the copy that has none.
  fileprivate var phase: HaplotypeEnumeration.Phase? {
    guard total >= WitnessRules.fewestFragments else { return nil }
    let enough = WitnessRules.agreement * Double(total)
    if both > 0, Double(together) >= enough { return .cis }
    return first > 0 && second > 0 && Double(apart) >= enough ? .trans : nil
  }
}
