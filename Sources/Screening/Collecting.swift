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
    var hasAllele = Set<Int>()
    var hasSurvivor = Set<Int>()
    for row in 0..<alleles.count {
      let record = alleles.rows[row].record
      hasAllele.insert(record)
      guard let decision = fates.removals[row] else {
        hasSurvivor.insert(record)
        continue
      }
      ledger.remove(record, at: decision.stage)
      hits.tally.alleles[decision.stage, default: 0] += 1
      // What a relative alone carries is not the patient's finding.
      if alleles.plan.hasAffectedMember, Self.canBeRescued(decision.stage),
        alleles.facts(of: row).clinVar?.isPathogenicOrLikely == true
      {
        let genes = alleles.genes(of: row)
        if !genes.isEmpty {
          hits.rescued.append(.init(variant: variant(row, &alleles), genes: genes, decision: decision))
        }
      }
    }
    for row in selection {
      hits.survivors.append(
        .init(
          variant: variant(row, &alleles), genes: alleles.genes(of: row), badges: fates.badges[row],
          isOfAffected: alleles.plan.hasAffectedMember, siblingRemoval: ledger.removals[alleles.rows[row].record]))
    }
    for record in 0..<records.count where !hasSurvivor.contains(record) {
      let stage = ledger.removals[record] ?? (hasAllele.contains(record) ? nil : .noAlternate)
      if let stage { hits.tally.records[stage, default: 0] += 1 }
    }
  }

  /// Stages behind which a known pathogenic allele of a panel gene is worth a reader's second look.
  private static func canBeRescued(_ stage: Removal) -> Bool {
    switch stage {
    case .siteFilter, .siteQuality, .populationFrequency, .localFrequency, .impact: true
    case .otherContig, .foreignMitochondrion, .outsidePanel, .noAlternate, .repeatLocus, .notCarried, .noConsequence,
      .otherGene,
      .duplicate, .genotypeQuality, .singleHeterozygous, .inheritance:
      false
    }
  }

  /// The allele of a row with everything known about it and the genotypes of all members.
  func variant(_ row: Int, _ alleles: inout AlleleBatch) -> Variant {
    let place = alleles.rows[row]
    let records = alleles.records
    let facts = alleles.facts(of: row)
    let quality = records.qualities[place.record]
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
      clinVar: facts.clinVar, predictions: facts.predictions, consequences: alleles.wholeConsequences(of: row),
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
