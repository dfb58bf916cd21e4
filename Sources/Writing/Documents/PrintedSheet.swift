/// A PDF as a browser prints it.
public struct PrintedSheet: Sendable {
  private let bytes: [UInt8]

  /// Nil for what is not a whole PDF (ISO 32000-1, section 7.5: head and trailer).
  public init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Array("%PDF-1.".utf8)),
      bytes.suffix(16).firstRange(of: Array("%%EOF".utf8)) != nil
    else { return nil }
    self.bytes = bytes
  }

  /// The sheet without what differs from one printing to the next, so that nothing moves: blanks stand in the place of the times of
  /// its making, and the elements of the page, which a browser numbers from wherever it happens to be, are numbered from one.
  public var undated: [UInt8] {
    var result = bytes
    renumber(&result)
    for key in ["/CreationDate (D:", "/ModDate (D:"] {
      guard let place = result.firstRange(of: Array(key.utf8)),
        let end = result[place.upperBound...].firstIndex(of: UInt8(ascii: ")"))
      else { continue }
      for index in place.lowerBound...end { result[index] = UInt8(ascii: " ") }
    }
    return result
  }

  private static let mark = Array("node".utf8)
  private static let digits = 8

  /// Numbers of elements (`/ID (node00000130)`, ISO 32000-1, section 14.7.2) in the order that they have.
  private func renumber(_ sheet: inout [UInt8]) {
    var places: [Int: [Range<Int>]] = [:]
    var start = sheet.startIndex
    while let mark = sheet[start...].firstRange(of: Self.mark) {
      let number = mark.upperBound..<min(mark.upperBound + Self.digits, sheet.endIndex)
      start = mark.upperBound
      guard number.count == Self.digits, let value = Int(String(decoding: sheet[number], as: UTF8.self)) else {
        continue
      }
      places[value, default: []].append(number)
    }
    for (rank, found) in places.sorted(by: { $0.key < $1.key }).enumerated() {
      let text = String(rank + 1)
      let written = Array((String(repeating: "0", count: Self.digits - text.utf8.count) + text).utf8)
      for place in found.value { sheet.replaceSubrange(place, with: written) }
    }
  }
}
