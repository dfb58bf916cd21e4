import Model

/// How two alleles of one child can have come from its parents.
///
/// Each of the two alleles is on the maternal or the paternal copy, which gives four phases. A phase is kept when some
/// arrangement of each parent's alleles on that parent's two copies transmits what the phase asks for. Parents without a
/// genotype allow anything. Only when no phase is left may one of the alleles be a new mutation.
struct HaplotypeEnumeration {
  /// One parent's possible number of copies of the two alleles.
  struct ParentAlleles {
    /// Possible copies of each allele; all of 0…2 when unknown.
    var copies: [Set<Int>]
    /// Whether the genotype at each allele is missing.
    var isUntested: [Bool]
    /// Whether the parent has a single copy of the place: the father of a daughter, on X.
    var isSingleCopy: Bool
    /// Whether the two alleles may lie on different copies: not in an unaffected parent under complete penetrance.
    var mayBeTrans: Bool

    /// One copy of each, and free to carry them on one copy or on both: the parent's own phase tells nothing.
    var isFreeDoubleCarrier: Bool {
      mayBeTrans && !isSingleCopy && copies.allSatisfy { $0 == [1] }
    }

    /// Whether the parent can hand on a copy with exactly these alleles.
    func canTransmit(_ haplotype: [Bool]) -> Bool {
      let sent = haplotype.map { $0 ? 1 : 0 }
      if isSingleCopy { return zip(copies, sent).allSatisfy { $0.contains($1) } }
      for first in copies[0] {
        for second in copies[1] {
          let kept = [first - sent[0], second - sent[1]]
          guard kept.allSatisfy({ $0 == 0 || $0 == 1 }) else { continue }
          let isTrans = first == 1 && second == 1 && sent[0] != sent[1]
          if mayBeTrans || !isTrans { return true }
        }
      }
      return false
    }
  }

  enum Phase: Hashable {
    case trans, cis
  }

  /// A way in which the child can have come by both alleles.
  struct Explanation {
    var phase: Phase
    /// Alleles that must be there in a parent who was not tested for them.
    var untested: Int
    var deNovoEvents: Int
  }

  /// The explanations with the fewest new mutations (0 or 1); empty when two would be needed.
  let explanations: [Explanation]

  init(mother: ParentAlleles, father: ParentAlleles) {
    let parents: [Parent: ParentAlleles] = [.mother: mother, .father: father]
    var found: [Explanation] = []
    for source in [[Parent.mother, .father], [.father, .mother], [.mother, .mother], [.father, .father]] {
      for new in [nil, 0, 1] {
        let isReachable = parents.allSatisfy { parent, alleles in
          alleles.canTransmit([0, 1].map { source[$0] == parent && new != $0 })
        }
        guard isReachable else { continue }
        found.append(
          Explanation(
            phase: source[0] == source[1] ? .cis : .trans,
            untested: [0, 1].count { new != $0 && parents[source[$0]]?.isUntested[$0] == true },
            deNovoEvents: new == nil ? 0 : 1))
      }
    }
    let fewest = found.map(\.deNovoEvents).min()
    explanations = found.filter { $0.deNovoEvents == fewest }
  }

  var needsDeNovo: Bool { explanations.first?.deNovoEvents == 1 }

  /// The only phase left; nil when both or neither are.
  var phase: Phase? {
    let phases = Set(explanations.map(\.phase))
    return phases.count == 1 ? phases.first : nil
  }

  /// Fewest alleles that a phase needs in untested parents; nil when the phase is excluded.
  func fewestUntested(_ phase: Phase) -> Int? {
    explanations.filter { $0.phase == phase }.map(\.untested).min()
  }
}
