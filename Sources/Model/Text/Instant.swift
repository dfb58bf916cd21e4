/// A moment as ISO 8601 writes it, with seconds and zone: `2026-03-01T09:30:00+07:00`, `2026-03-01T02:30:00Z`.
///
/// Kept as written, since who signs a report means the time of the place. It is a FHIR `instant` and an RFC 3339 timestamp.
public struct Instant: Sendable, Hashable, CustomStringConvertible {
  public let description: String

  /// nil for a text that is no such moment, or of a day that the calendar does not have.
  public init?(_ text: String) {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, Self.isDay(String(parts[0])), Self.isTime(parts[1]) else { return nil }
    description = text
  }

  /// `YYYY-MM-DD` of a day that the calendar has.
  public static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let year = number(parts[0]), let month = number(parts[1]),
      let day = number(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// `hh:mm:ss`, a fraction if there is one, and `Z` or `±hh:mm`.
  private static func isTime(_ text: Substring) -> Bool {
    guard text.utf8.count > 8, isClock(text.prefix(8), parts: 3) else { return false }
    var rest = text.dropFirst(8)
    if rest.hasPrefix(".") {
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      if digits.isEmpty { return false }
      rest = rest.dropFirst(1 + digits.count)
    }
    if rest == "Z" { return true }
    guard let sign = rest.first, sign == "+" || sign == "-" else { return false }
    return isClock(rest.dropFirst(), parts: 2)
  }

  /// Two digits each, joined by colons, below 24, 60 and 60.
  private static func isClock(_ text: Substring, parts count: Int) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == count, parts.allSatisfy({ $0.utf8.count == 2 }) else { return false }
    return zip(parts, [24, 60, 60]).allSatisfy { part, limit in number(part).map { $0 < limit } ?? false }
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
  }
}
