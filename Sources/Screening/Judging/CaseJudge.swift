import Model

/// Judges the alleles of a case, each against every model that its genes allow, alone and in pairs.
struct CaseJudge: Sendable {
  /// What became of each allele, in the order of the entries, and what it gave rise to.
  struct Outcome: Sendable {
    var candidates: [Candidate] = []
    var nearMisses: [NearMiss] = []
    /// Decision by which an allele left; nil for a reported one.
    var removals: [Decision?] = []
    /// Genes of which more pairs fit than are listed, with the number left out.
    var omittedPairs: [String: Int] = [:]
    /// Genes with so many alleles that the weakest were not paired at all, with the number of those.
    var unpairedAlleles: [String: Int] = [:]
  }

  let subject: Case
  let targets: TargetSet
  let placement: GenePlacement
  let inheritance: Inheritance
  let knowledge: ScreenKnowledge
  let plans: [FilePlan]
  /// What the phenotype says of every disease; nil without terms.
  let phenotype: PhenotypeRanking?
  private let confirmedLinks: Set<QualityReport.ParentLink>

  init(
    subject: Case, placement: GenePlacement, quality: QualityReport, knowledge: ScreenKnowledge,
    plans: [FilePlan], phenotype: PhenotypeRanking?
  ) {
    self.phenotype = phenotype
    self.subject = subject
    targets = placement.targets
    self.placement = placement
    self.knowledge = knowledge
    self.plans = plans
    confirmedLinks = quality.confirmedLinks
    inheritance = Inheritance(
      Family(of: subject, refuted: quality.refutedLinks), commonExceptions: knowledge.frequencyExceptions)
  }

  /// - Parameter candidatesWithoutReads: entries that are reported where no alignment file is asked.
  func judge(_ entries: [CaseAlleles.Entry], candidatesWithoutReads: [Int] = []) -> Outcome {
    var outcome = Outcome()
    outcome.removals = entries.map(genotypeDecision)
    var isReported = Array(repeating: false, count: entries.count)
    var isLeftOut = isReported
    var weak: [Int: Decision] = [:]
    func take(_ candidate: Candidate, of members: [Int]) {
      if let decision = weakDecision(candidate) {
        for index in members { weak[index] = decision }
        return
      }
      outcome.candidates.append(candidate)
      for index in members { isReported[index] = true }
    }
    for gene in genesInOrder(entries) {
      let members = entries.indices.filter { outcome.removals[$0] == nil && entries[$0].genes.contains(gene) }
      for index in members {
        if let candidate = single(entries[index], gene) { take(candidate, of: [index]) }
      }
      let pairing = pairing(of: members.map { (index: $0, entry: entries[$0]) }, in: gene)
      for pair in pairing.pairs { take(pair.candidate, of: pair.halves) }
      for half in pairing.leftOut { isLeftOut[half] = true }
      let symbol = targets.genes[gene].symbol
      if pairing.omittedPairs > 0 { outcome.omittedPairs[symbol] = pairing.omittedPairs }
      if pairing.unpairedAlleles > 0 { outcome.unpairedAlleles[symbol] = pairing.unpairedAlleles }
    }
    for index in entries.indices where !isReported[index] && outcome.removals[index] == nil {
      outcome.removals[index] = weak[index] ?? (isLeftOut[index] ? crowdedDecision : familyDecision(entries[index]))
    }
    outcome.nearMisses = nearMisses(entries, outcome, candidatesWithoutReads: Set(candidatesWithoutReads))
    return outcome
  }

  /// Points of phenotype with which a candidate is ranked however little else speaks for it.
  private static let supportingPhenotype = 3.0

  /// Why a candidate does not come onto the ranked list; nil for one that does.
  ///
  /// What the variants and the family say decides; the phenotype can bring a candidate onto the list, never take it off. What ClinVar
  /// knows as pathogenic, and what a reviewer looked at, is always listed.
  private func weakDecision(_ candidate: Candidate) -> Decision? {
    let points = candidate.ledger.variantScore + candidate.ledger.segregationScore
    let minimum = subject.settings.minimumPoints
    let isKnown = candidate.variants.contains { variant in
      variant.variant.clinVar?.isPathogenicOrLikely == true
        || variant.evidence.isReviewed
    }
    if points >= minimum || isKnown || candidate.ledger.phenotypeScore >= Self.supportingPhenotype { return nil }
    let entries = candidate.ledger.variants.flatMap { $0 } + candidate.ledger.segregation
    let account = entries.map { "\($0.label) \($0.points)" as Wording }.joined(separator: ", ")
    return Decision(
      .weakEvidence, .removed, value: .text(entries.isEmpty ? "\(points)" : "\(points) (\(account))"),
      threshold: .number(minimum),
      rule: "points of variants and family together at or above min_points, or 3 points of phenotype")
  }

