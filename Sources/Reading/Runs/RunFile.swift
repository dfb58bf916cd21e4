internal import Foundation

/// A JSON file that a run left, read whole.
enum RunFile {
  /// Far above a genome's `candidates.json` with every near miss.
  static let mostBytes = 1 << 29

  /// The bytes; nil where there is no such file.
  static func bytes(_ path: String) throws(RunError) -> Data? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return nil }
      throw RunError(.unreadable(InputDescriptor.words(of: code)), path: path)
    }
    // A pipe would never end, and a device has no content of its own.
    guard status.st_mode & S_IFMT == S_IFREG else { throw RunError(.unreadable("it is no plain file"), path: path) }
    guard Int(status.st_size) <= mostBytes else { throw RunError(.tooLarge(limit: mostBytes), path: path) }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw RunError(.unreadable((error as NSError).localizedFailureReason ?? "the system refused"), path: path)
    }
  }

  /// - Parameter newest: the newest version of the format that is known, `MAJOR.MINOR.PATCH`.
  static func decode<Document: VersionedDocument>(
    _ type: Document.Type, from data: Data, path: String, newest: String
  ) throws(RunError) -> Document {
    do throws(RunError) {
      let document: Document = try decode(data, path: path)
      try check(document.schemaVersion, path: path, newest: newest)
      return document
    } catch {
      // What a newer program writes may look damaged.
      if let head: VersionHead = try? decode(data, path: path) {
        try check(head.schemaVersion, path: path, newest: newest)
      }
      throw error
    }
  }

  private static func check(_ version: String, path: String, newest: String) throws(RunError) {
    guard let found = numbers(version) else { throw RunError(.shape("schema_version is '\(version)'"), path: path) }
    if let known = numbers(newest), known.lexicographicallyPrecedes(found) {
      throw RunError(.newer(version, known: newest), path: path)
    }
  }

  private static func numbers(_ version: String) -> [Int]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    return parts.count == 3 && parts.allSatisfy { ($0 ?? -1) >= 0 } ? parts.compactMap { $0 } : nil
  }

  private static func decode<Document: Decodable>(_ data: Data, path: String) throws(RunError) -> Document {
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Document.self, from: data)
    } catch let error as DecodingError {
      throw RunError(reason(error), path: path)
    } catch {
      throw RunError(.notJSON, path: path)
    }
  }

  private static func reason(_ error: DecodingError) -> RunError.Reason {
    switch error {
    case .keyNotFound(let key, let context): .shape("\(place(context.codingPath + [key])) is missing")
    case .valueNotFound(_, let context): .shape("\(place(context.codingPath)) is empty")
    case .typeMismatch(_, let context): .shape("\(place(context.codingPath)) is of another kind")
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      .shape("\(place(context.codingPath)) has a value that is not known")
    default: .notJSON
    }
  }

  /// `candidates[3].allele.pos`.
  private static func place(_ keys: [any CodingKey]) -> String {
    let text = keys.map { key in key.intValue.map { "[\($0)]" } ?? ".\(asWritten(key.stringValue))" }.joined()
    return text.isEmpty ? "the document" : text.hasPrefix(".") ? String(text.dropFirst()) : text
  }

  /// `hgvs_c` of `hgvsC`.
  private static func asWritten(_ name: String) -> String {
    name.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
  }
}

/// A document that says which version of the format it follows.
protocol VersionedDocument: Decodable {
  var schemaVersion: String { get }
}

/// Its version alone.
private struct VersionHead: VersionedDocument {
  var schemaVersion: String
}
