import Foundation
import Model
import Reading
import Writing

/// A case of a batch before anything of it is run: where it will stand, and how much work it is.
struct PlannedCase: Sendable {
  let entry: CaseSheet.Entry
  /// Its id wherever something is written of it: its own, or a token.
  let caseID: String
  /// Name of its folder.
  let folder: String
  /// Bytes of its inputs, by which the work is shared out.
  let bytes: Int
  /// Files of variants.
  let paths: [String]
  /// Those among them that cases may share, each once, with their bytes.
  let files: [JointFile.Key: Int]

  init(_ entry: CaseSheet.Entry, pseudonyms: Pseudonyms? = nil) {
    self.entry = entry
    caseID = pseudonyms?.token(of: entry.id, as: .subject) ?? entry.id
    folder = Batch.folderName(of: caseID)
    guard let written = try? entry.written.get() else {
      (bytes, paths, files) = (0, [], [:])
      return
    }
    let inputs = written.paths
    paths = inputs.variants
    files = Dictionary(
      inputs.variants.compactMap { path in JointFile.Key(path: path).map { ($0, Self.size(of: path)) } },
      uniquingKeysWith: { first, _ in first })
    // Only the panels' places of a file of reads are looked at.
    bytes =
      inputs.variants.reduce(0) { $0 + Self.size(of: $1) }
      + inputs.alignments.reduce(0) { $0 + Self.size(of: $1) / 64 }
  }

  /// SHA-256 of what a sheet says of all its cases, hexadecimal.
  static func digest(of all: [PlannedCase], _ pseudonyms: Pseudonyms?) -> String {
    let text = all.map { "\($0.entry.row)\t\($0.entry.id)\n\($0.entry.text)" }.joined(separator: "\n")
    let digest = FileDigest.sha256Hex(ofText: text)
    return pseudonyms?.digest(of: digest) ?? digest
  }

  private static func size(of path: String) -> Int { FileStatus(path: path)?.bytes ?? 0 }
}
