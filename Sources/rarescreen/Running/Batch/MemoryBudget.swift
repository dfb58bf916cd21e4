import Foundation

/// Memory that a batch may take.
enum MemoryBudget {
  /// What all cases share: the program with the tables of genes and phenotypes. Stores are looked up without being loaded.
  static let shared = 160 << 20

  /// What one small case takes with one thread, and all that is shared.
  static let least = shared + CaseGroup.memoryOfCase + CaseGroup.memoryOfWorker

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

  /// Three quarters of what the machine, or any group that the process is in, has left.
  static var available: Int {
    let machine = line(of: "/proc/meminfo", beginning: "MemAvailable:").map { $0 << 10 }
    let groups = text(of: "/proc/self/cgroup").flatMap { left(in: $0) }
    return ([machine].compactMap { $0 } + groups).min().map { $0 / 4 * 3 } ?? 4 << 30
  }

  /// What each group with a limit has left: that of the process and those above it, of cgroups(7) version 2 and 1.
  ///
  /// - Parameter line: of `/proc/self/cgroup`, `number:controllers:path`.
  private static func left(in line: Substring) -> [Int] {
    let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return [] }
    let isUnified = parts[0] == "0" && parts[1].isEmpty
    guard isUnified || parts[1].split(separator: ",").contains("memory") else { return [] }
    let folder = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
    let (limit, usage) =
      isUnified ? ("memory.max", "memory.current") : ("memory.limit_in_bytes", "memory.usage_in_bytes")
    var path = parts[2].split(separator: "/")
    var found: [Int] = []
    // A group that the process does not see the outside of stands at the root.
    while true {
      let group = ([folder] + path.map(String.init)).joined(separator: "/")
      if let most = Self.line(of: group + "/" + limit, beginning: "") {
        found.append(max(0, most - (Self.line(of: group + "/" + usage, beginning: "") ?? 0)))
      }
      if path.isEmpty { return found }
      path.removeLast()
    }
  }

  private static func text(of path: String) -> [Substring] {
    guard let data = try? FileHandle(forReadingAtPath: path)?.readToEnd() else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  /// The number in the first line that begins so; nil where there is none.
  private static func line(of path: String, beginning: String) -> Int? {
    let line = text(of: path).first { $0.hasPrefix(beginning) }
    return (line?.dropFirst(beginning.count).drop { $0 == " " }.prefix { $0.isNumber }).flatMap { Int($0) }
  }
}