  private func genesInOrder(_ entries: [CaseAlleles.Entry]) -> [Int] { Set(entries.flatMap(\.genes)).sorted() }

  /// Whether an affected member carries the allele, and does so by a genotype that can be trusted.
  func genotypeDecision(_ entry: CaseAlleles.Entry) -> Decision? {
    let people = subject.pedigree.individuals
    let affected = people.indices.filter { people[$0].id == subject.proband || people[$0].status == .affected }
    let carriers = affected.filter { entry.variant.genotypes[$0].shownState.isCarrier }
    let described = { (members: [Int]) in
      Decision.Value.text(
        members.map { member -> Wording in
          let genotype = entry.variant.genotypes[member]
          let notes = genotype.notes.map { Wording(term: $0.rawValue, of: "note") }.joined(separator: ", ")
          let call: Wording = "\(people[member].id) \(genotype.text)"
          return genotype.notes.isEmpty ? call : "\(call) (\(notes))"
        }.joined(separator: "; "))
    }
    if carriers.isEmpty {
      return Decision(
        .notCarried, .removed, value: described(affected), threshold: .text("the allele"),
        rule: "carried by the proband, or by another affected member")
    }
    if carriers.allSatisfy({ entry.variant.genotypes[$0].state == .missing }) {
      let settings = subject.settings
      return Decision(
        .genotypeQuality, .removed, value: described(carriers),
        threshold: .text("GQ \(settings.minimumGenotypeQuality), depth \(settings.minimumDepth)"),
        rule: "an affected carrier's genotype passes the quality check (min_gq, min_depth, FT)")
    }
    return nil
  }

  /// Verdicts of all models on one allele in one gene, listed and mismatched ones together.
  func verdicts(_ entry: CaseAlleles.Entry, _ gene: Int) -> [ModelVerdict] {
    let target = targets.genes[gene]
    let judged = inheritance.verdicts(of: SegregatingAllele(entry.variant), in: target)
    if judged.allowed.contains(where: { !$0.verdict.isFail }) { return judged.allowed }
    // A mismatch is shown where nothing else fits. A single copy in a gene that needs two is a near miss, not a mismatch.
    let isBiallelic = target.modes.allSatisfy(\.isPurelyBiallelic)
    return judged.allowed
      + judged.mismatched.filter { !(isBiallelic && ($0.model == .autosomalDominant || $0.model == .xLinkedDominant)) }
  }

  private func single(_ entry: CaseAlleles.Entry, _ gene: Int) -> Candidate? {
    let fitting = verdicts(entry, gene).filter { !$0.verdict.isFail }
    guard !fitting.isEmpty else { return nil }
    return candidate([entry], gene, fitting, phase: nil)
  }

  func candidate(
    _ entries: [CaseAlleles.Entry], _ gene: Int, _ verdicts: [ModelVerdict], phase: PairPhase?
  ) -> Candidate {
    let target = targets.genes[gene]
    let variants = entries.enumerated().map { place, entry in
      let partner = entries.count == 2 ? entries[1 - place].variant : nil
      return candidateVariant(entry, target, verdicts, phase, partner)
    }
    let ordered = verdicts.sorted { left, right in
      left.verdict.isPass != right.verdict.isPass ? left.verdict.isPass : left.model < right.model
    }
    let account = Account(subject: subject, gene: target, phenotype: phenotype)
      .ledger(for: variants, verdicts: ordered, phase: phase)
    return Candidate(
      gene: target, variants: variants, verdicts: ordered, phase: phase, ledger: account.ledger,
      scoredDisease: account.disease,
      flags: Set(ordered.flatMap(\.flags) + doubts(ordered)).sorted())
  }

  /// What stands between a candidate and a PASS, where no model passes.
  private func doubts(_ verdicts: [ModelVerdict]) -> [Wording] {
    verdicts.contains { $0.verdict.isPass } ? [] : verdicts.flatMap(\.verdict.reasons).map { "\($0)" }
  }

