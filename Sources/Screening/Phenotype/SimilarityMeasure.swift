internal import Foundation
public import Knowledge

/// Published measures of how alike two terms, or a patient and a disease, are (clinical specification 7.2).
///
/// They are what other programs rank by, kept to compare with and to check the ontology's numbers; the score of a screen is
/// `PhenotypeLikelihood`, which finds the cause more often (Benchmarks/phenotype.md).
public enum SimilarityMeasure: String, Sendable, CaseIterable {
  /// Information content of the most informative common ancestor (Resnik 1995).
  case resnik
  /// `2 IC(MICA) / (IC(a) + IC(b))` (Lin 1998).
  case lin
  /// Shared broader terms over all broader terms.
  case jaccard
  /// `sqrt(IC(MICA) · Jaccard)` (Smedley et al. 2013, doi:10.1093/database/bat025).
  case phenodigm
  /// Information content of shared broader terms over that of all (Pesquita et al. 2008).
  case simGIC = "simgic"
  /// Exomiser's score of a model, 0…1: best and mean match, each beside what the query reaches with itself (Smedley et al. 2013).
  case exomiser

  /// Of two terms; for `simGIC` of the two as sets of one.
  public func similarity(_ one: TermGraph.Term, _ other: TermGraph.Term, in index: PhenotypeIndex) -> Double {
    let common = index.sharedContent(of: one, and: other)
    switch self {
    case .resnik: return common
    case .lin:
      let sum = index.informationContent(of: one) + index.informationContent(of: other)
      return sum == 0 ? 0 : 2 * common / sum
    case .jaccard: return index.terms.overlap(one, other)
    case .phenodigm, .exomiser: return (common * index.terms.overlap(one, other)).squareRoot()
    case .simGIC: return Self.simGIC([one], [other], in: index)
    }
  }

  /// Of a patient and a disease: the mean of both directions' mean best matches, or simGIC of the two sets.
  public func similarity(
    of query: [TermGraph.Term], to disease: [TermGraph.Term], in index: PhenotypeIndex
  ) -> Double {
    if query.isEmpty || disease.isEmpty { return 0 }
    if self == .simGIC { return Self.simGIC(query, disease, in: index) }
    if self == .exomiser { return Self.exomiser(query, disease, in: index) }
    func mean(_ from: [TermGraph.Term], _ to: [TermGraph.Term]) -> Double {
      let best = from.map { one in to.map { similarity(one, $0, in: index) }.max() ?? 0 }
      return best.reduce(0, +) / Double(best.count)
    }
    return (mean(query, disease) + mean(disease, query)) / 2
  }

  private static func exomiser(
    _ query: [TermGraph.Term], _ disease: [TermGraph.Term], in index: PhenotypeIndex
  ) -> Double {
    func best(_ from: [TermGraph.Term], _ to: [TermGraph.Term]) -> [Double] {
      from.map { one in to.map { Self.phenodigm.similarity(one, $0, in: index) }.max() ?? 0 }
    }
    let matches = best(query, disease) + best(disease, query).filter { $0 > 0 }
    let possible = query.map { Self.phenodigm.similarity($0, $0, in: index) }
    guard let highest = possible.max(), highest > 0, let top = matches.max() else { return 0 }
    let mean = matches.reduce(0, +) / Double(matches.count)
    let possibleMean = possible.reduce(0, +) / Double(possible.count)
    return min(1, (top / highest + mean / possibleMean) / 2)
  }

  /// All diseases, best first, by place, with their similarity.
  public func ranking(of query: PhenotypeQuery, in index: PhenotypeIndex) -> [(disease: Int, similarity: Double)] {
    index.diseases.indices.map { place in
      (place, similarity(of: query.observed, to: index.profile(place).features.map(\.term), in: index))
    }.sorted { ($1.similarity, $0.disease) < ($0.similarity, $1.disease) }
  }

  private static func simGIC(
    _ one: [TermGraph.Term], _ other: [TermGraph.Term], in index: PhenotypeIndex
  ) -> Double {
    let left = Set(one.flatMap { index.terms.broader(than: $0) })
    let right = Set(other.flatMap { index.terms.broader(than: $0) })
    func content(_ terms: Set<TermGraph.Term>) -> Double {
      // In order, so that the sum does not depend on hashing.
      terms.sorted().reduce(0) { $0 + index.informationContent(of: $1) }
    }
    let all = content(left.union(right))
    return all == 0 ? 0 : content(left.intersection(right)) / all
  }
}
