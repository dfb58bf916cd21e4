#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file that arrives piece by piece, perhaps over several runs: `NAME.part` beside its place, put there when it is whole.
///
/// Unlike ``AsideFile`` what has come is kept when a run ends early, and a note beside it (`NAME.part.meta`) says what it is the
/// beginning of. Only one run at a time can have it open.
public struct PartFile: ~Copyable {
  public let path: String
  /// Bytes that are there.
  public private(set) var size: Int
  private let descriptor: Int32

  public static func partPath(of path: String) -> String { path + ".part" }

  private static func notePath(of path: String) -> String { path + ".part.meta" }

  /// Opens the beginning that an earlier run left, or an empty one.
  ///
  /// Throws `WriteError` with the reason `busy` when another run has it open.
  public init(path: String) throws(WriteError) {
    let part = Self.partPath(of: path)
    // Public files: the system's mask decides who may read them.
    let opened = unsafe open(part, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard opened >= 0 else { throw WriteError(code: errno, file: part, place: .opening) }
    var status = stat()
    guard flock(opened, LOCK_EX | LOCK_NB) == 0, unsafe fstat(opened, &status) == 0 else {
      let code = errno
      close(opened)
      if code == EWOULDBLOCK { throw WriteError(.busy, file: part, place: .opening) }
      throw WriteError(code: code, file: part, place: .opening)
    }
    self.path = path
    descriptor = opened
    size = Int(status.st_size)
  }

  deinit {
    // Nothing is no beginning. What was committed has no name here any more.
    if size == 0 { removeNames() }
    close(descriptor)
  }

  private func removeNames() {
    _ = unsafe unlink(Self.partPath(of: path))
    _ = unsafe unlink(Self.notePath(of: path))
  }

  /// The note of the run that left the beginning; nil where there is none.
  public var note: String? {
    let descriptor = unsafe open(Self.notePath(of: path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // A note is a few lines; what is longer is none.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, filled in
      while filled < buffer.count {
        let got = unsafe read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        filled += got
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Keeps a note beside the part, for the run that goes on with it.
  public func write(note: String) throws(WriteError) {
    let file = try AtomicFile(path: Self.notePath(of: path))
    do throws(WriteError) {
      try file.write(Array(note.utf8))
      try file.commit()
    } catch {
      file.remove()
      throw kept(error)
    }
  }

  public mutating func append(_ bytes: [UInt8]) throws(WriteError) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes[offset...].withUnsafeBytes { buffer in
        unsafe AtomicFile.writeOnce(descriptor, buffer)
      }
      if written >= 0 {
        offset += written
        size += written
      } else if errno != EINTR {
        throw kept(WriteError(code: errno, file: path, place: .writing))
      }
    }
  }

  /// Forgets what is there, to begin anew.
  public mutating func empty() throws(WriteError) {
    guard ftruncate(descriptor, 0) == 0 else { throw kept(WriteError(code: errno, file: path, place: .writing)) }
    size = 0
    _ = unsafe unlink(Self.notePath(of: path))
  }

  /// Brings the file to disk and puts it in its place. What stands there already is left alone, and is an error.
  public consuming func commit() throws(WriteError) {
    guard fsync(descriptor) == 0 else { throw kept(WriteError(code: errno, file: path, place: .syncing)) }
    // link(2) and not rename(2), since that would replace what another run has put there meanwhile.
    let part = Self.partPath(of: path)
    if unsafe link(part, path) == 0 {
      _ = unsafe unlink(part)
    } else if errno == EEXIST {
      throw WriteError(code: EEXIST, file: path, place: .renaming)
    } else {
      // Some file systems know no links.
      guard unsafe rename(part, path) == 0 else { throw kept(WriteError(code: errno, file: path, place: .renaming)) }
    }
    _ = unsafe unlink(Self.notePath(of: path))
  }

  /// The error with the fact that the beginning is still there.
  private func kept(_ error: WriteError) -> WriteError {
    guard case .inputOutput(let code) = error.reason else { return error }
    return WriteError(.partKept(code: code), file: path, place: error.place)
  }
}
