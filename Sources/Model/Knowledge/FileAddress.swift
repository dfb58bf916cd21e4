/// What an address on the network says of the file behind it.
public enum FileAddress {
  /// The name that a file from `address` is kept under: the last part of the path, without query and fragment; nil when that is no
  /// plain file name.
  ///
  ///     FileAddress.name(of: "https://example.org/pub/clinvar.vcf.gz?a=b")  // clinvar.vcf.gz
  public static func name(of address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else { return nil }
    let rest = address[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
    guard let slash = rest.lastIndex(of: "/") else { return nil }
    let name = String(rest[rest.index(after: slash)...])
    return isPlain(name) ? name : nil
  }

  /// Whether a text is the name of a file and nothing else: no folder, no hidden file, no percent codes that could hide one, no
  /// characters that a shell or a terminal would obey.
  public static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= 200, first != UInt8(ascii: "."), first != UInt8(ascii: "-")
    else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._-+,=@".utf8.contains(byte)
      }
    }
  }
}
