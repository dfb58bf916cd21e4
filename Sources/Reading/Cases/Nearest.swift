/// The known word that a mistyped one most likely stands for, or nil when none is near.
///
/// Distance is optimal string alignment (insert, delete, replace, swap of neighbours), blind to case and to `-` against `_`;
/// a third of the letters may differ. Among equals the first candidate wins, so the answer does not vary.
///
///     nearest(to: "phenotype", in: ["pedigree", "phenotypes"])  // "phenotypes"
///
/// - Complexity: O(length² × candidates); words longer than 64 characters have no neighbour.
func nearest(to word: String, in candidates: [String]) -> String? {
  guard word.count <= 64 else { return nil }
  let plain = folded(word)
  var best: (word: String, distance: Int)?
  for candidate in candidates {
    let other = folded(candidate)
    let limit = max(1, max(plain.count, other.count) / 3)
    let distance = alignmentDistance(plain, other)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

private func folded(_ word: String) -> [Character] { word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 } }

private func alignmentDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let same = left[row] == right[column]
      var cost = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
