internal import Foundation
public import Knowledge
public import Model

/// How well each disease explains a patient's phenotype: a tempered product of likelihood ratios, all diseases at once.
///
/// For a term h and a disease D the ratio is `P(h|D) / P(h)`, where `P(h)` is the mean over all diseases. `P(h|D)` is the frequency
/// that is annotated; a part of it where only narrower terms are annotated; what similar diseases show; and where a broader
/// term is annotated, that one's frequency times the share that h has in it over all diseases, less for each step.
///
///     let ranking = PhenotypeLikelihood(index).ranking(of: query)
///     ranking.order[0]                              // place of the best disease
///     ranking.account(of: ranking.order[0]).points  // its points, entry by entry
public struct PhenotypeLikelihood: Sendable {
  public let index: PhenotypeIndex
  private let sizes: [Float]
  /// Places of diseases that are X-linked recessive and nothing else, which girls hardly ever have.
  private let recessiveOnX: [Int]
  /// Places of the diseases of each gene.
  private let diseasesOfGenes: [String: [Int]]

  public init(_ index: PhenotypeIndex) {
    self.index = index
    var diseasesOfGenes: [String: [Int]] = [:]
    for (place, disease) in index.diseases.enumerated() {
      for gene in disease.genes { diseasesOfGenes[gene, default: []].append(place) }
    }
    self.diseasesOfGenes = diseasesOfGenes
    sizes = index.sizes()
    recessiveOnX = index.diseases.indices.filter { place in
      index.diseases[place].modes == [.xLinkedRecessive]
    }
  }

  /// Places of the diseases of a gene, by HGNC id.
  func diseases(of gene: String) -> [Int] { diseasesOfGenes[gene] ?? [] }

  /// All diseases for a query; nil for one without an observed term, which says nothing of any disease.
  ///
  /// - Complexity: a few milliseconds for twenty terms and ten thousand diseases.
  public func ranking(of query: PhenotypeQuery) -> PhenotypeRanking? {
    guard !query.observed.isEmpty else { return nil }
    let weights = Self.weights(of: query.observed, in: index)
    let scale = Self.scale(weights)
    var points = [Double](repeating: 0, count: index.diseases.count)
    let unmet = Self.points(ofRatio: 0)
    for (ratios, weight) in zip(ratios(of: query.observed), weights) {
      for place in points.indices {
        let ratio = ratios[place]
        points[place] += scale * weight * (ratio == 0 ? unmet : Self.points(ofRatio: Double(ratio)))
      }
    }
    let contents = index.sharedContents(with: query.observed)
    let shared = index.means(of: contents)
    for place in points.indices {
      points[place] += Self.coverage(shared[place], terms: query.observed.count) + Self.size(sizes[place])
    }
    let absence = Self.sharedAbsence(of: query.excluded.count)
    for term in query.excluded {
      for place in index.diseases(excluding: term) { points[place] += absence }
      for place in index.diseases(with: term) where index.isCharacteristic(term, of: index.profile(place)) {
        points[place] += PhenotypeRules.missingCharacteristic
      }
    }
    if query.sex == .female {
      for place in recessiveOnX { points[place] += PhenotypeRules.femaleWithXLinkedRecessive }
    }
    if let onset = query.onset {
      for (place, disease) in index.diseases.enumerated() {
        points[place] += Self.onset(onset, disease.onset)?.points ?? 0
      }
    }
    return PhenotypeRanking(model: self, query: query, contents: contents, raw: points)
  }

  /// For each term, and each disease, how much likelier the term is with it than over all diseases.
  ///
  /// Terms of one patient have most of their broader ones in common: these are spread over the diseases once.
  private func ratios(of terms: [TermGraph.Term]) -> [[Float]] {
    var uses: [TermGraph.Term: [(row: Int, factor: Float)]] = [:]
    for (row, term) in terms.enumerated() {
      for (broader, factor) in factors(of: term) { uses[broader, default: []].append((row, factor)) }
    }
    var ratios = terms.map { _ in [Float](repeating: 0, count: index.diseases.count) }
    for (broader, rows) in uses {
      let shares = index.shares(of: broader)
      for (row, factor) in rows { Self.raise(&ratios[row], to: shares, times: factor) }
    }
    // Patients with the disease were looked at, and none had it.
    for (row, term) in terms.enumerated() {
      for place in index.diseases(excluding: term) { ratios[row][place] = 0 }
    }
    return ratios
  }

  private static func raise(_ ratios: inout [Float], to shares: [Float], times factor: Float) {
    for place in ratios.indices { ratios[place] = max(ratios[place], shares[place] * factor) }
  }

  /// The term and the broader ones that count for it, each with what its share is multiplied by.
  private func factors(of term: TermGraph.Term) -> [(term: TermGraph.Term, factor: Float)] {
    index.terms.distances(from: term).compactMap { broader, steps in
      if broader == index.terms.root { return nil }
      let factor = pow(PhenotypeRules.stepShare, Double(steps)) / Double(index.background(of: broader))
      return steps > 0 && factor < PhenotypeRules.leastRatio ? nil : (broader, Float(factor))
    }
  }

