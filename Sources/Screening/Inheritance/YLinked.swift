import Model

/// An allele of a gene on Y outside the pseudoautosomal regions: from father to son, males only.
struct YLinked: AlleleModel {
  let model = InheritanceModel.yLinked

  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    segregation.transmission == .yLinked && mode == .yLinked
  }

  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict {
    var descent = segregation.descent()
    if segregation.proband.sex == .female { descent.add(.fail([.wrongSex]), to: segregation.family.proband) }
    return segregation.verdict(of: model, descent: descent, flags: segregation.sexChromosomeFlags) { member in
      Self.row(of: member, isIncomplete: isIncomplete)
    }
  }

  static func row(of member: Segregation.Member, isIncomplete: Bool) -> Verdict {
    guard member.sex != .female else { return member.status == .affected ? .fail([.wrongSex]) : .pass }
    return member.status == .affected
      ? SingleCopy.affected(member.state)
      : Segregation.softened(SingleCopy.unaffected(member.state), isIncomplete: isIncomplete)
  }
}
