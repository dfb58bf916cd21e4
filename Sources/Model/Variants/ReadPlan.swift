/// Which records of a variant file somebody wants to see: what a reader may leave out before it decodes anything.
///
/// A record that the plan leaves out is counted, never lost: see `RefusalCounts`. What it lets through may be more than
/// what is wanted, never less.
public struct ReadPlan: Sendable, Hashable {
  /// Records that overlap none of these are left out, on every contig; nil lets all through.
  public var regions: RegionSet?
  /// Whether a record lies where its first base lies (`POS`), or wherever it reaches: to the end of REF, `END`, or `SVLEN`.
  public var isByFirstBase: Bool
  /// Records outside the regions are let through all the same when their annotation holds one of these words: names of genes
  /// that have no place.
  public var names: [String]
  /// Records that fail this are left out.
  public var test: SiteTest?

  public init(
    regions: RegionSet? = nil, isByFirstBase: Bool = false, names: [String] = [], test: SiteTest? = nil
  ) {
    self.regions = regions
    self.names = names
    self.isByFirstBase = isByFirstBase
    self.test = test
  }

  /// Everything.
  public static let all = ReadPlan()
}

/// How many records a plan left out, by the first reason that applied.
public struct RefusalCounts: Sendable, Hashable, Codable {
  /// Outside the regions, by raw value of the contig; 0 holds those on contigs that are no chromosome.
  public private(set) var outside = [Int](repeating: 0, count: Contig.allCases.count + 1)
  /// Failed the site test.
  public var failedTest = 0

  public init() {}

  public var total: Int { outside.reduce(failedTest, +) }

  /// Notes `count` records on `contig` (nil: no chromosome) outside the regions.
  public mutating func addOutside(_ contig: Contig?, count: Int = 1) {
    outside[contig.map { Int($0.rawValue) } ?? 0] += count
  }

  public static func += (left: inout RefusalCounts, right: RefusalCounts) {
    for index in left.outside.indices { left.outside[index] += right.outside[index] }
    left.failedTest += right.failedTest
  }
}
