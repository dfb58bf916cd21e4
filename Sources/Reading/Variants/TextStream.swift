internal import CHTSlib

/// The inflated bytes of a gzip file without blocks, by way of htslib's `BGZF`.
@safe final class TextStream {
  private let path: String
  /// Bytes on the disk; nil for a pipe.
  let size: Int?
  private let handle: UnsafeMutablePointer<BGZF>

  /// Takes over `file`, which has only been peeked into and begins as gzip does.
  ///
  /// htslib takes a file that ends inside the first gzip header for plain text.
  init(file: RawFile) throws(ReadError) {
    path = file.path
    size = file.anywhere?.size
    guard let raw = unsafe file.release() else { throw ReadError(.system("the file was closed"), file: path) }
    guard let handle = unsafe bgzf_hopen(raw, "r") else {
      unsafe hclose_abruptly(raw)
      throw ReadError(.truncated("no whole compressed block"), file: path)
    }
    unsafe self.handle = handle
    if unsafe chts_is_compressed(handle) == 0 {
      throw ReadError(.truncated("no whole compressed block"), file: path)
    }
  }

  deinit { _ = unsafe bgzf_close(handle) }

  /// Appends up to `count` bytes to `buffer`; returns false at the end of the file.
  func read(upTo count: Int, into buffer: inout [UInt8]) throws(ReadError) -> Bool {
    var got = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      got = unsafe bgzf_read(handle, target.baseAddress, count)
      initialized = max(0, got)
    }
    if got < 0 { throw failure() }
    if got == 0 { return false }
    buffer += bytes
    return true
  }

  private func failure() -> ReadError {
    let system = unsafe chts_system_error(handle)
    if system != 0 { return InputDescriptor.error(system, path: path) }
    let code = unsafe chts_error_code(handle)
    if code & UInt32(BGZF_ERR_ZLIB | BGZF_ERR_CRC) != 0 { return ReadError(.damaged, file: path) }
    return ReadError(.truncated("the last compressed block is not whole"), file: path)
  }
}
