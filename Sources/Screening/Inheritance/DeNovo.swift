import Model

/// A new mutation in the proband, in a gene where it suffices to make the proband ill.
struct DeNovo: AlleleModel {
  let model = InheritanceModel.deNovo

  /// Only where a parent is part of the family: without one there is no evidence either way.
  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    let parents = Parent.allCases.compactMap { segregation.family.parent($0, of: segregation.family.proband) }
    guard !parents.isEmpty else { return false }
    switch (segregation.transmission, mode) {
    case (.autosomal, .autosomalDominant), (.autosomal, .dominantMaternallyImprinted),
      (.autosomal, .dominantPaternallyImprinted), (.autosomal, .dominantAndRecessive),
      (.xLinked, .xLinkedRecessive), (.xLinked, .xLinkedDominant), (.yLinked, .yLinked):
      return true
    default: return false
    }
  }

  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict {
    let proband = segregation.proband
    var descent = segregation.descent()
    descent.merge(segregation.deNovoEvent(in: proband.position))
    descent.flags += segregation.sexChromosomeFlags
    return segregation.verdict(of: model, descent: descent) { member in
      if member.isProband { return own(member, segregation, mode: mode) }
      // Whether a parent is clean enough is the event's own, stricter, rule.
      if member.status == .unaffected, isAsked(member, segregation) { return .pass }
      return others(member, segregation, mode: mode, isIncomplete: isIncomplete)
    }
  }

  private func isAsked(_ member: Segregation.Member, _ segregation: Segregation) -> Bool {
    segregation.transmission.parents(ofChild: segregation.proband.sex).contains {
      segregation.family.parent($0, of: segregation.family.proband) == member.position
    }
  }

  private func own(_ member: Segregation.Member, _ segregation: Segregation, mode: ModeOfInheritance) -> Verdict {
    switch mode {
    case .xLinkedRecessive where member.sex == .female: .possible([.manifestingCarrier])
    case .yLinked where member.sex == .female: .fail([.wrongSex])
    default: segregation.imprinted(.pass, member, mode: mode)
    }
  }

  private func others(
    _ member: Segregation.Member, _ segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool
  ) -> Verdict {
    switch segregation.transmission {
    case .autosomal, .mitochondrial:
      segregation.imprinted(
        AutosomalDominant.row(of: member, in: segregation, isIncomplete: isIncomplete), member, mode: mode)
    case .xLinked where mode == .xLinkedDominant: XLinkedDominant.row(of: member, isIncomplete: isIncomplete)
    case .xLinked: XLinkedRecessive.row(of: member, mode: mode, isIncomplete: isIncomplete)
    case .yLinked: YLinked.row(of: member, isIncomplete: isIncomplete)
    }
  }
}
