/// One base of the genome. `position` is 1-based, as in VCF.
public struct Locus: Hashable, Comparable, Sendable {
  public var contig: Contig
  public var position: Int

  public init(_ contig: Contig, _ position: Int) {
    self.contig = contig
    self.position = position
  }

  public static func < (left: Locus, right: Locus) -> Bool {
    (left.contig, left.position) < (right.contig, right.position)
  }
}

extension Locus: CustomStringConvertible {
  public var description: String { "\(contig):\(position)" }
}

/// A stretch of the genome in BED coordinates: `start` is 0-based and inside, `end` is outside.
///
/// A VCF position p lies in the region when `start < p && p <= end`.
public struct Region: Hashable, Comparable, Sendable {
  public var contig: Contig
  public var start: Int
  public var end: Int

  public init(_ contig: Contig, _ start: Int, _ end: Int) {
    self.contig = contig
    self.start = start
    self.end = end
  }

  public var length: Int { end - start }

  public func contains(_ locus: Locus) -> Bool {
    locus.contig == contig && start < locus.position && locus.position <= end
  }

  public func overlaps(_ other: Region) -> Bool {
    contig == other.contig && start < other.end && other.start < end
  }

  /// The region grown by `bases` on both sides, never below 0.
  public func padded(by bases: Int) -> Region { Region(contig, max(0, start - bases), end + bases) }

  public static func < (left: Region, right: Region) -> Bool {
    (left.contig, left.start, left.end) < (right.contig, right.start, right.end)
  }
}

extension Region: CustomStringConvertible {
  public var description: String { "\(contig):\(start + 1)-\(end)" }
}

/// Regions merged and sorted for quick membership tests.
///
/// - Complexity: a test is a binary search among the merged regions of one contig.
public struct RegionSet: Sendable, Hashable {
  private var starts: [[Int]]
  private var ends: [[Int]]

  public init(_ regions: some Sequence<Region>) {
    starts = Array(repeating: [], count: Contig.allCases.count + 1)
    ends = starts
    for region in regions.sorted() where region.length > 0 {
      let slot = Int(region.contig.rawValue)
      if let last = ends[slot].last, region.start <= last {
        ends[slot][ends[slot].count - 1] = max(last, region.end)
      } else {
        starts[slot].append(region.start)
        ends[slot].append(region.end)
      }
    }
  }

  public var isEmpty: Bool { starts.allSatisfy(\.isEmpty) }

  /// The merged regions in genome order.
  public var regions: [Region] {
    Contig.allCases.flatMap { regions(on: $0) }
  }

  /// The merged regions of one contig in ascending order.
  public func regions(on contig: Contig) -> [Region] {
    zip(starts[Int(contig.rawValue)], ends[Int(contig.rawValue)]).map { Region(contig, $0, $1) }
  }

  /// Total length in bases.
  public var length: Int { regions.reduce(0) { $0 + $1.length } }

  public func contains(_ locus: Locus) -> Bool {
    overlaps(Region(locus.contig, locus.position - 1, locus.position))
  }

  /// Whether any base of `region` is in the set.
  public func overlaps(_ region: Region) -> Bool {
    let slot = Int(region.contig.rawValue)
    var low = 0
    var high = ends[slot].count
    while low < high {
      let middle = (low + high) / 2
      if ends[slot][middle] <= region.start { low = middle + 1 } else { high = middle }
    }
    return low < starts[slot].count && starts[slot][low] < region.end
  }
}
