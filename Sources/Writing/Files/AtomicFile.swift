internal import Foundation

/// A file that is written aside and appears whole or not at all.
///
/// The temporary file lies in the folder of the final one, so that `rename(2)` is atomic; it is readable by its owner only
/// (mode 0600). Whoever makes one either commits or removes it.
struct AtomicFile: Sendable {
  let path: String
  /// Where the bytes are until `commit`.
  let temporaryPath: String

  init(path: String, temporaryPath: String) {
    self.path = path
    self.temporaryPath = temporaryPath
  }

  /// Makes an empty temporary file beside `path`.
  init(path: String) throws(WriteError) {
    self.path = path
    let (folder, name) = Self.split(path)
    // A name that exists already is another run's: draw again, never share.
    var attempt = 0
    while true {
      attempt += 1
      let draw = String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let candidate = "\(folder)/.\(name.prefix(100)).\(draw).tmp"
      let descriptor = unsafe open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if descriptor >= 0 {
        _ = close(descriptor)
        temporaryPath = candidate
        return
      }
      let code = errno
      if code != EEXIST || attempt == 16 { throw WriteError(code: code, file: path, place: .opening) }
    }
  }

  /// Becomes a second name of another file, or a copy of it where that cannot be.
  func adopt(_ source: String) throws(WriteError) {
    remove()
    // Other disks, and file systems without links.
    if unsafe link(source, temporaryPath) == 0 { return }
    do {
      try FileManager.default.copyItem(atPath: source, toPath: temporaryPath)
    } catch {
      throw WriteError(code: errno == 0 ? EIO : errno, file: path, place: .writing)
    }
  }

  /// Writes all bytes; `sync` brings them to disk.
  func write(_ bytes: [UInt8]) throws(WriteError) {
    let descriptor = unsafe open(temporaryPath, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw WriteError(code: errno, file: path, place: .opening) }
    var offset = 0
    var code: Int32 = 0
    while offset < bytes.count, code == 0 {
      let written = unsafe bytes[offset...].withUnsafeBytes { buffer in
        unsafe Self.writeOnce(descriptor, buffer)
      }
      if written >= 0 { offset += written } else if errno != EINTR { code = errno }
    }
    // close(2) reports a full quota or a failed network disk.
    if close(descriptor) != 0, code == 0, errno != EINTR { code = errno }
    if code != 0 { throw WriteError(code: code, file: path, place: .writing) }
  }

  /// One `write(2)`; negative with `errno` when it fails.
  static func writeOnce(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.write(descriptor, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.write(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  /// Brings what was put into the temporary file, here or by another writer, to disk, for the owner only.
  func sync() throws(WriteError) {
    let descriptor = unsafe open(temporaryPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw WriteError(code: errno, file: path, place: .syncing) }
    defer { _ = close(descriptor) }
    if fchmod(descriptor, 0o600) != 0 || fsync(descriptor) != 0 {
      throw WriteError(code: errno, file: path, place: .syncing)
    }
  }

  /// Puts the file in its place; whatever stood there is replaced in one step.
  func commit() throws(WriteError) {
    guard unsafe rename(temporaryPath, path) == 0 else { throw WriteError(code: errno, file: path, place: .renaming) }
    // Where both are names of one file, rename(2) leaves both.
    remove()
  }

  /// Removes the temporary file.
  func remove() { _ = unsafe unlink(temporaryPath) }

  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}
