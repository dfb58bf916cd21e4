internal import Foundation

extension PhenotypeIndex {
  /// How many similar diseases speak for one.
  static let neighbourCount = 40
  /// Similarities are raised to this power, so that the nearest weigh most.
  private static let neighbourSharpness: Float = 1.5

  /// `neighbours.tsv`: one line a disease, `place:weight` between `|`, places counted from 0 in the order of ids, weights in
  /// thousandths.
  static func neighbours(_ table: TextTable, of diseases: [Disease]) throws(KnowledgeError) -> Rows<DiseaseShare> {
    let id = try table.column("disease_id")
    let list = try table.column("neighbours")
    guard table.count == diseases.count else {
      throw KnowledgeError(
        .phenotypes(.mixedReleases("\(diseases.count) diseases", "neighbours of \(table.count)")),
        at: .init(file: table.file))
    }
    var rows = Rows<DiseaseShare>()
    for row in 0..<table.count {
      guard table.holds(Array(diseases[row].id.utf8), row, id) else {
        throw table.bad(row, id, expected: diseases[row].id)
      }
      if table.isMissing(row, list) {
        rows.add([])
        continue
      }
      var shares: [DiseaseShare] = []
      shares.reserveCapacity(neighbourCount)
      let range = table.range(row, list)
      var start = range.lowerBound
      var colon = start
      for index in range.lowerBound...range.upperBound {
        let byte = index == range.upperBound ? UInt8(ascii: "|") : table.bytes[index]
        if byte == UInt8(ascii: ":") { colon = index }
        guard byte == UInt8(ascii: "|") else { continue }
        guard colon > start, let place = table.bytes.number(in: start..<colon),
          let weight = table.bytes.number(in: colon + 1..<index), place < diseases.count, 1...1_000 ~= weight
        else { throw table.bad(row, list, expected: "places and weights such as 12:40, of 1 to 1000, between '|'") }
        shares.append(DiseaseShare(disease: Int32(place), share: Float(weight) / 1_000))
        start = index + 1
      }
      rows.add(shares)
    }
    return rows
  }

  /// For each disease those whose list it is on.
  static func reversed(_ rows: Rows<DiseaseShare>) -> Rows<DiseaseShare> {
    Rows(count: rows.count, filling: DiseaseShare(disease: 0, share: 0)) { take in
      for row in 0..<rows.count {
        for item in rows[row] { take(Int(item.disease), DiseaseShare(disease: Int32(row), share: item.share)) }
      }
    }
  }

  /// Weights in thousandths of the diseases most similar to one with these features, most similar first.
  ///
  /// Similarity is the cosine of the terms' shares, each weighed by `-ln` of how often it is seen over all diseases.
  ///
  /// - Parameter disease: place of the disease itself, which is no neighbour of its own.
  func nearest(to profile: DiseaseProfile, besides disease: Int, norms: [Float]) -> [(disease: Int, thousandths: Int)] {
    var products = [Float](repeating: 0, count: diseases.count)
    for (term, share) in shares(of: profile) {
      let weight = -log(background[Int(term)])
      let factor = share * weight * weight
      if factor <= 0 { continue }
      for item in columns[Int(term)] { products[Int(item.disease)] += factor * item.share }
    }
    products[disease] = 0
    let similar = products.indices.filter { products[$0] > 0 }
      .map { (disease: $0, weight: pow(products[$0] / norms[$0], Self.neighbourSharpness)) }
      .sorted { ($1.weight, $0.disease) < ($0.weight, $1.disease) }
      .prefix(Self.neighbourCount)
    let sum = similar.reduce(Float(0)) { $0 + $1.weight }
    return similar.map { (disease: $0.disease, thousandths: Int((1_000 * $0.weight / sum).rounded())) }
      .filter { $0.thousandths > 0 }
  }

  /// Lengths of the diseases' vectors of weighed shares.
  public func norms() -> [Float] {
    var squares = [Float](repeating: 0, count: diseases.count)
    for term in 0..<terms.count {
      let weight = -log(background[term])
      for item in columns[term] {
        let value = item.share * weight
        squares[Int(item.disease)] += value * value
      }
    }
    return squares.map { max($0.squareRoot(), 1e-6) }
  }

  /// Lines of `neighbours.tsv`, for an index that does not know them yet.
  ///
  /// - Complexity: every disease against every other that shares a feature; some seconds for the whole of HPO.
  func neighbourLines() -> [String] {
    let norms = norms()
    return diseases.indices.map { place in
      let list = nearest(to: profiles[place], besides: place, norms: norms).map { "\($0.disease):\($0.thousandths)" }
      return diseases[place].id + "\t" + (list.isEmpty ? "." : list.joined(separator: "|"))
    }
  }
}
