internal import Model

/// Who and what the report is about: the patient by the sample's name alone, the sample, the laboratory, the program, and what was
/// asked. Nothing here names a person.
struct FHIRParties: Sendable {
  let patient: FHIRResource
  let specimen: FHIRResource
  let laboratory: FHIRResource
  let device: FHIRResource
  let request: FHIRResource

  init(_ report: Report, isFinal: Bool) {
    let subject = report.subject
    let sex = subject.pedigree[subject.proband]?.sex ?? .unknown
    patient = FHIRResource(
      "Patient",
      [
        ("identifier", .array([FHIRValue.identifier(subject.proband, kind: "sample name")])),
        ("gender", .string(sex.rawValue)),
      ])
    specimen = FHIRResource(
      "Specimen",
      [
        ("identifier", .array([FHIRValue.identifier(subject.proband, kind: "sample name")])),
        ("subject", patient.reference),
      ])
    // The invariant org-1 asks for a name or an identifier; a case tells neither.
    laboratory = FHIRResource("Organization", [("name", .string("Laboratory (not named in the case)"))])
    device = FHIRResource(
      "Device",
      [
        (
          "deviceName",
          .array([
            .object(["name": .string(report.provenance.program), "type": .string("user-friendly-name")])
          ])
        ),
        ("type", .object(["text": .string("Variant screening software")])),
        ("version", .array([.object(["value": .string(report.provenance.version)])])),
      ])
    request = Self.request(report, patient: patient, specimen: specimen, isFinal: isFinal)
  }

  /// The indication: what was seen in the patient, and what was looked for and absent.
  private static func request(
    _ report: Report, patient: FHIRResource, specimen: FHIRResource, isFinal: Bool
  ) -> FHIRResource {
    let subject = report.subject
    let absent = subject.excludedPhenotypes.map { ([$0.id] + [$0.label].compactMap { $0 }).joined(separator: " ") }
    let note = absent.isEmpty ? nil : "Looked for and absent: " + absent.joined(separator: "; ")
    let panels = report.targets.panels.map { panel in
      panel.version.isEmpty ? panel.name : "\(panel.name) \(panel.version)"
    }
    return FHIRResource(
      "ServiceRequest",
      [
        ("identifier", .array([FHIRValue.identifier(subject.id, kind: "case")])),
        ("status", .string(isFinal ? "completed" : "active")), ("intent", .string("order")),
        (
          "code",
          FHIRValue.concept(FHIRCode.report, text: "Genetic analysis: " + panels.joined(separator: ", "))
        ),
        ("subject", patient.reference),
        ("reasonCode", .array(subject.phenotypes.map { FHIRCode($0).concept })),
        ("specimen", .array([specimen.reference])),
        ("note", JSONValue.words(note).map { .array([.object(["text": $0])]) }),
      ])
  }
}
