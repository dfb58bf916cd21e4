/// What a `.part` is the beginning of, as its note keeps it: `key: value` lines.
struct PartNote: Equatable {
  var address: String
  /// The version of the file in the server's words; without it nobody can tell whether the rest would fit.
  var validator: String?
  /// Bytes of the whole file.
  var length: Int?

  init(address: String, head: ResponseHead) {
    self.address = address
    validator = head.validator
    length = head.length
  }

  /// Nil for what is no note.
  init?(_ text: String) {
    var fields: [Substring: String] = [:]
    for line in text.split(separator: "\n") {
      guard let colon = line.firstRange(of: ": ") else { return nil }
      fields[line[..<colon.lowerBound]] = String(line[colon.upperBound...])
    }
    guard let address = fields["address"] else { return nil }
    self.address = address
    validator = fields["version"]
    length = fields["length"].flatMap { Int($0) }
  }

  var text: String {
    [("address", address), ("version", validator), ("length", length.map { "\($0)" })]
      .compactMap { key, value in value.map { "\(key): \($0)\n" } }.joined()
  }
}
