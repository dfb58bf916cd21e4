internal import Foundation

/// An open file descriptor that closes itself.
///
/// Files are opened here and not by htslib, which would take some names for addresses on the network, and hides why an
/// open failed.
final class InputDescriptor {
  let path: String
  private var number: Int32

  /// Opens `path`, or standard input for `-`.
  init(path: String) throws(ReadError) {
    self.path = path
    number = path == "-" ? dup(STDIN_FILENO) : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw Self.error(errno, path: path) }
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw Self.error(errno, path: path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw ReadError(.directory, file: path) }
  }

  deinit {
    if number >= 0 { close(number) }
  }

  /// Refuses a pipe or a device as a file in which places are looked up, before opening it waits for who writes to it.
  static func refusePipe(_ path: String, expected: String) throws(ReadError) {
    var status = stat()
    // What is missing, and a folder, is told by opening it.
    if path != "-" {
      if unsafe stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) { return }
    }
    throw ReadError(
      .wrongContent(
        expected: expected,
        found: "it is a pipe or a device, in which no place can be looked up; write it to a file first"),
      file: path)
  }

  /// Hands the descriptor over; the caller closes it.
  func release() -> Int32 {
    defer { number = -1 }
    return number
  }

  /// Reads up to `count` bytes; an empty result is the end of the file.
  func read(upTo count: Int) throws(ReadError) -> [UInt8] {
    var got = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      repeat { got = unsafe Foundation.read(number, buffer.baseAddress, count) } while got < 0 && errno == EINTR
      initialized = max(0, got)
    }
    if got < 0 { throw Self.error(errno, path: path) }
    return bytes
  }

  static func error(_ code: Int32, path: String) -> ReadError {
    switch code {
    case ENOENT, ENOTDIR: ReadError(.missing, file: path)
    case EACCES, EPERM: ReadError(.notPermitted, file: path)
    case EISDIR: ReadError(.directory, file: path)
    default: ReadError(.system(words(of: code)), file: path)
    }
  }

  /// The operating system's words for an error number.
  static func words(of code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
