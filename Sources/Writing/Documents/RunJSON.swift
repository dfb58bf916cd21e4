internal import Model

/// `run.json`: what made the run, from what, and where every record went. The only file with times in it.
struct RunJSON {
  let report: Report
  /// What had to be reconciled between the headers of the inputs.
  let headerNotes: [String]

  var document: JSONValue {
    let provenance = report.provenance
    let tally = report.result.tally
    return .object([
      "schema_version": .string(CandidateJSON.schemaVersion),
      "program": .string(provenance.program),
      "version": .string(provenance.version),
      "htslib": .string(provenance.htslibVersion),
      "platform": .string(provenance.platform),
      "command_line": .strings(provenance.commandLine),
      "started": .string(provenance.started),
      "finished": .string(provenance.finished),
      "case": .string(report.subject.id),
      "assembly": .string(report.subject.assembly.rawValue),
      "settings": CandidateJSON.settings(provenance.settings),
      "inputs": .array(provenance.inputs.map(\.json)),
      "knowledge": .array(provenance.stores.map(Self.store)),
      "panels": .array(report.targets.panels.map(\.summary)),
      "secondary_screen": report.result.secondary?.summary ?? .null,
      "unplaced_genes": .strings(report.targets.unplaced),
      "funnel": tally.json,
      "checks": .array([
        Self.check("records read = reported + removed", imbalance: tally.recordImbalance),
        Self.check("alleles read = reported + removed", imbalance: tally.alleleImbalance),
      ]),
      "quality": .string(report.result.quality.worst.rawValue),
      "warnings": .strings(report.result.warnings.map(\.description) + headerNotes),
    ])
  }

  private static func store(_ store: Provenance.Store) -> JSONValue {
    .object([
      "name": .string(store.name), "kind": .string(store.kind), "release": .string(store.version),
      "licence": .string(store.licence), "built": .string(store.built), "alleles": .integer(store.alleles),
      "fingerprint": .string(store.fingerprint),
      "sources": .array(
        store.sources.map { .object(["name": .string($0.name), "sha256": .string($0.sha256)]) }),
    ])
  }

  private static func check(_ name: String, imbalance: Int) -> JSONValue {
    .object(["check": .string(name), "holds": .bool(imbalance == 0), "difference": .integer(imbalance)])
  }
}
