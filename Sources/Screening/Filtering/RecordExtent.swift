public import Model

extension VariantBatch {
  /// The bases that a record takes up: those of REF, or as far as a symbolic allele or a reference block reaches (some callers
  /// write those with `.` for ALT, and END); nil when it lies on no assembled chromosome.
  func region(of record: Int) -> Region? {
    guard let contig = contigs[record] else { return nil }
    let position = positions[record]
    let alternates = alternates(of: record)
    let isStructural =
      alternates.isEmpty || alternates.contains { AlternateKind($0) == .symbolic || AlternateKind($0) == .anyOther }
    let end =
      isStructural
      ? StructuralExtent(of: record, in: self).end : position + max(1, range(.reference, of: record).count) - 1
    return Region(contig, position - 1, max(position, end))
  }

  /// Clears the records that overlap none of the regions.
  public func clear(_ selection: inout Selection, outside regions: RegionSet) {
    for record in selection where region(of: record).map({ regions.overlaps($0) }) != true { selection.clear(record) }
  }
}
