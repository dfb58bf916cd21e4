import Foundation
import Reading
import Writing

/// Fetches one file over HTTP: goes on where an earlier run ended, tries again when the connection breaks, and puts the file in its
/// place only when it is whole and right.
struct FileFetch {
  let address: String
  let target: FetchTarget
  /// What the bytes must add up to; nil where nobody says.
  let checksum: Checksum?
  /// How often a broken connection is taken up again without a byte in between.
  let retries: Int
  let session: Session

  enum Outcome {
    case fetched(bytes: Int, Checksum)
    /// The file was in its place; nil where nobody says what it must add up to.
    case inPlace(Checksum?)
  }

  /// How one request ended.
  private enum Step {
    case whole
    /// The part does not fit what the server has: once more from the beginning.
    case anew(String)
    case broken(String, wait: Int?)
  }

  func run() throws -> Outcome {
    if FileManager.default.fileExists(atPath: target.path) { return .inPlace(try checkInPlace()) }
    var part = try PartFile(path: target.path)
    try transfer(to: &part)
    let sum = try verified()
    let bytes = part.size
    try part.commit()
    return .fetched(bytes: bytes, sum)
  }

  private func checkInPlace() throws -> Checksum? {
    guard let checksum else { return nil }
    let found = try digest(checksum.kind, of: target.path)
    guard found == checksum.digest else { throw error(.inPlace(checksum, found: found)) }
    return checksum
  }

  /// Requests until the part is whole.
  private func transfer(to part: inout PartFile) throws {
    var patience = Patience(retries: retries, session: session, name: target.name)
    var beginnings = 1
    while true {
      let before = part.size
      switch try request(&part, &patience) {
      case .whole: return
      case .anew(let why):
        beginnings += 1
        if beginnings > retries + 1, beginnings > 2 { throw error(.broken(why, have: 0, attempts: beginnings - 1)) }
        session.progress.finish()
        session.warn(["\(target.name): \(why); fetching it from the beginning"])
        try part.empty()
      case .broken(let words, let wait):
        guard try patience.wait(after: words, wait: wait, progressed: part.size > before) else {
          throw error(.broken(words, have: part.size, attempts: patience.failures))
        }
      }
    }
  }

  private func request(_ part: inout PartFile, _ patience: inout Patience) throws -> Step {
    var note = part.note.flatMap { PartNote($0) }
    if part.size > 0 {
      guard let known = note, known.address == address else { throw error(.otherPart(of: note?.address)) }
      // Without a version a changed file would be noticed by its checksum only.
      guard known.validator != nil || checksum != nil else {
        return .anew("the connection broke, and the server does not tell versions of the file apart")
      }
      if known.length == part.size { return .whole }
    }
    let transfer = try Transfer(
      address, from: part.size, of: note?.validator, interruption: session.interruption)
    guard let head = try transfer.head() else {
      let end = transfer.end()
      if let reason = patience.verdict(on: end) { throw error(reason) }
      return .broken(end.words, wait: nil)
    }
    patience.answered()
    switch head.status {
    case 200:
      if part.size > 0 {
        session.warn([
          "\(target.name): the server has another version, or does not go on in the middle; from the beginning"
        ])
        try part.empty()
      }
      note = PartNote(address: address, head: head)
      try part.write(note: note?.text ?? "")
    case 206:
      guard part.size > 0, let range = head.range, range.start == part.size,
        note?.length == nil || range.total == note?.length,
        head.validator == nil || head.validator == note?.validator
      else {
        transfer.abandon()
        return .anew("the server sent another piece than it was asked for")
      }
      note?.length = range.total
    case 416:
      transfer.abandon()
      if let total = head.range?.total, total == part.size { return .whole }
      return .anew("the \(part.size) bytes there are more than the server has")
    case _ where head.isLater:
      transfer.abandon()
      return .broken("the server answers \(head.status)", wait: head.retryAfter)
    default:
      transfer.abandon()
      throw error(.refused(status: head.status))
    }
    return try receive(transfer, into: &part, expected: note?.length)
  }

  private func receive(_ transfer: Transfer, into part: inout PartFile, expected: Int?) throws -> Step {
    let started = ContinuousClock.now
    let before = part.size
    while let piece = try transfer.next() {
      try part.append(piece)
      session.progress.advance(
        target.name, bytes: part.size, of: expected, came: part.size - before, since: started)
    }
    let end = transfer.end()
    if let expected, part.size > expected { throw error(.length(found: part.size, expected: expected)) }
    if end.code != 0 { return .broken(end.words, wait: nil) }
    if let expected, part.size < expected { return .broken("\(part.size) of \(expected) bytes came", wait: nil) }
    return .whole
  }

  /// The checksum of the part, held to the expected one.
  private func verified() throws -> Checksum {
    let kind = checksum?.kind ?? .sha256
    session.progress.finish()
    let found = try digest(kind, of: PartFile.partPath(of: target.path))
    if let checksum, found != checksum.digest { throw error(.checksum(checksum, found: found)) }
    return checksum ?? Checksum(kind: kind, digest: found, origin: "computed")
  }

  private func digest(_ kind: Checksum.Kind, of path: String) throws -> String {
    switch kind {
    case .md5: try FileDigest.md5(of: path)
    case .sha256: try FileDigest.sha256(of: path)
    }
  }

  private func error(_ reason: FetchError.Reason) -> FetchError {
    FetchError(reason: reason, address: address, target: target)
  }
}
