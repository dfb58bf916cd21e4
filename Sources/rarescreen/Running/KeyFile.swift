import Foundation
import Glibc
import Reading
import Writing

/// The key by which names become tokens.
enum KeyFile {
  /// Reads the key.
  ///
  /// - Parameters:
  ///   - path: of a file whose bytes are the key.
  ///   - out: folder of the run, which is handed on and must not hold the key.
  /// - Returns: what makes tokens, and a warning where others may read the key.
  static func read(_ path: String, outside out: String) throws -> (pseudonyms: Pseudonyms, warnings: [String]) {
    guard let status = FileStatus(path: path) else {
      throw Failure(.missingInput, "\(path): there is no such key file; make one: head -c 32 /dev/urandom > \(path)")
    }
    guard status.isRegular else {
      throw Failure(.usage, "\(path): the key is kept in a file, since the next run needs the same; give its path")
    }
    if lies(path, within: out) {
      throw Failure(
        .usage, "\(path): lies in the output folder, and whoever has the key can undo the tokens; keep it elsewhere")
    }
    guard status.bytes <= most else {
      throw Failure(.malformedInput, "\(path): \(status.bytes) bytes are no key; give a file of 16 to \(most) bytes")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.missingInput, "\(path): the key may not be read; look at the permissions of the file")
    }
    guard data.count >= Pseudonyms.leastKeyBytes else {
      throw Failure(
        .malformedInput,
        "\(path): a key of \(data.count) bytes could be found by trying; give \(Pseudonyms.leastKeyBytes) or more: "
          + "head -c 32 /dev/urandom > \(path)")
    }
    if Set(data).count < leastValues {
      throw Failure(
        .malformedInput,
        "\(path): \(Set(data).count) different bytes make no key, which could be found by trying; make one: "
          + "head -c 32 /dev/urandom > \(path)")
    }
    let open = status.mode & UInt32(S_IRWXG | S_IRWXO) != 0
    return (
      Pseudonyms(key: Array(data)),
      open ? ["the key file may be read by others, who can undo the tokens: chmod 600 \(path)"] : []
    )
  }

  private static let most = 1 << 16
  /// Different bytes that a key has at least: 16 drawn at random have fewer than eight less than once in 10^9 times.
  private static let leastValues = 8

  /// Whether the file is in the folder or below it, by whatever links.
  private static func lies(_ path: String, within folder: String) -> Bool {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.pathComponents
    let plain = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().standardizedFileURL.pathComponents
    let named = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents
    return file.starts(with: root) || plain.starts(with: named) || plain.starts(with: root)
  }
}
