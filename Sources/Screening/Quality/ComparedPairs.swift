import Model

/// Which members of a pedigree are compared with each other.
///
/// Every parent with every child, whether they have genotypes or not: a missing parent is a gap in the evidence. Beyond that all
/// genotyped members with each other, in large pedigrees those of one family only; and in a family of very many not even
/// those, since their number grows with the square.
struct ComparedPairs {
  private(set) var pairs: [QualityTally.Pair] = []
  private(set) var uncomparedFamilies: [(name: String, members: Int)] = []

  /// Up to this number of genotyped members all are compared, whatever their family.
  private static let mostForAllPairs = 32
  /// Up to this number of genotyped members of one family all of them are compared: 2,016 pairs.
  static let mostOfOneFamily = 64

  /// - Parameter genotyped: for each position of the pedigree, whether the case holds genotypes.
  init(_ pedigree: Pedigree, genotyped: [Bool]) {
    let people = pedigree.individuals
    var found: Set<QualityTally.Pair> = []
    func add(_ one: Int, _ other: Int) {
      if one != other { found.insert(QualityTally.Pair(first: min(one, other), second: max(one, other))) }
    }
    for (child, person) in people.enumerated() {
      for parent in [person.father, person.mother] {
        if let position = parent.flatMap(pedigree.position) { add(child, position) }
      }
    }
    let members = people.indices.filter { genotyped[$0] }
    let isSmall = members.count <= Self.mostForAllPairs
    for (name, group) in Dictionary(grouping: members, by: { isSmall ? "" : people[$0].family }) {
      guard group.count <= Self.mostOfOneFamily else {
        uncomparedFamilies.append((name, group.count))
        continue
      }
      for (place, first) in group.enumerated() {
        for second in group[(place + 1)...] { add(first, second) }
      }
    }
    pairs = found.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    uncomparedFamilies.sort { $0.name < $1.name }
  }
}
