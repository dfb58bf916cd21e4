public import Knowledge
public import Model

/// Ranks that the cause of one published case gets, asked in several ways.
public struct PublishedCaseRanks: Sendable {
  private let model: PhenotypeLikelihood
  private let resnik: ResnikAverage
  private let norms: [Float]
  /// Places of diseases by id, and by id of the same disease in other catalogues.
  private let places: [String: Int]
  private let groups: [String: Set<Int>]

  public init(_ model: PhenotypeLikelihood) {
    self.model = model
    resnik = ResnikAverage(model.index)
    norms = model.index.norms()
    var places: [String: Int] = [:]
    var groups: [String: Set<Int>] = [:]
    for (place, disease) in model.index.diseases.enumerated() {
      places[disease.id] = place
      for id in [disease.id] + disease.sameAs { groups[id, default: []].insert(place) }
    }
    self.places = places
    self.groups = groups
  }

  /// Whether the disease is ranked at all.
  public func isAnnotated(_ disease: String) -> Bool { places[disease] != nil }

  /// - Parameters:
  ///   - disease: id of the cause.
  ///   - genes: HGNC ids of the causal genes.
  ///   - references: the case's own publications.
  ///   - seed: for the noise.
  public func ranks(
    of query: PhenotypeQuery, disease: String, genes: Set<String>, references: Set<String>, seed: UInt64
  ) throws(KnowledgeError) -> [BenchmarkRank] {
    guard let full = model.ranking(of: query) else { return [] }
    let profiles = try model.index.profiles(without: references)
    let members = profiles.map { model.index.member($0.disease, with: $0.profile, norms: norms) }
    let controlled = full.replacing(members)
    var ranks = [rank(full, .full, disease, genes), rank(controlled, .withoutOwnPublications, disease, genes)]
    ranks.append(resnikRank(resnik.scores(of: query), .resnik, disease))
    var scores = resnik.scores(of: query)
    for (place, profile) in profiles {
      scores[place] = profile.features.isEmpty ? -.infinity : resnik.score(of: query, in: profile)
    }
    ranks.append(resnikRank(scores, .resnikWithoutOwnPublications, disease))
    if !query.excluded.isEmpty {
      var observedOnly = query
      observedOnly.excluded = []
      if let ranking = model.ranking(of: observedOnly) {
        ranks.append(rank(ranking, .withoutExcludedTerms, disease, genes))
      }
    }
    if let ranking = model.ranking(of: noisy(query, seed: seed)) {
      ranks.append(rank(ranking, .withNoise, disease, genes))
    }
    return ranks
  }

  private func rank(
    _ ranking: PhenotypeRanking, _ way: BenchmarkRank.Way, _ disease: String, _ genes: Set<String>
  ) -> BenchmarkRank {
    let shares = ranking.genes
    let gene = shares.filter { genes.contains($0.hgncID) }.map(\.share).max()
    return BenchmarkRank(
      way: way, disease: places[disease].flatMap { Self.worstRank(of: ranking.points[$0], in: ranking.points) },
      group: (groups[disease] ?? []).compactMap { Self.worstRank(of: ranking.points[$0], in: ranking.points) }.min(),
      gene: gene.map { share in shares.count { $0.share >= share } },
      topShare: ranking.points.indices.max { ranking.points[$0] < ranking.points[$1] }.map(ranking.share))
  }

  private func resnikRank(_ scores: [Double], _ way: BenchmarkRank.Way, _ disease: String) -> BenchmarkRank {
    BenchmarkRank(
      way: way, disease: places[disease].flatMap { Self.worstRank(of: scores[$0], in: scores) }, group: nil, gene: nil)
  }

  /// Those of equal score have the worst rank of them all; nil for a disease without a feature.
  private static func worstRank(of score: Double, in scores: [Double]) -> Int? {
    score == -.infinity ? nil : scores.count { $0 >= score }
  }

  /// Two terms drawn at random are added, and two of the patient's made one step broader.
  private func noisy(_ query: PhenotypeQuery, seed: UInt64) -> PhenotypeQuery {
    var generator = SplitMix64(seed: seed)
    var noisy = query
    for place in noisy.observed.indices.shuffled(using: &generator).prefix(2) {
      let broader = model.index.terms.distances(from: noisy.observed[place]).filter { $0.steps == 1 }
      if let chosen = broader.randomElement(using: &generator), chosen.term != model.index.terms.root {
        noisy.observed[place] = chosen.term
      }
    }
    for _ in 0..<2 { noisy.observed.append(Int.random(in: 0..<model.index.terms.count, using: &generator)) }
    var seen: Set<Int> = []
    noisy.observed = noisy.observed.filter { $0 != model.index.terms.root && seen.insert($0).inserted }
    return noisy
  }
}
