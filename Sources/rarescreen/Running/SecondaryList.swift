import Model
import Reading

/// The genes in which secondary findings are looked for.
enum SecondaryList {
  /// Whether a panel can be such a list: who reads the report must know which release of which list was used.
  static func check(_ file: PanelFile) throws {
    func refuse(_ lacks: String, _ remedy: String) -> Failure {
      Failure(.malformedInput, "\(file.path): a list for --secondary-findings \(lacks); \(remedy)")
    }
    if file.panel.date.isEmpty {
      throw refuse("needs its date", "add a line '#date: 2025-06-03' before the header")
    }
    if file.panel.source.isEmpty {
      throw refuse("needs its source", "add a line '#source: ACMG SF v3.1' before the header")
    }
    if let region = file.panel.regions.first {
      throw refuse("is of genes, and this one holds the region \(region.label)", "give a table of genes")
    }
  }

  /// Without a mode nobody knows whether one altered copy is a finding.
  static func check(_ targets: TargetSet, of file: PanelFile) throws {
    let open = targets.genes.filter { $0.modes == [.unknown] }.map(\.symbol)
    if open.isEmpty { return }
    throw Failure(
      .malformedInput,
      "\(file.path): the mode of inheritance of \(open.prefix(10).joined(separator: ", ")) is not known; add a column 'inheritance' "
        + "(AD, AR, XL)")
  }
}
