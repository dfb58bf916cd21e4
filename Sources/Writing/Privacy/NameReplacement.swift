/// Names that stand in texts of others, replaced wherever they stand by themselves: `DP of CHILD` but not `CHILDREN`.
struct NameReplacement: Sendable {
  /// Longest first, so that a path goes before the file name within it.
  private let table: [(name: [UInt8], stand: [UInt8])]
  private let beginnings: Set<UInt8>

  init(_ names: [String: String]) {
    table = names.filter { !$0.key.isEmpty }.map { (Array($0.key.utf8), Array($0.value.utf8)) }
      .sorted { ($1.0.count, $0.0.description) < ($0.0.count, $1.0.description) }
    beginnings = Set(table.compactMap(\.name.first))
  }

  func callAsFunction(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    var changed = false
    while place < bytes.count {
      if beginnings.contains(bytes[place]), place == 0 || !Self.isWord(bytes[place - 1]) || !Self.isWord(bytes[place]),
        let (name, stand) = table.first(where: { stands($0.name, at: place, in: bytes) })
      {
        result += stand
        place += name.count
        changed = true
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return changed ? String(decoding: result, as: UTF8.self) : text
  }

  private func stands(_ name: [UInt8], at place: Int, in bytes: [UInt8]) -> Bool {
    let end = place + name.count
    guard end <= bytes.count, bytes[place..<end].elementsEqual(name) else { return false }
    return end == bytes.count || !Self.isWord(bytes[end]) || !Self.isWord(bytes[end - 1])
  }

  /// Letters, digits, `_`, and whatever is not ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
