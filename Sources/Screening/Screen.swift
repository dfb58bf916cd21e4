public import Knowledge
public import Model

/// The screen of one case: batches of records in, candidates out.
///
/// `hits(in:of:with:)` is pure and may run on many batches at once; `finish(_:)` puts the case together once. Results depend neither on
/// how records were cut into batches nor on the order in which those were worked on, as long as `finish` is given the hits in
/// file order.
public struct Screen: Sendable {
  let subject: Case
  let targets: TargetSet
  let plans: [FilePlan]
  /// The gate of each file.
  let gates: [SiteGate]
  let knowledge: ScreenKnowledge
  let placement: GenePlacement
  let normaliser: AlleleNormaliser
  /// Whether the sample checks are counted.
  var countsQuality = true
  /// Transcripts by which consequences are told where a file has none.
  private let geneModel: GeneModel?

  /// - Parameters:
  ///   - files: one for each input file, in the order of the case.
  ///   - reference: bases of the assembly, for left-alignment; alleles are only trimmed without.
  ///   - geneModel: transcripts by which consequences are told where a file has none.
  public init(
    of subject: Case, targets: TargetSet, files: [InputFile], knowledge: ScreenKnowledge,
    reference: AlleleNormaliser.Reference? = nil, geneModel: GeneModel? = nil
  ) {
    self.geneModel = geneModel
    self.targets = targets
    self.knowledge = knowledge
    let samples = Set(files.flatMap(\.header.samples))
    let genotyped = subject.pedigree.individuals.map { samples.contains($0.id) }
    plans = files.enumerated().map {
      FilePlan(
        index: $0, file: $1, subject: subject, genotyped: genotyped, stores: knowledge.stores,
        fingerprint: knowledge.fingerprint?.sites)
    }
    gates = files.map { SiteGate(targets: targets, isForeignMitochondrion: $0.hasForeignMitochondrion) }
    placement = GenePlacement(targets, genes: knowledge.genes)
    let normaliser = AlleleNormaliser(reference: reference)
    self.normaliser = normaliser
    // A reviewer may write an allele as the input does, or as the report does.
    var reviewed = subject
    for index in reviewed.reviews.indices {
      reviewed.reviews[index].allele = normaliser.normalised(reviewed.reviews[index].allele)
    }
    self.subject = reviewed
  }

  /// Release of HPO by which phenotypes are scored; nil where they are not.
  public var phenotypeRelease: String? { knowledge.phenotypes?.index.version }

  /// What is asked beside the files.
  public var stores: [AlleleStore] { knowledge.stores }

  /// Filters of a file without affected members. It only tells what relatives carry at the alleles of the affected, so a rule on
  /// the site or the consequence must not take that knowledge away.
  private var relativesFilters: [any AlleleFilter] { siteFilters.filter { $0.isOfTheAlleleItself } }

  /// Filters that need the record alone, cheapest first.
  var siteFilters: [any AlleleFilter] {
    let settings = subject.settings
    return [
      CarrierFilter(),
      SiteFilterFilter(settings: settings),
      SiteQualityFilter(minimum: settings.minimumSiteQuality),
      PopulationFrequencyFilter(
        ceiling: settings.maximumFrequency, clinVarCeiling: settings.clinVarExemptionFrequency,
        exceptions: knowledge.frequencyExceptions),
      LocalFrequencyFilter(
        maximumCount: settings.maximumLocalCount, maximumFrequency: settings.maximumLocalFrequency),
    ]
  }

  /// Filters that need the consequences, which are parsed for survivors only.
  var consequenceFilters: [any AlleleFilter] {
    [
      ConsequencePresenceFilter(),
      PanelGeneFilter(),
      impactFilter,
    ]
  }

  var impactFilter: ImpactFilter {
    let settings = subject.settings
    return ImpactFilter(
      minimum: settings.minimumImpact, keepSpliceRegion: settings.keepSpliceRegion,
      minimumSpliceAI: settings.minimumSpliceAI)
  }

  /// What one worker needs for alleles of which a file says nothing.
  ///
  /// - Parameters:
  ///   - reference: the worker's own; nil where the case has none.
  ///   - relatives: the case's family as the cohort knows it, whose own genotypes are no evidence against them.
  ///   - cohort: the laboratory's own allele counts.
  public func lookup(
    reference: ReferenceWindow?, of relatives: (family: String, samples: Set<String>), cohort: Cohort? = nil
  ) -> AlleleLookup {
    AlleleLookup(
      model: geneModel, reference: reference, cohort: cohort, family: relatives.family, samples: relatives.samples,
      stores: knowledge.stores, isLeftAligned: normaliser.isLeftAligning)
  }

