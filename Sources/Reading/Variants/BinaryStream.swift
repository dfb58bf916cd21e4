internal import CHTSlib

/// Records of a BCF file as VCF lines, by way of htslib's `bcf_read` and `vcf_format`.
@safe final class BinaryStream {
  private let path: String
  /// Bytes on the disk; nil for a pipe.
  let size: Int?
  private let file: UnsafeMutablePointer<htsFile>
  private let header: UnsafeMutablePointer<bcf_hdr_t>
  private let record: UnsafeMutablePointer<bcf1_t>
  private var ordinal = 0

  /// Takes over `raw`, which has only been peeked into.
  init(file raw: RawFile) throws(ReadError) {
    path = raw.path
    size = raw.anywhere?.size
    guard let hfile = unsafe raw.release() else { throw ReadError(.system("the file was closed"), file: path) }
    guard let file = unsafe hts_hopen(hfile, path, "r") else {
      unsafe hclose_abruptly(hfile)
      throw ReadError(.truncated("the BCF header is not whole"), file: path)
    }
    guard let header = unsafe bcf_hdr_read(file) else {
      _ = unsafe hts_close(file)
      throw ReadError(.truncated("the BCF header is not whole"), file: path)
    }
    guard let record = unsafe bcf_init() else {
      unsafe bcf_hdr_destroy(header)
      _ = unsafe hts_close(file)
      throw ReadError(.system("out of memory"), file: path)
    }
    unsafe (self.file, self.header, self.record) = (file, header, record)
  }

  deinit {
    unsafe bcf_destroy(record)
    unsafe bcf_hdr_destroy(header)
    _ = unsafe hts_close(file)
  }

  /// The header as VCF text.
  func headerText() throws(ReadError) -> [UInt8] {
    var text = unsafe kstring_t()
    defer { unsafe free(text.s) }
    guard unsafe bcf_hdr_format(header, 0, &text) == 0 else { throw ReadError(.damaged, file: path) }
    return unsafe bytes(of: text)
  }

  /// The next records as VCF lines, about `count` bytes and at most `limit` of them; empty at the end of the file.
  func lines(upTo count: Int, records limit: Int) throws(ReadError) -> [UInt8] {
    var text = unsafe kstring_t()
    defer { unsafe free(text.s) }
    var records = 0
    while unsafe text.l < count, records < limit {
      let status = unsafe bcf_read(file, header, record)
      if status == -1 {
        try checkEnd()
        break
      }
      let place = ReadPlace(record: ordinal + 1)
      guard status == 0 else { throw failure(place) }
      guard unsafe vcf_format(header, record, &text) == 0 else {
        throw ReadError(.damaged, file: path, place: place)
      }
      ordinal += 1
      records += 1
    }
    return unsafe bytes(of: text)
  }

  private func checkEnd() throws(ReadError) {
    if let stream = unsafe file.pointee.fp.bgzf, unsafe chts_lacks_eof_block(stream) != 0 {
      throw ReadError(.truncated("no BGZF end-of-file block"), file: path)
    }
  }

  private func failure(_ place: ReadPlace) -> ReadError {
    guard let stream = unsafe file.pointee.fp.bgzf else { return ReadError(.damaged, file: path, place: place) }
    let system = unsafe chts_system_error(stream)
    if system != 0 { return InputDescriptor.error(system, path: path) }
    let code = unsafe chts_error_code(stream)
    if code & UInt32(BGZF_ERR_ZLIB | BGZF_ERR_CRC) != 0 { return ReadError(.damaged, file: path, place: place) }
    return ReadError(.truncated("the record is not whole"), file: path, place: place)
  }

  private func bytes(of text: kstring_t) -> [UInt8] {
    guard let start = unsafe text.s else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: text.l))
  }
}
