/// Diseases ranked by a published measure of similarity.
public struct SimilarityReport {
  private let measure: String
  private let release: String
  private let ranked: [(id: String, name: String, similarity: Double)]

  public init(measure: String, release: String, _ ranked: [(id: String, name: String, similarity: Double)]) {
    self.measure = measure
    self.release = release
    self.ranked = ranked
  }

  public var table: [UInt8] {
    var table = Table(columns: ["rank", "id", "name", measure])
    for (place, item) in ranked.enumerated() {
      table.append(["\(place + 1)", item.id, item.name, Number.fixed(item.similarity, places: 6)])
    }
    return table.bytes
  }

  public var json: [UInt8] {
    JSONValue.object([
      "hpo_release": .string(release), "measure": .string(measure),
      "diseases": .array(
        ranked.map {
          .object(["id": .string($0.id), "name": .string($0.name), "similarity": .number($0.similarity)])
        }),
    ]).encoded
  }
}
