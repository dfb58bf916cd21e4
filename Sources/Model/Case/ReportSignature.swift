/// A reviewer's signature under a report as a whole, which a report without candidates needs: it has no class to be signed.
public struct ReportSignature: Sendable, Hashable {
  public var reviewer: String
  public var signed: Instant
  /// What the report that was signed rests on: `Report.basis`.
  public var basis: String

  public init(reviewer: String, signed: Instant, basis: String) {
    self.reviewer = reviewer
    self.signed = signed
    self.basis = basis
  }

  /// `AB, 2026-03-01T09:30:00Z`.
  public var title: String { "\(reviewer), \(signed)" }
}
