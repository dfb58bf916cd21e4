internal import CHTSlib
internal import Foundation

/// The bytes of a file as they lie on the disk, from front to back, by way of htslib's `hFILE`.
@safe final class RawFile {
  let path: String
  private var file: UnsafeMutablePointer<hFILE>?
  /// The same file for reading anywhere; nil for a pipe.
  let anywhere: RandomAccessFile?

  /// Opens `path`, or standard input for `-`.
  init(path: String) throws(ReadError) {
    self.path = path
    let opened = try InputDescriptor(path: path)
    let number = opened.release()
    anywhere = RandomAccessFile(duplicating: number, path: path)
    unsafe file = hdopen(number, "r")
    if unsafe file == nil {
      close(number)
      throw ReadError(.system("out of memory"), file: path)
    }
  }

  deinit {
    if let file = unsafe file { unsafe hclose_abruptly(file) }
  }

  /// The first bytes, at most `count`, without taking them.
  func peek(_ count: Int) throws(ReadError) -> [UInt8] {
    guard let file = unsafe file else { return [] }
    var start = [UInt8](repeating: 0, count: count)
    let got = unsafe start.withUnsafeMutableBytes { unsafe hpeek(file, $0.baseAddress, $0.count) }
    if got < 0 { throw unsafe failure(file) }
    return Array(start.prefix(got))
  }

  /// What htslib takes a file for, by its first bytes.
  struct Format {
    /// Version of a BCF file; nil for any other.
    var binaryVersion: (major: Int, minor: Int)?
    var isBlockGzip: Bool
  }

  /// The format; nil when htslib cannot tell.
  func format() -> Format? {
    guard let file = unsafe file else { return nil }
    var format = unsafe htsFormat()
    guard unsafe hts_detect_format(file, &format) == 0 else { return nil }
    let version = unsafe (major: Int(format.version.major), minor: Int(format.version.minor))
    return unsafe Format(
      binaryVersion: format.format == bcf ? version : nil, isBlockGzip: format.compression == bgzf)
  }

  /// Appends up to `count` bytes to `buffer`; returns how many, 0 at the end of the file.
  func read(upTo count: Int, into buffer: inout [UInt8]) throws(ReadError) -> Int {
    guard let file = unsafe file else { return 0 }
    var got = 0
    buffer.append(addingCapacity: count) { span in
      unsafe span.withUnsafeMutableBufferPointer { target, initialized in
        got = unsafe hread(file, target.baseAddress?.advanced(by: initialized), count)
        initialized += max(0, got)
      }
    }
    if got < 0 { throw unsafe failure(file) }
    return got
  }

  /// Hands the `hFILE` over; the caller closes it, and nothing can be read here any more.
  func release() -> UnsafeMutablePointer<hFILE>? {
    defer { unsafe file = nil }
    return unsafe file
  }

  private func failure(_ file: UnsafeMutablePointer<hFILE>) -> ReadError {
    InputDescriptor.error(unsafe chts_file_error(file), path: path)
  }
}

/// An open file that several threads may read at once, each where it likes (`pread(2)`).
final class RandomAccessFile: Sendable {
  let path: String
  private let descriptor: Int32
  let size: Int
  /// When the file was last changed, in seconds since 1970.
  let changed: Int

  /// nil when `number` is no regular file.
  init?(duplicating number: Int32, path: String) {
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    descriptor = fcntl(number, F_DUPFD_CLOEXEC, 0)
    if descriptor < 0 { return nil }
    self.path = path
    size = Int(status.st_size)
    changed = status.st_mtim.tv_sec
  }

  deinit { close(descriptor) }

  /// The bytes at an offset, at most `count`: fewer only at the end of the file.
  func bytes(at offset: Int, count: Int) throws(ReadError) -> [UInt8] {
    var got = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      while initialized < count {
        let place = unsafe target.baseAddress?.advanced(by: initialized)
        got = unsafe pread(descriptor, place, count - initialized, off_t(offset + initialized))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        initialized += got
      }
    }
    if got < 0 { throw InputDescriptor.error(errno, path: path) }
    return bytes
  }
}
