internal import Model

/// The box at the head of the report: the answer, what limits it, what to do next, and whether checks and coverage bear it.
struct ResultBox {
  let report: Report
  let phrases: Phrases
  /// Wording of a conclusion.
  let sentence: (Conclusion) -> String

  var view: View {
    let conclusion = Conclusion(report)
    return .object([
      "kind": .text(conclusion.kind.rawValue), "icon": .text(Self.icon(conclusion.kind)),
      "word": .text(phrases("result.\(conclusion.kind.rawValue)")), "sentence": .text(sentence(conclusion)),
      "caveats": .texts(conclusion.caveats.map { phrases($0) }), "next": .text(phrases(conclusion.next)),
      "chips": .list([quality, coverage]),
    ])
  }

  private static func icon(_ kind: Conclusion.Kind) -> String {
    switch kind {
    case .positive: "●"
    case .uncertain: "◐"
    case .negative: "○"
    case .notEvaluable: "⊘"
    }
  }

  /// How many checks came out how, with the mark of the worst.
  private var quality: View {
    let quality = report.result.quality
    let outcomes = Set(quality.checks.map(\.outcome))
    if outcomes.isEmpty { return chip(.notEvaluable, phrases("chip_quality_none")) }
    let worst = [CheckOutcome.fail, .warning, .pass].first(where: outcomes.contains) ?? .notEvaluable
    return chip(worst, phrases("chip_quality", ["outcomes": ReportWriter.checks(of: quality, in: phrases)]))
  }

  /// How well the genes of the panels were read in the proband.
  private var coverage: View {
    let own = report.result.coverage.first { $0.sample == report.subject.proband }
    let outcome: CheckOutcome
    let word: String
    switch CaseOutline.Coverage(of: own) {
    case .pass: (outcome, word) = (.pass, phrases("coverage.pass"))
    case .borderline: (outcome, word) = (.warning, phrases("coverage.borderline"))
    case .fail:
      (outcome, word) = (.fail, phrases("batch_coverage_fail", count: own?.genes(.fail).count ?? 0))
    case .notAssessed: (outcome, word) = (.notEvaluable, phrases("coverage.not_assessed"))
    }
    return chip(outcome, phrases("chip_coverage", ["word": word]))
  }

  private func chip(_ outcome: CheckOutcome, _ text: String) -> View {
    .object(["outcome": .text(outcome.rawValue), "mark": .text(AccountView.icon(outcome)), "text": .text(text)])
  }
}
