import Foundation

/// The time of day, for provenance only.
enum Clock {
  /// Now, in UTC, ISO 8601 with seconds.
  static func now() -> String { Date().ISO8601Format() }
}
