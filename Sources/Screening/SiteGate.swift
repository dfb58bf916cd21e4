import Model

/// The cheapest tests of a record, by position alone: chromosome, mitochondrial reference, panel regions, and whether there is an
/// alternate allele at all.
struct SiteGate: Sendable {
  let targets: TargetSet
  /// Whether the file's mitochondrion is the old hg19 sequence, whose positions mean something else.
  let isForeignMitochondrion: Bool
  /// Names under which annotations may know the panel genes that have no coordinates.
  private let unplacedNames: Set<[UInt8]>

  init(targets: TargetSet, isForeignMitochondrion: Bool) {
    self.targets = targets
    self.isForeignMitochondrion = isForeignMitochondrion
    let unplaced = targets.genes.filter { targets.unplaced.contains($0.symbol) }
    unplacedNames = Set(
      unplaced.flatMap { [$0.symbol, $0.hgncID, $0.ensembl].compactMap { $0.map { Array($0.utf8) } } })
  }

  /// Words of which one stands in the annotation of every record of a gene without coordinates.
  var namesWithoutPlace: [String] { unplacedNames.map { String(decoding: $0, as: UTF8.self) }.sorted() }

  func clear(_ selection: inout Selection, in records: VariantBatch, ledger: inout RecordLedger) {
    for record in 0..<records.count {
      guard let removal = removal(of: record, in: records) else { continue }
      selection.clear(record)
      ledger.remove(record, at: removal)
    }
  }

  /// The stage at which a record leaves by its position, or nil.
  func removal(of record: Int, in records: VariantBatch) -> Removal? {
    guard let contig = records.contigs[record] else { return .otherContig }
    if contig == .mitochondrion, isForeignMitochondrion { return .foreignMitochondrion }
    // Reference blocks are gathered from the panel's regions too, so they pass here and yield no allele.
    guard let region = records.region(of: record) else { return .otherContig }
    if !targets.screened.overlaps(region), !namesUnplacedGene(record, in: records) { return .outsidePanel }
    return nil
  }

  /// The gate's answer in the form of the other stages, for `explain`.
  func decision(on record: Int, in records: VariantBatch) -> Decision {
    let rule: Wording = "on an assembled chromosome, within a gene or region of the panels (gene_padding)"
    let place = "\(records.string(.chromosome, of: record)):\(records.positions[record])"
    if let removal = removal(of: record, in: records) {
      return Decision(removal, .removed, value: .text("\(place)"), threshold: .text("panel regions"), rule: rule)
    }
    return Decision(.outsidePanel, .kept, value: .text("\(place)"), threshold: .text("panel regions"), rule: rule)
  }

  /// Whether the record's annotation names a panel gene without coordinates: one pass over the tokens of INFO.
  private func namesUnplacedGene(_ record: Int, in records: VariantBatch) -> Bool {
    if unplacedNames.isEmpty { return false }
    let separators: [UInt8] = [UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "=")]
    return records.bytes(.info, of: record).split(whereSeparator: separators.contains).contains {
      $0.count <= 24 && unplacedNames.contains(Array($0))
    }
  }
}

/// Where each record of a batch stands: still in the running, or the furthest stage that one of its alleles reached.
struct RecordLedger: Sendable {
  private(set) var removals: [Removal?]

  init(count: Int) {
    removals = Array(repeating: nil, count: count)
  }

  /// Notes that the record, or one allele of it, left at `stage`.
  mutating func remove(_ record: Int, at stage: Removal) {
    removals[record] = removals[record].map { max($0, stage) } ?? stage
  }
}
