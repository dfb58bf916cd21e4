import Model

extension Segregation {
  /// Which parent a member has the allele from, as far as the parents' genotypes tell.
  ///
  /// A parent who is reference only leaves the other one when that other one was seen to carry: with the other missing the
  /// allele may be new.
  func origin(of child: Int) -> ParentOfOrigin {
    let state = genotype(of: child).state
    guard state.isCarrier else { return .unknown }
    let parents = transmission.parents(ofChild: member(child).sex)
    if parents.count == 1 {
      let evidence = evidence(parents[0], of: child)
      if evidence.isCarrier { return parents[0] == .mother ? .mother : .father }
      // A mother below the detection limit can still hand on a mitochondrial allele.
      return evidence.isReference && transmission != .mitochondrial ? .deNovo : .unknown
    }
    switch (evidence(.mother, of: child), evidence(.father, of: child)) {
    case (.carrier, .reference): return .mother
    case (.reference, .carrier): return .father
    case (.carrier, .carrier): return state == .homozygous ? .both : .unknown
    case (.reference, .reference): return state == .homozygous ? .unknown : .deNovo
    default: return .unknown
    }
  }

  /// A member's row in a gene of which only one parent's copy is expressed.
  ///
  /// An affected member must have the allele from the parent whose copy is expressed; an unaffected carrier is a contradiction
  /// only when the expressed copy is the altered one.
  func imprinted(_ row: Verdict, _ member: Member, mode: ModeOfInheritance) -> Verdict {
    guard let silent = mode.silentParent, member.state.isCarrier, member.status != .unknown else { return row }
    let isAffected = member.status == .affected
    switch (origin(of: member.position), silent) {
    case (.both, _), (.mother, .father), (.father, .mother): return row
    case (.mother, .mother): return isAffected ? row.and(.fail([.maternalOrigin])) : .pass
    case (.father, .father): return isAffected ? row.and(.fail([.paternalOrigin])) : .pass
    case (.unknown, _), (.deNovo, _): return isAffected ? row.capped(.originUnknown) : .pass
    }
  }
}

extension ModeOfInheritance {
  /// The parent whose copy of the gene is not expressed.
  var silentParent: Parent? {
    switch self {
    case .dominantMaternallyImprinted: .mother
    case .dominantPaternallyImprinted: .father
    default: nil
    }
  }
}
