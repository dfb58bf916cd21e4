import Foundation
import TestSupport
import Testing

/// The demonstration's tables, whole, against those that were looked at and kept.
///
/// After a change that is meant: `RARESCREEN_RECORD=1 ./run test --filter GoldenTests`, and read the difference.
@Suite struct GoldenTests {
  private static let isRecording = ProcessInfo.processInfo.environment["RARESCREEN_RECORD"] == "1"

  @Test func demonstrationKeepsItsTables() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run([
      "screen", Checkout.fixture("demonstration/case.yaml"), "--out", folder.path + "/out", "--quiet",
    ])
    #expect(outcome.status == 0, "\(outcome.text)")
    for name in ["candidates.tsv", "genes.tsv"] {
      let found = try String(contentsOfFile: folder.path + "/out/" + name, encoding: .utf8)
      let kept = Checkout.directory + "/Tests/Golden/demonstration/" + name
      if Self.isRecording {
        try FileManager.default.createDirectory(
          atPath: Checkout.directory + "/Tests/Golden/demonstration", withIntermediateDirectories: true)
        try found.write(toFile: kept, atomically: true, encoding: .utf8)
      }
      let expected = try String(contentsOfFile: kept, encoding: .utf8)
      let foundLines = found.split(separator: "\n")
      let expectedLines = expected.split(separator: "\n")
      #expect(foundLines.count == expectedLines.count, "\(name): number of lines")
      for (line, pair) in zip(foundLines, expectedLines).enumerated() {
        #expect(pair.0 == pair.1, "\(name), line \(line + 1)")
      }
    }
  }
}
