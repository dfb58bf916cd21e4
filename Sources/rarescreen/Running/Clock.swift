import Foundation

/// The time of day, for provenance, and for dates of people that must lie behind it.
enum Clock {
  /// Now, in UTC, ISO 8601 with seconds.
  static func now() -> String { Date().ISO8601Format() }

  /// The last day that has begun anywhere on earth, `YYYY-MM-DD`: the easternmost zone is 14 hours ahead of UTC.
  static func latestDay() -> String { String(Date(timeIntervalSinceNow: 14 * 3_600).ISO8601Format().prefix(10)) }
}
