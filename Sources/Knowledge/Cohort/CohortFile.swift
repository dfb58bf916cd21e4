internal import Foundation

/// The file of a cohort as the file system has it: how it comes to be, and how one that holds nobody goes again.
struct CohortFile {
  let path: String
  private var error: (CohortFault) -> KnowledgeError {
    { [path] in KnowledgeError(.cohort($0), at: .init(file: path)) }
  }

  init(_ path: String) { self.path = path }

  /// Whether there is a file.
  ///
  /// - Throws: `notAFile`, and `empty` for one without a byte, which SQLite would take for a database without tables.
  func isThere() throws(KnowledgeError) -> Bool {
    guard let type = attributes?[.type] as? FileAttributeType else {
      if path.hasSuffix("/") { throw error(.notAFile("folder")) }
      return false
    }
    if type == .typeDirectory { throw error(.notAFile("folder")) }
    if type != .typeRegular { throw error(.notAFile("pipe or a device")) }
    if attributes?[.size] as? Int == 0 { throw error(.empty) }
    return true
  }

  /// What tells the file from another of the same name; nil where there is none.
  var identity: Int? { attributes?[.systemFileNumber] as? Int }

  private var attributes: [FileAttributeKey: Any]? {
    // Of what a link leads to.
    try? FileManager.default.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
  }

  /// Makes a file, for its owner only, under another name, and gives it its own when it is whole: nobody meets half of one.
  ///
  /// Where somebody else makes one meanwhile, theirs stays.
  func make(_ fill: (_ aside: String) throws(KnowledgeError) -> Void) throws(KnowledgeError) {
    let files = FileManager.default
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      if !files.fileExists(atPath: folder) {
        try files.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      }
    } catch {
      throw self.error(.cannotCreate("the folder cannot be made"))
    }
    let aside = "\(path).\(UUID().uuidString).new"
    // SQLite gives its own files beside this one the same mode.
    guard files.createFile(atPath: aside, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      throw error(.cannotCreate("no file can be made there"))
    }
    defer {
      for ending in ["", "-journal"] { try? files.removeItem(atPath: aside + ending) }
    }
    try fill(aside)
    do {
      try files.linkItem(atPath: aside, toPath: path)
    } catch {
      if files.fileExists(atPath: path) { return }
      // Not every file system has links.
      do { try files.moveItem(atPath: aside, toPath: path) } catch {
        throw self.error(.cannotCreate("no file can be made there"))
      }
    }
  }

  /// Takes the file and those that SQLite keeps beside it away. Whoever waits for its lock finds out by `identity`.
  func remove() {
    for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
  }
}
