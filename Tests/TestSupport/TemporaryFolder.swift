internal import Foundation

/// A folder of a test's own, removed when the test lets go of it.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("rarescreen-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  public func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let path = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Paths of all files below, sorted.
  public func files(below folder: String = "") -> [String] {
    let root = path + "/" + folder
    return (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).sorted()
      .map { root + "/" + $0 }
  }

  /// The path of a name in the folder, whether it exists or not.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Writes a text and returns its path.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String { try file(name, text.utf8) }

  public func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  public func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: file(name)))) }

  public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  /// The names in a folder below, hidden ones too, sorted; nil where there is no such folder.
  public func names(in folder: String = "") -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: file(folder)).sorted()
  }
}
