import Model

/// Makes the points account of a candidate: `T = P + V + S + G` (the tables below are the rules).
///
/// Family facts count in S only, ClinVar once and in V only, so that nothing is counted twice.
struct Account: Sendable {
  let subject: Case
  let gene: TargetGene
  /// What the phenotype says of every disease; nil where the case has no terms.
  var phenotype: PhenotypeRanking?

  /// The account by the disease of the gene that explains the case best, and that disease.
  func ledger(
    for variants: [CandidateVariant], verdicts: [ModelVerdict], phase: PairPhase?
  ) -> (ledger: PointsLedger, disease: Disease?) {
    var ledger = PointsLedger(
      phenotype: nil, variants: variants.map { $0.evidence.variantEntries(clinVar: $0.variant.clinVar) },
      segregation: segregationEntries(variants, verdicts, phase), gene: geneEntries)
    guard let phenotype else { return (ledger, nil) }
    let fit = PhenotypeFit(of: gene, models: verdicts.map(\.model), in: phenotype)
    ledger.phenotype = fit.entries
    return (ledger, fit.disease)
  }

  private var geneEntries: [PointsEntry] {
    [confidenceEntry] + [validityEntry].compactMap { $0 }
  }

  private var confidenceEntry: PointsEntry {
    let panels = gene.panels.joined(separator: ", ")
    return switch gene.confidence {
    case .green: PointsEntry("green \(panels)", 1, rule: "gene of diagnostic grade on a panel of the case: +1")
    case .amber: PointsEntry("amber \(panels)", -1, rule: "gene of moderate evidence on a panel of the case: -1")
    case .red: PointsEntry("red \(panels)", -3, rule: "gene not for diagnostic use: -3")
    }
  }

  /// A gene of which ClinGen knows no better than a disputed relationship with any disease.
  private var validityEntry: PointsEntry? {
    guard let validity = gene.facts.validity, validity <= .disputed else { return nil }
    return PointsEntry(
      "ClinGen: \(validity.rawValue.lowercased())", -4, rule: "gene-disease validity disputed or refuted (ClinGen): -4")
  }

  /// The best of what each verdict is worth, and the other affected carriers.
  private func segregationEntries(
    _ variants: [CandidateVariant], _ verdicts: [ModelVerdict], _ phase: PairPhase?
  ) -> [PointsEntry] {
    var best: [PointsEntry]?
    for verdict in verdicts {
      let entries = self.entries(for: verdict, phase, variants)
      if (best.map(Self.sum) ?? -.infinity) < Self.sum(entries) { best = entries }
    }
    let others = otherAffectedCarriers(variants)
    var entries = best ?? []
    if others > 0 {
      entries.append(
        PointsEntry(
          Wording(others, one: "\(others) further affected carrier", other: "\(others) further affected carriers"),
          Double(min(others, 3)),
          rule: "each affected carrier beyond the proband: +1, at most +3"))
    }
    return entries
  }

  private func entries(
    for verdict: ModelVerdict, _ phase: PairPhase?, _ variants: [CandidateVariant]
  ) -> [PointsEntry] {
    var entries: [PointsEntry] = []
    switch (verdict.model, verdict.verdict.isPass) {
    case (.deNovo, true): entries.append(PointsEntry("de novo", 4, rule: "de novo, both parents clean: +4"))
    case (.deNovo, false) where verdict.verdict.reasons.contains(.relatednessFailed):
      entries.append(
        PointsEntry("descent not evaluable", 0, rule: "a parent whom the genotypes refute proves nothing: 0"))
    case (.deNovo, false): entries.append(PointsEntry("possibly de novo", 1, rule: "de novo possible: +1"))
    case (.recessiveCompound, _): entries.append(pairEntry(phase, variants))
    case (.recessiveHomozygous, true) where parentsAreCarriers(verdict):
      entries.append(PointsEntry("both parents carry one", 2, rule: "homozygous, both parents carry the allele: +2"))
    case (_, true): break
    case (_, false):
      entries.append(PointsEntry("possible, not confirmed", -1, rule: "POSSIBLE verdict of an inherited model: -1"))
    }
    if verdict.verdict.reasons.contains(.modeMismatch) {
      entries.append(PointsEntry("MOI mismatch", -2, rule: "the model is not among the gene's modes: -2"))
    }
    if verdict.flags.contains(FrequencyLimit.softBandFlag) {
      entries.append(
        PointsEntry("frequency in the soft band", -1, rule: "above max_af_dominant, below max_af_dominant_soft: -1"))
    }
    return entries
  }

  private func pairEntry(_ phase: PairPhase?, _ variants: [CandidateVariant]) -> PointsEntry {
    switch phase {
    case .confirmedTrans:
      let isOneFromEach = Set(variants.map(\.origin)) == [.mother, .father]
      return PointsEntry(
        isOneFromEach ? "parents carry one each" : "in trans", 2, rule: "compound heterozygous, confirmed in trans: +2")
    case .probableCis, .cis:
      return PointsEntry("probably in cis", 0, rule: "compound heterozygous, probably on one copy: 0")
    case .probableTrans, .unphased, .unknown, nil:
      return PointsEntry("phase not confirmed", 0.5, rule: "compound heterozygous, phase probable or unknown: +0.5")
    }
  }

  private func parentsAreCarriers(_ verdict: ModelVerdict) -> Bool {
    guard let proband = subject.pedigree[subject.proband] else { return false }
    let parents = [proband.father, proband.mother].compactMap { $0 }
    return parents.count == 2
      && parents.allSatisfy { parent in
        verdict.members.contains { $0.member == parent && ($0.state == .heterozygous || $0.state == .homozygous) }
      }
  }

  private func otherAffectedCarriers(_ variants: [CandidateVariant]) -> Int {
    subject.pedigree.individuals.indices.filter { position in
      let person = subject.pedigree.individuals[position]
      return person.id != subject.proband && person.status == .affected
        && variants.allSatisfy { $0.variant.genotypes[position].state.isCarrier }
    }.count
  }

  private static func sum(_ entries: [PointsEntry]) -> Double { entries.reduce(0) { $0 + $1.points } }
}
