import ArgumentParser
import Foundation
import Model
import Writing

/// Finishes a case of which every shard has left its part, as one run of `screen` would have.
struct CaseMerge {
  /// Folders of the shards.
  let folders: [String]
  let out: String
  let session: Session

  /// Whether a folder is that of a shard of a case, and not of a batch.
  static func isPart(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + CasePart.fileName)
  }

  /// - Returns: the few lines that tell what was found and where to look.
  func run() throws -> String {
    let parts = try checked(folders.map { (path: $0, part: try CasePart.read($0)) })
    let target = URL(fileURLWithPath: out).path
    // Paths of the case go from where the shards were run.
    guard FileManager.default.changeCurrentDirectoryPath(parts[0].directory) else {
      throw Failure(
        .missingInput,
        "\(parts[0].directory): the folder in which the shards were run is not there; run the merge where the inputs of the case are"
      )
    }
    let command = try ScreenCommand.parse(parts[0].arguments)
    return try command.finish(parts, out: target, session: own(command.common))
  }

  /// The flags of the shards, save those that results do not depend on, and in another language where one is asked for.
  private func own(_ given: CommonOptions) -> Session {
    var options = given
    options.threads = session.options.threads
    options.writtenLang = session.options.writtenLang ?? given.writtenLang
    options.quiet = session.options.quiet
    options.logFormat = session.options.logFormat
    return Session(
      options: options, logger: session.logger, interruption: session.interruption, progress: session.progress)
  }

  /// The parts by number, once they are known to be all of one case.
  private func checked(_ found: [(path: String, part: CasePart)]) throws -> [CasePart] {
    guard let first = found.first else { return [] }
    var seen: [Int: (path: String, part: CasePart)] = [:]
    for one in found {
      try check(one, isOf: first)
      if let other = seen.updateValue(one, forKey: one.part.shard.number) {
        throw Failure(
          .malformedInput, "\(one.path) and \(other.path) are both shard \(one.part.shard); give each once")
      }
    }
    let count = first.part.shard.count
    let lacking = (1...max(1, count)).lazy.filter { seen[$0] == nil }.prefix(10)
    if !lacking.isEmpty {
      throw Failure(
        .missingInput,
        "shard \(lacking.map { "\($0)/\(count)" }.joined(separator: ", ")) is missing; run it, or give its folder too")
    }
    return seen.sorted { $0.key < $1.key }.map(\.value.part)
  }

  private func check(_ one: (path: String, part: CasePart), isOf first: (path: String, part: CasePart)) throws {
    let remedy = "give the shards of one case, run with the same inputs, settings and program"
    let (part, other) = (one.part, first.part)
    guard part.shard.count == other.shard.count, part.caseID == other.caseID else {
      throw Failure(
        .malformedInput,
        "\(one.path): shard \(part.shard) of case \(part.caseID), but \(first.path) is shard \(other.shard) of \(other.caseID); "
          + remedy)
    }
    if let change = part.basis.change(since: other.basis) {
      throw Failure(.malformedInput, "\(one.path): not as \(first.path): \(change); \(remedy)")
    }
  }
}
