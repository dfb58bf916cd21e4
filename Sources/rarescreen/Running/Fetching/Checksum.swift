/// What a file's bytes must add up to.
struct Checksum: Sendable, Equatable {
  enum Kind: String, CustomStringConvertible {
    case md5 = "MD5"
    case sha256 = "SHA-256"
    var description: String { rawValue }
  }

  var kind: Kind
  /// Lower-case hexadecimal.
  var digest: String
  /// Who says so: "given with --sha256", "published".
  var origin: String
}

extension Checksum {
  /// Nil when the text is not hexadecimal of a known length.
  init?(_ text: some StringProtocol, origin: String) {
    let kinds: [Int: Kind] = [32: .md5, 64: .sha256]
    guard let kind = kinds[text.utf8.count], text.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
      return nil
    }
    self.init(kind: kind, digest: text.lowercased(), origin: origin)
  }

  /// The checksum of a file in a publisher's list: `HEX  NAME` as md5sum writes, `NAME … HEX`, `MD5 (NAME) = HEX`, or a single
  /// checksum alone.
  ///
  /// - Parameter isOwn: whether the list belongs to the one file, so that its only checksum is the file's whatever it is called.
  init?(of name: String, inList text: String, isOwn: Bool) {
    var all: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split { $0.isWhitespace || $0 == "(" || $0 == ")" || $0 == "=" }
      let sums = words.filter { Checksum($0, origin: "") != nil }
      for sum in sums { all.insert(sum.lowercased()) }
      let names = words.map { word in word.split { $0 == "/" || $0 == "*" }.last.map(String.init) }
      if sums.count == 1, names.contains(name) {
        self.init(sums[0], origin: "the published one")
        return
      }
    }
    guard isOwn, all.count == 1, let only = all.first else { return nil }
    self.init(only, origin: "the published one")
  }
}
