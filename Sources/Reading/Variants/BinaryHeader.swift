internal import CHTSlib
internal import Model

/// The header of a BCF file, by way of htslib: what the numbers in its records stand for. Each worker has its own.
@safe final class BinaryHeader {
  let header: UnsafeMutablePointer<bcf_hdr_t>
  /// Name of each contig by its number; nil where the header leaves a gap.
  let contigs: [String?]
  /// Name of each FILTER, INFO and FORMAT key by its number.
  let keys: [String?]
  let sampleCount: Int
  /// Number of the key GT; nil when the header has none.
  let genotypeKey: Int?

  /// - Parameter text: the header's text as it stands in the file, with its `IDX` fields.
  init(text: [UInt8], file: String) throws(ReadError) {
    guard let header = unsafe bcf_hdr_init("r") else { throw ReadError(.system("out of memory"), file: file) }
    unsafe self.header = header
    var terminated = text.map { CChar(bitPattern: $0) }
    terminated.append(0)
    let status = unsafe terminated.withUnsafeMutableBufferPointer { text in
      unsafe text.baseAddress.map { unsafe bcf_hdr_parse(header, $0) } ?? -1
    }
    contigs = unsafe Self.names(header, BCF_DT_CTG)
    keys = unsafe Self.names(header, BCF_DT_ID)
    genotypeKey = keys.firstIndex(of: "GT")
    sampleCount = unsafe Int(header.pointee.n.2)
    if status != 0 { throw ReadError(.damaged, file: file) }
  }

  deinit { unsafe bcf_hdr_destroy(header) }

  private static func names(_ header: UnsafeMutablePointer<bcf_hdr_t>, _ kind: Int32) -> [String?] {
    let count = unsafe kind == BCF_DT_CTG ? header.pointee.n.1 : header.pointee.n.0
    return (0..<count).map { number in
      unsafe chts_name(header, kind, number).map { unsafe String(cString: $0) }
    }
  }

  /// The header as VCF text.
  func text(file: String) throws(ReadError) -> [UInt8] {
    var text = unsafe kstring_t()
    defer { unsafe free(text.s) }
    guard unsafe bcf_hdr_format(header, 0, &text) == 0, let start = unsafe text.s else {
      throw ReadError(.damaged, file: file)
    }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: text.l))
  }
}
