internal import CHTSlib

/// The lines of a text file, plain or compressed by gzip or BGZF, one after the other.
///
///     let lines = try LineFile(path: "gencode.gff3.gz")
///     while let line = try lines.next() { … }
@safe public final class LineFile {
  public let path: String
  /// Number of the line that was read last, from 1.
  public private(set) var number = 0
  private let handle: UnsafeMutablePointer<BGZF>
  private var buffer = unsafe kstring_t()

  /// Opens `path`, or standard input for `-`.
  public init(path: String) throws(ReadError) {
    self.path = path
    let file = try RawFile(path: path)
    if try file.peek(1).isEmpty { throw ReadError(.empty, file: path) }
    guard let raw = unsafe file.release(), let handle = unsafe bgzf_hopen(raw, "r") else {
      throw ReadError(.truncated("no whole compressed block"), file: path)
    }
    unsafe self.handle = handle
  }

  deinit {
    _ = unsafe bgzf_close(handle)
    unsafe free(buffer.s)
  }

  /// The next line without its end; nil after the last one.
  public func next() throws(ReadError) -> [UInt8]? {
    let length = unsafe bgzf_getline(handle, 10, &buffer)
    if length == -1 { return nil }
    number += 1
    guard length >= 0 else {
      let system = unsafe chts_system_error(handle)
      if system != 0 { throw InputDescriptor.error(system, path: path) }
      throw ReadError(.damaged, file: path, place: ReadPlace(line: number))
    }
    return unsafe buffer.s.withMemoryRebound(to: UInt8.self, capacity: buffer.l) { start in
      var bytes = unsafe UnsafeBufferPointer(start: start, count: Int(buffer.l))
      if unsafe bytes.last == 13 { unsafe bytes = UnsafeBufferPointer(rebasing: bytes.dropLast()) }
      return unsafe Array(bytes)
    }
  }
}
