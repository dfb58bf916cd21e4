/// The version of HL7's Genomics Reporting implementation guide that a bundle follows. Both are of FHIR R4 (4.0.1).
///
/// Source: hl7.fhir.uv.genomics-reporting 2.0.0 (STU 2, 2022) and 3.0.0 (STU 3, 2024), change log of STU 3.
public enum FHIRGuide: String, Sendable, Hashable, CaseIterable {
  /// Effects stand in the variant, the regions studied are observations, the overall answer is an observation too.
  case stu2 = "2.0"
  /// Effects are observations of their own, the study is a procedure, the overall answer is the report's code.
  case stu3 = "3.0"

  private static let base = "http://hl7.org/fhir/uv/genomics-reporting/"

  static func profile(_ name: String) -> String { base + "StructureDefinition/" + name }

  /// A code system of the guide itself.
  static func codeSystem(_ name: String) -> String { base + "CodeSystem/" + name }

  /// The profile of the report, which the guides name differently.
  var report: String { self == .stu2 ? "genomics-report" : "genomic-report" }

  /// HGNC's gene ids, as the value set `hgnc-vs` of each guide names their system.
  var genes: String { self == .stu2 ? "http://www.genenames.org/geneId" : "http://www.genenames.org" }
}
