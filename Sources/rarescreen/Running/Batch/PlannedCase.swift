import Foundation
import Model
import Reading
import Writing

/// A case of a batch before anything of it is run: where it will stand, and how much work it is.
struct PlannedCase: Sendable {
  let entry: CaseSheet.Entry
  /// Its id wherever something is written of it: its own, or a token.
  let caseID: String
  /// Name of its folder.
  let folder: String
  /// Bytes of its inputs, by which the work is shared out.
  let bytes: Int
  /// Files of variants.
  let paths: [String]
  /// Those among them that cases may share, each once, with their bytes.
  let files: [JointFile.Key: Int]

  init(_ entry: CaseSheet.Entry, pseudonyms: Pseudonyms? = nil) {
    self.entry = entry
    caseID = pseudonyms?.token(of: entry.id, as: .subject) ?? entry.id
    folder = Batch.folderName(of: caseID)
    guard let written = try? entry.written.get() else {
      (bytes, paths, files) = (0, [], [:])
      return
    }
    let inputs = written.paths
    paths = inputs.variants
    files = Dictionary(
      inputs.variants.compactMap { path in JointFile.Key(path: path).map { ($0, Self.size(of: path)) } },
      uniquingKeysWith: { first, _ in first })
    // Only the panels' places of a file of reads are looked at.
    bytes =
      inputs.variants.reduce(0) { $0 + Self.size(of: $1) }
      + inputs.alignments.reduce(0) { $0 + Self.size(of: $1) / 64 }
  }

  private static func size(of path: String) -> Int { FileStatus(path: path)?.bytes ?? 0 }
}

/// Memory that a batch may take.
enum MemoryBudget {
  /// What all cases share: the program with the tables of genes and phenotypes. Stores are looked up without being loaded.
  static let shared = 160 << 20

  /// Reads `512M`, `8G` or a number of bytes.
  static func bytes(_ text: String) -> Int? {
    guard let last = text.last else { return nil }
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    let shift = units[Character(last.uppercased())]
    guard let number = Double(shift == nil ? text : String(text.dropLast())), number > 0, number.isFinite else {
      return nil
    }
    let bytes = number * Double(1 << (shift ?? 0))
    return bytes >= 1 && bytes < 1e15 ? Int(bytes) : nil
  }

  /// Three quarters of what the machine, or the group that the process is in, has left.
  static var available: Int {
    let machine = line(of: "/proc/meminfo", beginning: "MemAvailable:").map { $0 << 10 }
    let limit = line(of: "/sys/fs/cgroup/memory.max", beginning: "")
    let used = line(of: "/sys/fs/cgroup/memory.current", beginning: "") ?? 0
    let group = limit.map { max(0, $0 - used) }
    return [machine, group].compactMap { $0 }.min().map { $0 / 4 * 3 } ?? 4 << 30
  }

  /// The number in the first line that begins so; nil where there is none.
  private static func line(of path: String, beginning: String) -> Int? {
    guard let data = try? FileHandle(forReadingAtPath: path)?.readToEnd() else { return nil }
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(beginning) }
    return (line?.dropFirst(beginning.count).drop { $0 == " " }.prefix { $0.isNumber }).flatMap { Int($0) }
  }
}
