import Model

/// A mode of inheritance in which one allele explains the disease: a truth table over the members of a family.
///
/// To add a model: write one file with a type that conforms, and put it on the list below.
protocol AlleleModel: Sendable {
  var model: InheritanceModel { get }

  /// Whether the model is one of those that a gene of this mode can cause disease by, for an allele at this kind of place.
  func applies(to mode: ModeOfInheritance, _ segregation: Segregation) -> Bool

  /// What the family's genotypes say; every member's part with its reasons.
  func verdict(for segregation: Segregation, mode: ModeOfInheritance, isIncomplete: Bool) -> ModelVerdict
}

/// All single-allele models, in the order in which results are given.
let alleleModels: [any AlleleModel] = [
  AutosomalDominant(),
  RecessiveHomozygous(),
  XLinkedDominant(),
  XLinkedRecessive(),
  YLinked(),
  Mitochondrial(),
  DeNovo(),
]
