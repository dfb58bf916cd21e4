import Logging
import Synchronization

/// What is said of one case of a batch, kept for the file `log.txt` in its folder.
final class CaseLog: Sendable {
  static let fileName = "log.txt"
  private let lines = Mutex<[String]>([])

  func add(_ line: String) { lines.withLock { $0.append(line) } }

  var logger: Logger { Logger(label: "rarescreen.case") { _ in Handler(log: self) } }

  var bytes: [UInt8] { Array(lines.withLock { $0 }.map { $0 + "\n" }.joined().utf8) }

  private struct Handler: LogHandler {
    let log: CaseLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { log.add("\(event.level): \("\(event.message)".printable)") }
  }
}
