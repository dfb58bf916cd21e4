public import ArgumentParser
import Dispatch
import Foundation
import Logging
public import Writing

/// Flags that every command understands.
struct CommonOptions: ParsableArguments {
  @Option(help: "Worker threads; all cores when not given.")
  var threads: Int?

  @Option(help: "Folder of knowledge: 'stores' that were built, and 'Panels' where they are not beside the program.")
  var knowledge: String?

  @Option(
    name: .customLong("lang"), help: "Language of the report; English when not given, that of the shards with 'merge'.")
  var writtenLang: Language?

  @Flag(help: "No progress and no remarks; errors only.")
  var quiet = false

  @Option(help: "Form of messages on standard error: text or json.")
  var logFormat: StandardErrorLog.Format = .text

  @Flag(name: .customLong("no-index"), help: "Read variant files whole, also where an index would do.")
  var ignoresIndex = false

  @Flag(help: "Warnings about inputs become errors.")
  var strict = false

  var lang: Language { writtenLang ?? .english }

  var usesIndex: Bool { !ignoresIndex }

  var workers: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, !(1...1_024).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 1024, not \(threads).")
    }
  }

  func logger() -> Logger {
    let format = logFormat
    let level: Logger.Level = quiet ? .error : .info
    return Logger(label: "rarescreen") { _ in StandardErrorLog(format: format, logLevel: level) }
  }
}

extension StandardErrorLog.Format: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {}
