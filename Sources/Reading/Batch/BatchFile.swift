internal import Foundation
public import Model

/// The JSON documents that `batch` leaves.
public enum BatchFile {
  /// The cases that a folder of a batch holds.
  ///
  /// - Returns: nil where no batch has begun in the folder.
  public static func batch(in folder: String) throws(RunError) -> Batch? {
    let path = folder + "/" + Batch.fileName
    guard let data = try RunFile.bytes(path) else { return nil }
    let batch = try RunFile.decode(BatchDocument.self, from: data, path: path, newest: Batch.schemaVersion).batch
    // A folder that leads elsewhere would be read, and written, outside of the batch.
    if let other = batch.cases.first(where: { $0.folder != Batch.folderName(of: $0.caseID) }) {
      throw RunError(.shape("the folder of case \(other.caseID) is not called so: \(other.folder)"), path: path)
    }
    return batch
  }

  /// What became of a case; nil where nobody began with it, or left no whole document.
  ///
  /// - Throws: for a document of a newer program.
  public static func status(in folder: String) throws(RunError) -> CaseStatus? {
    let path = folder + "/" + CaseStatus.fileName
    guard let data = try RunFile.bytes(path) else { return nil }
    do throws(RunError) {
      return try RunFile.decode(StatusDocument.self, from: data, path: path, newest: CaseStatus.schemaVersion).status
    } catch {
      if case .newer = error.reason { throw error }
      return nil
    }
  }

  private struct BatchDocument: VersionedDocument {
    struct Entry: Decodable {
      var `case`: String
      var folder: String
      var row: Int
    }
    var schemaVersion: String
    var shard: Batch.Shard?
    var total: Int
    /// Both are not told before version 1.1.
    var sheet: String?
    var language: String?
    var cases: [Entry]

    var batch: Batch {
      Batch(
        cases: cases.map { Batch.Entry(caseID: $0.case, folder: $0.folder, row: $0.row) }, shard: shard, total: total,
        sheet: sheet ?? "", language: language ?? "en")
    }
  }

  private struct StatusDocument: VersionedDocument {
    var schemaVersion: String
    var `case`: String
    var state: CaseStatus.State
    var exitCode: Int
    var message: String
    var started: String
    var finished: String
    var basis: CaseStatus.Basis?
    var result: CaseOutline?
    /// Not told before version 1.1.
    var files: [CaseStatus.ResultFile]?

    var status: CaseStatus {
      CaseStatus(
        caseID: `case`, state: state, exitCode: exitCode, message: message, started: started, finished: finished,
        basis: basis, result: result, files: files ?? [])
    }
  }
}
