internal import Model

/// Candidates of both runs whose place among each other changed, and whose own points did.
///
/// A rank also changes when others come, go or move; such a candidate only gave way, and is not counted as moved.
struct Moves {
  private let keys: Set<String>

  init(_ pairs: [(old: RecordedFinding, new: RecordedFinding)]) {
    let common = pairs.filter { $0.old.isCandidate && $0.new.isCandidate }
    let ranks = (common.compactMap(\.old.rank).sorted(), common.compactMap(\.new.rank).sorted())
    var keys: Set<String> = []
    for (before, after) in common {
      guard let one = before.rank, let other = after.rank, let old = before.sums, let new = after.sums else { continue }
      // The number of common candidates that stand before it; the halves of a pair share a rank.
      let places = (Self.below(one, in: ranks.0), Self.below(other, in: ranks.1))
      if places.0 != places.1, abs(old.total - new.total) >= FindingComparer.notablePoints {
        keys.insert(Self.key(after))
      }
    }
    self.keys = keys
  }

  func contains(_ finding: RecordedFinding) -> Bool { keys.contains(Self.key(finding)) }

  private static func key(_ finding: RecordedFinding) -> String { "\(finding.allele) \(finding.gene)" }

  /// How many of the sorted ranks are smaller: by halving, since lists may be long.
  private static func below(_ rank: Int, in sorted: [Int]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < rank { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
