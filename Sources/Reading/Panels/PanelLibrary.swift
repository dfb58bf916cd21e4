import Foundation
public import Model

/// The panels that are found by name: all panel files of some folders, the first folder that has a name winning.
public struct PanelLibrary: Sendable {
  /// What a list of panels shows of one.
  public struct Entry: Sendable {
    public var name: String
    public var path: String
    public var title: String
    public var version: String
    public var isOptIn: Bool
    /// Genes by confidence.
    public var counts: [PanelConfidence: Int]
    public var regionCount: Int
    /// Why the panel cannot be used; nil when it can.
    public var fault: PanelError?
  }

  public let directories: [String]
  private static let endings: Set = ["tsv", "json", "bed", "csv", "txt"]

  /// - Parameter directories: folders in the order of search; those that do not exist are passed over.
  public init(directories: [String]) { self.directories = directories }

  /// Names of all panels with their files, sorted by name.
  public var names: [(name: String, path: String)] {
    var paths: [String: String] = [:]
    for directory in directories {
      for file in ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted() {
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex,
          Self.endings.contains(file[file.index(after: dot)...].lowercased())
        else { continue }
        let name = String(file[..<dot])
        if paths[name] == nil { paths[name] = directory + "/" + file }
      }
    }
    return paths.sorted { $0.key < $1.key }.map { (name: $0.key, path: $0.value) }
  }

  /// Every panel with its title and gene counts; a file that cannot be read is listed with its fault.
  public func list() -> [Entry] {
    names.map { name, path in
      do throws(PanelError) {
        let panel = try PanelFile.read(path: path).panel
        return Entry(
          name: name, path: path, title: panel.title, version: panel.version, isOptIn: panel.isOptIn,
          counts: panel.genes.reduce(into: [:]) { $0[$1.confidence, default: 0] += 1 },
          regionCount: panel.regions.count, fault: nil)
      } catch {
        return Entry(
          name: name, path: path, title: "", version: "", isOptIn: false, counts: [:], regionCount: 0, fault: error)
      }
    }
  }

  /// The panel of a name; case, `-`, `_` and spaces do not count.
  ///
  /// - Parameter ids: as for `PanelFile.read`.
  /// - Throws: `PanelError` with the nearest names when there is none, or as `PanelFile.read` does.
  public func panel(named name: String, holding ids: Set<String>? = nil) throws(PanelError) -> PanelFile {
    let names = names
    let wanted = PanelColumns.normal(name)
    guard
      let found = names.first(where: { $0.name == name })
        ?? names.first(where: { PanelColumns.normal($0.name) == wanted })
    else {
      let known = names.map(\.name)
      throw PanelError(.unknownName(name, near: Spelling.nearest(to: name, among: known, limit: 2), known: known))
    }
    return try PanelFile.read(path: found.path, holding: ids)
  }
}
