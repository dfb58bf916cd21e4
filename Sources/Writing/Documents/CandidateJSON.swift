internal import Model

/// `candidates.json`: the ranked candidates, complete and typed. `Schemas/candidates.schema.json` describes it.
///
/// It holds no time and no command line, so that the same inputs and settings give the same bytes.
struct CandidateJSON {
  /// Raised when a reader of the last version could be misled.
  static let schemaVersion = "1.1.0"

  let report: Report
  /// The explanation lines are English here whatever the report's language, since programs read them.
  private let phrases = Phrases(.english)

  init(report: Report) {
    self.report = report
  }

  var document: JSONValue {
    let result = report.result
    return .object([
      "schema_version": .string(Self.schemaVersion),
      "program": .object([
        "name": .string(report.provenance.program), "version": .string(report.provenance.version),
      ]),
      "case": report.subject.json,
      "settings": Self.settings(report.provenance.settings),
      "inputs": .array(report.provenance.inputs.map(\.json)),
      "panels": .array(report.targets.panels.map(\.summary)),
      "targets": report.targets.summary,
      "scale": .object([
        "odds_per_point": .number(PointsLedger.oddsPerPoint),
        "variant_ceiling": .number(PointsLedger.variantCeiling),
        "phenotype_floor": .number(PointsLedger.phenotypeRange.lowerBound),
        "phenotype_ceiling": .number(PointsLedger.phenotypeRange.upperBound),
        "phenotype_scored": .bool(result.candidates.contains { $0.ledger.phenotype != nil }),
        "diseases_scored": .integer(result.diseaseCount),
        "share_of_none": .number(result.shareOfNone),
      ]),
      "candidates": .array(result.candidates.sorted { $0.rank < $1.rank }.map(candidate)),
      "genes": .array(result.genes.sorted { $0.rank < $1.rank }.map(Self.gene)),
      "near_misses": .array(result.nearMisses.map(nearMiss)),
      "secondary_findings": result.secondary?.findings(of: report.subject) ?? .array([]),
      "secondary_screen": result.secondary?.summary ?? .null,
      "repeats": .array(result.repeats.map(\.json)),
      "quality": result.quality.json,
      "coverage": .array(result.coverage.map(\.json)),
      "funnel": result.tally.json,
      "warnings": .strings(result.warnings),
    ])
  }

  private func candidate(_ candidate: Candidate) -> JSONValue {
    let disease = candidate.disease
    return .object([
      "rank": .integer(candidate.rank),
      "gene": candidate.gene.json,
      "disease": disease?.json ?? .null,
      "models": .strings(candidate.models.map(\.rawValue)),
      "group": .optional(candidate.group),
      "phase": .optional(candidate.phase?.rawValue),
      "variants": .array(candidate.variants.map { $0.json(of: report.subject) }),
      "verdicts": .array(candidate.verdicts.map(\.json)),
      "ledger": candidate.ledger.json,
      "share": .number(candidate.share),
      "flags": .strings(candidate.flags),
      "explanation": .string(Explanation(candidate: candidate, phrases: phrases).line),
    ])
  }

  private static func gene(_ gene: RankedGene) -> JSONValue {
    .object([
      "rank": .integer(gene.rank), "symbol": .string(gene.gene.symbol), "hgnc_id": .optional(gene.gene.hgncID),
      "candidates": .array(gene.candidates.map { .integer($0) }),
    ])
  }

  private func nearMiss(_ miss: NearMiss) -> JSONValue {
    .object([
      "kind": .string(miss.kind.rawValue), "gene": miss.gene.json, "variant": miss.variant.json(of: report.subject),
      "decision": miss.decision.json,
    ])
  }

  /// Settings by key; texts that spell a truth value or a number become one.
  static func settings(_ settings: [(key: String, value: String)]) -> JSONValue {
    var seen: Set<String> = []
    return .object(
      settings.filter { seen.insert($0.key).inserted }.map { setting in
        let value: JSONValue =
          switch setting.value {
          case "true": .bool(true)
          case "false": .bool(false)
          default:
            if let number = Int(setting.value) {
              .integer(number)
            } else if let number = Double(setting.value), number.isFinite {
              .number(number)
            } else {
              .string(setting.value)
            }
          }
        return JSONValue.Member(setting.key, value)
      })
  }
}

extension PointsLedger {
  var json: JSONValue {
    .object([
      "phenotype": phenotype.map { .array($0.map(\.json)) } ?? .null,
      "variants": .array(variants.map { .array($0.map(\.json)) }),
      "segregation": .array(segregation.map(\.json)),
      "gene": .array(gene.map(\.json)),
      "totals": .object([
        "phenotype": .number(phenotypeScore), "variant_sums": .array(variantSums.map { .number($0) }),
        "variant": .number(variantScore), "segregation": .number(segregationScore), "gene": .number(geneScore),
        "total": .number(total),
      ]),
    ])
  }
}

extension PointsEntry {
  var json: JSONValue { .object(["label": .said(label), "points": .number(points), "rule": .said(rule)]) }
}

extension ModelVerdict {
  var json: JSONValue {
    .object([
      "model": .string(model.rawValue), "verdict": .string(verdict.word),
      "reasons": .strings(verdict.reasons.map(\.rawValue)),
      "members": .array(
        members.map {
          .object([
            "sample": .string($0.member), "state": .string($0.state.rawValue), "verdict": .string($0.verdict.word),
            "reasons": .strings($0.verdict.reasons.map(\.rawValue)),
          ])
        }),
      "flags": .strings(flags),
    ])
  }
}

extension Verdict {
  /// `PASS`, `POSSIBLE` or `FAIL`, without the reasons.
  var word: String {
    switch self {
    case .pass: "PASS"
    case .possible: "POSSIBLE"
    case .fail: "FAIL"
    }
  }
}

extension Decision {
  var json: JSONValue {
    .object([
      "stage": .string(stage.rawValue), "outcome": .string(outcome.rawValue), "value": value.json,
      "threshold": threshold.json, "rule": .said(rule),
    ])
  }
}

extension Decision.Value {
  var json: JSONValue {
    switch self {
    case .missing: .null
    case .number(let number): .number(number)
    case .text(let text): .said(text)
    }
  }
}

extension RepeatFinding {
  fileprivate var json: JSONValue {
    .object([
      "gene": .string(locus.symbol), "mode": .string(locus.mode.rawValue), "motif": .string(locus.motif),
      "pathogenic_minimum": .integer(locus.pathogenicMinimum),
      "copies": .array(
        copies.map { copy in
          .object([
            "units": .integer(copy.units), "lower": copy.interval.map { .integer($0.lowerBound) } ?? .null,
            "upper": copy.interval.map { .integer($0.upperBound) } ?? .null, "size": .string(copy.size.rawValue),
          ])
        }),
      "conclusion": .string(conclusion.rawValue),
    ])
  }
}
