import Model

/// Which alleles are told as secondary findings.
enum SecondaryRule {
  /// The finding that an explanation amounts to; nil where an allele is not surely pathogenic, or the mode of inheritance of the gene
  /// is not that of the genotype.
  static func finding(_ candidate: Candidate) -> SecondaryFinding? {
    let grounds = candidate.variants.compactMap(ground)
    guard grounds.count == candidate.variants.count else { return nil }
    // That an allele may be new in the person says nothing of a disease.
    let models = candidate.verdicts.filter { verdict in
      !verdict.verdict.isFail && verdict.model != .deNovo && !verdict.verdict.reasons.contains(.modeMismatch)
    }.map(\.model).sorted()
    if models.isEmpty { return nil }
    return SecondaryFinding(
      gene: candidate.gene, variants: candidate.variants, grounds: grounds, models: models, phase: candidate.phase)
  }

  /// Fewest stars of ClinVar's review status for its word to count: one is a submitter with criteria.
  private static let leastStars = 1

  /// A reviewer's class decides; else ClinVar with a star or more, for and against; else the criteria (P or LP: 6 points, and two
  /// criteria).
  static func ground(_ variant: CandidateVariant) -> SecondaryFinding.Ground? {
    if let given = variant.evidence.given { return given.value.isPathogenicOrLikely ? .reviewer : nil }
    if let record = variant.variant.clinVar, (record.stars ?? 0) >= leastStars {
      if record.isPathogenicOrLikely { return .clinVar }
      if record.isBenignOrLikely { return nil }
    }
    return ["P", "LP"].contains(variant.evidence.classHint) ? .criteria : nil
  }
}
