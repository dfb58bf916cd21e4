import Writing

/// The output folder of a case, kept from other runs from before the screen until its results are in place.
///
/// A folder that had to be made and stays empty is removed again, also where a signal ends the run.
struct HeldFolder {
  private let folder: OutputFolder
  private let lock: FolderLock?

  /// - Throws: `WriteError` with the reason `busy` where another run has it.
  init(path: String, _ session: Session) throws {
    let folder = try OutputFolder(path: path)
    session.interruption.atEnd { folder.removeIfEmpty() }
    do {
      lock = try FolderLock(ofFolder: folder.path)
      self.folder = folder
    } catch {
      folder.removeIfEmpty()
      throw error
    }
  }

  /// Lets other runs in. To be called once.
  func release() {
    folder.removeIfEmpty()
    lock?.release()
  }
}
