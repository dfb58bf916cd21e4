public import Model

/// What the laboratory's own cohort answers, as a table or as JSON.
public struct CohortReport: Sendable {
  private let summary: CohortSummary

  public init(summary: CohortSummary) {
    self.summary = summary
  }

  /// One line an allele.
  public func table(_ answers: [CohortAnswer]) -> [UInt8] {
    let showsCarriers = answers.contains { $0.carriers != nil }
    var table = Table(
      columns: [
        "chrom", "pos", "ref", "alt", "ac", "an", "af", "ac_xy", "an_xy", "carriers", "hom", "hemi", "families",
        "samples", "findings",
      ] + (showsCarriers ? ["carrier_samples"] : []))
    for answer in answers {
      let counts = answer.counts
      let allele = answer.allele
      var cells: [String?] = [allele.contig.name, "\(allele.position)", allele.reference, allele.alternate]
      cells += [
        "\(counts.alleleCount)", "\(counts.alleleNumber)", counts.alleleFrequency.map { Number.short($0, places: 8) },
      ]
      cells += [counts.maleAlleleCount, counts.maleAlleleNumber, counts.carriers, counts.homozygotes].map { "\($0)" }
      cells += [counts.hemizygotes, counts.families, counts.samples].map { "\($0)" }
      cells.append(answer.findings.map(\.sentence).joined(separator: "; "))
      if showsCarriers {
        cells.append(answer.carriers?.map { "\($0.sample):\($0.carriage.word)" }.joined(separator: ","))
      }
      table.append(cells)
    }
    return table.bytes
  }

  /// One line a sample.
  public func table(_ samples: [CohortSample]) -> [UInt8] {
    var table = Table(
      columns: ["sample", "family", "sex", "affected", "counted", "regions", "added", "sha256"])
    for sample in samples {
      table.append([
        sample.sample, sample.family, sample.sex.rawValue, sample.status.rawValue, sample.isCounted ? "yes" : "no",
        sample.regions ?? "whole genome", sample.added, sample.digest,
      ])
    }
    return table.bytes
  }

  /// The same as a document that names the state of the cohort.
  public func json(_ answers: [CohortAnswer]) -> [UInt8] {
    JSONValue.object(["cohort": summary.json, "alleles": .array(answers.map(\.json))]).encoded
  }

  public func json(_ samples: [CohortSample]) -> [UInt8] {
    JSONValue.object(["cohort": summary.json, "samples": .array(samples.map(\.json))]).encoded
  }
}

extension Carriage {
  fileprivate var word: String {
    switch self {
    case .heterozygous: "het"
    case .homozygous: "hom"
    case .hemizygous: "hemi"
    case .partial: "partial"
    case .heteroplasmic: "heteroplasmic"
    case .missing: "missing"
    }
  }
}

extension CohortFinding {
  /// `case X, rank 2, likely pathogenic, 2026-01-31`.
  fileprivate var sentence: String {
    [
      "case \(caseID)", rank.map { "rank \($0)" }, classification?.replacing("_", with: " "), String(date.prefix(10)),
      note,
    ].compactMap { $0 }.joined(separator: ", ")
  }

  fileprivate var json: JSONValue {
    .object([
      "case": .string(caseID), "family": .string(family), "rank": .optional(rank), "class": .optional(classification),
      "date": .string(date), "note": .optional(note),
    ])
  }
}

extension CohortSummary {
  fileprivate var json: JSONValue {
    .object([
      "assembly": .string(assembly.rawValue), "samples": .integer(samples), "families": .integer(families),
      "generation": .integer(generation), "changed": .string(changed),
    ])
  }
}

extension CohortSample {
  fileprivate var json: JSONValue {
    .object([
      "sample": .string(sample), "family": .string(family), "sex": .string(sex.rawValue),
      "affected": .string(status.rawValue), "counted": .bool(isCounted), "regions": .optional(regions),
      "added": .string(added), "sha256": .string(digest),
    ])
  }
}

extension CohortAnswer {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("allele", allele.json), .init("ac", .integer(counts.alleleCount)),
      .init("an", .integer(counts.alleleNumber)), .init("af", .optional(counts.alleleFrequency)),
      .init("ac_xy", .integer(counts.maleAlleleCount)), .init("an_xy", .integer(counts.maleAlleleNumber)),
      .init("carriers", .integer(counts.carriers)), .init("hom", .integer(counts.homozygotes)),
      .init("hemi", .integer(counts.hemizygotes)), .init("families", .integer(counts.families)),
      .init("samples", .integer(counts.samples)), .init("findings", .array(findings.map(\.json))),
    ]
    if let carriers {
      members.append(
        .init(
          "carrier_samples",
          .array(
            carriers.map {
              .object([
                "sample": .string($0.sample), "family": .string($0.family), "genotype": .string($0.carriage.word),
              ])
            })))
    }
    return .object(members)
  }
}
