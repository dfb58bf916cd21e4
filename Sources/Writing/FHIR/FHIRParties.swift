internal import Model

/// Who and what the report is about: the patient, by the sample's name alone where nobody said who that is, the sample, the
/// laboratory, the program, and what was asked.
struct FHIRParties: Sendable {
  let patient: FHIRResource
  let specimen: FHIRResource
  let laboratory: FHIRResource
  /// Who asked; nil where nobody is named.
  let clinician: FHIRResource?
  let device: FHIRResource
  let request: FHIRResource

  init(_ report: Report, isFinal: Bool, imprint: Imprint = Imprint(), language: Language = .english) {
    let subject = report.subject
    let sex = subject.pedigree[subject.proband]?.sex ?? .unknown
    let person = imprint.patient
    patient = Self.patient(subject.proband, sex, person)
    specimen = Self.specimen(subject.proband, person?.sample, of: patient)
    laboratory = Self.laboratory(imprint.template.laboratory, language: language.rawValue)
    clinician = person?.clinician.map { name in
      FHIRResource("Practitioner", [("name", .array([.present([("text", .words(name))])]))])
    }
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
    request = Self.request(report, patient: patient, specimen: specimen, by: clinician, isFinal: isFinal)
  }

  private static func patient(_ sample: String, _ sex: Sex, _ person: Demographics?) -> FHIRResource {
    let identifiers = [
      FHIRValue.identifier(sample, kind: "sample name"),
      person?.hospitalNumber.map { FHIRValue.identifier($0, kind: "hospital number") },
      person?.insuranceNumber.map { FHIRValue.identifier($0, kind: "insurance number") },
    ].compactMap { $0 }
    let name = person.map { person in
      JSONValue.present([
        ("text", .words(person.name.whole)), ("family", .words(person.name.family)),
        ("given", JSONValue.words(person.name.given).map { .array([$0]) }),
      ])
    }
    return FHIRResource(
      "Patient",
      [
        ("identifier", .array(identifiers)), ("name", name.map { .array([$0]) }),
        ("gender", .string(sex.rawValue)), ("birthDate", .words(person?.birthDate)),
        ("address", JSONValue.words(person?.address).map { .array([.object(["text": $0])]) }),
      ])
  }

  private static func specimen(
    _ name: String, _ sample: Demographics.Sample?, of patient: FHIRResource
  ) -> FHIRResource {
    let identifiers = [
      FHIRValue.identifier(name, kind: "sample name"),
      sample?.id.map { FHIRValue.identifier($0, kind: "sample number") },
    ].compactMap { $0 }
    let collected = JSONValue.words(sample?.collected).map { JSONValue.object(["collectedDateTime": $0]) }
    return FHIRResource(
      "Specimen",
      [
        ("identifier", .array(identifiers)), ("type", FHIRValue.concept(nil, text: sample?.kind)),
        ("subject", patient.reference), ("receivedTime", .words(sample?.received)), ("collection", collected),
      ])
  }

  private static func laboratory(_ laboratory: ReportTemplate.Laboratory?, language: String) -> FHIRResource {
    guard let laboratory else {
      // The invariant org-1 asks for a name or an identifier; a case tells neither.
      return FHIRResource("Organization", [("name", .string("Laboratory (not named in the case)"))])
    }
    func words(_ text: LocalText?) -> JSONValue? { .words(text?.text(in: language)) }
    let accreditation = (laboratory.accreditation?.text(in: language)).map {
      FHIRValue.identifier($0, kind: "accreditation")
    }
    let contacts = [("phone", laboratory.phone), ("email", laboratory.email)].compactMap { system, value in
      JSONValue.words(value).map { JSONValue.object(["system": .string(system), "value": $0]) }
    }
    return FHIRResource(
      "Organization",
      [
        ("identifier", accreditation.map { .array([$0]) }), ("name", words(laboratory.name)),
        ("telecom", .array(contacts)), ("address", words(laboratory.address).map { .array([.object(["text": $0])]) }),
      ])
  }

  /// The indication: what was seen in the patient, and what was looked for and absent.
  private static func request(
    _ report: Report, patient: FHIRResource, specimen: FHIRResource, by clinician: FHIRResource?, isFinal: Bool
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
        ("subject", patient.reference), ("requester", clinician?.reference),
        ("reasonCode", .array(subject.phenotypes.map { FHIRCode($0).concept })),
        ("specimen", .array([specimen.reference])),
        ("note", JSONValue.words(note).map { .array([.object(["text": $0])]) }),
      ])
  }
}
