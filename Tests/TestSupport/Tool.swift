internal import Foundation

/// Another program of the machine, as an independent opinion or to make inputs with.
public enum Tool {
  public static func isPresent(_ name: String) -> Bool { location(of: name) != nil }

  public static func location(of name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/", "/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Standard output of a run; nil when the tool is missing or fails.
  public static func output(_ name: String, _ arguments: [String]) throws -> [UInt8]? {
    guard let location = location(of: name) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: location)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? Array(data) : nil
  }

  /// Lines of standard output; none when the tool is missing or fails.
  public static func lines(_ name: String, _ arguments: [String]) throws -> [String] {
    String(decoding: try output(name, arguments) ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

/// Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195: the same numbers on every machine.
public struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
