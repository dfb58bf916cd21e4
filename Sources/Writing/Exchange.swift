public import Model

/// Forms for other systems that a run leaves beside its own files.
public struct Exchange: Sendable {
  /// `fhir.json` after a version of the guide; nil for none.
  public var fhir: FHIRGuide?
  /// Whether to leave `phenopacket.json`.
  public var phenopacket: Bool
  /// When the report is issued: the only time in these files. Without it they have none.
  public var issued: Instant?

  public init(fhir: FHIRGuide? = nil, phenopacket: Bool = false, issued: Instant? = nil) {
    self.fhir = fhir
    self.phenopacket = phenopacket
    self.issued = issued
  }
}
