public import Model

extension Ontology {
  /// Current terms that have all words of a text in their label or in a synonym, best first.
  ///
  /// A label that is the text comes before one that begins with it, before one in which each word begins one, before any other;
  /// labels before synonyms; short before long. An id finds its term, an obsolete one the one in its place. When nothing fits,
  /// labels that are near in spelling are told.
  ///
  /// - Complexity: one pass over the ontology.
  public func search(_ text: String, top count: Int) -> [(term: PhenotypeTerm, synonym: String?)] {
    let wanted = text.lowercased().split { $0.isWhitespace }.map(String.init)
    guard let first = wanted.first else { return [] }
    if wanted.count == 1, first.hasPrefix("hp:"), let id = try? resolve(first.uppercased()).id {
      return [(term(id), nil)]
    }
    var found: [(rank: Int, length: Int, term: PhenotypeTerm, synonym: String?)] = []
    let phenotypic = descendants(of: Self.phenotypicAbnormality)
    for term in currentTerms where phenotypic.contains(term.id) {
      let names = [term.label] + term.synonyms
      let ranked = names.enumerated().compactMap { place, name in
        Self.rank(of: wanted, in: name).map { (rank: 2 * $0 + (place == 0 ? 0 : 1), name: place == 0 ? nil : name) }
      }
      guard let best = ranked.min(by: { $0.rank < $1.rank }) else { continue }
      let length = (best.name ?? term.label).count
      found.append((best.rank, length, PhenotypeTerm(id: term.id, label: term.label), best.name))
    }
    if found.isEmpty {
      let labels = Dictionary(currentTerms.map { ($0.label, $0.id) }, uniquingKeysWith: { first, _ in first })
      return Spelling.nearest(to: text, among: Array(labels.keys)).sorted().prefix(count)
        .compactMap { label in labels[label].map { (PhenotypeTerm(id: $0, label: label), nil) } }
    }
    return found.sorted { ($0.rank, $0.length, $0.term.id) < ($1.rank, $1.length, $1.term.id) }.prefix(count)
      .map { ($0.term, $0.synonym) }
  }

  /// 0 for the very name, 1 when it begins with the text, 2 when each word begins one of its words, 3 when each is in it.
  private static func rank(of wanted: [String], in name: String) -> Int? {
    let name = name.lowercased()
    let text = wanted.joined(separator: " ")
    if name == text { return 0 }
    guard wanted.allSatisfy({ name.contains($0) }) else { return nil }
    if name.hasPrefix(text) { return 1 }
    let words = name.split { !$0.isLetter && !$0.isNumber }
    return wanted.allSatisfy { word in words.contains { $0.hasPrefix(word) } } ? 2 : 3
  }
}
