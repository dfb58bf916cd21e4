import Knowledge
import Model
import Reading
import Screening

/// What panels ask to be covered, without a case.
struct PanelTargets {
  let coverage: [CoverageTarget]
  /// Genes without coordinates.
  let unplaced: [String]
  let warnings: [Wording]

  init(names: [String], assembly: Assembly, settings: Settings, common: CommonOptions) throws {
    let panels = try names.map { name in
      try PanelFile.opened(name) { PanelLibrary(directories: [try DataDirectory.find(given: common.knowledge)]) }
    }
    try PreparedCase.checkBuild(of: panels, against: assembly)
    var warnings = panels.flatMap { file -> [Wording] in file.notes.map { "panel \(file.panel.name): \($0.words)" } }
    // Rows of a BED need no gene table, which takes longer to load than a few of them to count.
    if panels.allSatisfy({ $0.panel.genes.isEmpty }) {
      let targets = TargetSet(
        assembly: assembly, panels: panels.map(\.panel), genes: [], regions: panels.flatMap(\.panel.regions),
        screened: RegionSet([]))
      coverage = targets.coverageTargets(padding: settings.coveragePadding)
      unplaced = []
    } else {
      let directory = try DataDirectory.find(given: common.knowledge)
      let targets = try GeneTable(directory: directory + "/genes")
        .targets(panels: panels.map(\.panel), assembly: assembly, settings: settings)
      coverage = targets.coverageTargets(padding: settings.coveragePadding)
      unplaced = targets.unplaced
      if !unplaced.isEmpty {
        warnings.append("no coordinates on \(assembly), not assessed: \(unplaced.joined(separator: ", "))")
      }
    }
    self.warnings = warnings
    if coverage.isEmpty {
      throw Failure(.malformedInput, "no gene or region of \(names.joined(separator: ", ")) has a place on \(assembly)")
    }
  }
}

extension PanelFile {
  /// A panel by its file where the text is a path, else by its name in the library, which is looked for only then.
  static func opened(_ name: String, library: () throws -> PanelLibrary) throws -> PanelFile {
    name.contains("/") || name.contains(".") ? try read(path: name) : try library().panel(named: name)
  }
}
