import Foundation
import Model

/// Orders candidates and shares out the probability of the case among them and "none of these".
///
/// Share of candidate k: `o^T_k / (Σ o^T_j + N)`, with `o` the odds of one point and `N` the number of diseases scored; "none of
/// these" has `N / (Σ o^T_j + N)`. That is a prior of one half for none and 1/(2N) for each disease. What a reviewer ruled out
/// keeps its rank and takes no share.
struct Ranking: Sendable {
  private(set) var candidates: [Candidate]
  private(set) var genes: [RankedGene] = []
  private(set) var shareOfNone = 1.0

  init(candidates unordered: [Candidate], diseaseCount: Int) {
    candidates = unordered.sorted(by: Self.precedes)
    let odds = candidates.map { $0.dismissal == nil ? pow(PointsLedger.oddsPerPoint, $0.ledger.total) : 0 }
    let denominator = odds.reduce(0, +) + Double(max(1, diseaseCount))
    for index in candidates.indices {
      candidates[index].rank = index + 1
      candidates[index].share = odds[index] / denominator
    }
    shareOfNone = Double(max(1, diseaseCount)) / denominator
    rankGenes()
  }

  private mutating func rankGenes() {
    var places: [String: Int] = [:]
    for candidate in candidates {
      if let place = places[candidate.gene.id] {
        genes[place].candidates.append(candidate.rank)
      } else {
        places[candidate.gene.id] = genes.count
        genes.append(RankedGene(rank: genes.count + 1, gene: candidate.gene, candidates: [candidate.rank]))
      }
    }
  }

  /// Higher total first; ties by variant score, then segregation, then place in the genome, then name: a total order.
  private static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    let leftScores = [left.ledger.total, left.ledger.variantScore, left.ledger.segregationScore]
    let rightScores = [right.ledger.total, right.ledger.variantScore, right.ledger.segregationScore]
    for (a, b) in zip(leftScores, rightScores) where a != b { return a > b }
    let leftAlleles = left.variants.map(\.variant.allele)
    let rightAlleles = right.variants.map(\.variant.allele)
    if leftAlleles != rightAlleles { return leftAlleles.lexicographicallyPrecedes(rightAlleles) }
    return left.gene.id < right.gene.id
  }
}
