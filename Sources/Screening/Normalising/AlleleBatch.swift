import Model

/// The alternate alleles of a batch of records: one row an allele, with columns that are filled when a rule first asks.
///
/// Filling late keeps the order of filters a matter of cost: a rule never depends on what an earlier one has prepared.
struct AlleleBatch {
  /// One alternate of one record.
  struct Row: Sendable {
    /// Row of the record in `records`.
    var record: Int
    /// Which alternate of the record, from 1.
    var alternate: Int
    var allele: Allele
  }

  let records: VariantBatch
  let plan: FilePlan
  let placement: GenePlacement
  let rows: [Row]
  /// For what the file does not say.
  private let lookup: AlleleLookup?
  /// What the annotation reads of INFO, for the records that the rows come from.
  private let fields: InfoFields
  private var knownCalls: [Int: [GenotypeCall?]] = [:]
  private var knownFacts: [AlleleFacts?]
  private var knownConsequences: [[Consequence]?]
  private var knownGenes: [[Int]?]

  /// Splits the records of `selection` into alleles. Records without a reportable alternate yield no row.
  init(
    splitting records: VariantBatch, where selection: Selection, fields: InfoFields, plan: FilePlan,
    placement: GenePlacement, normaliser: AlleleNormaliser, lookup: AlleleLookup?
  ) {
    self.lookup = lookup
    self.fields = fields
    self.records = records
    self.plan = plan
    self.placement = placement
    rows = Self.rows(splitting: records, where: selection, normaliser: normaliser)
    knownFacts = Array(repeating: nil, count: rows.count)
    knownConsequences = Array(repeating: nil, count: rows.count)
    knownGenes = Array(repeating: nil, count: rows.count)
  }

  /// The reportable alternates of the records of `selection`, normalised, in the order of the file.
  static func rows(
    splitting records: VariantBatch, where selection: Selection, normaliser: AlleleNormaliser
  ) -> [Row] {
    var rows: [Row] = []
    for record in selection {
      guard let contig = records.contigs[record] else { continue }
      let reference = records.string(.reference, of: record)
      if let allele = normaliser.substitution(contig, record, in: records) {
        rows.append(Row(record: record, alternate: 1, allele: allele))
        continue
      }
      for (index, bytes) in records.alternates(of: record).enumerated() {
        let kind = AlternateKind(bytes)
        // The reference itself, written as an alternate, is nothing to report.
        let isReference =
          bytes.count == reference.utf8.count
          && String(decoding: bytes, as: UTF8.self).uppercased() == reference.uppercased()
        guard kind.isReportable, !isReference else { continue }
        let end = kind == .bases ? nil : StructuralExtent(of: record, alternate: index + 1, in: records).end
        let allele = normaliser.normalise(
          contig, records.positions[record], reference, String(decoding: bytes, as: UTF8.self), end: end)
        rows.append(Row(record: record, alternate: index + 1, allele: allele))
      }
    }
    return rows
  }

  var count: Int { rows.count }

  /// Whether alleles of which the file says nothing have consequences all the same.
  var tellsConsequences: Bool { lookup?.tellsConsequences ?? false }

  /// Calls of a row's record, by position in the pedigree; nil for members whom the file does not have.
  mutating func calls(of row: Int) -> [GenotypeCall?] {
    let record = rows[row].record
    if let known = knownCalls[record] { return known }
    let calls = plan.calls(of: record, in: records)
    knownCalls[record] = calls
    return calls
  }

  /// Whether one of the affected members carries the row's allele, by the genotypes as called.
  func isCarriedByAffected(_ row: Int) -> Bool {
    plan.isCarriedByAffected(rows[row].alternate, of: rows[row].record, in: records)
  }

  /// Frequencies, ClinVar and predictions of a row.
  mutating func facts(of row: Int) -> AlleleFacts {
    if let known = knownFacts[row] { return known }
    var notes = plan.annotation.notes(
      of: rows[row].record, alternate: rows[row].alternate, in: records, fields,
      databaseCount: plan.stores.databaseCount)
    lookup?.note(rows[row].allele, as: plan.stores, into: &notes)
    let facts = notes.facts(names: plan.stores.names)
    knownFacts[row] = facts
    return facts
  }

  /// Asks the laboratory's cohort about the rows of which the file tells no local count: all at once, since each question
  /// reads the list of its members.
  mutating func takeLocalCounts(of selection: Selection) {
    guard let lookup else { return }
    let asked = selection.filter { facts(of: $0).localCount == nil && !rows[$0].allele.isSymbolic }
    guard !asked.isEmpty, let counts = lookup.localCounts(of: asked.map { rows[$0].allele }) else { return }
    // Where nobody outside the family was looked at nothing is known, which is not none.
    for (row, counts) in zip(asked, counts) where counts.alleleNumber > 0 {
      knownFacts[row]?.localCount = counts.alleleCount
      knownFacts[row]?.localNumber = counts.alleleNumber
    }
  }

  /// The annotated consequences of a row, as far as filters judge them: the change and the gene. Where there are none, what the
  /// coordinates of the panel's genes tell.
  mutating func consequences(of row: Int) -> [Consequence] {
    if let known = knownConsequences[row] { return known }
    let found = consequences(of: row, isBrief: true)
    knownConsequences[row] = found
    return found
  }

  /// The same with all that the annotation says of them, for a row that is shown.
  func wholeConsequences(of row: Int) -> [Consequence] { consequences(of: row, isBrief: false) }

  /// What ClinVar knows of other alleles that change the residue that a row's allele changes; nil where nobody looked.
  mutating func residueRecords(of row: Int, consequences: [Consequence]) -> [ResidueRecord]? {
    guard let lookup else { return nil }
    let allele = rows[row].allele
    let genes = genes(of: row).map { placement.targets.genes[$0] }
    var positions: Set<Int> = []
    for consequence in consequences where consequence.has("missense_variant") {
      guard let residue = consequence.proteinPosition else { continue }
      for gene in genes {
        guard let transcript = gene.transcript(of: consequence) else { continue }
        positions.formUnion(transcript.codon(ofResidue: residue))
      }
    }
    if positions.isEmpty { return nil }
    return lookup.residueRecords(allele.contig, positions.sorted(), except: allele)
  }

  private func consequences(of row: Int, isBrief: Bool) -> [Consequence] {
    let found = plan.annotation.annotation(
      of: rows[row].record, alternate: rows[row].alternate, in: records, fields, isBrief: isBrief
    ).consequences
    if !found.isEmpty { return found }
    let told = lookup?.consequences(of: rows[row].allele) ?? []
    return told.isEmpty ? placement.modelConsequences(of: rows[row].allele) : told
  }

  /// Indices of the target genes that a row belongs to.
  mutating func genes(of row: Int) -> [Int] {
    if let known = knownGenes[row] { return known }
    let genes = placement.genes(of: rows[row].allele, consequences: consequences(of: row))
    knownGenes[row] = genes
    return genes
  }
}
