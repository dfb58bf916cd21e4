internal import Model

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Data types of FHIR R4 as JSON.
enum FHIRValue {
  /// A CodeableConcept of a code where there is one, and of words; nil with neither.
  static func concept(_ code: FHIRCode?, text: String? = nil) -> JSONValue? {
    guard code != nil || text != nil else { return nil }
    return .present([
      ("coding", code.map { .array([$0.coding]) }), ("text", .words(text ?? code?.text)),
    ])
  }

  /// - Parameter code: in UCUM.
  static func quantity(_ value: Double, unit: String, code: String = "1") -> JSONValue {
    .object([
      "value": value == value.rounded() && abs(value) < 1e15 ? .integer(Int(value)) : .number(value),
      "unit": .string(unit), "system": .string(FHIRCode.System.units), "code": .string(code),
    ])
  }

  /// Positions, both inside.
  static func range(_ low: Int, _ high: Int) -> JSONValue {
    .object(["low": .object(["value": .integer(low)]), "high": .object(["value": .integer(high)])])
  }

  static func identifier(_ value: String, kind: String) -> JSONValue {
    .present([("type", .present([("text", .words(kind))])), ("value", .words(value))])
  }

  /// - Parameters:
  ///   - name: of an extension of the guide.
  ///   - value: by the name of its type, for example `valueString`.
  static func `extension`(_ name: String, _ type: String, _ value: JSONValue?) -> JSONValue? {
    part(FHIRGuide.profile(name), type, value)
  }

  /// A part of an extension that has several.
  static func part(_ url: String, _ type: String, _ value: JSONValue?) -> JSONValue? {
    value.map { .present([("url", .string(url)), (type, $0)]) }
  }

  /// An extension of the guide that has several parts; nil without any.
  static func `extension`(_ name: String, _ parts: [JSONValue?]) -> JSONValue? {
    let parts = parts.compactMap { $0 }
    return parts.isEmpty
      ? nil : .present([("extension", .array(parts)), ("url", .string(FHIRGuide.profile(name)))])
  }

  static func base64(_ bytes: [UInt8]) -> JSONValue { .string(Data(bytes).base64EncodedString()) }

  /// A component of an observation.
  ///
  /// - Parameter type: for example `valueString`.
  static func component(_ code: FHIRCode, _ type: String, _ value: JSONValue?) -> JSONValue? {
    value.map { .present([("code", code.concept), (type, $0)]) }
  }

  static func component(_ code: FHIRCode, _ answer: FHIRCode?) -> JSONValue? {
    component(code, "valueCodeableConcept", answer?.concept)
  }

  /// A change's name in HGVS; nil for none.
  static func component(_ code: FHIRCode, hgvs name: String?) -> JSONValue? {
    component(
      code, "valueCodeableConcept", concept(FHIRCode(FHIRCode.System.hgvs, input: name, display: name), text: name))
  }
}
