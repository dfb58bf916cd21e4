public import Model

/// Why an allele is, or is not, in the report: every stage, every member, every model.
public struct Explanation: Sendable {
  /// What one gene makes of the allele.
  public struct InGene: Sendable {
    public var gene: TargetGene
    public var modes: [ModeOfInheritance]
    /// Every model that was asked, fitting or not.
    public var verdicts: [ModelVerdict]
    /// Every other allele of the gene that it was paired with.
    public var pairs: [(partner: Allele, verdict: ModelVerdict, phase: PairPhase)]
  }

  /// How it ended.
  public enum End: Sendable {
    /// In the report, as part of these candidates.
    case reported([Candidate])
    /// Left the screen by this decision.
    case removed(Decision)
    /// No record of the inputs holds the allele.
    case notInInput([NearbyRecord])
  }

  /// As asked.
  public var query: Allele
  /// In the spelling under which alleles are compared.
  public var normalised: Allele
  public var traces: [AlleleTrace]
  public var genes: [InGene]
  public var end: End
}

extension Screen {
  /// Explains one allele from the traces of all batches and the hits of the whole case.
  ///
  /// The family is judged even for an allele that a filter removed, so that a reader sees what else would have spoken against it.
  public func explain(
    _ query: Allele, traces: [AlleleTrace], neighbours: [NearbyRecord], hits: [Hits], witnesses: Witnesses? = nil
  ) throws(ScreenError) -> Explanation {
    let wanted = normalised(query)
    guard let trace = traces.first else {
      return Explanation(query: query, normalised: wanted, traces: [], genes: [], end: .notInInput(neighbours))
    }
    let assembled = assemble(hits, witnesses: witnesses)
    let entries = assembled.alleles.entries
    let own =
      entries.first { $0.variant.allele == trace.variant.allele }
      ?? CaseAlleles.Entry(variant: trace.variant, genes: trace.genes, badges: [], sources: [])
    let genes = trace.genes.map { inGene($0, own, entries, assembled.judge) }
    var told = traces
    // The family as it is judged: genotypes of all files, and what reads made of them.
    for place in told.indices where told[place].variant.allele == own.variant.allele {
      told[place].variant = own.variant
    }
    return Explanation(
      query: query, normalised: wanted, traces: told, genes: genes,
      end: try end(of: own, traces, hits, assembled, witnesses))
  }

  private func inGene(
    _ gene: Int, _ own: CaseAlleles.Entry, _ entries: [CaseAlleles.Entry], _ judge: CaseJudge
  ) -> Explanation.InGene {
    let target = targets.genes[gene]
    let partners = entries.filter {
      $0.genes.contains(gene) && $0.variant.allele != own.variant.allele && judge.genotypeDecision($0) == nil
    }
    let isPairable = judge.canBeHalf(own.variant, of: target)
    let pairs = (isPairable ? partners : []).filter { judge.canBeHalf($0.variant, of: target) }.map { partner in
      let judged = judge.pairVerdict(own.variant, partner.variant, in: target)
      return (partner: partner.variant.allele, verdict: judged.verdict, phase: judged.phase)
    }
    return Explanation.InGene(
      gene: target, modes: target.modes, verdicts: judge.verdicts(own, gene), pairs: pairs)
  }

  private func end(
    of own: CaseAlleles.Entry, _ traces: [AlleleTrace], _ hits: [Hits], _ assembled: Assembled,
    _ witnesses: Witnesses?
  ) throws(ScreenError) -> Explanation.End {
    if let removal = traces.compactMap(\.removal).first, traces.allSatisfy({ $0.removal != nil }) {
      return .removed(removal)
    }
    let result = try finish(hits, witnesses: witnesses)
    let candidates = result.candidates.filter { candidate in
      candidate.variants.contains { $0.variant.allele == own.variant.allele }
    }
    if !candidates.isEmpty { return .reported(candidates) }
    let index = assembled.alleles.entries.firstIndex { $0.variant.allele == own.variant.allele }
    let outcome = assembled.judge.judge(assembled.alleles.entries)
    if let index, let removal = outcome.removals[index] { return .removed(removal) }
    throw ScreenError(.ledgerImbalance(records: 0, alleles: 1))
  }
}
