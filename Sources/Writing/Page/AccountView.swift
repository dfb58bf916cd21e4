internal import Model

/// Where every record went, the quality checks, and what was near to being a candidate.
struct AccountView {
  let report: Report
  let phrases: Phrases

  var funnel: View {
    let tally = report.result.tally
    var rows = [row("read", phrases("records_read"), tally.recordsRead, tally.allelesRead)]
    for removal in Removal.allCases {
      let (records, alleles) = (tally.records[removal] ?? 0, tally.alleles[removal] ?? 0)
      if records > 0 || alleles > 0 {
        rows.append(row("removed", "− \(phrases("removal.\(removal.rawValue)"))", records, alleles))
      }
    }
    rows.append(row("reported", "= \(phrases("records_reported"))", tally.recordsReported, tally.allelesReported))
    let isBalanced = tally.recordImbalance == 0 && tally.alleleImbalance == 0
    let check =
      isBalanced
      ? phrases("funnel_balanced")
      : phrases(
        "funnel_unbalanced",
        ["records": phrases.count(tally.recordImbalance), "alleles": phrases.count(tally.alleleImbalance)])
    return .object([
      "rows": .list(rows), "check": .text(check),
      "has_unknowns": .flag(!tally.unknowns.isEmpty), "unknowns": .list(counts(tally.unknowns)),
      "has_exempted": .flag(!tally.exempted.isEmpty), "exempted": .list(counts(tally.exempted)),
    ])
  }

  private func row(_ kind: String, _ name: String, _ records: Int, _ alleles: Int) -> View {
    let read = report.result.tally.recordsRead
    let fraction = read > 0 ? Double(records) / Double(read) : 0
    let percent = phrases.localized(Number.fixed(100 * fraction, places: 1))
    let colour = kind == "reported" ? "s" : kind == "read" ? "v" : "gray"
    return .object([
      "kind": .text(kind), "name": .text(name), "records": .text(phrases.count(records)),
      "alleles": .text(phrases.count(alleles)),
      "bar": .markup("\(percent.escapedMarkup) %" + FunnelBar(fraction: fraction, colour: colour).svg),
    ])
  }

  private func counts(_ counts: [Removal: Int]) -> [View] {
    let sorted = counts.sorted { $0.key < $1.key }
    return sorted.enumerated().map { index, item in
      .object([
        "name": .text(phrases("stage.\(item.key.rawValue)")), "count": .text(phrases.count(item.value)),
        "last": .flag(index == sorted.count - 1),
      ])
    }
  }

  var checks: [View] {
    report.result.quality.checks.map { check in
      .object([
        "name": .text(phrases("check.\(check.kind.rawValue)")), "samples": .text(check.samples.joined(separator: ", ")),
        "value": .text(check.value.map { phrases.localized(Number.short($0)) } ?? "–"),
        "threshold": .text(phrases(check.threshold)), "outcome": .text(check.outcome.rawValue),
        "icon": .text(Self.icon(check.outcome)), "word": .text(phrases("outcome.\(check.outcome.rawValue)")),
        "message": .text(phrases(check.message)),
      ])
    }
  }

  /// What page one must say: checks that failed or warned, then the warnings of the screen.
  var alarms: [View] {
    let checks = report.result.quality.checks.filter { $0.outcome >= .warning }
      .enumerated().sorted { ($1.element.outcome, $0.offset) < ($0.element.outcome, $1.offset) }.map(\.element)
    var alarms = checks.map { check in
      let samples = check.samples.joined(separator: ", ")
      return alarm(
        check.outcome, "\(phrases("check.\(check.kind.rawValue)")) (\(samples)): \(phrases(check.message))")
    }
    let shown = report.result.warnings.prefix(Self.warningsOnPageOne)
    alarms += shown.map { alarm(.warning, phrases($0)) }
    let rest = report.result.warnings.count - shown.count
    if rest > 0 { alarms.append(alarm(.warning, phrases("more_warnings", count: rest))) }
    return alarms
  }

  private static let warningsOnPageOne = 5

  /// What page one says without alarms: how many checks passed, and how many could not be made.
  var calm: String {
    let checks = report.result.quality.checks
    guard !checks.isEmpty else { return phrases("no_checks") }
    let passed = checks.filter { $0.outcome == .pass }.count
    let open = checks.count - passed
    return phrases("no_alarms", count: passed, ["open": phrases.count(open)])
  }

  private func alarm(_ outcome: CheckOutcome, _ text: String) -> View {
    .object([
      "outcome": .text(outcome.rawValue), "icon": .text(Self.icon(outcome)),
      "word": .text(phrases("outcome.\(outcome.rawValue)")), "text": .text(text),
    ])
  }

  static func icon(_ outcome: CheckOutcome) -> String {
    switch outcome {
    case .pass: "✓"
    case .warning: "⚠"
    case .fail: "✗"
    case .notEvaluable: "○"
    }
  }

  static let mostNearMisses = 100

  var nearMisses: [View] {
    report.result.nearMisses.prefix(Self.mostNearMisses).enumerated().map { place, miss in
      let one = VariantView(variant: miss.variant, label: "", subject: report.subject, phrases: phrases)
      let decision = miss.decision
      var members: [String: View] = [
        "gene": .text(miss.gene.symbol), "name": .text(one.name), "allele": .text(one.alleleName),
        "zygosity": .text(one.zygosity(of: report.subject.proband)),
        "clinvar": .text(phrases.clinVar(miss.variant.variant.clinVar) ?? "–"),
        "kind": .text(
          phrases("near_miss.\(miss.kind.rawValue)") + (miss.variant.evidence.isReviewed ? "; \(one.hint)" : "")),
        "decision": .text(
          "\(phrases("stage.\(decision.stage.rawValue)")): \(words(decision.value)) / \(words(decision.threshold)) "
            + "(\(phrases(decision.rule)))"),
        "form_id": .text("m\(place + 1)"), "variants": .list([.object(one.given)]), "remarks": one.remarks,
      ]
      members.merge(CandidateCard.given(miss.variant.remarks)) { first, _ in first }
      return .object(members)
    }
  }

  private func words(_ value: Decision.Value) -> String {
    switch value {
    case .missing: "–"
    case .number(let number): phrases.localized(CandidateTable.frequency(number))
    case .text(let text): phrases(text)
    }
  }
}
