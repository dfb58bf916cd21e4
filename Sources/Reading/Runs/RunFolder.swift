internal import Foundation
public import Model

/// The folder that `screen --out` left, as a run that another is compared with.
///
///     let run = try RunFolder(path: "results-2025").read(newest: "1.1.0")
///     run.findings.count
public struct RunFolder: Sendable {
  public let path: String

  /// The file that is written last; a folder without it is half a run.
  static let mark = "run.json"
  static let list = "candidates.json"

  public init(path: String) {
    self.path = path
  }

  /// Reads `candidates.json` and `run.json`.
  ///
  /// - Parameter newest: the newest version of their format that is known, `MAJOR.MINOR.PATCH`.
  /// - Throws: `RunError` for a folder that is none of a run, half of one, damaged, or of a newer program.
  public func read(newest: String) throws(RunError) -> RecordedRun {
    try check()
    let provenance = try bytes(Self.mark)
    let list = try bytes(Self.list)
    guard let provenance, let list else {
      if provenance == nil, list == nil {
        throw RunError(.notARun(holdsRuns: try !Self.runs(in: path).isEmpty), path: path)
      }
      throw RunError(.half(missing: provenance == nil ? Self.mark : Self.list), path: path)
    }
    let document = try RunFile.decode(
      CandidatesDocument.self, from: list, path: path + "/" + Self.list, newest: newest)
    let record = try RunFile.decode(
      ProvenanceDocument.self, from: provenance, path: path + "/" + Self.mark, newest: newest)
    guard let assembly = Assembly(name: document.case.assembly) else {
      throw RunError(.shape("case.assembly is '\(document.case.assembly)'"), path: path + "/" + Self.list)
    }
    for (what, one, other) in [
      ("case", document.case.id, record.case), ("build", document.case.assembly, record.assembly),
    ] where one != other {
      throw RunError(.contradiction("\(what) '\(other)' and '\(one)'"), path: path)
    }
    return RecordedRun(document, record, on: assembly)
  }

  /// Names of the folders below that look like runs, sorted.
  public static func runs(in path: String) throws(RunError) -> [String] {
    try RunFolder(path: path).check()
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { name in
        !name.hasPrefix(".")
          && [mark, list].contains { FileManager.default.fileExists(atPath: "\(path)/\(name)/\($0)") }
      }
    } catch {
      throw RunError(.unreadable("the folder may not be listed"), path: path)
    }
  }

  private func check() throws(RunError) {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw RunError(.absent, path: path)
    }
    if !isFolder.boolValue { throw RunError(.notAFolder, path: path) }
  }

  private func bytes(_ name: String) throws(RunError) -> Data? { try RunFile.bytes(path + "/" + name) }
}
