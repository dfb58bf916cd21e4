internal import Model

/// `compare.json`, as `Schemas/compare.schema.json` describes it. It holds no time but those of the two runs.
enum ComparisonJSON {
  /// Raised when a reader of the last version could be misled.
  static let schemaVersion = "1.0.0"

  static func document(_ comparison: RunComparison) -> JSONValue {
    .object([
      "schema_version": .string(schemaVersion), "kind": .string("case"),
      "assembly": .string(comparison.assembly.rawValue),
      "old": run(comparison.old), "new": run(comparison.new), "is_calm": .bool(comparison.isCalm),
      "inputs": .array(comparison.inputs.map(input)), "untold_inputs": .strings(comparison.untold),
      "changes": .array(comparison.changes.map(change)), "unchanged": .integer(comparison.unchanged),
      "genes": .object([
        "entered": .array(comparison.entered.map(gene)), "left": .array(comparison.left.map(gene)),
      ]),
      "checks": .array(comparison.checks.map(check)), "repeats": .array(comparison.repeats.map(repeatChange)),
    ])
  }

  static func document(_ batch: BatchComparison) -> JSONValue {
    .object([
      "schema_version": .string(schemaVersion), "kind": .string("batch"),
      "cases": .object([
        "compared": .integer(batch.count - batch.troubles.count), "changed": .integer(batch.lines.count),
        "unchanged": .integer(batch.unchanged), "unchanged_but_figures": .integer(batch.withDetails),
        "only_old": .strings(batch.onlyOld), "only_new": .strings(batch.onlyNew),
        "not_compared": .array(
          batch.troubles.map { .object(["folder": .string($0.folder), "reason": .string($0.words)]) }),
      ]),
      "inputs": .array(
        batch.sharedInputs.map { shared in
          guard case .object(let members) = input(shared.input) else { return .null }
          return .object(members + [.init("cases", .integer(shared.cases))])
        }),
      "lines": .array(batch.lines.map(line)),
    ])
  }

  private static func line(_ line: BatchComparison.Line) -> JSONValue {
    .object([
      "folder": .string(line.folder), "case": .string(line.caseID), "weight": .string(name(line.weight)),
      "counts": .object(
        FindingChange.Kind.allCases.compactMap { kind in
          line.counts[kind].map { JSONValue.Member(kind.rawValue, .integer($0)) }
        }),
      "first": .array(line.first.map(change)), "inputs": .array(line.inputs.map(input)),
      "checks": .array(line.checks.map(check)), "repeats": .array(line.repeats.map(repeatChange)),
    ])
  }

  private static func run(_ run: RunComparison.Run) -> JSONValue {
    .object([
      "case": .string(run.caseID), "program": .string(run.program), "finished": .string(run.finished),
      "candidates": .integer(run.candidates), "near_misses": .integer(run.nearMisses), "genes": .integer(run.genes),
    ])
  }

  private static func input(_ input: ChangedInput) -> JSONValue {
    .object([
      "kind": .string(input.kind.rawValue), "name": .string(input.name.description), "old": .said(input.old),
      "new": .said(input.new),
    ])
  }

  /// `inputs` are places in the list of inputs, from 0.
  private static func cause(_ cause: ChangeCause) -> JSONValue {
    .object([
      "certainty": .string(cause.certainty.rawValue), "inputs": .array(cause.inputs.map { .integer($0) }),
    ])
  }

  /// The weight as a word.
  static func name(_ weight: FindingChange.Weight) -> String {
    switch weight {
    case .pathogenicNow: "pathogenic_now"
    case .upward: "upward"
    case .pathogenicBefore: "pathogenic_before"
    case .new: "new"
    case .downward: "downward"
    case .lost: "lost"
    case .moved: "moved"
    case .evidence: "evidence"
    case .nearMiss: "near_miss"
    case .details: "details"
    }
  }

  private static func change(_ change: FindingChange) -> JSONValue {
    .object([
      "kind": .string(change.kind.rawValue), "weight": .string(name(change.weight)),
      "variant": .string(change.allele), "gene": .string(change.gene),
      "hgnc_id": .optional(change.new?.hgncID ?? change.old?.hgncID),
      "old": change.old.map(finding) ?? .null, "new": change.new.map(finding) ?? .null,
      "differences": .array(
        change.differences.map {
          .object([
            "aspect": .string($0.aspect.rawValue), "name": .string($0.name), "old": .said($0.old),
            "new": .said($0.new), "is_notable": .bool($0.isNotable), "cause": cause($0.cause),
          ])
        }),
      "absence": change.absence.map(absence) ?? .null, "cause": cause(change.cause),
    ])
  }

  private static func finding(_ finding: RecordedFinding) -> JSONValue {
    var kind: String?
    if case .nearMiss(let name, _, _, _) = finding.standing { kind = name }
    return .object([
      "rank": .optional(finding.rank), "near_miss": .optional(kind), "group": .optional(finding.group),
      "class_hint": .string(finding.classHint), "points": .integer(finding.points),
      "total": .optional(finding.sums?.total), "clinvar": .optional(finding.clinVar?.significance),
      "hgvs_c": .optional(finding.hgvsC), "hgvs_p": .optional(finding.hgvsP),
    ])
  }

  private static func absence(_ reason: AbsenceReason) -> JSONValue {
    switch reason {
    case .geneNotScreened: .object(["reason": .string("gene_not_screened")])
    case .otherVariants: .object(["reason": .string("other_variants")])
    case .nearMiss(let kind, let stage, let value, let threshold):
      .object([
        "reason": .string("near_miss"), "near_miss": .string(kind), "stage": .string(stage),
        "value": .optional(value), "threshold": .optional(threshold),
      ])
    case .notHeld(let shifts):
      .object([
        "reason": .string("not_held"),
        "stages": .array(shifts.map { .object(["stage": .string($0.stage), "more": .integer($0.more)]) }),
      ])
    }
  }

  private static func gene(_ gene: RunComparison.GeneChange) -> JSONValue {
    .object([
      "symbol": .string(gene.symbol), "hgnc_id": .optional(gene.hgncID), "panels": .strings(gene.panels),
      "cause": cause(gene.cause),
    ])
  }

  private static func check(_ change: RunComparison.CheckChange) -> JSONValue {
    .object([
      "check": .string(change.check), "samples": .strings(change.samples), "old": .optional(change.old),
      "new": .optional(change.new),
    ])
  }

  private static func repeatChange(_ change: RunComparison.RepeatChange) -> JSONValue {
    func length(_ found: RecordedRun.Repeat?) -> JSONValue {
      found.map {
        .object([
          "units": .array($0.units.map { .integer($0) }), "conclusion": .string($0.conclusion),
        ])
      } ?? .null
    }
    return .object(["gene": .string(change.gene), "old": length(change.old), "new": length(change.new)])
  }
}

extension BatchComparison {
  /// Inputs that changed, with the number of cases, in the order of their kinds and names.
  var sharedInputs: [(input: ChangedInput, cases: Int)] {
    func key(_ input: ChangedInput) -> (Int, String, String, String) {
      (
        ChangedInput.Kind.allCases.firstIndex(of: input.kind) ?? 0, input.name.description,
        input.old?.description ?? "",
        input.new?.description ?? ""
      )
    }
    return inputs.sorted { key($0.key) < key($1.key) }.map { ($0.key, $0.value) }
  }
}
