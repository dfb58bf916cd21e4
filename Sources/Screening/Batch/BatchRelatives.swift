import Dispatch
public import Model
import Synchronization

/// Compares every sample of a batch with those of all other families: exchanged tubes, one person under two names, and close
/// relatives whom no pedigree knows.
public struct BatchRelatives: Sendable {
  private let samples: [CohortSketch]

  public init(_ samples: [CohortSketch]) {
    self.samples = samples
  }

  /// The pairs that are not as they should be, and of whom that could be seen.
  public var comparison: SampleComparison {
    SampleComparison(pairs: pairs, reach: Dictionary(grouping: samples, by: \.caseID).mapValues { $0.map(Self.reach) })
  }

  private static func reach(of sample: CohortSketch) -> SampleComparison.Reach {
    guard let sketch = sample.sketch, sketch.called >= QualityCutoff.sharedSites else { return .none }
    return (sketch.referenceRatio ?? 0) >= QualityCutoff.partlyListedReferences ? .whole : .samePersonOnly
  }

  /// The pairs that are not as they should be, in the order of the samples.
  ///
  /// Samples of one case are the affair of its own checks. Of one family in two cases, only one person under two names is told.
  ///
  /// - Complexity: quadratic in the samples, about a tenth of a microsecond a pair.
  public var pairs: [RelatedSamples] {
    let found = Mutex<[Int: [RelatedSamples]]>([:])
    DispatchQueue.concurrentPerform(iterations: samples.count) { one in
      let own = (one + 1..<max(one + 1, samples.count)).compactMap { pair(samples[one], samples[$0]) }
      if !own.isEmpty { found.withLock { $0[one] = own } }
    }
    return found.withLock { $0 }.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  private func pair(_ one: CohortSketch, _ other: CohortSketch) -> RelatedSamples? {
    guard one.caseID != other.caseID, let first = one.sketch, let second = other.sketch, first.sites == second.sites
    else { return nil }
    let comparison = first.compared(with: second)
    guard let relation = relation(one, other, EarlierSamples.likeness(first, second, comparison), comparison) else {
      return nil
    }
    return RelatedSamples(
      first: .init(caseID: one.caseID, family: one.family, sample: one.sample),
      second: .init(caseID: other.caseID, family: other.family, sample: other.sample), relation: relation,
      concordance: comparison.concordance, kinship: comparison.kinship, sites: comparison.shared)
  }

  private func relation(
    _ one: CohortSketch, _ other: CohortSketch, _ likeness: EarlierSamples.Likeness, _ comparison: SketchComparison
  ) -> RelatedSamples.Relation? {
    let isOfFamily = one.family == other.family
    switch likeness {
    // A parent of two patients is in the cases of both.
    case .samePerson: return isOfFamily && one.sample == other.sample ? nil : .samePerson
    case .relative:
      let isClose = (comparison.kinship ?? 0) >= QualityCutoff.firstDegreeKinship
      return isOfFamily || !isClose ? nil : .firstDegree
    case .other, .notComparable: return nil
    }
  }
}
