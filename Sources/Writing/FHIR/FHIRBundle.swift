internal import Model

/// `fhir.json`: the report as a collection of FHIR R4 resources after the Genomics Reporting guide.
///
/// A draft says so by its status: the report is final once every reported variant has a class that a reviewer signed. The only time
/// in it is the one that is given, and ids are made of content, so that the same inputs give the same bytes. It names files and
/// samples, never folders, and of people only those who signed, unless the report is an identified one.
struct FHIRBundle {
  let report: Report
  let guide: FHIRGuide
  /// When the report was issued; left out where nobody says.
  let issued: Instant?
  let language: Language
  var imprint = Imprint()
  /// The rendered report.
  let page: [UInt8]

  private var isFinal: Bool { report.isFinal }

  var document: JSONValue {
    let parties = FHIRParties(report, isFinal: isFinal, imprint: imprint, language: language)
    let procedures = guide == .stu3 ? FHIRStudy(report: report, parties: parties).procedures() : []
    let common = FHIRObservations(
      report: report, guide: guide, parties: parties, study: procedures.first, issued: issued, isFinal: isFinal)
    let variants = FHIRVariants(common)
    let implications = FHIRImplications(common, variants)
    let results =
      older(common) + variants.resources + FHIRRepeats(common: common).resources
      + report.result.candidates.sorted { $0.rank < $1.rank }.flatMap(implications.resources)
    let signers = signers
    let rest =
      [parties.patient, parties.specimen, parties.laboratory, parties.device]
      + [parties.clinician, parties.request].compactMap { $0 }
    let main = diagnosticReport(parties, results: results, signers: signers, study: procedures.first)
    return bundle([main] + rest + signers + procedures + results)
  }

  /// Entries in their order, each once.
  private func bundle(_ resources: [FHIRResource]) -> JSONValue {
    var seen: Set<String> = []
    let entries = resources.filter { seen.insert($0.id).inserted }
    let name = UniqueName.uuid(of: Array(entries.map(\.id).joined().utf8))
    return .present([
      ("resourceType", .string("Bundle")), ("id", .string(name)),
      (
        "identifier",
        .object(["system": .string(FHIRCode.System.uri), "value": .string("urn:uuid:" + name)])
      ),
      ("type", .string("collection")), ("timestamp", issued.map { .string("\($0)") }),
      ("entry", .array(entries.map(\.entry))),
    ])
  }

  /// What only the older guide has as observations: the overall answer and the regions studied.
  private func older(_ common: FHIRObservations) -> [FHIRResource] {
    guard guide == .stu2 else { return [] }
    let overall = common.observation(
      "overall-interpretation", .overall, value: FHIRCode(Conclusion(report).kind), components: [])
    return [overall] + FHIRStudy.regionsStudied(common)
  }

  /// Those who signed a class; of a draft nobody.
  private var signers: [FHIRResource] {
    guard isFinal else { return [] }
    let names = report.result.candidates.flatMap(\.variants).compactMap { $0.evidence.given?.reviewer }
    return distinct(names).map { name in
      FHIRResource("Practitioner", [("name", .array([.present([("text", .words(name))])]))])
    }
  }

  private func diagnosticReport(
    _ parties: FHIRParties, results: [FHIRResource], signers: [FHIRResource], study: FHIRResource?
  ) -> FHIRResource {
    let conclusion = Conclusion(report)
    let phrases = Phrases(language)
    let sentences =
      [
        ReportPage(report: report, phrases: phrases).sentence(conclusion)
      ] + conclusion.caveats.map { phrases($0) }
    let reference = study.map {
      FHIRValue.extension("genomic-study-reference", "valueReference", $0.reference)
    }
    return FHIRResource(
      "DiagnosticReport", profile: guide.report,
      [
        ("language", .string(language.rawValue)), ("extension", .array([reference ?? nil].compactMap { $0 })),
        ("identifier", .array(identifiers)),
        ("basedOn", .array([parties.request.reference])),
        ("status", .string(isFinal ? "final" : "preliminary")), ("category", .array([FHIRCode.genetics.concept])),
        ("code", FHIRCode.report.concept), ("subject", parties.patient.reference),
        ("issued", issued.map { .string("\($0)") }), ("performer", .array([parties.laboratory.reference])),
        ("resultsInterpreter", .array(signers.map(\.reference))), ("specimen", .array([parties.specimen.reference])),
        ("result", .array(results.map(\.reference))), ("conclusion", .words(sentences.joined(separator: " "))),
        ("conclusionCode", .array([FHIRCode(conclusion.kind).concept])),
        ("presentedForm", .array([attachment])),
      ])
  }

  private var identifiers: [JSONValue] {
    [
      FHIRValue.identifier(report.subject.id, kind: "case"),
      imprint.patient?.reportID.map { FHIRValue.identifier($0, kind: "report") },
    ].compactMap { $0 }
  }

  private var attachment: JSONValue {
    .present([
      ("contentType", .string("text/html")), ("language", .string(language.rawValue)),
      ("data", FHIRValue.base64(page)), ("size", .integer(page.count)), ("hash", .string(UniqueName.hash(of: page))),
      ("title", .string("report.html")),
    ])
  }
}
