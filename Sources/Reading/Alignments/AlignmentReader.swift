public import Model

/// Reads of one BAM or CRAM file, region by region. Belongs to one thread.
public struct AlignmentReader: ~Copyable {
  private let handle: AlignmentHandle
  private let detail: ReadBatch.Detail
  private var scratch = ReadScratch()

  /// Reads a batch holds beside those that were kept: some megabytes, however deep a region is sequenced.
  public static let batchSize = 16_384

  init(handle: AlignmentHandle, detail: ReadBatch.Detail) {
    self.handle = handle
    self.detail = detail
  }

  /// Turns to the reads that overlap a region, by index.
  public mutating func seek(to region: Region) throws(ReadError) { try handle.seek(to: region) }

  /// Adds the next reads of the region to a batch.
  ///
  /// - Parameter excluded: FLAG bits of reads that are passed over.
  /// - Returns: whether there may be more.
  public mutating func fill(
    _ batch: inout ReadBatch, excluding excluded: UInt16 = ReadBatch.Flag.uncounted
  ) throws(ReadError) -> Bool {
    for _ in 0..<Self.batchSize where try !handle.next(into: &batch, excluding: excluded, detail, &scratch) {
      return false
    }
    return true
  }
}
