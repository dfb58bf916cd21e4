public import Knowledge

/// The symmetric, frequency-weighted average of Resnik's best matches: the yardstick beside the score.
///
/// `1/2 (mean over query of best disease match + mean over disease of best query match)`, a match being the information content of
/// the most informative common ancestor, and the second mean weighed by how often the disease shows the feature (clinical
/// specification 7.2).
public struct ResnikAverage: Sendable {
  private let index: PhenotypeIndex

  public init(_ index: PhenotypeIndex) {
    self.index = index
  }

  /// By place of the disease.
  public func scores(of query: PhenotypeQuery) -> [Double] {
    var sums = [Double](repeating: 0, count: index.diseases.count)
    for term in query.observed {
      var best = [Double](repeating: 0, count: sums.count)
      for (broader, _) in index.terms.distances(from: term) {
        let content = index.informationContent(of: broader)
        for place in index.diseases(with: broader) { best[place] = max(best[place], content) }
      }
      for place in sums.indices { sums[place] += best[place] }
    }
    let back = index.means(of: index.sharedContents(with: query.observed))
    let count = Double(max(1, query.observed.count))
    return sums.indices.map { (sums[$0] / count + Double(back[$0])) / 2 }
  }

  /// The score of one disease with other features than those that are known.
  public func score(of query: PhenotypeQuery, in profile: DiseaseProfile) -> Double {
    var broader: Set<TermGraph.Term> = []
    for feature in profile.features { broader.formUnion(index.terms.broader(than: feature.term)) }
    let forth = query.observed.map { term in
      index.terms.broader(than: term).filter(broader.contains).map { index.informationContent(of: $0) }.max() ?? 0
    }
    let back = PhenotypeIndex.mean(of: index.sharedContents(with: query.observed), over: profile)
    return (forth.reduce(0, +) / Double(max(1, forth.count)) + Double(back)) / 2
  }
}