  /// Screens one batch of records of the file with number `file`.
  ///
  /// - Parameter lookup: for alleles of which the file says nothing.
  public func hits(
    in records: VariantBatch, of file: Int, with lookup: AlleleLookup? = nil
  ) throws(ScreenError) -> Hits {
    let plan = plans[file]
    var hits = Hits(file: file, quality: plan.emptyTally)
    if countsQuality { hits.quality.count(records) }

    var ledger = RecordLedger(count: records.count)
    var inside = Selection(all: records.count)
    gates[file].clear(&inside, in: records, ledger: &ledger)
    hits.recordsInside = inside.selectedCount
    if subject.settings.checkReference { try normaliser.checkReference(of: records, where: inside, file: file) }
    let fields = InfoFields(of: records, where: inside, keys: plan.annotation.keys)
    hits.repeats = plan.repeats(loci: knowledge.repeatLoci).take(&inside, in: records, fields, ledger: &ledger)
    hits.blocks = plan.referenceBlocks(in: records, where: inside)

    var alleles = AlleleBatch(
      splitting: records, where: inside, fields: fields, plan: plan, placement: placement, normaliser: normaliser,
      lookup: lookup)
    var selection = Selection(all: alleles.count)
    var fates = AlleleFates(count: alleles.count)
    if plan.hasAffectedMember {
      clear(&selection, in: &alleles, fates: &fates, by: siteFilters)
      try plan.requireConsequences(for: selection, in: alleles)
      for filter in consequenceFilters { filter.clear(&selection, in: &alleles, fates: &fates) }
    } else {
      clear(&selection, in: &alleles, fates: &fates, by: relativesFilters)
    }
    collect(selection, &alleles, fates, ledger: &ledger, into: &hits)
    return hits
  }

  private func clear(
    _ selection: inout Selection, in alleles: inout AlleleBatch, fates: inout AlleleFates,
    by filters: [any AlleleFilter]
  ) {
    for filter in filters {
      // What the cheaper rules left, so that the cohort is asked about few.
      if filter.stage == .localFrequency { alleles.takeLocalCounts(of: selection) }
      filter.clear(&selection, in: &alleles, fates: &fates)
    }
  }

  /// Puts the case together: joins files, judges inheritance, pairs, weighs and ranks.
  ///
  /// - Parameters:
  ///   - hits: the hits of each file, in the order of the case; those of one file's batches merged in record order.
  ///   - witnesses: what the family's reads say; nil where the case has no alignments.
  ///   - secondary: what was found beside the question.
  public func finish(
    _ hits: [Hits], witnesses: Witnesses? = nil, secondary: SecondaryFindings? = nil
  ) throws(ScreenError) -> ScreenResult {
    let assembled = assemble(hits, witnesses: witnesses)
    try requireOverlap(hits, assembled.tally)
    let outcome = outcome(of: assembled)
    // With a phenotype every disease was scored, not only those of the panels.
    let diseaseCount = assembled.judge.phenotype?.points.count ?? targets.diseaseCount
    let ranking = Ranking(candidates: outcome.candidates, diseaseCount: diseaseCount)
    var tally = assembled.tally
    assembled.alleles.settle(outcome, into: &tally)
    guard tally.recordImbalance == 0, tally.alleleImbalance == 0 else {
      throw ScreenError(.ledgerImbalance(records: tally.recordImbalance, alleles: tally.alleleImbalance))
    }
    let rescued = assembled.judge.filteredPathogenic(hits.flatMap(\.rescued))
    var result = ScreenResult(
      candidates: ranking.candidates, genes: ranking.genes,
      nearMisses: (outcome.nearMisses + rescued).enumerated()
        .sorted { ($0.element.kind.order, $0.offset) < ($1.element.kind.order, $1.offset) }.map(\.element),
      repeats: hits.flatMap(\.repeats).sorted { $0.locus.region < $1.locus.region }, tally: tally,
      quality: assembled.quality, shareOfNone: ranking.shareOfNone, diseaseCount: diseaseCount,
      warnings: warnings(hits, outcome) + readWarnings(outcome)
        + reviewWarnings(ranking.candidates, outcome.nearMisses + rescued, secondary))
    result.secondary = secondary?.leavingOut(ranking.candidates, of: subject.proband)
    return result
  }
}

extension Screen {
  /// The parts of a case put together, before anything is judged.
  struct Assembled: Sendable {
    var alleles: CaseAlleles
    /// The alleles as the variant files alone have them; nil where no reads were heard.
    var unheard: CaseAlleles?
    var judge: CaseJudge
    var quality: QualityReport
    var tally: Tally
  }

  /// What the phenotype of the case says of every disease; nil without terms.
  private var phenotypeRanking: PhenotypeRanking? {
    guard let model = knowledge.phenotypes else { return nil }
    let sex = subject.pedigree[subject.proband]?.sex ?? .unknown
    return model.ranking(
      of: PhenotypeQuery(
        observed: subject.phenotypes, excluded: subject.excludedPhenotypes, sex: sex, onset: subject.onset,
        in: model.index))
  }

  func assemble(_ hits: [Hits], witnesses: Witnesses? = nil) -> Assembled {
    var tally = Tally()
    for file in hits { tally += file.tally }
    let quality = qualityReport(hits.map(\.quality))
    let judge = CaseJudge(
      subject: subject, placement: placement, quality: quality, knowledge: knowledge, plans: plans,
      phenotype: phenotypeRanking)
    let unheard = CaseAlleles(joining: hits, subject: subject)
    var alleles = unheard
    if let witnesses { alleles.hear(witnesses, subject: subject) }
    return Assembled(
      alleles: alleles, unheard: witnesses == nil ? nil : unheard, judge: judge, quality: quality, tally: tally)
  }

