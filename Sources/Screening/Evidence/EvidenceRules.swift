public import Model

/// The ACMG/AMP criteria that a program can judge from a case's own files: hints for a human, never a classification.
///
/// Sources: Richards et al. 2015 (doi:10.1038/gim.2015.30), strengths as points by Tavtigian et al. 2020
/// (doi:10.1002/humu.24088), and the refinements of ClinGen's SVI working group named at each criterion.
public struct EvidenceRules: Sendable {
  /// The missense predictor of the file; nil when it has none.
  public let missenseTool: MissenseTool?
  /// Alleles to which BA1 is not applied, normalised, on the case's assembly.
  public let commonExceptions: Set<Allele>

  public init(missenseTool: MissenseTool?, commonExceptions: Set<Allele> = []) {
    self.missenseTool = missenseTool
    self.commonExceptions = commonExceptions
  }

  /// All criteria that a variant meets in a gene. One that a double-counting rule sets aside stays in the list with 0 points
  /// and a note.
  public func automated(
    for variant: Variant, consequence: Consequence?, in gene: TargetGene, family: FamilyFacts = .none
  ) -> AutomatedEvidence {
    var criteria: [Criterion] = []
    if let consequence {
      criteria += [LossOfFunction(variant: variant, consequence: consequence, gene: gene).criterion].compactMap { $0 }
      criteria += [ProteinLength(consequence: consequence).criterion].compactMap { $0 }
      criteria += ResidueEvidence(variant: variant, consequence: consequence).criteria
    }
    criteria += PopulationEvidence(variant: variant, gene: gene, exceptions: commonExceptions).criteria
    if let consequence {
      criteria +=
        ComputationalEvidence(variant: variant, consequence: consequence, gene: gene, tool: missenseTool).criteria
    }
    criteria += FamilyEvidence(facts: family, gene: gene).criteria
    return AutomatedEvidence(criteria: DoubleCounting.settled(criteria))
  }
}

/// Criteria that look at the same fact twice: the weaker sight is set aside, visibly.
///
/// Source: ClinGen SVI's general recommendations; Abou Tayoun et al. 2018 for PVS1.
enum DoubleCounting {
  /// A criterion, those that make it void, and why.
  private static let exclusions: [(code: String, by: [String], reason: String)] = [
    ("PP3", ["PVS1"], "PVS1 already counts the effect on the product"),
    ("PM4", ["PVS1"], "PVS1 already counts the effect on the product"),
    ("PM2", ["BA1", "BS1"], "too common for PM2"),
    ("PM6", ["PS2"], "PS2 already counts the de novo event"),
    ("PM5", ["PS1"], "PS1 already counts the residue"),
    ("BS1", ["BA1"], "BA1 already counts the frequency"),
  ]

  static func settled(_ criteria: [Criterion]) -> [Criterion] {
    let counted = Set(criteria.filter { $0.points != 0 }.map(\.code))
    return criteria.map { criterion in
      guard
        let exclusion = exclusions.first(where: { $0.code == criterion.code && !counted.isDisjoint(with: $0.by) }),
        criterion.points != 0
      else { return criterion }
      var aside = criterion
      aside.points = 0
      aside.note = "not counted: \(exclusion.reason)"
      return aside
    }
  }
}
