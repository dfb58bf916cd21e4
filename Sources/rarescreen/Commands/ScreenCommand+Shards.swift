import ArgumentParser
import Foundation
import Model
import Reading
import Writing

extension ScreenCommand {
  /// Screens one shard of the case, and leaves what it found for `merge`.
  func leavePart(_ shard: Batch.Shard, _ session: Session) throws -> String {
    if FileManager.default.fileExists(atPath: out + "/" + OutputFolder.completionMark) {
      throw Failure.holdsSingleCase(out)
    }
    if CaseMerge.isPart(out), let other = try? CasePart.read(out).shard, other != shard {
      throw Failure(.cannotCreateOutput, "\(out): holds part \(other); give each part a folder of its own")
    }
    let held = try HeldFolder(path: out, session)
    defer { held.release() }
    let arguments = Self.argumentsOfResult(CommandLine.arguments)
    let knowledge = try SharedKnowledge(given: common.knowledge)
    let written = try subject.written()
    let basis = try basis(of: written, arguments, knowledge, dress().form)
    let prepared = try PreparedCase(
      written, session: session, knowledge: knowledge, cohort: own.cohort, shard: shard)
    let part = CasePart(
      shard: shard, caseID: prepared.subject.id, basis: basis, arguments: arguments,
      directory: FileManager.default.currentDirectoryPath, files: try prepared.parts(of: shard, session))
    try session.interruption.whileWriting { try OutputFolder(path: out).write([try part.file()]) }
    return "part \(shard) of case \(part.caseID): \(out)/\(CasePart.fileName); 'rarescreen merge' finishes the case\n"
  }

  /// Finishes the case from the parts of all its shards.
  func finish(_ parts: [CasePart], out: String, session: Session) throws -> String {
    let knowledge = try SharedKnowledge(given: common.knowledge)
    let written = try subject.written()
    let (person, form) = try dress()
    let now = try basis(of: written, parts[0].arguments, knowledge, form)
    if let change = now.change(since: parts[0].basis) {
      throw Failure(.malformedInput, "the shards do not fit the case any more: \(change); run them again")
    }
    let held = try claim(out, for: written, form, session)
    defer { held.release() }
    let prepared = try PreparedCase(
      written, session: session, knowledge: knowledge, cohort: own.cohort, recorded: true)
    try person?.check(caseID: prepared.subject.id, proband: prepared.subject.proband)
    guard parts.allSatisfy({ $0.files.count == prepared.inputs.variants.count }) else {
      throw Failure(.malformedInput, "the shards are of other variant files than the case; run them again")
    }
    do {
      let other = session.options.lang == common.lang ? [] : ["--lang", session.options.lang.rawValue]
      return try finish(
        prepared, form, parts: parts.map(\.files),
        arguments: ["rarescreen", "screen"] + parts[0].arguments + other + ["--out", out], out: out, session)
    } catch PartFault.otherPieces(let path) {
      throw Failure(
        .malformedInput,
        "\(path): the shards did not cut it into the same pieces, or its index is another now; run them again")
    }
  }

  private func basis(
    of written: CaseFile, _ arguments: [String], _ knowledge: SharedKnowledge, _ form: ReportForm
  ) throws -> CaseStatus.Basis {
    let resolved = try written.resolve()
    if resolved.inputs.variants.contains("-") {
      throw Failure(.usage, "standard input can be read by one run only; give --shard a file")
    }
    return try CaseBasis(knowledge, options: common, form: form, pseudonyms: nil, cohort: own.cohort, list: nil)
      .basis(ofText: arguments.joined(separator: "\n"), resolved)
  }

  /// The arguments of `screen` without its name, and without those that results do not depend on.
  private static func argumentsOfResult(_ arguments: [String]) -> [String] {
    Array(arguments.drop { $0 != configuration.commandName }.dropFirst())
      .leavingOut(["--out", "-o", "--shard", "--threads", "--log-format"], flags: ["--quiet"])
  }
}
