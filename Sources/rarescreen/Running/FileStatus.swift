import Glibc

/// What the system says of a file, after links: a symbolic link has the size of what it leads to.
///
/// As long as none of it changes, nobody has written to the file: the time of its last change of state cannot be set by a program.
struct FileStatus: Hashable, Sendable {
  /// The same for two names of one file, be they symbolic or hard links.
  struct Identity: Hashable, Sendable {
    var device: UInt
    var node: UInt
  }

  let bytes: Int
  let isRegular: Bool
  /// Type and permissions.
  let mode: UInt32
  let identity: Identity
  /// Nanoseconds since 1970 of the last change of content, and of content or state.
  let modified: Int
  let changed: Int

  /// Nil where there is no such file.
  ///
  /// - Parameter followsLinks: whether to tell of what a symbolic link leads to, and not of the link.
  init?(path: String, followsLinks: Bool = true) {
    var status = stat()
    guard unsafe (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    bytes = Int(status.st_size)
    mode = UInt32(status.st_mode)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    identity = Identity(device: UInt(status.st_dev), node: UInt(status.st_ino))
    modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
    changed = Int(status.st_ctim.tv_sec) * 1_000_000_000 + Int(status.st_ctim.tv_nsec)
  }

  /// All of it as one word.
  var text: String { "\(identity.device).\(identity.node).\(bytes).\(modified).\(changed)" }
}