  /// An input of which nothing lies in the panels is a mistake in the case, not a negative finding.
  private func requireOverlap(_ hits: [Hits], _ tally: Tally) throws(ScreenError) {
    if tally.recordsRead > 0, hits.allSatisfy({ $0.recordsInside == 0 }) {
      throw ScreenError(
        .nothingInPanels(
          records: tally.recordsRead, panels: targets.panels.map(\.name), assembly: targets.assembly))
    }
  }

  /// What reviewers said and has no effect.
  private func reviewWarnings(
    _ candidates: [Candidate], _ nearMisses: [NearMiss], _ secondary: SecondaryFindings?
  ) -> [Wording] {
    var check = ReviewCheck(subject.reviews)
    let held =
      candidates.flatMap { candidate in candidate.variants.map { ($0, candidate.gene.symbol) } }
      + nearMisses.map { ($0.variant, $0.gene.symbol) }
      + (secondary?.people ?? []).flatMap(\.findings).flatMap { finding in
        finding.variants.map { ($0, finding.gene.symbol) }
      }
    for (variant, symbol) in held {
      check.note(variant.evidence) { $0.isOf(variant.variant.allele, in: symbol) }
    }
    return check.warnings
  }

  /// Judges the case; where reads were heard, judges it without them too, so that nothing that they take off the list leaves in silence.
  private func outcome(of assembled: Assembled) -> CaseJudge.Outcome {
    let entries = assembled.alleles.entries
    guard let unheard = assembled.unheard else { return assembled.judge.judge(entries) }
    let removals = assembled.judge.judge(unheard.entries).removals
    return assembled.judge.judge(entries, candidatesWithoutReads: entries.indices.filter { removals[$0] == nil })
  }

  private func readWarnings(_ outcome: CaseJudge.Outcome) -> [Wording] {
    let taken = outcome.nearMisses.filter { $0.kind == .contradictedByReads }
      .map { "\($0.variant.variant.allele.name) (\($0.gene.symbol))" }
    if taken.isEmpty { return [] }
    let names = taken.prefix(10).joined(separator: ", ") + (taken.count > 10 ? ", …" : "")
    return [
      Wording(
        taken.count,
        one: """
          the alignment files took \(taken.count) allele off the list that the variant files alone would have put on it: \(names); \
          it is among the near misses, with the counts
          """,
        other: """
          the alignment files took \(taken.count) alleles off the list that the variant files alone would have put on it: \(names); \
          they are among the near misses, with the counts
          """)
    ]
  }

  /// What the reader must know of the run as a whole.
  private func warnings(_ hits: [Hits], _ outcome: CaseJudge.Outcome) -> [Wording] {
    var warnings: [Wording] = []
    for plan in plans { warnings += plan.warnings(tellsConsequences: geneModel != nil) }
    // A name that HGNC does not know is most likely misspelt: no annotation will hold it, and it has a warning of its own.
    let unknown = Set(targets.unknown)
    let unplaced = targets.unplaced.filter { !unknown.contains($0) }
    if !unplaced.isEmpty {
      let names = unplaced.joined(separator: ", ")
      warnings.append(
        Wording(
          unplaced.count,
          one:
            "\(unplaced.count) panel gene has no coordinates on \(targets.assembly) and is found by annotation only: \(names)",
          other:
            "\(unplaced.count) panel genes have no coordinates on \(targets.assembly) and are found by annotation only: \(names)"
        ))
    }
    for (gene, count) in outcome.omittedPairs.sorted(by: { $0.key < $1.key }) {
      warnings.append(
        Wording(
          count, one: "\(gene): \(count) further pair is not listed (max_pairs_per_gene)",
          other: "\(gene): \(count) further pairs are not listed (max_pairs_per_gene)"))
    }
    for (gene, count) in outcome.unpairedAlleles.sorted(by: { $0.key < $1.key }) {
      warnings.append(
        """
        \(gene): too many alleles to try every pair; the \(count) with the fewest points of their own were not paired \
        (max_pairs_per_gene); look for a fault of the calls or a filter that is too wide
        """)
    }
    return warnings
  }
}

extension Screen {
  /// The sample checks from the counts of all files.
  public func qualityReport(_ tallies: [QualityTally]) -> QualityReport {
    guard var total = tallies.first else { return QualityReport() }
    for tally in tallies.dropFirst() { total += tally }
    return total.report(for: subject.pedigree, proband: subject.proband, earlier: knowledge.fingerprint?.earlier ?? nil)
  }

  /// Counts one batch for the sample checks alone.
  public func quality(of records: VariantBatch, of file: Int) -> QualityTally {
    var tally = plans[file].emptyTally
    tally.count(records)
    return tally
  }
}
