/// The fingerprint of somebody who is in the cohort.
public struct CohortSketch: Sendable, Hashable {
  /// Sample id.
  public var sample: String
  public var family: String
  /// The case with which the sample was added.
  public var caseID: String
  /// Nil for a sample that was added before fingerprints were kept, or with another list of sites.
  public var sketch: GenotypeSketch?

  public init(sample: String, family: String, caseID: String, sketch: GenotypeSketch?) {
    self.sample = sample
    self.family = family
    self.caseID = caseID
    self.sketch = sketch
  }
}
