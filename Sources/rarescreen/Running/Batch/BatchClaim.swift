import Foundation
import Model
import Reading
import Writing

/// What is known of the folder of a batch before its first case begins.
struct BatchClaim {
  /// Folder of the batch.
  let out: String
  /// Folders of its cases.
  let folders: [String]

  /// Refuses inputs of any case in whose place a result of any case would come.
  ///
  /// - Parameter inputs: paths of all files of the batch.
  func check(inputs: [String]) throws {
    var own: [FileStatus.Identity: String] = [:]
    func add(_ name: String) {
      if let status = FileStatus(path: out + "/" + name) { own[status.identity] = name }
    }
    for name in Batch.fileNames { add(name) }
    for folder in folders where FileStatus(path: out + "/" + folder) != nil {
      for name in BatchCase.ownFiles + [CaseStatus.fileName] { add(folder + "/" + name) }
    }
    guard !own.isEmpty else { return }
    for input in inputs {
      guard let status = FileStatus(path: input), let name = own[status.identity] else { continue }
      throw ReportFolder.isInput(input, of: name, in: out)
    }
  }

  /// Refuses the folder of another shard of as many: its cases would stay in the folder and be in no overview.
  func check(shard: Batch.Shard?) throws {
    guard let shard, let other = try BatchFile.batch(in: out)?.shard, other.count == shard.count, other != shard else {
      return
    }
    throw Failure(.cannotCreateOutput, "\(out): holds shard \(other); give each shard a folder of its own")
  }

  /// Keeps runs with names and runs without them in folders of their own: whoever hands one on hands on all of it.
  func check(isDeidentified: Bool) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
    if isDeidentified {
      let known = Set(Batch.fileNames + [FolderLock.name])
      if !names.allSatisfy({ known.contains($0) || Pseudonyms.isToken($0, of: .subject) }) {
        throw ReportFolder.isTaken(out)
      }
    } else if cases.contains(where: { Pseudonyms.isToken($0, of: .subject) }) {
      throw ReportFolder.isDeidentified(out)
    }
  }

  /// Folders of cases that are there, by name.
  private var cases: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
    return names.filter { FileManager.default.fileExists(atPath: "\(out)/\($0)/\(CaseStatus.fileName)") }.sorted()
  }

  private static let mostNamed = 5

  /// Which cases of an earlier sheet stay in the folder, in words: the overview does not know them.
  var strangers: String? {
    let others = cases.filter(Set(cases).subtracting(folders).contains)
    guard !others.isEmpty else { return nil }
    let named = others.prefix(Self.mostNamed).joined(separator: ", ") + (others.count > Self.mostNamed ? ", …" : "")
    return
      "\(out) holds \(others.count) cases of an earlier run that are not in this one (\(named)); they stay there, and are not "
      + "in the overview"
  }
}
