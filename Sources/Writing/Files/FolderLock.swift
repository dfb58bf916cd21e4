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
    if let code = Self.lock(descriptor) {
      close(descriptor)
      throw Self.isHeld(code)
        ? WriteError(.busy, file: folder, place: .opening) : WriteError(code: code, file: path, place: .opening)
    }
  }

  /// Locks the folder itself, which leaves no file in it.
  ///
  /// Network file systems lock what can be written to only, and a folder cannot: there it is nil, and files still appear whole.
  ///
  /// - Throws: `WriteError` with the reason `busy` when another run holds it.
  public init?(ofFolder folder: String) throws(WriteError) {
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // One that may be entered but not listed.
    guard descriptor >= 0 else { return nil }
    guard let code = Self.lock(descriptor) else { return }
    close(descriptor)
    if Self.isHeld(code) { throw WriteError(.busy, file: folder, place: .opening) }
    return nil
  }

  /// Nil once the lock is held, else why it is not.
  private static func lock(_ descriptor: Int32) -> Int32? {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno != EINTR { return errno }
    }
    return nil
  }

  private static func isHeld(_ code: Int32) -> Bool { code == EWOULDBLOCK }

  /// Lets other runs in. To be called once.
  public func release() { close(descriptor) }
}