  func candidateVariant(
    _ entry: CaseAlleles.Entry, _ target: TargetGene, _ verdicts: [ModelVerdict], _ phase: PairPhase?,
    _ partner: Variant?
  ) -> CandidateVariant {
    let own = entry.variant.consequences.filter { placement.isOfTarget($0, target) }
    let choice = TranscriptChoice(among: own, in: target)
    let rules = EvidenceRules(
      missenseTool: plans[entry.variant.origin.file].missenseTool,
      commonExceptions: knowledge.frequencyExceptions)
    let reviews = subject.reviews.filter { $0.isOf(entry.variant.allele, in: target.symbol) }
    let evidence = rules.automated(
      for: entry.variant, consequence: choice.chosen, in: target,
      family: familyFacts(entry.variant, verdicts, phase, partner),
      reviews: reviews)
    var variant = entry.variant
    for badge in entry.badges { variant.addFlag(badge.badge) }
    // A call without GQ, depth or reads passed the quality check unseen: the reader must know.
    let unjudged = zip(subject.pedigree.individuals, variant.genotypes).filter { $1.notes.contains(.noQualityField) }
    if !unjudged.isEmpty {
      variant.addFlag("no quality field: \(unjudged.map(\.0.id).joined(separator: ", "))")
    }
    if let symbol = choice.chosen?.symbol, symbol != target.symbol {
      variant.addFlag("the file calls the gene \(symbol)")
    }
    let remarks = reviews.remarks
    for remark in remarks {
      if let dismissal = remark.dismissal { variant.addFlag("dismissed by \(remark.signature): \(dismissal)") }
    }
    var candidate = CandidateVariant(
      variant: variant, consequence: choice.chosen, worseConsequence: choice.worse,
      origin: inheritance.origin(of: entry.variant.allele, genotypes: entry.variant.genotypes), evidence: evidence)
    candidate.remarks = remarks
    return candidate
  }

  /// Whether the proband carries one copy, so that the allele can be half of a pair in the gene.
  func canBeHalf(_ variant: Variant, of gene: TargetGene) -> Bool {
    let state = variant.genotypes[inheritance.family.proband].state
    let isSingle = state == .heterozygous || state == .heterozygousOther || state == .partial
    return isSingle && inheritance.allowsPairs(with: variant.allele, in: gene)
  }

  func pairVerdict(
    _ first: Variant, _ second: Variant, in gene: TargetGene
  ) -> (verdict: ModelVerdict, phase: PairPhase) {
    let isSameRecord = first.origin.file == second.origin.file && first.origin.record == second.origin.record
    return inheritance.pairVerdict(
      SegregatingAllele(first), SegregatingAllele(second), in: gene, isSameRecord: isSameRecord)
  }

  /// What the family says of a variant, for the criteria that need it.
  private func familyFacts(
    _ variant: Variant, _ verdicts: [ModelVerdict], _ phase: PairPhase?, _ partner: Variant?
  ) -> FamilyFacts {
    let parents = subject.pedigree[subject.proband].map { [$0.father, $0.mother].compactMap { $0 } } ?? []
    let confirmed = parents.filter {
      confirmedLinks.contains(QualityReport.ParentLink(child: subject.proband, parent: $0))
    }
    let isHomozygous = variant.genotypes[inheritance.family.proband].state == .homozygous
    return FamilyFacts(
      deNovo: verdicts.first { $0.model == .deNovo }?.verdict, areParentsConfirmed: confirmed.count == 2,
      partners: partner.map { [FamilyFacts.Partner(phase: phase ?? .unknown, clinVar: $0.clinVar)] } ?? [],
      isHomozygous: isHomozygous)
  }

  /// Why an allele that no model takes is no candidate.
  private func familyDecision(_ entry: CaseAlleles.Entry) -> Decision {
    let isSingle = entry.genes.contains { self.isSingle(entry, in: targets.genes[$0]) }
    let reasons = entry.genes.map { gene -> Wording in
      let failed = verdicts(entry, gene).map { $0.wording }
      return "\(targets.genes[gene].symbol): \(failed.isEmpty ? "no model" : failed.joined(separator: ", "))"
    }
    return Decision(
      isSingle ? .singleHeterozygous : .inheritance, .removed, value: .text(reasons.joined(separator: "; ")),
      threshold: .text("a mode of inheritance of the gene"),
      rule: isSingle
        ? "one altered copy in a gene that needs two, and no second hit on the other copy found"
        : "a mode of inheritance of the gene fits the family")
  }
}

extension Decision {
  /// The badge shown beside a variant that a rule kept without a value, or by exemption.
  var badge: Wording {
    switch (stage, outcome) {
    case (.populationFrequency, .unknown): "no frequency data"
    case (.populationFrequency, _) where threshold == .text(PopulationFrequencyFilter.listed):
      "common, kept as a listed exception to BA1"
    case (.populationFrequency, _): "common, kept as ClinVar P/LP"
    case (.siteFilter, _): "site filters not applied"
    case (.siteQuality, _): "no site quality"
    case (.noConsequence, _), (.impact, .unknown): "consequence not annotated"
    case (.impact, _): "low impact, kept by exemption"
    default: "\(stage.rawValue) \(outcome.rawValue)"
    }
  }
}
