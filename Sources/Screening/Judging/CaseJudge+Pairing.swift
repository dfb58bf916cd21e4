import Model

/// The pairs of one gene that fit, and what the limit on pairs left out.
struct GenePairing {
  /// Best first.
  var pairs: [(candidate: Candidate, halves: [Int])] = []
  /// Indices of the entries that have no listed pair only because of the limit.
  var leftOut: Set<Int> = []
  /// Pairs that fit and are not listed.
  var omittedPairs = 0
  /// Alleles that were not paired at all.
  var unpairedAlleles = 0
}

extension CaseJudge {
  /// Alleles of one gene that are paired with each other, at least: 8,128 pairs. A gene of a sound case has a dozen.
  private static let fewestPairedAlleles = 128

  /// All pairs of one gene that can be in trans, best first, at most as many as the settings allow.
  ///
  /// Pairs grow with the square of the alleles, so where a gene is crowded only the alleles with the most points of their own
  /// are paired, and no more candidates are held than a few times those that will be listed.
  ///
  /// - Complexity: quadratic in the number of alleles up to 128, or up to what `max_pairs_per_gene` pairs take.
  func pairing(of members: [(index: Int, entry: CaseAlleles.Entry)], in gene: Int) -> GenePairing {
    let target = targets.genes[gene]
    let limit = subject.settings.maximumPairsPerGene
    var pairing = GenePairing()
    var halves = members.filter { canBeHalf($0.entry.variant, of: target) }
    // n alleles make n(n - 1) / 2 pairs.
    let most = max(Self.fewestPairedAlleles, Int((2 * Double(limit)).squareRoot()) + 2)
    if halves.count > most {
      let kept = strongest(halves.map(\.entry), most, in: target)
      pairing.unpairedAlleles = halves.count - most
      pairing.leftOut = Set(halves.indices.filter { !kept.contains($0) }.map { halves[$0].index })
      halves = halves.indices.filter(kept.contains).map { halves[$0] }
    }

    var best: [(halves: [Int], order: Int, candidate: Candidate)] = []
    var found = 0
    func keepBest() {
      let total = { (pair: (halves: [Int], order: Int, candidate: Candidate)) in pair.candidate.ledger.total }
      best.sort { total($0) != total($1) ? total($0) > total($1) : $0.order < $1.order }
      for pair in best.dropFirst(limit) { pairing.leftOut.formUnion(pair.halves) }
      best.removeLast(max(0, best.count - limit))
    }
    for (place, first) in halves.enumerated() {
      for second in halves[(place + 1)...] {
        let judged = pairVerdict(first.entry.variant, second.entry.variant, in: target)
        guard !judged.verdict.verdict.isFail else { continue }
        let both = candidate([first.entry, second.entry], gene, [judged.verdict], phase: judged.phase)
        best.append(([first.index, second.index], found, both))
        found += 1
        if best.count > 2 * limit + 100 { keepBest() }
      }
    }
    keepBest()
    pairing.pairs = best.map { ($0.candidate, $0.halves) }
    pairing.omittedPairs = found - best.count
    return pairing
  }

  /// Positions of the entries with the most points of their own; of equal ones those that come first in the genome.
  private func strongest(_ entries: [CaseAlleles.Entry], _ count: Int, in target: TargetGene) -> Set<Int> {
    let points = entries.map { entry in
      candidateVariant(entry, target, [], nil, nil).evidence.variantEntries(clinVar: entry.variant.clinVar)
        .reduce(0) { $0 + $1.points }
    }
    let order = entries.indices.sorted { points[$0] != points[$1] ? points[$0] > points[$1] : $0 < $1 }
    return Set(order.prefix(count))
  }

  /// Why an allele is not reported whose pairs fell to the limit.
  var crowdedDecision: Decision {
    Decision(
      .singleHeterozygous, .removed, value: .text("only in pairs beyond the limit, or not paired"),
      threshold: .number(Double(subject.settings.maximumPairsPerGene)),
      rule: "among the best pairs of the gene (max_pairs_per_gene)")
  }
}
