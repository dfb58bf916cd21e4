import Model

/// Sets aside alleles for which nothing is known of the consequence.
///
/// An allele without an annotation stays, with a badge, when it lies in or right beside a coding exon of a panel gene (or in an
/// exon of a non-coding one): there, not knowing is no reason to drop.
struct ConsequencePresenceFilter: AlleleFilter {
  let stage = Removal.noConsequence

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Decision.Outcome {
    guard let first = alleles.consequences(of: row).first else { return .removed }
    return first.source == .geneModel ? .unknown : .kept
  }

  func decision(_ ground: Decision.Outcome, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let name = alleles.consequences(of: row).first.map { $0.terms.first?.name ?? "sequence_variant" }
    return Decision(
      stage, ground, value: name.map { .text("\($0)") } ?? .missing, threshold: .missing,
      rule: "a consequence is annotated, or the allele lies within \(GenePlacement.splicePadding) bases of a panel exon"
    )
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

  private static let rule: Wording =
    "impact at least (min_impact), or splice region, SpliceAI (min_spliceai), exon of a non-coding gene, or ClinVar P/LP"

  /// The outcome, and the worst consequence in the allele's genes; nil where none is annotated.
  struct Ground: FilterGround {
    var outcome: Decision.Outcome
    var worst: Consequence?
  }

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Ground {
    let consequences = alleles.consequences(of: row)
    var best = Ground(outcome: .removed, worst: nil)
    for gene in alleles.genes(of: row) {
      let ground = ground(gene, consequences, row, in: &alleles)
      if Self.weight(ground.outcome) > Self.weight(best.outcome) || best.worst == nil { best = ground }
    }
    return best
  }

  /// The genes of an allele that it matters to: those for each of which the rule keeps it.
  func genes(of row: Int, in alleles: inout AlleleBatch) -> [Int] {
    let consequences = alleles.consequences(of: row)
    return alleles.genes(of: row).filter {
      ground($0, consequences, row, in: &alleles).outcome != .removed
    }
  }

  private static func weight(_ outcome: Decision.Outcome) -> Int {
    switch outcome {
    case .kept: 3
    case .exempt: 2
    case .unknown: 1
    case .removed: 0
    }
  }

  /// The rule for one gene: what an allele does to one gene is no reason to suspect its neighbour.
  private func ground(
    _ gene: Int, _ consequences: [Consequence], _ row: Int, in alleles: inout AlleleBatch
  ) -> Ground {
    let placement = alleles.placement
    let relevant = consequences.filter { placement.isOfTarget($0, among: [gene]) }
    // Without a consequence in the gene the allele is here by its coordinates: unknown, hence kept.
    guard let worst = relevant.min(by: { $0.rank < $1.rank }) else { return Ground(outcome: .unknown, worst: nil) }
    if relevant.allSatisfy(\.isBesideTranscript), consequences.contains(where: { !$0.isBesideTranscript }) {
      return Ground(outcome: .removed, worst: worst)
    }
    let impact = relevant.map(\.impact).max() ?? .modifier
    if impact >= minimum { return Ground(outcome: .kept, worst: worst) }
    if isExempt(relevant, alleles.facts(of: row), placement.isNonCoding([gene])) {
      return Ground(outcome: .exempt, worst: worst)
    }
    // Coordinates alone, or a change of the coding sequence without its bases, tell where an allele lies, not what it does.
    let isUntold = worst.source == .geneModel || worst.terms.first?.name == "coding_sequence_variant"
    return Ground(outcome: isUntold ? .unknown : .removed, worst: worst)
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

  func decision(_ ground: Ground, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let value = ground.worst.map {
      Decision.Value.text("\($0.terms.first?.name ?? "?") \($0.impact.rawValue)")
    }
    return Decision(
      stage, ground.outcome, value: value ?? .missing, threshold: .text("\(minimum.rawValue)"), rule: Self.rule)
  }
}

extension Consequence {
  /// Whether the allele lies upstream or downstream of the transcript, or between genes.
  fileprivate var isBesideTranscript: Bool {
    terms.allSatisfy { ["upstream_gene_variant", "downstream_gene_variant", "intergenic_variant"].contains($0.name) }
  }
}
