import Foundation
import Model
import Reading
import Screening
import Writing

/// Joins the shards of a batch in one folder, as one run would have left it.
struct BatchMerge {
  /// Folders of the shards.
  let parts: [String]
  let out: String
  let session: Session

  private struct Part {
    var path: String
    var batch: Batch
  }

  private struct Placed {
    var entry: Batch.Entry
    var part: String
    var status: CaseStatus
  }

  func run() throws -> BatchRun.Tally {
    let found = try parts.map { try part($0) }
    let first = try checked(found)
    // That of the shards where no other is asked for.
    let language = session.options.writtenLang ?? Language(rawValue: first.language) ?? .english
    let placed = try found.flatMap { part in try part.batch.cases.map { try place($0, of: part) } }
      .sorted { $0.entry.row < $1.entry.row }
    let folder = try OutputFolder(path: out)
    if FileManager.default.fileExists(atPath: folder.path + "/" + OutputFolder.completionMark) {
      throw Failure.holdsSingleCase(out)
    }
    let lock = try FolderLock(folder: folder.path)
    defer { lock.release() }
    let claim = BatchClaim(out: folder.path, folders: placed.map(\.entry.folder))
    try claim.check(isDeidentified: placed.contains { Pseudonyms.isToken($0.entry.folder, of: .subject) })
    session.warn([claim.strangers].compactMap { $0 })
    for one in placed {
      try session.interruption.check()
      try adopt(one, into: folder.path)
    }
    let batch = Batch(
      cases: placed.map(\.entry), shard: nil, total: placed.count, sheet: first.sheet, language: language.rawValue)
    let statuses = placed.map(\.status)
    let comparison = BatchRelatives(try SketchFile.all(of: batch, statuses, in: folder.path)).comparison
    let overview = BatchOverview(
      batch: batch, statuses: statuses, comparison: comparison, language: language)
    try session.interruption.whileWriting { try overview.write(to: folder) }
    var tally = BatchRun.Tally()
    for status in statuses { tally.add(status, isSkipped: false) }
    return tally
  }

  private func part(_ path: String) throws -> Part {
    guard let batch = try BatchFile.batch(in: path) else {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw Failure(
        isThere ? .malformedInput : .missingInput,
        "\(path): \(isThere ? "batch.json is missing" : "there is no such folder"); give a folder that 'rarescreen batch --out' made"
      )
    }
    return Part(path: path, batch: batch)
  }

  /// The batch as its first part tells of it, once all parts are known to be of it, each once.
  private func checked(_ found: [Part]) throws -> Batch {
    guard let first = found.first else { throw Failure(.usage, "give the folders of the shards") }
    var seen: [Int: String] = [:]
    for part in found {
      guard let shard = part.batch.shard else {
        throw Failure(.malformedInput, "\(part.path): a whole batch and no shard of one; there is nothing to join")
      }
      guard shard.count == first.batch.shard?.count, part.batch.total == first.batch.total else {
        throw Failure(
          .malformedInput,
          "\(part.path): shard \(shard) of a batch of \(part.batch.total) cases, but \(first.path) is shard "
            + "\(first.batch.shard?.description ?? "") of \(first.batch.total); give the shards of one batch")
      }
      guard part.batch.sheet == first.batch.sheet else {
        throw Failure(
          .malformedInput,
          "\(part.path) and \(first.path): the sheet was not the same; run the shards of the older one again with --resume"
        )
      }
      if let other = seen.updateValue(part.path, forKey: shard.number) {
        throw Failure(.malformedInput, "\(part.path) and \(other) are both shard \(shard); give each once")
      }
    }
    let count = first.batch.shard?.count ?? 0
    let lacking = (1...max(1, count)).lazy.filter { seen[$0] == nil }.prefix(10)
    if !lacking.isEmpty {
      throw Failure(
        .missingInput,
        "shard \(lacking.map { "\($0)/\(count)" }.joined(separator: ", ")) is missing; run it, or give its folder too")
    }
    let ids = found.flatMap { part in part.batch.cases.map { ($0.caseID, part.path) } }
    let paths = Dictionary(grouping: ids, by: \.0)
    if let twice = paths.filter({ $0.value.count > 1 }).min(by: { $0.key < $1.key }) {
      throw Failure(
        .malformedInput,
        "case \(twice.key) is in \(twice.value.map(\.1).joined(separator: " and ")): the files of the batch changed between the "
          + "shards; run them again with --resume")
    }
    guard ids.count == first.batch.total else {
      throw Failure(
        .malformedInput,
        "the shards hold \(ids.count) of \(first.batch.total) cases: the files of the batch changed between them; run them again "
          + "with --resume")
    }
    return first.batch
  }

  private func place(_ entry: Batch.Entry, of part: Part) throws -> Placed {
    let status = try BatchFile.status(in: part.path + "/" + entry.folder)
    guard let status, [.done, .failed].contains(status.state) else {
      throw Failure(
        .malformedInput, "\(part.path): case \(entry.caseID) is not finished; run the shard to its end with --resume")
    }
    if status.state == .done, let change = CaseFiles(path: part.path + "/" + entry.folder).change(since: status) {
      throw Failure(
        .malformedInput,
        "\(part.path): of case \(entry.caseID) \(change); run the shard again with --resume, which screens such cases anew"
      )
    }
    return Placed(entry: entry, part: part.path, status: status)
  }

  private func adopt(_ placed: Placed, into out: String) throws {
    let source = placed.part + "/" + placed.entry.folder
    let target = out + "/" + placed.entry.folder
    let folder = try OutputFolder(path: target)
    try folder.clear([])
    try session.interruption.whileWriting(isLast: false) {
      var pending = folder.begin()
      for name in CaseFiles(path: source).names(of: placed.status) { try pending.adopt(name, from: source) }
      pending.retire(BatchCase.ownFiles)
      try pending.commit()
    }
  }
}
