/// BGZF of blocks as small as one likes, so that every record lies across several (SAM specification, section 4.1).
///
/// The data are stored, not compressed: what is tried is the cutting.
public func blockGzip(_ bytes: [UInt8], blockSize: Int) -> [UInt8] {
  var result: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: blockSize) {
    result += block(bytes[start..<min(start + blockSize, bytes.count)])
  }
  return result + block([])
}

private func block(_ data: ArraySlice<UInt8>) -> [UInt8] {
  let size = UInt16(data.count)
  let stored: [UInt8] = [1] + little(size) + little(~size) + data
  let head: [UInt8] = [31, 139, 8, 4, 0, 0, 0, 0, 0, 255, 6, 0, 66, 67, 2, 0]
  return head + little(UInt16(head.count + 2 + stored.count + 8 - 1)) + stored + little(crc32(data))
    + little(UInt32(data.count))
}

private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number(8 * $0)) }
}

/// The checksum of gzip (RFC 1952, section 8).
private func crc32(_ data: ArraySlice<UInt8>) -> UInt32 {
  var sum: UInt32 = .max
  for byte in data {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  return ~sum
}
