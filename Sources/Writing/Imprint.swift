public import Model

/// What a report tells beside its findings: who made it, and of whom it is.
public struct Imprint: Sendable {
  public var template: ReportTemplate
  /// Nil where the report goes by the sample's name alone.
  public var patient: Demographics?

  public init(template: ReportTemplate = ReportTemplate(), patient: Demographics? = nil) {
    self.template = template
    self.patient = patient
  }
}
