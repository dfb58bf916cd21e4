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

  /// The sheet without the times of its making, which alone differ from one printing to the next: blanks stand in their place, so that
  /// nothing moves.
  public var undated: [UInt8] {
    var result = bytes
    for key in ["/CreationDate (D:", "/ModDate (D:"] {
      guard let place = result.firstRange(of: Array(key.utf8)),
        let end = result[place.upperBound...].firstIndex(of: UInt8(ascii: ")"))
      else { continue }
      for index in place.lowerBound...end { result[index] = UInt8(ascii: " ") }
    }
    return result
  }
}
