internal import Knowledge
internal import Model

/// A worker's places in the stores.
struct StoreCursors {
  private var cursors: [AlleleStoreCursor]
  /// Whether the alleles that are asked about were moved to the left.
  private let isLeftAligned: Bool
  /// What the stores say of alleles of which no file tells.
  private let ownLayout: StoreLayout

  init(_ stores: [AlleleStore], isLeftAligned: Bool) {
    cursors = stores.map { AlleleStoreCursor($0) }
    self.isLeftAligned = isLeftAligned
    ownLayout = StoreLayout(stores, beside: nil)
  }

  /// Adds what the stores know of an allele to what its file says.
  ///
  /// - Parameter layout: of the same stores.
  mutating func note(_ allele: Allele, as layout: StoreLayout, into notes: inout FactNotes) throws(KnowledgeError) {
    let (reference, alternate) = (Array(allele.reference.utf8)[...], Array(allele.alternate.utf8)[...])
    for place in cursors.indices {
      let plan = layout.plans[place]
      guard let row = try cursors[place].row(of: allele.contig, allele.position, reference, alternate) else {
        if let absence = plan.absence,
          let number = cursors[place].store.numberLookedAt(
            allele.contig, allele.position, reference, alternate, isLeftAligned: isLeftAligned)
        {
          // An allele that a source would have seen where it looked has a count of none; elsewhere it is unknown.
          notes.add(0, as: plan.uses[absence.count].use)
          notes.add(Double(number), as: plan.uses[absence.number].use)
        }
        continue
      }
      for population in plan.populations {
        if let value = try cursors[place].number(population.field, of: row) {
          notes.add(population: population.name, value)
        }
      }
      for use in plan.uses {
        if use.isText {
          guard let text = try cursors[place].text(use.field, of: row) else { continue }
          // What ClinVar says of a haplotype that includes the allele is no word on the allele.
          if use.use.role == .clinVarSignificance { notes.forgetClinVar() }
          notes.add(words: text, as: use.use)
        } else {
          notes.add(try cursors[place].number(use.field, of: row), as: use.use)
        }
      }
    }
  }

  /// What ClinVar knows of other alleles that change a residue whose codon lies at some positions; nil where no store tells of
  /// residues.
  mutating func residueRecords(
    _ contig: Contig, _ positions: [Int], except own: Allele
  ) throws(KnowledgeError) -> [ResidueRecord]? {
    var records: [ResidueRecord]?
    for place in cursors.indices {
      let metadata = cursors[place].store.metadata
      guard metadata.kind == .clinvar,
        let field = metadata.fields.firstIndex(where: { $0.name == PackedFields.proteinChange })
      else { continue }
      var found = records ?? []
      for position in positions {
        for (row, allele) in try cursors[place].alleles(at: Locus(contig, position)) where allele != own {
          guard let text = try cursors[place].text(field, of: row) else { continue }
          var notes = FactNotes(databaseCount: ownLayout.databaseCount, contig: contig, position: position)
          try note(allele, as: ownLayout, into: &notes)
          let facts = notes.facts(names: ownLayout.names)
          guard let clinVar = facts.clinVar else { continue }
          found += ResidueChange.list(text).map { change in
            ResidueRecord(
              allele: allele, position: change.position, from: change.from, to: change.to, clinVar: clinVar,
              spliceAI: facts.predictions.spliceAI)
          }
        }
      }
      records = found
    }
    // A residue that two transcripts number alike is one.
    return records.map { records in
      var seen: Set<ResidueRecord> = []
      return records.filter { seen.insert($0).inserted }
    }
  }
}
