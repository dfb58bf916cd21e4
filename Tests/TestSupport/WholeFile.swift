public import Model
public import Reading

/// A whole variant file, read by one worker.
public struct WholeFile {
  public var header: VariantHeader
  /// What the plan let through, in file order; records are numbered as in the file.
  public var batches: [VariantBatch] = []
  public var refused: RefusalCounts
  /// Records in the file, those that the plan left out as well.
  public var count: Int
  public var warnings: WarningTally

  /// The records' lines, without line ends.
  public var lines: [String] {
    batches.flatMap { batch in (0..<batch.count).map { String(decoding: batch.line(of: $0), as: UTF8.self) } }
  }

  public var ordinals: [Int] { batches.flatMap(\.ordinals) }

  public init(
    _ path: String, plan: ReadPlan = .all, isStrict: Bool = false, stretchSize: Int = VariantFile.stretchSize,
    leaderSize: Int = VariantFile.leaderSize
  ) throws(ReadError) {
    var file = try VariantFile(path: path, isStrict: isStrict, stretchSize: stretchSize, leaderSize: leaderSize)
    var reader = try StretchReader(of: file.layout, plan: plan, isStrict: isStrict)
    var fold = try RecordFold(of: file.layout, plan: plan, isStrict: isStrict)
    var batches: [VariantBatch] = []
    while let stretch = try file.nextStretch() {
      var own: [VariantBatch] = []
      var failure: ReadError?
      reader.open(stretch)
      do { while let batch = try reader.nextBatch() { own.append(batch) } } catch { failure = error }
      let rest = reader.close()
      if let failure {
        _ = try fold.joinHead(of: rest)
        throw fold.placed(failure)
      }
      var before = 0
      if let joined = try fold.join(rest, recordsBefore: &before) { batches.append(joined) }
      for var batch in own {
        batch.shift(by: before)
        batches.append(batch)
      }
    }
    if let last = try fold.finish() { batches.append(last) }
    header = file.header
    self.batches = batches
    refused = fold.refused
    count = fold.records
    warnings = fold.warnings
    warnings.mergeFirst(file.warnings)
  }
}
