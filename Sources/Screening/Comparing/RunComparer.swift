public import Model

/// Compares two runs of a case: what is new, lost, moved or reclassified, and which input did it.
///
///     RunComparer(old, new).comparison.changes.first?.kind
///
/// Alleles are the same where build, place, bases and gene are; genes by their HGNC id where both runs know it, so that a new
/// symbol is no change. Nothing here looks at a file.
public struct RunComparer {
  private let old: RecordedRun
  private let new: RecordedRun
  private let inputs: [ChangedInput]
  private let causes: CauseFinder
  /// Ids of genes by symbol, from whichever run knows them.
  private let ids: [String: String]
  private let genes: (old: [String: RecordedRun.Gene], new: [String: RecordedRun.Gene])

  /// Two runs on the same build.
  public init(_ old: RecordedRun, _ new: RecordedRun) {
    self.old = old
    self.new = new
    inputs = InputComparer(old: old, new: new).changes
    causes = CauseFinder(inputs)
    let ids = Dictionary(
      (new.genes + old.genes).compactMap { gene in gene.hgncID.map { (gene.symbol, $0) } },
      uniquingKeysWith: { first, _ in first })
    func byKey(_ genes: [RecordedRun.Gene]) -> [String: RecordedRun.Gene] {
      Dictionary(
        genes.map { ($0.hgncID ?? ids[$0.symbol] ?? $0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
    }
    self.ids = ids
    genes = (byKey(old.genes), byKey(new.genes))
  }

  public var comparison: RunComparison {
    let pairs = paired()
    let moved = Moves(pairs.compactMap { pair in pair.old.flatMap { one in pair.new.map { (one, $0) } } })
    let changes = pairs.compactMap { pair -> FindingChange? in
      switch (pair.old, pair.new) {
      case (let before?, let after?): change(of: before, and: after, moved: moved)
      case (nil, let after?): newcomer(after)
      case (let before?, nil): loss(before)
      case (nil, nil): nil
      }
    }
    return RunComparison(
      assembly: new.assembly, old: summary(old), new: summary(new), inputs: inputs,
      untold: InputComparer(old: old, new: new).untold, changes: changes.sorted { $0.precedes($1) },
      entered: geneChanges(genes.new, without: genes.old), left: geneChanges(genes.old, without: genes.new),
      checks: checks, repeats: repeats, unchanged: pairs.count - changes.count)
  }

  private func summary(_ run: RecordedRun) -> RunComparison.Run {
    RunComparison.Run(
      caseID: run.caseID, program: run.program, finished: run.finished, candidates: run.candidateCount,
      nearMisses: run.nearMissCount, genes: run.genes.count)
  }

  // MARK: Findings

  private struct Pair {
    var old: RecordedFinding?
    var new: RecordedFinding?
  }

  /// Every allele and gene of either run, in the order of the new list and then of the old one.
  private func paired() -> [Pair] {
    var before = Dictionary(old.findings.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    var pairs = new.findings.map { Pair(old: before.removeValue(forKey: key($0)), new: $0) }
    pairs += old.findings.filter { before[key($0)] != nil }.map { Pair(old: $0, new: nil) }
    return pairs
  }

  private func key(_ finding: RecordedFinding) -> String { "\(finding.allele) \(gene(of: finding))" }

  private func gene(of finding: RecordedFinding) -> String { finding.hgncID ?? ids[finding.gene] ?? finding.gene }

  private func change(of before: RecordedFinding, and after: RecordedFinding, moved: Moves) -> FindingChange? {
    let panels = panels(of: after)
    let differences = causes.explained(
      FindingComparer(old: before, new: after).differences, of: before, and: after, panels: panels)
    if before.isCandidate != after.isCandidate {
      return crossing(before, after, differences, panels: panels)
    }
    let kind: FindingChange.Kind? =
      if before.classHint != after.classHint {
        .reclassified
      } else if moved.contains(after) {
        .moved
      } else if differences.contains(where: \.isNotable) {
        .evidence
      } else {
        differences.isEmpty ? nil : .details
      }
    guard let kind else { return nil }
    let notable = differences.filter(\.isNotable)
    let telling = kind == .reclassified ? differences.filter { $0.aspect == .classHint } : notable
    return FindingChange(
      kind, weight: Self.weight(kind, before, after), old: before, new: after, differences: differences,
      cause: ChangeCause((telling.isEmpty ? differences : telling).flatMap(\.cause.inputs)))
  }

  /// A near miss that became a candidate, or the other way round.
  private func crossing(
    _ before: RecordedFinding, _ after: RecordedFinding, _ differences: [EvidenceDifference], panels: Set<String>
  ) -> FindingChange? {
    let miss = after.isCandidate ? before : after
    guard case .nearMiss(let kind, let stage, let value, let threshold) = miss.standing else { return nil }
    let weight: FindingChange.Weight =
      after.isCandidate
      ? after.isPathogenic ? .pathogenicNow : .new
      : before.isPathogenic ? .pathogenicBefore : .lost
    return FindingChange(
      after.isCandidate ? .new : .lost, weight: weight, old: before, new: after, differences: differences,
      absence: .nearMiss(kind: kind, stage: stage, value: value, threshold: threshold),
      cause: causes.cause(ofStage: stage, differences: differences, panels: panels))
  }

  private func newcomer(_ finding: RecordedFinding) -> FindingChange {
    let (reason, cause) = absence(of: finding, from: old, genes: genes.old, besides: new)
    let weight: FindingChange.Weight =
      finding.isCandidate
      ? finding.isPathogenic ? .pathogenicNow : .new
      : finding.isPathogenic ? .new : .details
    return FindingChange(
      finding.isCandidate ? .new : .newNearMiss, weight: weight, old: nil, new: finding, absence: reason, cause: cause)
  }

  private func loss(_ finding: RecordedFinding) -> FindingChange {
    let (reason, cause) = absence(of: finding, from: new, genes: genes.new, besides: old)
    let weight: FindingChange.Weight =
      finding.isCandidate
      ? finding.isPathogenic ? .pathogenicBefore : .lost
      : finding.isPathogenic ? .nearMiss : .details
    return FindingChange(
      finding.isCandidate ? .lost : .lostNearMiss, weight: weight, old: finding, new: nil, absence: reason,
      cause: cause)
  }

  /// Why one run holds nothing of a finding of the other.
  private func absence(
    of finding: RecordedFinding, from run: RecordedRun, genes: [String: RecordedRun.Gene], besides other: RecordedRun
  ) -> (AbsenceReason, ChangeCause) {
    if genes[gene(of: finding)] == nil {
      return (.geneNotScreened, causes.cause(ofGeneIn: panels(of: finding).sorted()))
    }
    if inputs.contains(where: { $0.kind == .variants }) {
      return (.otherVariants, causes.cause(ofStages: []))
    }
    // What stands among the near misses would have been found there.
    let stages = run.removed.filter { stage, count in
      count > other.removed[stage] ?? 0 && stage != Removal.weakEvidence.rawValue
    }
    let shifts = stages.map { stage, count in
      AbsenceReason.StageShift(stage: stage, more: count - (other.removed[stage] ?? 0))
    }.sorted { (Self.place(of: $0.stage), $0.stage) < (Self.place(of: $1.stage), $1.stage) }
    return (.notHeld(shifts), causes.cause(ofStages: shifts.map(\.stage)))
  }

  private static func place(of stage: String) -> Int {
    Removal(rawValue: stage).flatMap { Removal.allCases.firstIndex(of: $0) } ?? Removal.allCases.count
  }

  private static func weight(
    _ kind: FindingChange.Kind, _ before: RecordedFinding, _ after: RecordedFinding
  ) -> FindingChange.Weight {
    if after.isPathogenic != before.isPathogenic { return after.isPathogenic ? .pathogenicNow : .pathogenicBefore }
    switch kind {
    case .reclassified:
      let classes = ["B", "LB", "VUS", "LP", "P"]
      return (classes.firstIndex(of: after.classHint) ?? 0) > (classes.firstIndex(of: before.classHint) ?? 0)
        ? .upward : .downward
    case .moved: return .moved
    case .details: return .details
    default: return .evidence
    }
  }

  // MARK: Genes, checks, repeats

  /// Panels that hold the finding's gene in either run.
  private func panels(of finding: RecordedFinding) -> Set<String> {
    let key = gene(of: finding)
    return Set((genes.old[key]?.panels ?? []) + (genes.new[key]?.panels ?? []))
  }

  private func geneChanges(
    _ genes: [String: RecordedRun.Gene], without others: [String: RecordedRun.Gene]
  ) -> [RunComparison.GeneChange] {
    genes.filter { others[$0.key] == nil }.values.sorted { $0.symbol < $1.symbol }.map {
      RunComparison.GeneChange(
        symbol: $0.symbol, hgncID: $0.hgncID, panels: $0.panels, cause: causes.cause(ofGeneIn: $0.panels))
    }
  }

  private var checks: [RunComparison.CheckChange] {
    struct Key: Hashable {
      var name: String
      var samples: [String]
    }
    func outcomes(_ run: RecordedRun) -> [Key: String] {
      Dictionary(
        run.checks.map { (Key(name: $0.name, samples: $0.samples), $0.outcome) },
        uniquingKeysWith: { first, _ in first })
    }
    let (before, after) = (outcomes(old), outcomes(new))
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
      .sorted { ($0.name, $0.samples.joined(separator: ",")) < ($1.name, $1.samples.joined(separator: ",")) }
      .map { RunComparison.CheckChange(check: $0.name, samples: $0.samples, old: before[$0], new: after[$0]) }
  }

  private var repeats: [RunComparison.RepeatChange] {
    let before = Dictionary(old.repeats.map { ($0.gene, $0) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary(new.repeats.map { ($0.gene, $0) }, uniquingKeysWith: { first, _ in first })
    return Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
      .map { RunComparison.RepeatChange(gene: $0, old: before[$0], new: after[$0]) }
  }
}

extension FindingChange {
  /// The weightiest first; then by rank, candidates before near misses, then by name.
  fileprivate func precedes(_ other: FindingChange) -> Bool {
    func key(_ change: FindingChange) -> (Int, Int, String, String) {
      (change.weight.rawValue, change.new?.rank ?? change.old?.rank ?? .max, change.allele, change.gene)
    }
    return key(self) < key(other)
  }
}
