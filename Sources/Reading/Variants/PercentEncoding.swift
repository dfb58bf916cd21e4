/// Percent-encoding of VCF 4.3 and later (section 1.2): `%3A` stands for `:` and so on.
public enum PercentEncoding {
  /// Decodes the eight escapes of the specification (`: ; = % ,` CR LF TAB) in an INFO or FORMAT value.
  ///
  /// Any other percent sign stays as it is, so that text of older files survives.
  public static func decode(_ bytes: some Collection<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "%")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "%"), let decoded = escapes[String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)] {
        result.append(decoded)
        rest = rest.dropFirst(3)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Encodes the characters that may not stand in an INFO or FORMAT value.
  public static func encode(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case Byte.colon, Byte.semicolon, Byte.equals, Byte.comma, UInt8(ascii: "%"), 0..<32, 127:
        let digits = Array("0123456789ABCDEF".utf8)
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let escapes: [String: UInt8] = {
    var table: [String: UInt8] = [:]
    for (code, byte) in [
      ("3A", Byte.colon), ("3B", Byte.semicolon), ("3D", Byte.equals), ("25", UInt8(ascii: "%")), ("2C", Byte.comma),
      ("0D", Byte.carriageReturn), ("0A", Byte.newline), ("09", Byte.tab),
    ] {
      table[code] = byte
      table[code.lowercased()] = byte
    }
    return table
  }()
}
