internal import CHTSlib

extension ArraySlice<UInt8> {
  /// The checksum of gzip, CRAM and PNG (ITU-T V.42).
  var crc32: UInt32 {
    unsafe withUnsafeBytes { unsafe libdeflate_crc32(0, $0.baseAddress, $0.count) }
  }
}
