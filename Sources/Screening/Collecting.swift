import Model

extension Screen {
  /// Turns what is left of a batch into survivors, keeps known pathogenic alleles that a filter removed, and counts the rest.
  func collect(
    _ selection: Selection, _ alleles: inout AlleleBatch, _ fates: AlleleFates, ledger: inout RecordLedger,
    into hits: inout Hits
  ) {
    let records = alleles.records
    hits.tally.recordsRead = records.count
    hits.tally.allelesRead = alleles.count
    var hasAllele = Array(repeating: false, count: records.count)
    var hasSurvivor = hasAllele
    var removed = StageCounts()
    var removedRecords = StageCounts()
    for row in 0..<alleles.count {
      let record = alleles.rows[row].record
      hasAllele[record] = true
      guard let stage = fates.removals[row] else {
        hasSurvivor[record] = true
        continue
      }
      ledger.remove(record, at: stage)
      removed.add(stage)
      // What a relative alone carries is not the patient's finding.
      if alleles.plan.hasAffectedMember, Self.canBeRescued(stage),
        alleles.facts(of: row).clinVar?.isPathogenicOrLikely == true
      {
        rescue(row, removedAt: stage, &alleles, into: &hits)
      }
    }
    for row in selection {
      hits.survivors.append(
        .init(
          variant: variant(row, &alleles),
          genes: alleles.plan.hasAffectedMember ? impactFilter.genes(of: row, in: &alleles) : alleles.genes(of: row),
          badges: fates.badges[row],
          isOfAffected: alleles.plan.hasAffectedMember, siblingRemoval: ledger.removals[alleles.rows[row].record]))
    }
    for record in 0..<records.count where !hasSurvivor[record] {
      let stage = ledger.removals[record] ?? (hasAllele[record] ? nil : .noAlternate)
      if let stage { removedRecords.add(stage) }
    }
    for (stage, count) in removed.counts { hits.tally.alleles[stage, default: 0] += count }
    for (stage, count) in removedRecords.counts { hits.tally.records[stage, default: 0] += count }
  }

  /// Keeps a known pathogenic allele of a panel gene on the list of near misses, with the words of the filter that removed it.
  private func rescue(_ row: Int, removedAt stage: Removal, _ alleles: inout AlleleBatch, into hits: inout Hits) {
    let genes = alleles.genes(of: row)
    guard !genes.isEmpty, let filter = (siteFilters + consequenceFilters).first(where: { $0.stage == stage }) else {
      return
    }
    hits.rescued.append(
      .init(variant: variant(row, &alleles), genes: genes, decision: filter.decide(row, in: &alleles)))
  }

  /// Stages behind which a known pathogenic allele of a panel gene is worth a reader's second look.
  private static func canBeRescued(_ stage: Removal) -> Bool {
    switch stage {
    case .siteFilter, .siteQuality, .populationFrequency, .localFrequency, .impact: true
    case .otherContig, .foreignMitochondrion, .outsidePanel, .noAlternate, .repeatLocus, .notCarried, .noConsequence,
      .otherGene,
      .duplicate, .genotypeQuality, .singleHeterozygous, .inheritance, .weakEvidence:
      false
    }
  }

  /// The allele of a row with everything known about it and the genotypes of all members.
  func variant(_ row: Int, _ alleles: inout AlleleBatch) -> Variant {
    let place = alleles.rows[row]
    let records = alleles.records
    let facts = alleles.facts(of: row)
    let quality = records.qualities[place.record]
    let consequences = alleles.wholeConsequences(of: row)
    return Variant(
      allele: place.allele,
      origin: Variant.Origin(
        file: alleles.plan.index, record: records.ordinals[place.record],
        line: String(decoding: records.line(of: place.record), as: UTF8.self),
        position: records.positions[place.record], reference: records.string(.reference, of: place.record),
        alternates: records.alternates(of: place.record).map { String(decoding: $0, as: UTF8.self) },
        alternateIndex: place.alternate),
      siteQuality: quality.isNaN ? nil : Double(quality),
      filters: list(.filter, of: place.record, in: records), identifiers: list(.id, of: place.record, in: records),
      frequency: facts.frequency, localCount: facts.localCount, localNumber: facts.localNumber,
      clinVar: facts.clinVar, predictions: facts.predictions,
      residueRecords: alleles.residueRecords(of: row, consequences: consequences), consequences: consequences,
      genotypes: genotypes(row, &alleles))
  }

  private func list(_ field: VariantBatch.Field, of record: Int, in records: VariantBatch) -> [String] {
    let text = records.string(field, of: record)
    return text == "." ? [] : text.split(separator: ";").map(String.init)
  }

  private func genotypes(_ row: Int, _ alleles: inout AlleleBatch) -> [Genotype] {
    let place = alleles.rows[row]
    let calls = alleles.calls(of: row)
    let reader = GenotypeReader(assembly: subject.assembly, settings: subject.settings)
    let alternates = alleles.records.alternates(of: place.record).map { String(decoding: $0, as: UTF8.self) }
    let isRefused = !subject.settings.refusedFilters(in: alleles.records.string(.filter, of: place.record))
      .allSatisfy { $0 == "." }
    return zip(subject.pedigree.individuals, calls).map { person, call in
      guard let call else { return .missing }
      var genotype = reader.genotype(
        of: call, alternate: place.alternate, among: alternates, at: place.allele.locus, for: person,
        phaseScope: "\(alleles.plan.index)")
      if isRefused, !alleles.plan.hasAffectedMember {
        // The caller itself doubts the site in this file: carrier or not, nothing is proved.
        genotype.state = .missing
        genotype.notes.append(.siteFilter)
      }
      return genotype
    }
  }
}

/// Counts by stage of one batch. A short list, since a batch meets few stages, and to hash one takes longer than to find it.
private struct StageCounts {
  private(set) var counts: [(stage: Removal, count: Int)] = []

  mutating func add(_ stage: Removal) {
    guard let place = counts.firstIndex(where: { $0.stage == stage }) else {
      counts.append((stage, 1))
      return
    }
    counts[place].count += 1
  }
}
