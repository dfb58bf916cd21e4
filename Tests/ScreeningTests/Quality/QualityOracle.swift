import TestSupport
import Testing

/// bcftools as the second opinion on counts.
enum QualityOracle {
  static let isPresent = RealData.isPresent && Tool.isPresent("bcftools")

  static let absence: Comment = "real inputs or bcftools not found"

  /// Runs bcftools commands, joined as one shell pipeline, and returns the lines that it prints.
  static func lines(_ commands: String...) throws -> [String] {
    let pipeline = commands.map { "bcftools " + $0 + " 2>/dev/null" }.joined(separator: " | ")
    return try Tool.lines("sh", ["-c", pipeline])
  }

  static func path(_ name: String) -> String { "'" + RealData.path(name) + "'" }
}
