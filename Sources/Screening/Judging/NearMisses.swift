import Model

extension CaseJudge {
  /// Variants that are no candidates but must not vanish: single hits that matter in genes that need two, and known pathogenic
  /// alleles that the family or the genotype quality ruled out, and whatever the reads took off the list.
  func nearMisses(
    _ entries: [CaseAlleles.Entry], _ outcome: Outcome, candidatesWithoutReads: Set<Int>
  ) -> [NearMiss] {
    entries.indices.flatMap { index -> [NearMiss] in
      guard let decision = outcome.removals[index] else { return [] }
      let entry = entries[index]
      if candidatesWithoutReads.contains(index) {
        let seen = Self.withReads(decision, entry.variant)
        return entry.genes.map { nearMiss(.contradictedByReads, entry, targets.genes[$0], seen) }
      }
      if decision.stage == .notCarried { return [] }
      let isPathogenic = entry.variant.clinVar?.isPathogenicOrLikely == true
      return entry.genes.map { targets.genes[$0] }.compactMap { gene in
        let kind: NearMiss.Kind
        switch decision.stage {
        case .singleHeterozygous where isSingle(entry, in: gene) && (isPathogenic || isDamaging(entry, in: gene)):
          kind = .singleHeterozygous
        case .weakEvidence: kind = .weakEvidence
        case .genotypeQuality where isPathogenic: kind = .filteredPathogenic
        case _ where isPathogenic: kind = .excludedPathogenic
        default: return nil
        }
        return nearMiss(kind, entry, gene, decision)
      }
    }
  }

  /// The decision with what the reads say of the members.
  private static func withReads(_ decision: Decision, _ variant: Variant) -> Decision {
    let seen = variant.flags.filter(\.isOfReads)
    guard !seen.isEmpty else { return decision }
    var told = decision
    if case .text(let value) = decision.value {
      told.value = .text((seen + [value]).joined(separator: "; "))
    } else {
      told.value = .text(seen.joined(separator: "; "))
    }
    return told
  }

  private func isDamaging(_ entry: CaseAlleles.Entry, in gene: TargetGene) -> Bool {
    entry.variant.consequences.contains { $0.impact == .high && placement.isOfTarget($0, gene) }
  }

  /// Whether the proband has one altered copy of a gene that needs two.
  func isSingle(_ entry: CaseAlleles.Entry, in gene: TargetGene) -> Bool {
    gene.modes.allSatisfy(\.isPurelyBiallelic) && canBeHalf(entry.variant, of: gene)
  }

  /// ClinVar P/LP alleles of panel genes that a filter removed, which a reader must be able to overrule.
  func filteredPathogenic(_ rescued: [Hits.Rescued]) -> [NearMiss] {
    var seen = Set<Allele>()
    return rescued.filter { seen.insert($0.variant.allele).inserted }.flatMap { rescued in
      let entry = CaseAlleles.Entry(variant: rescued.variant, genes: rescued.genes, badges: [], sources: [])
      return rescued.genes.map { nearMiss(.filteredPathogenic, entry, targets.genes[$0], rescued.decision) }
    }
  }

  private func nearMiss(
    _ kind: NearMiss.Kind, _ entry: CaseAlleles.Entry, _ gene: TargetGene, _ decision: Decision
  ) -> NearMiss {
    NearMiss(
      kind: kind, gene: gene, variant: candidateVariant(entry, gene, [], nil, nil), decision: decision)
  }
}
