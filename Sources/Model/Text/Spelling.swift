/// How far apart two words are, for messages that suggest what was meant.
public enum Spelling {
  /// Number of letters to insert, remove, replace or swap with a neighbour to turn one word into the other
  /// (Damerau–Levenshtein, optimal string alignment), without regard to case.
  ///
  ///     Spelling.distance("epilepsi", "epilepsy")  // 1
  ///
  /// - Complexity: product of the lengths.
  public static func distance(_ one: some StringProtocol, _ other: some StringProtocol) -> Int {
    let left = Array(one.lowercased().utf8)
    let right = Array(other.lowercased().utf8)
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var before: [Int] = []
    var last = Array(0...right.count)
    for i in 1...left.count {
      var row = [i]
      row.reserveCapacity(right.count + 1)
      for j in 1...right.count {
        let same = left[i - 1] == right[j - 1]
        var best = min(last[j - 1] + (same ? 0 : 1), last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          best = min(best, before[j - 2] + 1)
        }
        row.append(best)
      }
      before = last
      last = row
    }
    return last[right.count]
  }

  /// The known words nearest to `word`, the nearest first, at most `limit`; none when all are too far to be meant.
  ///
  /// A third of the word's letters may differ, at least one; ties are in alphabetical order.
  public static func nearest(
    to word: some StringProtocol, among known: some Sequence<String>, limit: Int = 1
  ) -> [String] {
    let length = word.utf8.count
    let reach = max(1, length / 3)
    return known.lazy.filter { abs($0.utf8.count - length) <= reach }
      .map { (distance(word, $0), $0) }
      .filter { $0.0 <= reach }
      .sorted { $0 < $1 }
      .prefix(limit).map(\.1)
  }
}
