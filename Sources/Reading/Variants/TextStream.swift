internal import CHTSlib

/// Uncompressed bytes of a plain, gzip or BGZF file, by way of htslib's `BGZF`.
@safe final class TextStream {
  private let path: String
  private let handle: UnsafeMutablePointer<BGZF>

  /// Takes over `file`, which has only been peeked into.
  ///
  /// - Parameter isGzip: whether the first two bytes are gzip's. htslib takes a file that ends inside the first gzip header
  ///   for plain text.
  init(file: UnsafeMutablePointer<hFILE>, path: String, isGzip: Bool) throws(ReadError) {
    self.path = path
    guard let handle = unsafe bgzf_hopen(file, "r") else {
      unsafe hclose_abruptly(file)
      throw ReadError(.truncated("no whole compressed block"), file: path)
    }
    unsafe self.handle = handle
    if isGzip, unsafe chts_is_compressed(handle) == 0 {
      throw ReadError(.truncated("no whole compressed block"), file: path)
    }
  }

  deinit { _ = unsafe bgzf_close(handle) }

  /// Appends up to `count` bytes to `buffer`; returns false at the end of the file.
  ///
  /// A BGZF file that does not end with an end-of-file block (SAM specification, section 4.1.2) was cut short, however
  /// whole its last line looks.
  func read(upTo count: Int, into buffer: inout [UInt8]) throws(ReadError) -> Bool {
    var got = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      got = unsafe bgzf_read(handle, target.baseAddress, count)
      initialized = max(0, got)
    }
    if got < 0 { throw failure() }
    if got == 0 {
      if unsafe chts_lacks_eof_block(handle) != 0 {
        throw ReadError(.truncated("no BGZF end-of-file block"), file: path)
      }
      return false
    }
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
