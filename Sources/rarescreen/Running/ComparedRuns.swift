import Model
import Reading
import Screening
import Writing

/// Two folders of runs that are to be of one case.
struct ComparedRuns {
  let old: RunFolder
  let new: RunFolder
  let allowsOtherCase: Bool
  /// What messages call the folders, where their paths are not to be told: they end in reports, and may name people.
  var names: (old: String, new: String)?

  func comparison() throws -> RunComparison {
    let before = try read(old, as: names?.old)
    let after = try read(new, as: names?.new)
    try check(before, after)
    return RunComparer(before, after).comparison
  }

  private func read(_ folder: RunFolder, as name: String?) throws(RunError) -> RecordedRun {
    do throws(RunError) {
      return try folder.read(newest: ReportWriter.schemaVersion)
    } catch {
      guard let name, error.path.hasPrefix(folder.path) else { throw error }
      throw RunError(error.reason, path: name + error.path.dropFirst(folder.path.count))
    }
  }

  private func check(_ before: RecordedRun, _ after: RecordedRun) throws(Failure) {
    let (one, other) = (names?.old ?? old.path, names?.new ?? new.path)
    if before.assembly != after.assembly {
      throw Failure(
        .malformedInput,
        "\(one) is on \(before.assembly.rawValue), \(other) on \(after.assembly.rawValue): places of two builds are not "
          + "compared; run 'screen' again on one of them")
    }
    let same = before.caseID == after.caseID && before.proband == after.proband
    if !same, !allowsOtherCase {
      throw Failure(
        .malformedInput,
        "\(one) is case '\(before.caseID)' (proband '\(before.proband)'), \(other) case '\(after.caseID)' (proband "
          + "'\(after.proband)'); give two runs of one case, or --other-case if they are")
    }
  }
}

/// Two folders of many cases, a folder a case, paired by name.
struct ComparedFolders {
  let old: String
  let new: String

  /// Compares one case after the other: no more than two runs are in memory, whatever the number of cases.
  func comparison(_ session: Session) throws -> BatchComparison {
    let before = try runs(in: old)
    let after = try runs(in: new)
    let (earlier, later) = (Set(before), Set(after))
    var batch = BatchComparison()
    batch.onlyOld = before.filter { !later.contains($0) }
    batch.onlyNew = after.filter { !earlier.contains($0) }
    let common = after.filter { earlier.contains($0) }
    for name in common {
      try session.interruption.check()
      do {
        let pair = ComparedRuns(
          old: RunFolder(path: "\(old)/\(name)"), new: RunFolder(path: "\(new)/\(name)"), allowsOtherCase: false,
          names: ("old/\(name)", "new/\(name)"))
        batch.add(folder: name, try pair.comparison())
      } catch {
        let failure = Failure(error)
        if failure.code == .defect { throw failure }
        batch.add(BatchComparison.Trouble(folder: name, words: failure.message))
      }
    }
    batch.sort()
    return batch
  }

  private func runs(in path: String) throws -> [String] {
    let names = try RunFolder.runs(in: path)
    if names.isEmpty {
      throw Failure(
        .malformedInput,
        "\(path): holds no folder of a run; give a folder of case folders, or leave out --batch for a single run")
    }
    return names
  }
}
