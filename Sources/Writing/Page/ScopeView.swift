internal import Model

/// What was looked at, and what was not.
struct ScopeView {
  let report: Report
  let phrases: Phrases

  private static let genesShownOpen = 150

  var members: [String: View] {
    let targets = report.targets
    let symbols = targets.genes.map(\.symbol).sorted()
    let notes = targets.genes.filter { !$0.notes.isEmpty }.map {
      "\($0.symbol): \(phrases($0.notes.joined(separator: ", ")))"
    }
    return [
      "panels": .list(targets.panels.enumerated().map { panel($1, isLast: $0 == targets.panels.count - 1) }),
      "gene_list": .text(list(symbols)), "genes_open": .flag(symbols.count <= Self.genesShownOpen),
      "regions": .optional(distinct(targets.regions.map(\.name)).joined(separator: ", ")),
      "unplaced": .text(list(targets.unplaced.sorted())), "unused": .text(unused),
      "gene_notes": .optional(notes.sorted().joined(separator: "; ")),
      "homology": .text(list(targets.difficult.sorted())),
      "relationships": .text(relationships),
      "phenotype_scored": .flag(report.result.candidates.contains { $0.ledger.phenotype != nil }),
    ]
  }

  private func list(_ names: [String]) -> String { names.isEmpty ? phrases("none") : names.joined(separator: ", ") }

  private var unused: String {
    let parts = PanelConfidence.allCases.reversed().compactMap { confidence in
      report.targets.unused[confidence].flatMap { genes in
        genes.isEmpty
          ? nil : "\(phrases("confidence.\(confidence.rawValue)")): \(genes.sorted().joined(separator: ", "))"
      }
    }
    return parts.isEmpty ? phrases("none") : parts.joined(separator: "; ")
  }

  private func panel(_ panel: Panel, isLast: Bool) -> View {
    let title = panel.title(in: phrases.language.rawValue)
    return .object([
      "name": .text(panel.name), "title": .optional(title), "version": .text(panel.version),
      "date": .text(panel.date.isEmpty ? phrases("not_given") : panel.date),
      "genes": .text(phrases.count(panel.genes.count)),
      "source": .text([panel.source, panel.licence].filter { !$0.isEmpty }.joined(separator: " · ")),
      "last": .flag(isLast),
    ])
  }

  /// Whether descent was checked: confirmed, refuted, or not evaluable.
  private var relationships: String {
    let quality = report.result.quality
    if !quality.refutedLinks.isEmpty { return phrases("relationships_refuted") }
    if !quality.confirmedLinks.isEmpty { return phrases("relationships_confirmed") }
    return phrases("relationships_open")
  }
}
