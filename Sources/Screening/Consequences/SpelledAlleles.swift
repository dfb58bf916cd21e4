public import Model

/// The alternates of a record that are spelled out in bases, in upper case, ready for whoever looks at them one by one.
public struct SpelledAlleles: Sendable {
  public struct Alternate: Sendable {
    /// Place in the ALT column, from 1.
    public var number: Int
    public var bases: ArraySlice<UInt8>
  }

  public let reference: ArraySlice<UInt8>
  public let alternates: [Alternate]
  /// Alternates in the ALT column, of whatever kind.
  public let writtenCount: Int
  /// Alternates that stand for something in words: structural variants and breakends.
  public let symbolicCount: Int
  /// Whether alleles of the record differ in length and all begin with the same base, which VEP's spelling leaves out.
  public let isAnchored: Bool

  public init(of row: Int, in batch: VariantBatch) {
    let reference = Bytes.capitals(batch.bytes(.reference, of: row))
    let written = batch.alternates(of: row)
    var alternates: [Alternate] = []
    var symbolicCount = 0
    for (place, bytes) in written.enumerated() {
      let kind = AlternateKind(bytes)
      let bases = Bytes.capitals(bytes)
      if kind == .bases {
        // The reference itself, written as an alternate, is nothing to tell of.
        if bases != reference { alternates.append(Alternate(number: place + 1, bases: bases)) }
      } else if kind.isReportable {
        symbolicCount += 1
      }
    }
    self.reference = reference
    self.alternates = alternates
    self.symbolicCount = symbolicCount
    writtenCount = written.count
    isAnchored =
      alternates.contains { $0.bases.count != reference.count }
      && alternates.allSatisfy { $0.bases.first == reference.first }
  }
}
