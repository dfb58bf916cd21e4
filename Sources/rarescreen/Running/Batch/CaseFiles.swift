import Foundation
import Model
import Reading
import Writing

/// The files of a result in the folder of a case, beside what its status says of them.
struct CaseFiles {
  /// Folder of the case.
  let path: String

  /// Every file of a result that is there, with its checksum, save `run.json`.
  func recorded() throws -> [CaseStatus.ResultFile] {
    let names = BatchCase.ownFiles.filter { ![OutputFolder.completionMark, CaseLog.fileName].contains($0) }
    return try names.sorted().compactMap { name in
      let file = path + "/" + name
      guard let status = FileStatus(path: file) else { return nil }
      return CaseStatus.ResultFile(name: name, bytes: status.bytes, sha256: try FileDigest.sha256(of: file))
    }
  }

  /// Names of all files of the case; of one that failed also what an earlier run left.
  func names(of status: CaseStatus) -> [String] {
    let others = [CaseLog.fileName, OutputFolder.completionMark]
    let results = status.state == .done ? status.files.map(\.name) + others : BatchCase.ownFiles
    return (results + [CaseStatus.fileName]).filter { FileStatus(path: path + "/" + $0, followsLinks: false) != nil }
  }

  /// What is not as the run left it, in words; nil where all is.
  func change(since status: CaseStatus) -> String? {
    let names = Set(status.files.map(\.name))
    guard names.isSuperset(of: BatchCase.wholeFiles.filter { $0 != OutputFolder.completionMark }) else {
      return "its files were not recorded"
    }
    for file in status.files {
      let place = path + "/" + file.name
      guard let found = FileStatus(path: place, followsLinks: false) else { return "\(file.name) is missing" }
      guard found.isRegular, found.bytes == file.bytes, (try? FileDigest.sha256(of: place)) == file.sha256 else {
        return "\(file.name) is not as it was written"
      }
    }
    let mark = path + "/" + OutputFolder.completionMark
    guard let data = FileManager.default.contents(atPath: mark) else {
      return "\(OutputFolder.completionMark) is missing"
    }
    return (try? JSONSerialization.jsonObject(with: data)) is [String: Any]
      ? nil : "\(OutputFolder.completionMark) is not as it was written"
  }
}
