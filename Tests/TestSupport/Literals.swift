public import Model

extension Genotype {
  /// A genotype of good quality from its state in one or two letters, as the truth tables write it.
  ///
  ///     Genotype(.heterozygous, reads: (20, 19))
  public init(_ state: GenotypeState, reads: (reference: Int, alternate: Int)? = nil, phase: Phase? = nil) {
    let text: String =
      switch state {
      case .reference: "0/0"
      case .heterozygous, .hemizygousConflict: "0/1"
      case .heterozygousOther: "1/2"
      case .homozygous: "1/1"
      case .partial: "./1"
      case .missing: "./."
      case .hemizygousReference: "0"
      case .hemizygous: "1"
      }
    let typical: (reference: Int, alternate: Int)? =
      switch state {
      case .reference, .hemizygousReference: (30, 0)
      case .heterozygous, .hemizygousConflict: (15, 15)
      case .heterozygousOther: (0, 15)
      case .homozygous, .hemizygous: (0, 30)
      case .partial: (5, 10)
      case .missing: nil
      }
    let reads = reads ?? typical
    let depth = reads.map { $0.reference + $0.alternate }
    self.init(
      text: text, state: state, depth: state == .heterozygousOther ? 30 : depth,
      quality: state == .missing ? nil : 99, referenceReads: reads?.reference, alternateReads: reads?.alternate,
      alleleFraction: reads.map {
        Double($0.alternate) / Double(max(1, state == .heterozygousOther ? 30 : $0.0 + $0.1))
      },
      phase: phase)
  }
}

extension Pedigree {
  /// Father, mother and affected child, in the order child, father, mother.
  public static func trio(
    childSex: Sex = .female, father: AffectedStatus = .unaffected, mother: AffectedStatus = .unaffected
  ) -> Pedigree {
    Pedigree([
      Individual(id: "child", family: "F", father: "father", mother: "mother", sex: childSex, status: .affected),
      Individual(id: "father", family: "F", sex: .male, status: father),
      Individual(id: "mother", family: "F", sex: .female, status: mother),
    ])
  }

  public static func singleton(sex: Sex = .female) -> Pedigree {
    Pedigree([Individual(id: "child", family: "F", sex: sex, status: .affected)])
  }
}
