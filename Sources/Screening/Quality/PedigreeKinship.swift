import Model

/// Kinship coefficients that a pedigree predicts: the chance that two alleles, one drawn from each, descend from one ancestor.
///
/// Relatedness r is twice the kinship of two people who are not inbred: 1/2 for parent and child, 1/8 for first cousins.
/// Parents who are named but not listed count, so that half-siblings by an absent father are half-siblings. People without
/// parents are taken to be unrelated.
struct PedigreeKinship {
  private var parents: [[Int]]
  /// Longest chain of ancestors above each person.
  private var generation: [Int]
  private var known: [SIMD2<Int>: Double] = [:]

  init(_ pedigree: Pedigree) {
    var places = Dictionary(uniqueKeysWithValues: pedigree.individuals.enumerated().map { ($1.id, $0) })
    for name in pedigree.individuals.flatMap({ [$0.father, $0.mother] }) {
      if let name, places[name] == nil { places[name] = places.count }
    }
    parents = Array(repeating: [], count: places.count)
    for (child, person) in pedigree.individuals.enumerated() {
      parents[child] = [person.father, person.mother].compactMap { $0.flatMap { places[$0] } }
    }
    generation = Array(repeating: 0, count: places.count)
    // A person who is their own ancestor would send the recursion round for ever; such a link is cut here.
    var settled = Array(repeating: false, count: places.count)
    for person in parents.indices { settle(person, below: [], &settled) }
  }

  private mutating func settle(_ person: Int, below descendants: Set<Int>, _ settled: inout [Bool]) {
    if settled[person] { return }
    let line = descendants.union([person])
    parents[person].removeAll { line.contains($0) }
    for parent in parents[person] {
      settle(parent, below: line, &settled)
      generation[person] = max(generation[person], generation[parent] + 1)
    }
    settled[person] = true
  }

  /// Kinship of two people by their positions in the pedigree.
  mutating func coefficient(_ first: Int, _ second: Int) -> Double {
    // The younger one cannot be an ancestor of the other, so it is the one whose parents are asked.
    let isOrdered = (generation[first], first) >= (generation[second], second)
    let (younger, older) = isOrdered ? (first, second) : (second, first)
    let key = SIMD2(younger, older)
    if let value = known[key] { return value }
    let above = parents[younger]
    let value: Double
    if younger == older {
      value = above.count == 2 ? 0.5 * (1 + coefficient(above[0], above[1])) : 0.5
    } else {
      value = above.reduce(0) { $0 + coefficient($1, older) } / 2
    }
    known[key] = value
    return value
  }
}
