import TestSupport

/// A disk of a few kilobytes, in memory.
struct SmallDisk {
  let folder: TemporaryFolder

  static let isPossible: Bool = {
    guard let disk = try? SmallDisk(kilobytes: 64) else { return false }
    disk.unmount()
    return true
  }()

  struct Refused: Error {}

  init(kilobytes: Int) throws {
    folder = try TemporaryFolder()
    let outcome = try Program.shell(
      "mkdir disk && mount -t tmpfs -o size=\(kilobytes)k tmpfs disk", directory: folder.path)
    if outcome.status != 0 { throw Refused() }
  }

  /// Makes the disk larger, or smaller.
  func resize(kilobytes: Int) throws {
    let outcome = try Program.shell("mount -o remount,size=\(kilobytes)k disk", directory: folder.path)
    if outcome.status != 0 { throw Refused() }
  }

  func unmount() { _ = try? Program.shell("umount disk", directory: folder.path) }
}
