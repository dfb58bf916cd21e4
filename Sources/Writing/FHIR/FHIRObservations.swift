internal import Model

/// What all observations of a report have in common.
struct FHIRObservations: Sendable {
  let report: Report
  let guide: FHIRGuide
  let parties: FHIRParties
  /// The genomic study that they are part of; nil where the guide has none.
  let study: FHIRResource?
  let issued: Instant?
  let isFinal: Bool

  /// - Parameters:
  ///   - profile: of the guide.
  ///   - isFinal: whether a human signed it; nil for what is as final as the report.
  func observation(
    _ profile: String, _ code: FHIRCode, isFinal: Bool? = nil, value: FHIRCode? = nil, method: FHIRCode? = nil,
    derivedFrom: [FHIRResource] = [], notes: [JSONValue] = [], components: [JSONValue?]
  ) -> FHIRResource {
    FHIRResource(
      "Observation", profile: profile,
      [
        ("partOf", study.map { .array([$0.reference]) }),
        ("status", .string(isFinal ?? self.isFinal ? "final" : "preliminary")),
        ("category", .array([FHIRCode.laboratory.concept, FHIRCode.genetics.concept])),
        ("code", code.concept), ("subject", parties.patient.reference), ("issued", issued.map { .string("\($0)") }),
        ("performer", .array([parties.laboratory.reference])), ("valueCodeableConcept", value?.concept),
        ("note", .array(notes)), ("method", method?.concept), ("specimen", parties.specimen.reference),
        ("device", parties.device.reference), ("derivedFrom", .array(derivedFrom.map(\.reference))),
        ("component", .array(components.compactMap { $0 })),
      ])
  }

  /// The gene as HGNC knows it; one that HGNC does not know by its name alone.
  func gene(_ symbol: String, _ id: String?) -> JSONValue? {
    FHIRValue.component(
      .gene, "valueCodeableConcept",
      FHIRValue.concept(FHIRCode(guide.genes, input: id, display: symbol), text: symbol))
  }

  static func note(_ text: String) -> JSONValue { .present([("text", .words(text))]) }
}
