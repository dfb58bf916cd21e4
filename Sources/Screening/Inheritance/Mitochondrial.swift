import Model

/// A mitochondrial allele: handed on by mothers, in any share of the copies (heteroplasmy).
///
/// The verdict rests on the share of reads, not on GT, since callers differ in how they write heteroplasmy.
struct Mitochondrial: AlleleModel {
  let model = InheritanceModel.mitochondrial

  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool {
    segregation.transmission == .mitochondrial && mode == .mitochondrial
  }

  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict {
    let level = Self.level(of: segregation.proband.genotype)
    var descent = Descent()
    if let mother = segregation.family.mother(of: segregation.family.proband) {
      descent.add(Self.maternal(segregation, mother), to: segregation.family.proband)
    }
    let flags: [Wording] = level.map { ["heteroplasmy \(Self.percent($0)) in the proband"] } ?? []
    return segregation.verdict(of: model, descent: descent, flags: flags) { member in
      // Fathers do not hand on mitochondria, and what they carry says nothing about the child.
      if segregation.family.father(of: segregation.family.proband) == member.position { return .pass }
      return member.status == .affected
        ? Self.affected(member.genotype, segregation.settings)
        : Segregation.softened(
          Self.unaffected(member.genotype, probandLevel: level, segregation.settings), isIncomplete: isIncomplete)
    }
  }

  /// Share of the copies that carry the allele, 0…1; nil when a mixed call gives no reads.
  static func level(of genotype: Genotype) -> Double? {
    if let fraction = genotype.alleleFraction { return fraction }
    switch genotype.state {
    case .hemizygous, .homozygous: return 1
    case .hemizygousReference, .reference: return 0
    case .missing, .partial, .heterozygous, .heterozygousOther, .hemizygousConflict: return nil
    }
  }

  private static func percent(_ level: Double) -> Wording { "\(Int((level * 100).rounded())) %" }

  private static func affected(_ genotype: Genotype, _ settings: Settings) -> Verdict {
    if genotype.state == .missing { return .possible([.affectedMissing]) }
    guard let level = level(of: genotype) else { return .possible([.heteroplasmyUnknown]) }
    if level < settings.minimumHeteroplasmy {
      return .fail([genotype.state.isCarrier ? .lowHeteroplasmy : .affectedNotCarrier])
    }
    // A low share rests on a handful of reads unless the depth is that of mitochondrial sequencing.
    if level < settings.homoplasmy, let depth = genotype.depth, depth < settings.minimumMitochondrialDepth {
      return .possible([.lowMitochondrialDepth])
    }
    return .pass
  }

  private static func unaffected(_ genotype: Genotype, probandLevel: Double?, _ settings: Settings) -> Verdict {
    if genotype.state == .missing { return .possible([.unaffectedMissing]) }
    guard let level = level(of: genotype) else { return .possible([.heteroplasmyUnknown]) }
    if level < settings.minimumHeteroplasmy { return .pass }
    if level >= settings.homoplasmy, let probandLevel, probandLevel >= settings.homoplasmy {
      return .fail([.unaffectedCarrier])
    }
    return .possible([.unaffectedHeteroplasmy])
  }

  private static func maternal(_ segregation: Segregation, _ mother: Int) -> Verdict {
    if segregation.family.isRefuted(child: segregation.family.proband, parent: mother) {
      return .possible([.relatednessFailed])
    }
    let genotype = segregation.genotype(of: mother)
    guard genotype.state != .missing, let level = level(of: genotype), level < clearMother,
      let depth = genotype.depth, depth >= segregation.settings.minimumMitochondrialDepth
    else { return .pass }
    return .possible([.apparentHeteroplasmicDeNovo])
  }

  /// A mother below this share, at sufficient depth, does not carry the allele as far as blood tells.
  private static let clearMother = 0.01
}
