import Model

/// Sets aside alleles for which nothing is known of the consequence.
///
/// An allele without an annotation stays, with a badge, when it lies in or right beside a coding exon of a panel gene (or in an
/// exon of a non-coding one): there, not knowing is no reason to drop.
struct ConsequencePresenceFilter: AlleleFilter {
  let stage = Removal.noConsequence

  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule =
      "a consequence is annotated, or the allele lies within \(GenePlacement.splicePadding) bases of a panel exon"
    guard let first = alleles.consequences(of: row).first else {
      return Decision(stage, .removed, value: .missing, threshold: .missing, rule: rule)
    }
    let name = first.terms.first?.name ?? "sequence_variant"
    let outcome: Decision.Outcome = first.source == .geneModel ? .unknown : .kept
    return Decision(stage, outcome, value: .text(name), threshold: .missing, rule: rule)
  }
}

/// Keeps alleles whose consequence in a panel gene is bad enough to matter.
///
/// Kept besides: splice terms of impact LOW, a high SpliceAI score, exons of non-coding panel genes (where every change is a
/// MODIFIER), and ClinVar P/LP.
struct ImpactFilter: AlleleFilter {
  let stage = Removal.impact
  let minimum: Impact
  let keepSpliceRegion: Bool
  let minimumSpliceAI: Double

  private static let rule =
    "impact at least (min_impact), or splice region, SpliceAI (min_spliceai), exon of a non-coding gene, or ClinVar P/LP"

  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    let genes = alleles.genes(of: row)
    let placement = alleles.placement
    let relevant = alleles.consequences(of: row).filter { placement.isOfTarget($0, among: genes) }
    // Without a consequence in the gene the allele is here by its coordinates: unknown, hence kept.
    guard let worst = relevant.min(by: { $0.rank < $1.rank }) else { return decision(.unknown, nil) }
    let impact = relevant.map(\.impact).max() ?? .modifier
    if impact >= minimum { return decision(.kept, worst) }
    let isNonCoding = placement.isNonCoding(genes)
    if isExempt(relevant, alleles.facts(of: row), isNonCoding) { return decision(.exempt, worst) }
    // Coordinates alone tell where an allele lies, not what it does.
    return decision(worst.source == .geneModel ? .unknown : .removed, worst)
  }

  /// The polypyrimidine tract is not among them: 15 bases a exon that rarely matter, and SpliceAI finds those that do.
  private static let spliceTerms: Set = [
    "splice_region_variant", "splice_donor_5th_base_variant", "splice_donor_region_variant",
  ]

  private func isExempt(_ consequences: [Consequence], _ facts: AlleleFacts, _ isNonCoding: Bool) -> Bool {
    if facts.clinVar?.isPathogenicOrLikely == true { return true }
    if let score = facts.predictions.spliceAI, score >= minimumSpliceAI { return true }
    return consequences.contains { consequence in
      consequence.terms.contains {
        (keepSpliceRegion && Self.spliceTerms.contains($0.name))
          || ($0.name == "non_coding_transcript_exon_variant" && isNonCoding)
      }
    }
  }

  private func decision(_ outcome: Decision.Outcome, _ worst: Consequence?) -> Decision {
    let value = worst.map { Decision.Value.text("\($0.terms.first?.name ?? "?") \($0.impact.rawValue)") } ?? .missing
    return Decision(stage, outcome, value: value, threshold: .text(minimum.rawValue), rule: Self.rule)
  }
}
