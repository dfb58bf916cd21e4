import Glibc

/// What the system says of a file, after links: a symbolic link has the size of what it leads to.
struct FileStatus {
  /// The same for two names of one file, be they symbolic or hard links.
  struct Identity: Hashable {
    var device: UInt
    var node: UInt
  }

  let bytes: Int
  let isRegular: Bool
  let identity: Identity

  /// Nil where there is no such file.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    bytes = Int(status.st_size)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    identity = Identity(device: UInt(status.st_dev), node: UInt(status.st_ino))
  }
}
