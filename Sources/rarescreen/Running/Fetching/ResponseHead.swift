/// Status and header fields of an answer over HTTP.
struct ResponseHead: Equatable {
  let status: Int
  private let fields: [String: String]

  /// Reads the lines of one head; nil when the first is no status line.
  init?(_ lines: [String]) {
    let parts = lines.first?.split(separator: " ").map(String.init) ?? []
    guard parts.count >= 2, parts[0].hasPrefix("HTTP/"), let status = Int(parts[1]) else { return nil }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
      fields[line[..<colon].lowercased()] = String(value)
    }
    self.status = status
    self.fields = fields
  }

  subscript(name: String) -> String? { fields[name] }

  /// Whether another head follows: a word on the way, or a way to another address.
  var isFollowed: Bool { (100..<200).contains(status) || (300..<400).contains(status) && self["location"] != nil }

  /// Whether the server means: later.
  var isLater: Bool { status == 408 || status == 429 || (500..<600).contains(status) }

  /// Bytes of the body; nil where the server does not tell.
  var length: Int? { self["content-length"].flatMap { Int($0) } }

  /// `bytes 100-199/200` as the first byte and the length of the whole; of an unsatisfied range, `bytes */200`, the length alone.
  var range: (start: Int?, total: Int?)? {
    guard let text = self["content-range"], text.hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst(6).split(separator: "/")
    guard parts.count == 2 else { return nil }
    return (parts[0].split(separator: "-").first.flatMap { Int($0) }, Int(parts[1]))
  }

  /// What names this version of the file, for `If-Range` (RFC 9110 section 13.1.5: a weak ETag cannot).
  var validator: String? {
    if let tag = self["etag"], tag.hasPrefix("\""), !tag.contains("\n") { return tag }
    return self["last-modified"]
  }

  /// Seconds that the server asks to wait.
  var retryAfter: Int? { self["retry-after"].flatMap { Int($0) } }
}
