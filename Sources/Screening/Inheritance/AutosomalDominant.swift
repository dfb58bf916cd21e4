import Model

/// One altered copy of an autosomal or pseudoautosomal gene causes the disease.
struct AutosomalDominant: AlleleModel {
  let model = InheritanceModel.autosomalDominant

  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    guard segregation.transmission == .autosomal else { return false }
    return switch mode {
    case .autosomalDominant, .dominantMaternallyImprinted, .dominantPaternallyImprinted, .dominantAndRecessive: true
    case .autosomalRecessive, .xLinkedRecessive, .xLinkedDominant, .xLinked, .yLinked, .mitochondrial, .unknown: false
    }
  }

  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict {
    var flags: [Wording] = []
    if segregation.members.contains(where: { $0.status == .affected && $0.state == .homozygous }) {
      flags.append("homozygous in a dominant gene")
    }
    if isIncomplete {
      flags += segregation.obligateCarriers().map { "obligate carrier: \(segregation.family.name(of: $0))" }
    }
    return segregation.verdict(of: model, descent: segregation.descent(), flags: flags) { member in
      let row = Self.row(of: member, in: segregation, isIncomplete: isIncomplete)
      return segregation.imprinted(row, member, mode: mode)
    }
  }

  static func row(of member: Segregation.Member, in segregation: Segregation, isIncomplete: Bool) -> Verdict {
    member.status == .affected
      ? affected(member.state)
      : Segregation.softened(unaffected(member, in: segregation), isIncomplete: isIncomplete)
  }

  private static func affected(_ state: GenotypeState) -> Verdict {
    switch state {
    case .heterozygous, .heterozygousOther, .homozygous, .hemizygous, .hemizygousConflict: .pass
    case .partial: .possible([.affectedHalfCall])
    case .missing: .possible([.affectedMissing])
    case .reference, .hemizygousReference: .fail([.affectedNotCarrier])
    }
  }

  private static func unaffected(_ member: Segregation.Member, in segregation: Segregation) -> Verdict {
    switch member.state {
    case .reference, .hemizygousReference:
      return segregation.hasAlternateReads(member.genotype)
        && segregation.isParentOfAffectedCarrier(member.position)
        ? .possible([.unaffectedAlternateReads]) : .pass
    case .missing: return .possible([.unaffectedMissing])
    case .heterozygous, .heterozygousOther, .homozygous, .partial, .hemizygous, .hemizygousConflict:
      // A parent with the allele in few cells can be well and hand it on.
      return segregation.isMosaicCall(member.genotype) && segregation.isParentOfAffectedCarrier(member.position)
        ? .possible([.parentalMosaicism]) : .fail([.unaffectedCarrier])
    }
  }
}
