public import Model

/// Diseases and genes ranked by phenotype, as JSON or as one table.
public struct PhenotypeReport {
  let result: PhenotypeRankingResult

  public init(_ result: PhenotypeRankingResult) {
    self.result = result
  }

  /// `{"diseases": […], "genes": […]}` and what was asked of which release.
  public var json: [UInt8] {
    JSONValue.object([
      "hpo_release": .string(result.release),
      "diseases_ranked": .integer(result.diseaseCount),
      "observed": .array(result.observed.map(\.json)),
      "excluded": .array(result.excluded.map(\.json)),
      "notes": .strings(result.notes),
      "diseases": .array(result.diseases.map(\.json)),
      "genes": .array(result.genes.map(\.json)),
    ]).encoded
  }

  /// Lines of diseases, then of genes; `linked` holds the genes of a disease, or the best disease of a gene.
  public var table: [UInt8] {
    var table = Table(columns: ["kind", "rank", "id", "name", "score", "share", "linked", "terms"])
    for (place, disease) in result.diseases.enumerated() {
      table.append([
        "disease", "\(place + 1)", disease.id, disease.name, Number.fixed(disease.points, places: 2),
        Number.fixed(disease.share, places: 4), disease.genes.map(\.symbol).joined(separator: ","),
        disease.entries.map { "\($0.name) \(Number.points($0.points))" }.joined(separator: "; "),
      ])
    }
    for (place, gene) in result.genes.enumerated() {
      table.append([
        "gene", "\(place + 1)", gene.gene.hgncID, gene.gene.symbol, Number.fixed(gene.points, places: 2),
        Number.fixed(gene.share, places: 4), "\(gene.diseaseID) \(gene.diseaseName)", nil,
      ])
    }
    return table.bytes
  }
}

extension PhenotypeEntry {
  var json: JSONValue {
    .object([
      "id": .optional(term?.id), "label": .string(term?.label ?? label.description), "excluded": .bool(isExcluded),
      "points": .number(points), "reason": .said(reason),
    ])
  }
}

extension PhenotypeFinding {
  var json: JSONValue {
    .object([
      "id": .string(id), "name": .string(name), "score": .number(points), "share": .number(share),
      "inheritance": .strings(modes.map(\.rawValue)), "genes": .strings(genes.map(\.symbol)),
      "terms": .array(entries.map(\.json)),
    ])
  }
}

extension PhenotypeGene {
  var json: JSONValue {
    .object([
      "symbol": .string(gene.symbol), "hgnc_id": .string(gene.hgncID), "score": .number(points),
      "share": .number(share),
      "disease": .object(["id": .string(diseaseID), "name": .string(diseaseName)]),
    ])
  }
}
