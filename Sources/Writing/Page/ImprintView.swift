internal import Model

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the first page tells of laboratory and patient.
struct ImprintView {
  let imprint: Imprint
  let issued: Instant?
  let phrases: Phrases

  var members: [String: View] {
    let template = imprint.template
    return [
      "report_title": .text(template.title.map(words) ?? phrases("report_heading")),
      "has_letterhead": .flag(template.laboratory != nil || template.logo != nil),
      "has_laboratory": .flag(template.laboratory != nil),
      "laboratory": template.laboratory.map(laboratory) ?? .flag(false), "logo": logo,
      "disclaimer": .optional(template.disclaimer.map(words)),
      "signatures": .list(signatures), "identified": .flag(imprint.patient != nil),
      "patient": imprint.patient.map(patient) ?? .flag(false),
      "report_id": .optional(imprint.patient?.reportID),
      "issued": .optional(issued.map { phrases.day(String("\($0)".prefix(10))) }),
    ]
  }

  private func words(_ text: LocalText) -> String { text.text(in: phrases.language.rawValue) }

  private func laboratory(_ laboratory: ReportTemplate.Laboratory) -> View {
    let lines = [
      laboratory.address.map(words), laboratory.phone.map { "\(phrases("laboratory_phone")) \($0)" }, laboratory.email,
    ].compactMap { $0 }
    return .object([
      "name": .text(words(laboratory.name)), "contact": .optional(lines.joined(separator: " · ")),
      "accreditation": .optional(laboratory.accreditation.map(words)),
    ])
  }

  /// The address of the picture, which holds the picture itself: base 64 needs no escaping.
  private var logo: View {
    .optional(
      imprint.template.logo.map { "data:\($0.kind.rawValue);base64,\(Data($0.bytes).base64EncodedString())" })
  }

  private var signatures: [View] {
    let usual = [phrases("sign_analyst"), phrases("sign_clinician")].map { role in
      View.object(["role": .text(role), "name": .flag(false)])
    }
    let own = imprint.template.signatures.map { signature in
      View.object(["role": .text(words(signature.role)), "name": .optional(signature.name)])
    }
    return own.isEmpty ? usual : own
  }

  private func patient(_ patient: Demographics) -> View {
    .object([
      "name": .text(patient.name.whole), "birth_date": .optional(patient.birthDate.map(phrases.day)),
      "hospital_number": .optional(patient.hospitalNumber), "insurance_number": .optional(patient.insuranceNumber),
      "address": .optional(patient.address), "clinician": .optional(patient.clinician),
      "sample": .optional([patient.sample.kind, patient.sample.id].compactMap { $0 }.joined(separator: ", ")),
      "collected": .optional(patient.sample.collected.map(phrases.day)),
      "received": .optional(patient.sample.received.map(phrases.day)),
    ])
  }
}
