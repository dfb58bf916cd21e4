internal import Model

/// One repeat locus as a row of the page.
struct RepeatView {
  let finding: RepeatFinding
  let phrases: Phrases

  var view: View {
    let locus = finding.locus
    return .object([
      "symbol": .text(locus.symbol), "mode": .text(locus.mode.rawValue), "motif": .text(locus.motif),
      "lengths": .text(finding.copies.map(length).joined(separator: " / ")),
      "ranges": .text(
        phrases(
          "repeat_ranges_text",
          [
            "normal": range(locus.normal), "intermediate": locus.intermediate.map(range) ?? phrases("none"),
            "pathogenic": "\(locus.pathogenicMinimum)",
          ])),
      "motif_check": .optional(locus.needsMotifCheck ? phrases("repeat_motif_check") : nil),
      "conclusion": .text(phrases("repeat.\(finding.conclusion.rawValue)")),
    ])
  }

  private func length(_ copy: RepeatFinding.Copy) -> String {
    "\(copy.units)" + (copy.interval.map { " (\(range($0)))" } ?? "")
  }

  private func range(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)–\(range.upperBound)" }
}
