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

  /// All criteria that a variant meets in a gene, with those that reviewers gave. One that a double-counting rule or a reviewer
  /// sets aside stays in the list with 0 points and the reason.
  ///
  /// - Parameter reviews: of this allele in this gene, in the order of the case.
  public func automated(
    for variant: Variant, consequence: Consequence?, in gene: TargetGene, family: FamilyFacts = .none,
    reviews: [Review] = []
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
    return AutomatedEvidence(criteria: criteria).reviewed(by: reviews)
  }
}
