import Model

/// Two copies of one allele of an autosomal or pseudoautosomal gene cause the disease.
struct RecessiveHomozygous: AlleleModel {
  let model = InheritanceModel.recessiveHomozygous

  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    segregation.transmission == .autosomal && (mode == .autosomalRecessive || mode == .dominantAndRecessive)
  }

  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict {
    let hasNoParents = segregation.probandHasNoParents
    var flags: [Wording] = []
    if hasNoParents, segregation.proband.state == .homozygous {
      flags.append("\(VerdictReason.hemizygosityNotExcluded)")
    }
    return segregation.verdict(of: model, flags: flags) { member in
      if member.status == .affected {
        let row = Self.affected(member.state)
        return member.state == .homozygous ? row.and(segregation.recessiveDescent(of: member.position)) : row
      }
      // Two parents who cannot be asked are worth as much as no parents: the caveat above says so.
      if hasNoParents, member.state == .missing, segregation.isParentOfProband(member.position) { return .pass }
      return Segregation.softened(Self.unaffected(member.state), isIncomplete: isIncomplete)
    }
  }

  static func affected(_ state: GenotypeState) -> Verdict {
    switch state {
    case .homozygous: .pass
    case .partial: .possible([.affectedHalfCall])
    case .missing: .possible([.affectedMissing])
    case .heterozygous, .heterozygousOther: .fail([.affectedNotHomozygous])
    case .reference: .fail([.affectedNotCarrier])
    case .hemizygousReference, .hemizygous, .hemizygousConflict: .fail([.affectedNotHomozygous])
    }
  }

  static func unaffected(_ state: GenotypeState) -> Verdict {
    switch state {
    case .reference, .heterozygous, .heterozygousOther: .pass
    case .missing: .possible([.unaffectedMissing])
    case .partial: .possible([.unaffectedHalfCall])
    case .homozygous: .fail([.unaffectedHomozygous])
    case .hemizygousReference, .hemizygous, .hemizygousConflict: .pass
    }
  }
}
