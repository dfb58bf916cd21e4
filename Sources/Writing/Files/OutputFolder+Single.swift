internal import Foundation

extension OutputFolder {
  /// Puts one file in its place, whole, and leaves the others alone.
  public func replace(_ file: OutputFile) throws(WriteError) {
    let aside = try AtomicFile(path: path + "/" + file.name)
    do throws(WriteError) {
      try aside.write(file.bytes)
      try aside.sync()
      try aside.commit()
      try sync()
    } catch {
      aside.remove()
      throw error
    }
  }

  /// Removes the files of an earlier run, the mark of its completeness first, and what a killed run left aside.
  ///
  /// - Parameter names: of files of the run; what else is in the folder stays.
  public func clear(_ names: [String]) throws(WriteError) {
    let mark = Self.completionMark
    for name in names.sorted(by: { ($0 == mark ? 0 : 1, $0) < ($1 == mark ? 0 : 1, $1) }) {
      let file = path + "/" + name
      if unsafe unlink(file) != 0, errno != ENOENT { throw WriteError(code: errno, file: file, place: .renaming) }
    }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    where name.hasPrefix(".") && name.hasSuffix(".tmp") {
      // A folder too: where a page was being printed.
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
  }
}
