import Model

/// An allele of an X-linked gene: males are ill with their one copy altered, females with both.
struct XLinkedRecessive: AlleleModel {
  let model = InheritanceModel.xLinkedRecessive

  /// In genes where one altered copy may make females ill too, the recessive reading is that of a male proband.
  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    guard segregation.transmission == .xLinked else { return false }
    switch mode {
    case .xLinkedRecessive: return true
    case .xLinkedDominant: return segregation.proband.sex != .female
    case .autosomalDominant, .dominantMaternallyImprinted, .dominantPaternallyImprinted, .autosomalRecessive,
      .dominantAndRecessive, .xLinked, .yLinked, .mitochondrial, .unknown:
      return false
    }
  }

  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict {
    var descent = segregation.descent()
    // Two copies have a rule of descent of their own.
    for member in segregation.members where member.state == .homozygous && member.status == .affected {
      descent.verdicts[member.position] = segregation.recessiveDescent(of: member.position)
    }
    return segregation.verdict(of: model, descent: descent, flags: segregation.sexChromosomeFlags) { member in
      Self.row(of: member, mode: mode, isIncomplete: isIncomplete)
    }
  }

  static func row(of member: Segregation.Member, mode: ModeOfInheritance, isIncomplete: Bool) -> Verdict {
    let row: Verdict
    if member.status == .affected {
      row = member.bySex(male: SingleCopy.affected, female: { affectedFemale($0, mode: mode) })
    } else {
      row = member.bySex(male: SingleCopy.unaffected, female: unaffectedFemale)
    }
    return member.status == .affected ? row : Segregation.softened(row, isIncomplete: isIncomplete)
  }

  private static func affectedFemale(_ state: GenotypeState, mode: ModeOfInheritance) -> Verdict {
    switch state {
    case .heterozygous where mode == .xLinkedDominant: .possible([.manifestingCarrier])
    default: RecessiveHomozygous.affected(state)
    }
  }

  private static func unaffectedFemale(_ state: GenotypeState) -> Verdict { RecessiveHomozygous.unaffected(state) }
}

/// The rows for people with a single copy: males on X and Y.
enum SingleCopy {
  static func affected(_ state: GenotypeState) -> Verdict {
    switch state.asSingleCopy {
    case .hemizygous: .pass
    case .hemizygousConflict: .possible([.hemizygousConflict])
    case .hemizygousReference: .fail([.affectedNotCarrier])
    default: .possible([.affectedMissing])
    }
  }

  static func unaffected(_ state: GenotypeState) -> Verdict {
    switch state.asSingleCopy {
    case .hemizygousReference: .pass
    case .hemizygousConflict: .possible([.hemizygousConflict])
    case .hemizygous: .fail([.unaffectedHemizygous])
    default: .possible([.unaffectedMissing])
    }
  }
}

extension Segregation.Member {
  /// The row of the member's sex; of an unknown sex both are read, and what they disagree on stays open.
  func bySex(male: (GenotypeState) -> Verdict, female: (GenotypeState) -> Verdict) -> Verdict {
    switch sex {
    case .male: male(state)
    case .female: female(state)
    case .unknown: Segregation.eitherSex(male(state), female(state))
    }
  }
}

extension Segregation {
  /// Calls that a single X or Y cannot have.
  var sexChromosomeFlags: [Wording] {
    members.filter { $0.state == .hemizygousConflict }.map {
      "\(family.name(of: $0.position)): \(VerdictReason.hemizygousConflict)"
    }
  }
}
