/// A part of the report behind its first page, in the order that the page has by itself.
public enum ReportSection: String, Sendable, Hashable, CaseIterable {
  case candidates
  case secondaryFindings = "secondary_findings"
  case nearMisses = "near_misses"
  case repeats, coverage
  /// What became of every record.
  case funnel
  case quality, scope, methods, glossary

  /// All sections with those that were asked for first: none can be left out.
  public static func ordered(first: [ReportSection]) -> [ReportSection] {
    first + allCases.filter { !first.contains($0) }
  }
}
