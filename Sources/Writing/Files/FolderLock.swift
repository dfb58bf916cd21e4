#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Keeps a folder to one run at a time, until it is released or the process ends.
///
/// The lock is the kernel's (`flock(2)`), on a hidden file that stays: that of a dead process is none.
public struct FolderLock: Sendable {
  public static let name = ".rarescreen-lock"
  private let descriptor: Int32

  /// - Throws: `WriteError` with the reason `busy` when another run holds it.
  public init(folder: String) throws(WriteError) {
    let path = folder + "/" + Self.name
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw WriteError(code: errno, file: path, place: .opening) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      close(descriptor)
      if code == EWOULDBLOCK { throw WriteError(.busy, file: folder, place: .opening) }
      throw WriteError(code: code, file: path, place: .opening)
    }
  }

  /// Lets other runs in. To be called once.
  public func release() { close(descriptor) }
}
