/// Rows by a name, without regard to case; a name may stand for several.
///
/// Names stay where they are in the bytes of their table: a run asks for a few hundred of a hundred thousand, and making a
/// string of each took longer than everything else at the start.
struct NameIndex: Sendable {
  private struct Entry: Sendable {
    var start: Int32
    var length: Int32
    var row: Int32
    /// The entry of the same name before this one; -1 for none.
    var previous: Int32
  }

  private let bytes: [UInt8]
  private var entries: [Entry] = []
  /// The latest entry of each name, by hash; a place that is taken leads to the next one. -1 is empty.
  private var places: [Int32]

  /// - Parameters:
  ///   - bytes: what all ranges point into.
  ///   - capacity: about how many names there will be.
  init(in bytes: [UInt8], capacity: Int) {
    self.bytes = bytes
    entries.reserveCapacity(capacity)
    places = Array(repeating: -1, count: Self.size(for: capacity))
  }

  private static func size(for count: Int) -> Int {
    var size = 64
    while size < count * 2 { size *= 2 }
    return size
  }

  static func key(_ name: String) -> String {
    let upper = name.utf8.map(Self.folded)
    return String(decoding: upper, as: UTF8.self)
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & 0xDF : byte
  }

  /// FNV-1a over folded letters, 64 bits, its halves mixed.
  private static func hash(_ text: [UInt8], _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in range { hash = (hash ^ UInt64(folded(text[index]))) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }

  /// The place of a name, or the free one where it belongs.
  private func place(of text: [UInt8], _ range: Range<Int>) -> Int {
    var place = Self.hash(text, range) & (places.count - 1)
    while places[place] >= 0, !isName(entries[Int(places[place])], text, range) {
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private func isName(_ entry: Entry, _ text: [UInt8], _ range: Range<Int>) -> Bool {
    guard Int(entry.length) == range.count else { return false }
    let start = Int(entry.start)
    for offset in 0..<range.count
    where Self.folded(bytes[start + offset]) != Self.folded(text[range.lowerBound + offset]) {
      return false
    }
    return true
  }

  mutating func add(_ range: Range<Int>, _ row: Int) {
    if entries.count * 2 >= places.count { grow() }
    let place = place(of: bytes, range)
    let previous = places[place]
    places[place] = Int32(entries.count)
    entries.append(
      Entry(start: Int32(range.lowerBound), length: Int32(range.count), row: Int32(row), previous: previous))
  }

  mutating func addList(_ range: Range<Int>, _ row: Int) {
    var start = range.lowerBound
    for index in range where bytes[index] == UInt8(ascii: "|") {
      add(start..<index, row)
      start = index + 1
    }
    add(start..<range.upperBound, row)
  }

  private mutating func grow() {
    places = Array(repeating: -1, count: Self.size(for: entries.count * 2))
    // In the order in which they came, so that the latest of a name ends up in its place.
    for (number, entry) in entries.enumerated() {
      let start = Int(entry.start)
      places[place(of: bytes, start..<start + Int(entry.length))] = Int32(number)
    }
  }

  /// Rows that have the name, ascending.
  func rows(of name: String) -> [Int] {
    let text = Array(name.utf8)
    var found: [Int] = []
    var next = places[place(of: text, 0..<text.count)]
    while next >= 0 {
      let entry = entries[Int(next)]
      if !found.contains(Int(entry.row)) { found.append(Int(entry.row)) }
      next = entry.previous
    }
    return found.sorted()
  }

  /// The row that a name was last added with.
  func latestRow(of name: String) -> Int? {
    let text = Array(name.utf8)
    let entry = places[place(of: text, 0..<text.count)]
    return entry < 0 ? nil : Int(entries[Int(entry)].row)
  }
}
