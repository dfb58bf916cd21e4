import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// What a laboratory's template and an identified patient change of the page and the bundle, and of nothing else.
@Suite struct ImprintTests {
  static func template(_ text: (String) -> String = { $0 }) -> ReportTemplate {
    var template = ReportTemplate()
    template.laboratory = ReportTemplate.Laboratory(
      name: LocalText(text("Example Laboratory")), address: LocalText(text("1 Example Road")), phone: text("+84 24"),
      email: text("a@example.org"), accreditation: LocalText(text("ISO 15189")))
    template.logo = ReportTemplate.Logo(kind: .svg, bytes: Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8))
    template.title = LocalText(["en": text("Genome report"), "vi": text("Phiếu hệ gen")])
    template.disclaimer = LocalText(text("Not to be copied."))
    template.signatures = [
      ReportTemplate.Signature(role: LocalText(text("Director")), name: text("Dr. A. Berg")),
      ReportTemplate.Signature(role: LocalText(text("Analyst"))),
    ]
    template.sections = [.methods, .glossary, .nearMisses]
    return template
  }

  static func patient(_ text: (String) -> String = { $0 }) -> Demographics {
    Demographics(
      name: Demographics.Name(whole: text("Nguyễn Thị Mẫu"), family: text("Nguyễn"), given: text("Thị Mẫu")),
      birthDate: "2025-04-30", hospitalNumber: text("BN-000123"), insuranceNumber: text("TE1010"),
      address: text("2 Example Street"), clinician: text("Dr. B. Example"),
      sample: Demographics.Sample(
        id: text("S-77"), kind: text("EDTA blood"), collected: "2026-02-01", received: "2026-02-03"),
      reportID: text("R-2026-0017"))
  }

  private static let issued = Instant("2026-03-01T09:30:00+07:00")

  private func writer(_ language: Language = .english, patient: Demographics? = nil) -> ReportWriter {
    ReportWriter(
      report: SmallReport.report, language: language, exchange: Exchange(fhir: .stu3, phenopacket: true),
      imprint: Imprint(template: Self.template(), patient: patient))
  }

  private func html(_ writer: ReportWriter) throws -> String { String(decoding: try writer.html(), as: UTF8.self) }

  /// Headings of sections in their order.
  private func sections(_ page: String) -> [String] {
    page.matches(of: /<h2 id="([a-z-]+)">/).map { String($0.1) }.filter { $0 != "result" && $0 != "review" }
  }

  @Test func everyLanguageOfAPageIsOneOfATemplate() {
    #expect(LocalText.languages == Language.allCases.map(\.rawValue))
  }

  @Test func sectionsComeInTheLaboratorysOrderAndNoneIsLost() throws {
    let report = SmallReport.report
    let usual = sections(try html(ReportWriter(report: report)))
    let own = sections(
      try html(ReportWriter(report: report, imprint: Imprint(template: Self.template()))))
    #expect(usual == ["candidates", "near-misses", "repeats", "funnel", "quality", "scope", "methods", "glossary"])
    #expect(own == ["methods", "glossary", "near-misses", "candidates", "repeats", "funnel", "quality", "scope"])
  }

  @Test func firstPageNamesLaboratoryAndWhoSigns() throws {
    let page = try html(writer())
    let first = page[..<(page.range(of: "id=\"methods\"")?.lowerBound ?? page.endIndex)]
    for text in [
      "<h1>Genome report</h1>", "<strong>Example Laboratory</strong>", "1 Example Road · Phone +84 24 · a@example.org",
      "Accreditation: ISO 15189", "<td>Dr. A. Berg</td><td>Director</td>", "<td>&nbsp;</td><td>Analyst</td>",
      "<p class=\"disclaimer\">Not to be copied.</p>", "<img src=\"data:image/svg+xml;base64,",
    ] { #expect(first.contains(text), "\(text)") }
    #expect(!first.contains("Clinical geneticist") && !first.contains("Date of birth"))
    #expect(try html(writer(.vietnamese)).contains("<h1>Phiếu hệ gen</h1>"))
  }

  @Test func identifiedPageTellsThePatientInTheLanguagesForm() throws {
    let report = SmallReport.report
    func page(_ language: Language) throws -> String {
      try html(
        ReportWriter(
          report: report, language: language, exchange: Exchange(issued: Self.issued),
          imprint: Imprint(patient: Self.patient())))
    }
    for (language, texts) in [
      (
        Language.english,
        [
          "<strong>Nguyễn Thị Mẫu</strong>", "<dt>Date of birth</dt><dd>2025-04-30</dd>", "BN-000123", "TE1010",
          "2 Example Street", "<dd>EDTA blood, S-77</dd>", "<dt>Collected</dt><dd>2026-02-01</dd>",
          "<dt>Received</dt><dd>2026-02-03</dd>", "<dt>Referring clinician</dt><dd>Dr. B. Example</dd>",
          "report <bdi>R-2026-0017</bdi> · issued 2026-03-01", "\"R\\2d 2026\\2d 0017\\20 \\2d \\20 DEMO",
        ]
      ),
      (
        .vietnamese,
        ["<dt>Ngày sinh</dt><dd>30/04/2025</dd>", "phiếu số <bdi>R-2026-0017</bdi> · ngày trả kết quả 01/03/2026"]
      ),
    ] {
      let page = try page(language)
      let first = page[..<(page.range(of: "id=\"candidates\"")?.lowerBound ?? page.endIndex)]
      for text in texts { #expect(first.contains(text), "\(text)") }
    }
  }

  @Test func bundleNamesLaboratoryPatientAndClinician() throws {
    let files = try writer(patient: Self.patient()).files()
    let bytes = try #require(files.first { $0.name == "fhir.json" }).bytes
    if ExchangeChecker.hasFHIR { #expect(try ExchangeChecker.faults(ofBundle: bytes) == "") }
    let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let resources = try #require(document["entry"] as? [[String: Any]]).compactMap { $0["resource"] as? [String: Any] }
    func resource(_ type: String) throws -> [String: Any] {
      try #require(resources.first { $0["resourceType"] as? String == type })
    }
    let patient = try resource("Patient")
    let name = try #require((patient["name"] as? [[String: Any]])?.first)
    #expect(name["text"] as? String == "Nguyễn Thị Mẫu" && name["family"] as? String == "Nguyễn")
    #expect(patient["birthDate"] as? String == "2025-04-30")
    let numbers = (patient["identifier"] as? [[String: Any]])?.map { $0["value"] as? String }
    #expect(numbers == ["CHILD", "BN-000123", "TE1010"])
    let specimen = try resource("Specimen")
    #expect(specimen["receivedTime"] as? String == "2026-02-03")
    #expect((specimen["collection"] as? [String: Any])?["collectedDateTime"] as? String == "2026-02-01")
    let laboratory = try resource("Organization")
    #expect(laboratory["name"] as? String == "Example Laboratory")
    #expect((laboratory["telecom"] as? [Any])?.count == 2)
    #expect((try resource("Practitioner")["name"] as? [[String: Any]])?.first?["text"] as? String == "Dr. B. Example")
    let report = try resource("DiagnosticReport")
    #expect((report["identifier"] as? [[String: Any]])?.last?["value"] as? String == "R-2026-0017")
  }

  /// The page and the bundle, which holds the page, tell who the patient is; no other file changes by a byte.
  @Test func nothingElseNamesThePatient() throws {
    let plain = try writer().files()
    let named = try writer(patient: Self.patient()).files()
    #expect(plain.map(\.name) == named.map(\.name) && plain.count == 9)
    let changed = zip(plain, named).filter { $0.bytes != $1.bytes }.map(\.0.name)
    #expect(changed == ["report.html", "fhir.json"])
  }
}
