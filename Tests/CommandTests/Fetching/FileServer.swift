import Foundation
import Model
import TestSupport

/// `Tests/Fixtures/fetch/server.py` on a port of its own, with a folder of files; ends when the test lets go of it.
final class FileServer {
  static let isPossible = Tool.isPresent("python3") && Tool.isPresent("curl")

  let folder: TemporaryFolder
  private let process: RunningProgram
  private let port: String

  init() throws {
    folder = try TemporaryFolder()
    process = try RunningProgram(
      [Checkout.fixture("fetch/server.py"), folder.path], program: Tool.location(of: "python3") ?? "python3")
    let deadline = ContinuousClock.now + .seconds(30)
    while !folder.exists("port"), ContinuousClock.now < deadline { usleep(20_000) }
    port = try folder.text("port")
  }

  deinit { kill(process.processID, SIGKILL) }

  /// Address of a file that is served with some habits of the server.
  func address(_ name: String, _ habits: String = "plain") -> String { "http://127.0.0.1:\(port)/\(habits)/\(name)" }

  /// What was asked for: path, Range and If-Range of each request, `-` where the header was not sent.
  var requests: [[String]] {
    get throws {
      try folder.text("requests").split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }
  }
}

/// Bytes that look like nothing, the same in every run.
func noise(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
  var random = SplitMix64(seed: seed)
  return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
}
