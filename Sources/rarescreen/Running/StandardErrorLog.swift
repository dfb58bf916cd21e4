import Dispatch
import Foundation
import Logging

/// Log messages on standard error, as text or as one JSON object a line.
///
/// Genotypes, phenotypes and names are never logged above level debug.
struct StandardErrorLog: LogHandler {
  enum Format: String, CaseIterable, Sendable {
    case text, json
  }

  let format: Format
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    switch format {
    case .text:
      let message = "\(event.message)".printable
      StandardError.write("rarescreen: \(event.level == .info ? "" : "\(event.level): ")\(message)\n")
    case .json:
      let time = Date().ISO8601Format()
      let object = ["time": time, "level": "\(event.level)", "message": "\(event.message)"]
      if let data = try? JSONEncoder().encode(object) {
        StandardError.write(String(decoding: data, as: UTF8.self) + "\n")
      }
    }
  }
}
