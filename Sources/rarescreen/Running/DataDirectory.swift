import Foundation

/// Finds the folder `Panels` with the panels and tables that come with the program.
enum DataDirectory {
  /// Searched in this order: `--knowledge`, `RARESCREEN_PANELS`, `share/rarescreen/Panels` beside the folder of the program
  /// (an installation), and `Panels` in a folder above the program (a checkout with its `.build`).
  static func find(given: String?) throws(Failure) -> String {
    if let given, !given.isEmpty {
      let path = isDataDirectory(given) ? given : given + "/Panels"
      if isDataDirectory(path) { return path }
      // A folder of stores alone is knowledge too; the tables are those of the installation then.
      if FileManager.default.fileExists(atPath: given + "/" + KnowledgeFolder.stores) { return try find(given: nil) }
      throw Failure(
        .missingInput,
        "\(given): no rarescreen data here (genes/genes.tsv is missing); give the folder that 'Panels' or 'stores' lies in"
      )
    }
    if let path = ProcessInfo.processInfo.environment["RARESCREEN_PANELS"], isDataDirectory(path) { return path }
    let program = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
      .resolvingSymlinksInPath()
    var folder = program.deletingLastPathComponent()
    let installed = folder.deletingLastPathComponent().appendingPathComponent("share/rarescreen/Panels").path
    if isDataDirectory(installed) { return installed }
    while folder.path != "/" {
      let path = folder.appendingPathComponent("Panels").path
      if isDataDirectory(path) { return path }
      folder = folder.deletingLastPathComponent()
    }
    throw Failure(
      .missingInput,
      "the panels that come with rarescreen were not found beside \(program.path); set RARESCREEN_PANELS or --knowledge to the "
        + "folder 'Panels' of the installation")
  }

  private static func isDataDirectory(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/genes/genes.tsv")
  }
}
