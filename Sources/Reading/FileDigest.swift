internal import Crypto

/// Checksums of input files, for provenance.
public enum FileDigest {
  /// SHA-256 of a file's bytes as they stand on disk (FIPS 180-4), in lower-case hexadecimal.
  ///
  /// The file is read in pieces of 1 MiB.
  public static func sha256(of path: String) throws(ReadError) -> String { try digest(of: path, by: SHA256()) }

  /// MD5 (RFC 1321) likewise. It tells damage, not forgery; publishers of large files still give nothing better.
  public static func md5(of path: String) throws(ReadError) -> String { try digest(of: path, by: Insecure.MD5()) }

  private static func digest(of path: String, by function: some HashFunction) throws(ReadError) -> String {
    let input = try InputDescriptor(path: path)
    var hash = function
    while true {
      let piece = try input.read(upTo: 1 << 20)
      if piece.isEmpty { break }
      hash.update(data: piece)
    }
    return hexadecimal(hash.finalize())
  }

  /// The 32 bytes of the SHA-256 of a text in UTF-8.
  public static func sha256(ofText text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

  /// The SHA-256 of a text in UTF-8, in lower-case hexadecimal.
  public static func sha256Hex(ofText text: String) -> String { hexadecimal(sha256(ofText: text)) }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