  /// Terms that say nearly the same share one voice: each counts by one over its overlap, squared, with all of them.
  static func weights(of terms: [TermGraph.Term], in index: PhenotypeIndex) -> [Double] {
    terms.map { term in
      1
        / terms.reduce(0) { sum, other in
          let overlap = index.terms.overlap(term, other)
          return sum + overlap * overlap
        }
    }
  }

  private static func scale(_ weights: [Double]) -> Double {
    PhenotypeRules.termWeight / pow(weights.reduce(0, +), PhenotypeRules.crowding)
  }

  private static func points(ofRatio ratio: Double) -> Double {
    log(PhenotypeRules.noise + ratio) / PhenotypeRules.natsPerPoint
  }

  private static func coverage(_ shared: Float, terms: Int) -> Double {
    PhenotypeRules.coverageWeight * Double(shared) * log(Double(terms))
  }

  private static func sharedAbsence(of count: Int) -> Double {
    PhenotypeRules.sharedAbsence / pow(max(Double(count), PhenotypeRules.fewestExcluded), PhenotypeRules.crowding)
  }

  private static func size(_ size: Float) -> Double { PhenotypeRules.sizeWeight * log(Double(size)) }

  private static func onset(_ onset: OnsetClass, _ range: ClosedRange<OnsetClass>?) -> (points: Double, label: Wording)?
  {
    guard let range else { return nil }
    if range.contains(onset) { return (PhenotypeRules.onsetFits, "onset fits") }
    let isFar = onset.rawValue < range.lowerBound.rawValue - 1 || onset.rawValue > range.upperBound.rawValue + 1
    return isFar ? (PhenotypeRules.onsetFar, "onset does not fit") : nil
  }
}

extension PhenotypeLikelihood {
  /// The entries of one disease, before the part that all diseases have in common: the plain twin of `ranking(of:)`, and what is
  /// shown to people.
  ///
  /// - Parameter contents: information that each term shares with those of the query.
  func account(
    of member: PhenotypeIndex.Member, for query: PhenotypeQuery, contents: [Float]
  ) -> PhenotypeAccount {
    let weights = Self.weights(of: query.observed, in: index)
    let scale = Self.scale(weights)
    var account = PhenotypeAccount()
    for (term, weight) in zip(query.observed, weights) {
      let found = match(of: term, in: member)
      account.terms.append(
        .init(
          term: term, isExcluded: false, points: scale * weight * Self.points(ofRatio: Double(found.ratio)),
          match: found.match))
    }
    let shared = PhenotypeIndex.mean(of: contents, over: member.profile)
    account.coverage = Self.coverage(shared, terms: query.observed.count)
    account.size = Self.size(max(member.profile.size, 1e-6))
    let absence = Self.sharedAbsence(of: query.excluded.count)
    for term in query.excluded {
      if member.profile.excluded.contains(term) {
        account.terms.append(.init(term: term, isExcluded: true, points: absence, match: .absent))
      }
      if index.isCharacteristic(term, of: member.profile) {
        account.terms.append(
          .init(term: term, isExcluded: true, points: PhenotypeRules.missingCharacteristic, match: .characteristic))
      } else if !member.profile.excluded.contains(term) {
        account.terms.append(.init(term: term, isExcluded: true, points: 0, match: .notDecisive))
      }
    }
    let disease = index.diseases[member.disease]
    if query.sex == .female, recessiveOnX.contains(member.disease) {
      account.others.append(.init("a girl, X-linked recessive", PhenotypeRules.femaleWithXLinkedRecessive))
    }
    if let onset = query.onset, let fit = Self.onset(onset, disease.onset) {
      account.others.append(.init(fit.label, fit.points))
    }
    return account
  }

  /// The ratio of a term in one disease, and what it rests on.
  private func match(
    of term: TermGraph.Term, in member: PhenotypeIndex.Member
  ) -> (ratio: Float, match: PhenotypeAccount.Match) {
    if member.profile.excluded.contains(term) { return (0, .notInPatients) }
    var best: (ratio: Float, match: PhenotypeAccount.Match) = (0, .none)
    for (broader, factor) in factors(of: term) {
      let parts = index.parts(of: broader, in: member)
      let ratio = (parts.own + parts.neighbours) * factor
      guard ratio > best.ratio else { continue }
      if parts.neighbours > parts.own {
        best = (ratio, .similarDiseases(broader))
      } else if broader != term {
        best = (ratio, .broader(broader))
      } else if let feature = member.profile.features.first(where: { $0.term == term }) {
        best = (ratio, .same(frequency: Double(feature.frequency)))
      } else {
        best = (ratio, .narrower)
      }
    }
    return best
  }
}
