public import Model

/// What the filters decide about one allele of one record, asked without leaving at the first refusal.
public struct AlleleTrace: Sendable {
  /// Number of the input file in the case, from 0.
  public var file: Int
  public var variant: Variant
  /// Indices of its target genes.
  public var genes: [Int]
  /// Every stage's decision, in the order in which the stages are met.
  public var decisions: [Decision]

  /// Bases around a query within which its allele may be spelt.
  static let reach = 1_000

  /// Adds to the number of the record, which was counted from a later record than the first of the file.
  public mutating func shift(by records: Int) { variant.origin.record += records }

  /// The decision at which the allele leaves the screen, or nil.
  public var removal: Decision? { decisions.first { !$0.isKept } }

  /// Whether the record holds further alternates.
  public var wasSplit: Bool { variant.origin.alternates.count > 1 }

  /// Whether trimming or left-alignment changed how the allele is written.
  public var wasRespelled: Bool {
    let origin = variant.origin
    let written = origin.alternates[origin.alternateIndex - 1]
    return (origin.position, origin.reference, written)
      != (variant.allele.position, variant.allele.reference, variant.allele.alternate)
  }
}

/// A record close to a place that was asked about.
public struct NearbyRecord: Sendable, Hashable {
  public var file: Int
  public var record: Int
  public var locus: Locus
  public var reference: String
  public var alternates: [String]
}

extension Screen {
  /// Bases around a query within which records are shown when the allele itself is not there.
  static var neighbourhood: Int { 50 }

  /// The allele asked for, in the spelling under which alleles are compared.
  public func normalised(_ allele: Allele) -> Allele { normaliser.normalised(allele) }

  /// Traces the alleles of a batch that are the query, under its own spelling or under that of the file.
  public func traces(
    of query: Allele, in records: VariantBatch, of file: Int, with lookup: AlleleLookup? = nil
  ) -> [AlleleTrace] {
    let wanted = normalised(query)
    let plan = plans[file]
    var close = Selection(all: records.count)
    for record in 0..<records.count where !isNear(record, wanted, in: records, within: AlleleTrace.reach) {
      close.clear(record)
    }
    guard close.selectedCount > 0 else { return [] }
    let fields = InfoFields(of: records, where: close, keys: plan.annotation.keys)
    var alleles = AlleleBatch(
      splitting: records, where: close, fields: fields, plan: plan, placement: placement, normaliser: normaliser,
      lookup: lookup)
    alleles.takeLocalCounts(of: Selection(all: alleles.count))
    let repeats = plan.repeats(loci: knowledge.repeatLoci)
    return (0..<alleles.count).filter { alleles.rows[$0].allele.isSame(as: wanted) }.map { row in
      let record = alleles.rows[row].record
      var decisions = [gates[file].decision(on: record, in: records)]
      if repeats.isRepeat(record, in: records, fields) { decisions.append(RepeatReader.decision) }
      for filter in siteFilters + consequenceFilters { decisions.append(filter.decide(row, in: &alleles)) }
      return AlleleTrace(
        file: file, variant: variant(row, &alleles), genes: alleles.genes(of: row), decisions: decisions)
    }
  }

  /// Records of a batch close to the query, for the answer to "it is not there".
  public func neighbours(of query: Allele, in records: VariantBatch, of file: Int) -> [NearbyRecord] {
    let wanted = normalised(query)
    return (0..<records.count).filter { isNear($0, wanted, in: records, within: Self.neighbourhood) }.map { record in
      NearbyRecord(
        file: file, record: records.ordinals[record], locus: Locus(wanted.contig, records.positions[record]),
        reference: records.string(.reference, of: record),
        alternates: records.alternates(of: record).map { String(decoding: $0, as: UTF8.self) })
    }
  }

  private func isNear(_ record: Int, _ allele: Allele, in records: VariantBatch, within bases: Int) -> Bool {
    guard records.contigs[record] == allele.contig else { return false }
    let start = records.positions[record]
    let end = start + records.range(.reference, of: record).count
    return start <= max(allele.position, allele.end) + bases && end + bases >= allele.position
  }
}
