import Foundation
import Knowledge
import Model

/// Where the stores of knowledge lie.
struct KnowledgeFolder {
  /// Folder of the store files; it need not be there.
  let path: String
  /// The folder above, where somebody named it, so that it must be there.
  private let folder: String?

  static let stores = "stores"

  /// Searched in this order: `stores` in the folder of `--knowledge`; in that of `RARESCREEN_KNOWLEDGE`, where an empty text
  /// stands for none; in `share/rarescreen` of an installation, when it has any; and in `~/.local/share/rarescreen`.
  init(given: String?) {
    let environment = ProcessInfo.processInfo.environment
    if let given {
      self.init(path: given.isEmpty ? "" : given + "/" + Self.stores, named: given.isEmpty ? nil : given)
    } else if let folder = environment["RARESCREEN_KNOWLEDGE"] {
      self.init(path: folder.isEmpty ? "" : folder + "/" + Self.stores, named: folder.isEmpty ? nil : folder)
    } else {
      let program = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
        .resolvingSymlinksInPath()
      let installed =
        program.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("share/rarescreen/" + Self.stores).path
      let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
      let isInstalled = FileManager.default.fileExists(atPath: installed)
      self.init(path: isInstalled ? installed : home + "/.local/share/rarescreen/" + Self.stores, named: nil)
    }
  }

  private init(path: String, named folder: String?) {
    self.path = path
    self.folder = folder
  }

  /// The folder for reading; nil where there is none.
  func existing() throws(Failure) -> String? {
    if path.isEmpty { return nil }
    if FileManager.default.fileExists(atPath: path) { return path }
    if let folder, !FileManager.default.fileExists(atPath: folder) {
      throw Failure(
        .missingInput,
        "\(folder): no such folder; correct --knowledge or RARESCREEN_KNOWLEDGE, or build a store there with 'rarescreen knowledge "
          + "build'")
    }
    return nil
  }

  /// The stores of an assembly; none where there is no folder.
  ///
  /// - Throws: a failure for a store that cannot be used, and for two that have a field of one name.
  func stores(on assembly: Assembly) throws -> [AlleleStore] {
    guard let folder = try existing() else { return [] }
    let stores = try KnowledgeBase(folder: folder, assembly: assembly).stores
    var owners: [String: String] = [:]
    for store in stores {
      for field in store.metadata.fields {
        if let other = owners.updateValue(store.metadata.name, forKey: field.name) {
          throw Failure(
            .malformedInput,
            "\(folder): the stores \(other) and \(store.metadata.name) both have a field \(field.name), so that one of them would "
              + "not be heard; remove the file of one, or build it again with other --fields")
        }
      }
    }
    return stores
  }

  /// What sources say of genes; none where there is no folder.
  func geneTables() throws -> [GeneFactTable] {
    guard let folder = try existing() else { return [] }
    return try GeneFactTable.all(in: folder)
  }

  /// A folder beside that of the stores; nil where it is not there.
  func beside(_ name: String) throws(Failure) -> String? {
    if path.isEmpty { return nil }
    // A folder that somebody named must be there.
    _ = try existing()
    let other = (path as NSString).deletingLastPathComponent + "/" + name
    return FileManager.default.fileExists(atPath: other) ? other : nil
  }

  /// The folder for writing, which is made when it is not there.
  func made() throws(Failure) -> String {
    if path.isEmpty {
      throw Failure(
        .usage, "RARESCREEN_KNOWLEDGE is empty, which stands for no knowledge; unset it or give --knowledge")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        .cannotCreateOutput,
        "\(path): the folder cannot be made (\(error.localizedDescription)); name another one by --knowledge")
    }
    return path
  }
}
