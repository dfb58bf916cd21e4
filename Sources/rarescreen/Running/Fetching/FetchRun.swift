import Foundation
import Knowledge
import Model
import Writing

/// The files of one `knowledge fetch`: finds out which, fetches one after the other, and says what came.
struct FetchRun {
  /// One file to fetch.
  private struct Wanted {
    var address: String
    var name: String
    /// The publisher's list of checksums.
    var list: String?
    var source: KnowledgeSource?
  }

  let session: Session
  let folder: String
  /// Given on the command line.
  let checksum: Checksum?
  let list: String?
  let retries: Int

  /// Fetches the files of a source by its name.
  func run(_ sources: KnowledgeSources, name: String, assembly: Assembly?) throws {
    let all = try sources.sources(named: name, on: assembly)
    // Both assemblies have one: the newer is meant when none is named.
    guard let source = all.first(where: { $0.assembly == .grch38 }) ?? all.first else {
      throw Failure(
        .usage,
        "there is no \(name) for \(assembly?.rawValue ?? "any assembly"); see 'rarescreen knowledge sources \(name)'")
    }
    if let registration = source.registration {
      guard !source.files.isEmpty else {
        throw FetchError(
          reason: .registration(name: name, page: source.page, words: registration), address: source.page,
          target: FetchTarget(path: folder, name: name, next: source.command))
      }
      session.warn(["\(name): \(registration); licence: \(source.licence)"])
    }
    if source.files.count > 1, checksum != nil {
      throw Failure(
        .usage, "\(name) has \(source.files.count) files, --sha256 and --md5 are of one; fetch that one by its address")
    }
    try fetch(
      source.files.map { Wanted(address: $0.address, name: $0.name, list: list ?? $0.checksums, source: source) })
    if let note = source.note { session.warn(["\(name): \(note)"]) }
  }

  /// Fetches one file by its address.
  func run(_ sources: KnowledgeSources?, address: String) throws {
    let known = sources?.source(ofFileAt: address)
    let name = try known?.file.name ?? Self.name(of: address)
    try fetch([Wanted(address: address, name: name, list: list ?? known?.file.checksums, source: known?.source)])
  }

  /// The name to keep a file under; an error for addresses that are not fetched from.
  private static func name(of address: String) throws(FetchError) -> String {
    let lower = address.lowercased()
    guard lower.hasPrefix("https://") || lower.hasPrefix("http://") else {
      throw FetchError(reason: .notAnAddress("only https:// and http:// are"), address: address)
    }
    guard address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw FetchError(
        reason: .notAnAddress("write spaces and letters beyond ASCII as %20 and the like"), address: address)
    }
    let host = address.split(separator: "/").dropFirst().first ?? ""
    if host.contains("@") {
      throw FetchError(
        reason: .notAnAddress("it holds a name or password"),
        address: "the address at \(host.split(separator: "@").last ?? "")")
    }
    guard let name = FileAddress.name(of: address) else { throw FetchError(reason: .unnamed, address: address) }
    return name
  }

  private func fetch(_ wanted: [Wanted]) throws {
    let out = try OutputFolder(path: folder)
    defer { out.removeIfEmpty() }
    var lists: [String: String] = [:]
    let unchecked = checksum == nil ? wanted.filter { $0.list == nil }.map(\.name) : []
    if let first = unchecked.first {
      let more = unchecked.count > 1 ? " and \(unchecked.count - 1) more" : ""
      session.warn(["\(first)\(more): no checksum is given or known; only the length can be checked"])
    }
    for file in wanted {
      let target = FetchTarget(path: out.path + "/" + file.name, name: file.name, next: file.source?.command)
      let expected = try checksum ?? published(for: file, target: target, &lists)
      let outcome = try FileFetch(
        address: file.address, target: target, checksum: expected, retries: retries, session: session
      ).run()
      session.progress.finish()
      try say(Self.text(of: outcome, target: target) + "\n")
    }
    if let next = wanted.first?.source?.command { try say("next: \(next)\n") }
  }

  private func say(_ text: String) throws(Failure) {
    if !session.options.quiet { try StandardOutput.write(text) }
  }

  private static func text(of outcome: FileFetch.Outcome, target: FetchTarget) -> String {
    switch outcome {
    case .fetched(let bytes, let sum): "\(target.path): \(bytes) bytes, \(sum.kind) \(sum.digest) (\(sum.origin))"
    case .inPlace(let sum?): "\(target.path): there already, \(sum.kind) \(sum.digest) (\(sum.origin))"
    case .inPlace(nil): "\(target.path): there already, and not fetched again; move it away for that"
    }
  }

  /// The publisher's checksum of a file; nil where there is none.
  private func published(for file: Wanted, target: FetchTarget, _ lists: inout [String: String]) throws -> Checksum? {
    guard let address = file.list else { return nil }
    let text =
      try lists[address]
      ?? ChecksumList(
        address: address, file: target, fileAddress: file.address, retries: retries, session: session
      ).text()
    lists[address] = text
    // A list that is named for one file is of that file.
    let isOwn = address.hasPrefix(file.address)
    if let sum = Checksum(of: file.name, inList: text, isOwn: isOwn) { return sum }
    // Of a source's shared list some files may be missing; a list that was named by hand, or is of the file, must hold it.
    guard list == nil, !isOwn else {
      throw FetchError(reason: .noChecksum(list: address), address: file.address, target: target)
    }
    session.warn(["\(file.name): \(address) holds no checksum for it; only its length can be checked"])
    return nil
  }
}
