internal import CHTSlib
internal import CKernels
internal import Model

/// Room in which the parts of a read are made ready, used again for every read.
struct ReadScratch {
  private var places: [Int32] = []
  private var letters: [UInt8] = []

  /// Letters of BAM's four-bit codes (SAM specification, section 4.2.3).
  private static let alphabet = Array("=ACMGRSVTWYHKDBN".utf8)

  /// Adds what is wanted of a read beside its place and CIGAR.
  mutating func take(_ read: UnsafePointer<bam1_t>, _ detail: ReadBatch.Detail, into batch: inout ReadBatch) {
    let length = unsafe Int(read.pointee.core.l_qseq)
    if length <= 0 { return }
    let qualities = unsafe UnsafeBufferPointer(start: chts_base_qualities(read), count: length)
    switch detail {
    case .depth(let minimum):
      if minimum == 0 { return }
      if places.count < length { places = Array(repeating: 0, count: length) }
      let count = unsafe places.withUnsafeMutableBufferPointer { places in
        unsafe ck_below(qualities.baseAddress, length, minimum, places.baseAddress)
      }
      if count > 0 { batch.add(weakBases: places.span.extracting(0..<Int(count))) }
    case .bases:
      letters.removeAll(keepingCapacity: true)
      let codes = unsafe UnsafeBufferPointer(start: chts_bases(read), count: (length + 1) / 2)
      for place in 0..<length {
        let pair = unsafe codes[place >> 1]
        letters.append(Self.alphabet[Int(place & 1 == 0 ? pair >> 4 : pair & 15)])
      }
      unsafe batch.add(bases: letters.span, qualities: qualities.span)
    }
  }

  static func hash(_ name: UnsafePointer<CChar>?, _ count: Int) -> UInt64 {
    guard let name = unsafe name else { return 0 }
    return unsafe name.withMemoryRebound(to: UInt8.self, capacity: count) { unsafe ck_hash($0, count) }
  }
}
