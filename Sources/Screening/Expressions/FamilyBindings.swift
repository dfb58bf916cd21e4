internal import Model

/// Who a question is asked of.
enum FamilyWord: String, Sendable, CaseIterable {
  case kid, mom, dad, affected, unaffected

  /// Whether the word means every member of a group rather than one person.
  var isGroup: Bool { self == .affected || self == .unaffected }
}

/// The people whom the family words of an expression stand for, one set after the other.
///
/// With `kid`, `mom` or `dad` there is a binding for each child in the file whose named parents are in the file; the groups
/// are then the child's family. With groups alone there is a binding for each family of the file.
struct FamilyBindings: Sendable {
  struct Binding: Sendable {
    /// Sample columns from 0; -1 for a person whom the expression does not name.
    var kid = -1
    var mom = -1
    var dad = -1
    var affected: [Int] = []
    var unaffected: [Int] = []

    func samples(of word: FamilyWord) -> [Int] {
      switch word {
      case .kid: [kid]
      case .mom: [mom]
      case .dad: [dad]
      case .affected: affected
      case .unaffected: unaffected
      }
    }
  }

  var bindings: [Binding] = []

  init() {}

  init(words: Set<FamilyWord>, pedigree: Pedigree, samples: [String]) {
    let columns = Dictionary(samples.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func group(_ family: String, _ status: AffectedStatus) -> [Int] {
      pedigree.individuals.filter { $0.family == family && $0.status == status }.compactMap { columns[$0.id] }
    }
    if words.contains(where: { !$0.isGroup }) {
      for person in pedigree.individuals {
        guard let kid = columns[person.id] else { continue }
        let mom = person.mother.flatMap { columns[$0] }
        let dad = person.father.flatMap { columns[$0] }
        if mom == nil, words.contains(.mom) { continue }
        if dad == nil, words.contains(.dad) { continue }
        // Without a parent in the expression, a kid is whoever has a parent in the pedigree.
        if person.mother == nil, person.father == nil { continue }
        bindings.append(
          Binding(
            kid: kid, mom: mom ?? -1, dad: dad ?? -1, affected: group(person.family, .affected),
            unaffected: group(person.family, .unaffected)))
      }
    } else {
      var seen: Set<String> = []
      for person in pedigree.individuals where columns[person.id] != nil && seen.insert(person.family).inserted {
        bindings.append(
          Binding(affected: group(person.family, .affected), unaffected: group(person.family, .unaffected)))
      }
    }
  }

  /// Sample columns that any binding names, sorted.
  func samples(for words: Set<FamilyWord>) -> [Int] {
    Set(bindings.flatMap { binding in words.flatMap { binding.samples(of: $0) } }).subtracting([-1]).sorted()
  }
}
