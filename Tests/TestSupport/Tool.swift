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
