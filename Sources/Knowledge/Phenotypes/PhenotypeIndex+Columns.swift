/// What a ranking asks: of one term over all diseases, or of one disease.
extension PhenotypeIndex {
  /// How often a term, or a narrower one, is seen in each disease, by place, 0…1; a part is what its neighbours show.
  ///
  /// - Complexity: the diseases that have the term, and those that they are neighbours of.
  public func shares(of term: TermGraph.Term) -> [Float] {
    var shares = [Float](repeating: 0, count: diseases.count)
    let own = hasNeighbours ? 1 - Self.neighbourWeight : 1
    // Spans, for a slice of each disease's row would be counted in and out a hundred thousand times.
    let others = neighbourOf.elements.span
    let starts = neighbourOf.starts.span
    var all = shares.mutableSpan
    for item in columns[term] {
      let disease = Int(item.disease)
      all[disease] += own * item.share
      let given = Self.neighbourWeight * item.share
      for next in Int(starts[disease])..<Int(starts[disease + 1]) {
        all[Int(others[next].disease)] += given * others[next].share
      }
    }
    return shares
  }

  /// The part of `shares(of:)` of one disease that is its own, and the part that is its neighbours'.
  ///
  /// - Parameter profile: the features of the disease, where others are to be taken than those that are known.
  public func parts(of term: TermGraph.Term, in member: Member) -> (own: Float, neighbours: Float) {
    var neighbours: Float = 0
    for (place, weight) in member.neighbours { neighbours += weight * share(of: term, in: place) }
    guard hasNeighbours else { return (member.shares[Int32(term)] ?? 0, 0) }
    return ((1 - Self.neighbourWeight) * (member.shares[Int32(term)] ?? 0), Self.neighbourWeight * neighbours)
  }

  /// One disease as `parts(of:in:)` sees it.
  public struct Member: Sendable {
    public let disease: Int
    public let profile: DiseaseProfile
    let shares: [Int32: Float]
    let neighbours: [(disease: Int, weight: Float)]
  }

  /// A disease by its place.
  public func member(_ disease: Int) -> Member {
    Member(
      disease: disease, profile: profiles[disease], shares: Self.dictionary(shares(of: profiles[disease])),
      neighbours: neighbours[disease].map { (Int($0.disease), $0.share) })
  }

  /// A disease with other features than those that are known, and the neighbours that these give it.
  public func member(_ disease: Int, with profile: DiseaseProfile, norms: [Float]) -> Member {
    Member(
      disease: disease, profile: profile, shares: Self.dictionary(shares(of: profile)),
      neighbours: nearest(to: profile, besides: disease, norms: norms)
        .map { ($0.disease, Float($0.thousandths) / 1_000) })
  }

  private static func dictionary(_ shares: [(term: Int32, share: Float)]) -> [Int32: Float] {
    Dictionary(uniqueKeysWithValues: shares.map { ($0.term, $0.share) })
  }

  private var hasNeighbours: Bool { !neighbourOf.elements.isEmpty }

  /// By bisection: a column is in the order of the diseases.
  private func share(of term: TermGraph.Term, in disease: Int) -> Float {
    let column = columns[term]
    var low = column.startIndex
    var high = column.endIndex
    while low < high {
      let middle = (low + high) / 2
      if column[middle].disease < disease { low = middle + 1 } else { high = middle }
    }
    return low < column.endIndex && column[low].disease == disease ? column[low].share : 0
  }

  /// How often a term is seen over all diseases, 0…1.
  public func background(of term: TermGraph.Term) -> Float { background[term] }

  /// `-ln p`, with p the share of diseases in which the term or a narrower one is seen.
  public func informationContent(of term: TermGraph.Term) -> Double { informationContents[term] }

  /// Information content of the most informative term that is broader than both, or one of them.
  public func sharedContent(of one: TermGraph.Term, and other: TermGraph.Term) -> Double {
    var content = 0.0
    terms.forEachShared(one, other) { content = max(content, informationContents[$0]) }
    return content
  }

  /// Places of the diseases that have the term or a narrower one.
  public func diseases(with term: TermGraph.Term) -> [Int] { columns[term].map { Int($0.disease) } }

  /// Features of a disease.
  public func profile(_ disease: Int) -> DiseaseProfile { profiles[disease] }

  /// Sum of the frequencies of a disease's features, by place.
  public func sizes() -> [Float] { profiles.map { max($0.size, 1e-6) } }

  /// The mean over a disease's features, each weighed by its frequency, of a number for each term.
  public func means(of values: [Float]) -> [Float] { profiles.map { Self.mean(of: values, over: $0) } }

  public static func mean(of values: [Float], over profile: DiseaseProfile) -> Float {
    var sum: Float = 0
    for feature in profile.features { sum += feature.frequency * values[feature.term] }
    return sum / max(profile.size, 1e-6)
  }

  /// Places of the diseases whose patients were looked at for the term without its being found.
  public func diseases(excluding term: TermGraph.Term) -> [Int] {
    profiles.indices.filter { place in profiles[place].excluded.contains(term) }
  }

  /// Whether nearly everybody with the disease has the term or a narrower one.
  public func isCharacteristic(_ term: TermGraph.Term, of profile: DiseaseProfile) -> Bool {
    profile.features.contains { $0.isCharacteristic && ($0.term == term || isBroader(term, than: $0.term)) }
  }

  public func isBroader(_ term: TermGraph.Term, than other: TermGraph.Term) -> Bool {
    terms.ancestors[other].contains(Int32(term))
  }

  /// For each term the greatest information content that it shares with one of the terms asked for.
  ///
  /// - Complexity: the terms below each broader term of those asked for.
  public func sharedContents(with query: [TermGraph.Term]) -> [Float] {
    var broader: Set<Int32> = []
    for term in query { broader.formUnion(terms.ancestors[term]) }
    var contents = [Float](repeating: 0, count: terms.count)
    // From little content to much, so that the greatest is written last.
    for term in broader.sorted(by: { (informationContents[Int($0)], $0) < (informationContents[Int($1)], $1) }) {
      let content = Float(informationContents[Int(term)])
      for narrower in terms.descendants[Int(term)] { contents[Int(narrower)] = max(contents[Int(narrower)], content) }
    }
    return contents
  }
}
