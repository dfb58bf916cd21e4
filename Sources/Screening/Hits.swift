import Model

/// What one batch of records yields: survivors of the filters, and the fate of everything else.
public struct Hits: Sendable {
  /// An allele that passed the filters, on its way to be joined with the rest of the case.
  struct Survivor: Sendable {
    var variant: Variant
    /// Indices of its target genes.
    var genes: [Int]
    /// Decisions that kept it without a value, or by exemption.
    var badges: [Decision]
    /// Whether the file holds an affected member, whose annotation and record the report shows.
    var isOfAffected: Bool
    /// Furthest stage at which another allele of the same record left.
    var siblingRemoval: Removal?
  }

  /// A ClinVar P/LP allele of a target gene that a filter removed.
  struct Rescued: Sendable {
    var variant: Variant
    var genes: [Int]
    var decision: Decision
  }

  /// A stretch of a gVCF in which a caller vouches for a genotype, mostly for the reference.
  struct ReferenceBlock: Sendable {
    var region: Region
    /// Position in the pedigree.
    var member: Int
    var depth: Int?
    var quality: Double?
    /// `0/0`, not a variant.
    var isReference = true
  }

  /// Number of the file that the records are of.
  let file: Int
  var survivors: [Survivor] = []
  var rescued: [Rescued] = []
  var blocks: [ReferenceBlock] = []
  var repeats: [RepeatFinding] = []
  var tally = Tally()
  public internal(set) var quality: QualityTally
  /// Records inside the screened regions, whatever became of them.
  var recordsInside = 0

  /// Adds to the numbers of the records, which were counted from a later record than the first of the file.
  public mutating func shift(by records: Int) {
    for index in survivors.indices { survivors[index].variant.origin.record += records }
    for index in rescued.indices { rescued[index].variant.origin.record += records }
  }

  /// Counts records that were left out before they were screened.
  ///
  /// - Parameter isForeignMitochondrion: whether those of the mitochondrion were left out for its reference.
  mutating func count(_ refused: RefusalCounts, isForeignMitochondrion: Bool) {
    quality.leaveOut(records: refused.total)
    for (slot, count) in refused.outside.enumerated() where count > 0 {
      tally.recordsRead += count
      let stage: Removal =
        switch Contig(rawValue: UInt8(slot)) {
        case nil: .otherContig
        case .mitochondrion where isForeignMitochondrion: .foreignMitochondrion
        default: .outsidePanel
        }
      tally.records[stage, default: 0] += count
    }
  }

  /// Takes up the hits of the records that follow in the same file.
  public mutating func merge(_ later: Hits) {
    survivors += later.survivors
    rescued += later.rescued
    blocks += later.blocks
    repeats += later.repeats
    tally += later.tally
    quality += later.quality
    recordsInside += later.recordsInside
  }
}
