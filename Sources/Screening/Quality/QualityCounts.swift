/// What a `QualityTally` counted, without what it was made for.
public struct QualityCounts: Sendable, Codable {
  var samples: [SampleTally]
  var pairCells: [UInt32]
  var trioCells: [UInt32]
  var uses: [Int]
  var recordsLeftOut: Int
  /// The words of each fingerprint.
  var sketches: [[UInt64]]
}
