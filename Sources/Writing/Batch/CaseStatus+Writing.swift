public import Model

extension CaseStatus {
  /// `status.json`.
  public var file: OutputFile { OutputFile(name: Self.fileName, bytes: json.encoded) }

  private var json: JSONValue {
    .object([
      "schema_version": .string(Self.schemaVersion), "case": .string(caseID), "state": .string(state.rawValue),
      "exit_code": .integer(exitCode), "message": .string(message), "started": .string(started),
      "finished": .string(finished), "basis": basis?.json ?? .null, "result": result?.json ?? .null,
      "files": .array(
        files.map {
          .object(["name": .string($0.name), "bytes": .integer($0.bytes), "sha256": .string($0.sha256)])
        }),
    ])
  }
}

extension CaseStatus.Basis {
  fileprivate var json: JSONValue {
    .object([
      "program": .string(program), "settings": .string(settings), "knowledge": .string(knowledge),
      "inputs": .array(
        inputs.map {
          .object([
            "role": .string($0.role), "name": .string($0.name), "bytes": .integer($0.bytes),
            "sha256": .string($0.sha256), "stamp": .optional($0.stamp),
          ])
        }),
    ])
  }
}

extension CaseOutline {
  fileprivate var json: JSONValue {
    .object([
      "proband": .string(proband), "assembly": .string(assembly), "conclusion": .string(conclusion),
      "candidates": .integer(candidates), "top": top?.json ?? .null, "failed_checks": .strings(failedChecks),
      "warned_checks": .strings(warnedChecks), "coverage": .string(coverage.rawValue),
      "failed_genes": .integer(failedGenes),
    ])
  }
}

extension CaseOutline.Top {
  fileprivate var json: JSONValue {
    .object([
      "gene": .string(gene), "disease": .optional(disease), "models": .strings(models),
      "possible": .strings(possible ?? []), "variants": .strings(variants),
      "hints": .strings(hints), "total": .number(total), "share": .number(share),
    ])
  }
}

extension ReportWriter {
  /// What the overview of a batch tells of the case.
  public var outline: CaseOutline {
    let result = report.result
    let conclusion = Conclusion(report)
    func kinds(_ outcome: CheckOutcome) -> [String] {
      var seen: Set<String> = []
      return result.quality.checks.filter { $0.outcome == outcome }.map(\.kind.rawValue).filter {
        seen.insert($0).inserted
      }
    }
    let own = result.coverage.first { $0.sample == report.subject.proband }
    return CaseOutline(
      proband: report.subject.proband, assembly: report.subject.assembly.rawValue,
      conclusion: conclusion.kind.rawValue, candidates: result.candidates.count, top: conclusion.best.map(Self.top),
      failedChecks: kinds(.fail), warnedChecks: kinds(.warning), coverage: CaseOutline.Coverage(of: own),
      failedGenes: own?.genes(.fail).count ?? 0)
  }

  private static func top(_ candidate: Candidate) -> CaseOutline.Top {
    CaseOutline.Top(
      gene: candidate.gene.symbol, disease: candidate.disease?.name, models: candidate.models.map(\.rawValue),
      possible: candidate.possibleModels.map(\.rawValue),
      variants: candidate.variants.map { $0.consequence?.hgvsC ?? $0.variant.allele.name },
      hints: candidate.variants.map(\.evidence.standingClass), total: candidate.ledger.total, share: candidate.share)
  }
}

extension CaseOutline.Coverage {
  /// The worst verdict of the genes of a sample.
  init(of own: SampleCoverage?) {
    if let own, own.total.length > 0 {
      self = !own.genes(.fail).isEmpty ? .fail : own.genes(.borderline).isEmpty ? .pass : .borderline
    } else {
      self = .notAssessed
    }
  }
}
