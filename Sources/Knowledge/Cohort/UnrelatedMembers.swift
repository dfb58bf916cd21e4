import Model

/// Chooses the members of a family who count once each for frequencies: a largest set without a common ancestor.
///
/// A child's alleles are its parents' over again; counted beside them they would make a rare allele look less rare. Of several
/// largest sets the one of the older generations counts, then the one that is first by id, so that the order of adding does not
/// matter.
struct UnrelatedMembers {
  private var ancestors: [String: Set<String>] = [:]
  private let people: [String: Individual]

  /// - Parameter family: everybody whom the pedigree names, with a sample or without.
  init(family: [Individual]) {
    people = Dictionary(family.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter samples: ids of those whose variants are in the cohort.
  /// - Complexity: exponential in the number of members that are related to each other, up to `exactLimit`; beyond it members are
  ///   taken in order.
  mutating func chosen(among samples: [String]) -> Set<String> {
    let ages = samples.map { (ancestors: lineage(of: $0), id: $0) }.sorted {
      ($0.ancestors.count, $0.id) < ($1.ancestors.count, $1.id)
    }
    let (ordered, lines) = (ages.map(\.id), ages.map(\.ancestors))
    let related = lines.indices.map { one in
      Set(lines.indices.filter { $0 != one && !lines[$0].isDisjoint(with: lines[one]) })
    }
    var chosen: Set<String> = []
    var seen: Set<Int> = []
    for start in ordered.indices where !seen.contains(start) {
      var group: Set<Int> = [start]
      var waiting = [start]
      while let next = waiting.popLast() {
        for other in related[next] where group.insert(other).inserted { waiting.append(other) }
      }
      seen.formUnion(group)
      var search = Search(related: related, isExact: group.count <= Self.exactLimit)
      search.extend([], with: group.sorted()[...])
      chosen.formUnion(search.best.map { ordered[$0] })
    }
    return chosen
  }

  private static let exactLimit = 24

  /// The person and all ancestors that the pedigree names.
  private mutating func lineage(of id: String) -> Set<String> {
    if let known = ancestors[id] { return known }
    // Set before its parents are asked, so that a pedigree that runs in a circle comes to an end.
    ancestors[id] = [id]
    var line: Set<String> = [id]
    for parent in [people[id]?.father, people[id]?.mother].compactMap({ $0 }) { line.formUnion(lineage(of: parent)) }
    ancestors[id] = line
    return line
  }

  /// Depth first, members taken before they are left out, so that the first of equal sets wins.
  private struct Search {
    let related: [Set<Int>]
    let isExact: Bool
    private(set) var best: [Int] = []

    init(related: [Set<Int>], isExact: Bool) {
      self.related = related
      self.isExact = isExact
    }

    mutating func extend(_ taken: [Int], with rest: ArraySlice<Int>) {
      if taken.count > best.count { best = taken }
      guard let next = rest.first, taken.count + rest.count > best.count else { return }
      extend(taken + [next], with: rest.dropFirst().filter { !related[next].contains($0) }[...])
      if isExact { extend(taken, with: rest.dropFirst()) }
    }
  }
}
