/// What came of comparing the samples of a batch with those of its other cases, and whom that could not be asked of.
public struct SampleComparison: Sendable, Hashable {
  /// What could be seen of a sample.
  public enum Reach: Sendable, Hashable, CaseIterable {
    /// The same person, and relatives.
    case whole
    /// The same person alone: its file leaves out homozygous references, without which strangers look like relatives.
    case samePersonOnly
    /// Too few genotypes at the sites compared.
    case none
  }

  /// Those that are not as they should be, in the order of the samples.
  public var pairs: [RelatedSamples]
  /// For each case that was screened, what could be seen of each of its samples.
  public var reach: [String: [Reach]]

  public init(pairs: [RelatedSamples] = [], reach: [String: [Reach]] = [:]) {
    self.pairs = pairs
    self.reach = reach
  }

  public func count(of kind: Reach) -> Int {
    reach.values.reduce(0) { $0 + $1.count { $0 == kind } }
  }

  /// Whether any sample of a case was compared with others.
  public func isCompared(_ caseID: String) -> Bool {
    reach.count > 1 && (reach[caseID] ?? []).contains { $0 != .none }
  }
}
