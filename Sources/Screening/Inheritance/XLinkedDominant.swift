import Model

/// One altered copy of an X-linked gene causes the disease, in females too.
struct XLinkedDominant: AlleleModel {
  let model = InheritanceModel.xLinkedDominant

  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    segregation.transmission == .xLinked && mode == .xLinkedDominant
  }

  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict {
    segregation.verdict(of: model, descent: segregation.descent(), flags: segregation.sexChromosomeFlags) { member in
      Self.row(of: member, isIncomplete: isIncomplete)
    }
  }

  static func row(of member: Segregation.Member, isIncomplete: Bool) -> Verdict {
    if member.status == .affected { return member.bySex(male: SingleCopy.affected, female: affectedFemale) }
    return member.bySex(
      male: { Segregation.softened(SingleCopy.unaffected($0), isIncomplete: isIncomplete) },
      female: { unaffectedFemale($0, isIncomplete: isIncomplete) })
  }

  private static func affectedFemale(_ state: GenotypeState) -> Verdict {
    switch state {
    case .heterozygous, .heterozygousOther, .homozygous, .hemizygous, .hemizygousConflict: .pass
    case .partial: .possible([.affectedHalfCall])
    case .missing: .possible([.affectedMissing])
    case .reference, .hemizygousReference: .fail([.affectedNotCarrier])
    }
  }

  private static func unaffectedFemale(_ state: GenotypeState, isIncomplete: Bool) -> Verdict {
    switch state {
    case .reference, .hemizygousReference: .pass
    case .missing: .possible([.unaffectedMissing])
    case .heterozygous where isIncomplete: .possible([.skewedInactivation])
    case .heterozygous, .heterozygousOther, .homozygous, .partial, .hemizygous, .hemizygousConflict:
      Segregation.softened(.fail([.unaffectedCarrier]), isIncomplete: isIncomplete)
    }
  }
}
