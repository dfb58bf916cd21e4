import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// The bundle against the rules of the Genomics Reporting guide, and against models of FHIR.
@Suite struct FHIRTests {
  private let report = SmallReport.report

  /// The report with a class for every reported variant.
  private func classified(_ value: VariantClass, signed: String? = nil) -> Report {
    var report = report
    for place in report.result.candidates.indices {
      for half in report.result.candidates[place].variants.indices {
        report.result.candidates[place].variants[half].evidence.given = GivenClass(
          value, reviewer: "A. Berg", date: "2026-03-01", signed: signed.flatMap(Instant.init))
      }
    }
    return report
  }

  @Test(.enabled(if: ExchangeChecker.hasFHIR, "\(ExchangeChecker.fhirAbsence)"), arguments: FHIRGuide.allCases)
  func modelsOfFHIRReadIt(guide: FHIRGuide) throws {
    let reports = [
      report, SmallReport.negative, classified(.likelyPathogenic, signed: "2026-03-01T09:30:00+07:00"),
      classified(.benign),
    ]
    for report in reports {
      for issued in [nil, "2026-03-01T09:30:00+07:00"] {
        let document = try FHIRDocument(report, guide: guide, issued: issued)
        #expect(try ExchangeChecker.faults(ofBundle: document.bytes) == "")
      }
    }
    let text = String(decoding: try FHIRDocument(report).bytes, as: UTF8.self)
    let broken = text.replacing("\"intent\": \"order\",", with: "")
    #expect(try ExchangeChecker.faults(ofBundle: Array(broken.utf8)).contains("intent"))
  }

  @Test(
    .enabled(if: ExchangeChecker.hasFHIR, "\(ExchangeChecker.fhirAbsence)"),
    arguments: HostileTextTests.attacks)
  func hostileTextStaysText(attack: String) throws {
    let document = try FHIRDocument(SmallReport(text: { $0 + attack }).report())
    #expect(try ExchangeChecker.faults(ofBundle: document.bytes) == "")
  }

  @Test(arguments: FHIRGuide.allCases)
  func everyReferenceHasItsEntryAndNothingIsHollow(guide: FHIRGuide) throws {
    for report in [report, SmallReport.negative] {
      let document = try FHIRDocument(report, guide: guide)
      let ids = document.resources.compactMap { $0["id"] as? String }
      #expect(Set(ids).count == ids.count && ids.count == document.resources.count)
      #expect(
        ids.allSatisfy {
          $0.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil
        })
      let references = document.objects().compactMap { $0["reference"] as? String }
      #expect(references.count > 10 && Set(references).isSubset(of: ids.map { "urn:uuid:" + $0 }))
      #expect(document.hollow() == 0)
      #expect(document.bundle["type"] as? String == "collection")
    }
  }

  /// As RFC 9562 has it, told by another program.
  @Test func idsAreNamesOfVersion5() throws {
    // python3 -c 'import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, "rarescreen:abc"))'
    #expect(UniqueName.uuid(of: Array("abc".utf8)) == "8aac26b0-75b5-59d2-8497-aa6fa8623ef9")
    #expect(UniqueName.hash(of: Array("abc".utf8)) == "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")
  }

  @Test func theSameFindingsHaveTheSameIDs() throws {
    let first = try FHIRDocument(report, issued: "2026-03-01T09:30:00Z")
    #expect(try FHIRDocument(report, issued: "2026-03-01T09:30:00Z").bytes == first.bytes)
    let later = try FHIRDocument(report, issued: "2026-03-02T09:30:00Z")
    for type in ["Patient", "Device", "ServiceRequest", "Procedure"] {
      #expect(first.of(type).map { $0["id"] as? String } == later.of(type).map { $0["id"] as? String })
    }
    #expect(first.bundle["id"] as? String != later.bundle["id"] as? String)
  }

  @Test(arguments: FHIRGuide.allCases)
  func withoutATimeThereIsNone(guide: FHIRGuide) throws {
    let document = try FHIRDocument(report, guide: guide)
    let keys = Set(document.objects().flatMap(\.keys))
    #expect(
      keys.isDisjoint(with: ["issued", "timestamp", "time", "performedDateTime", "effectiveDateTime", "lastUpdated"]))
    let timed = try FHIRDocument(report, guide: guide, issued: "2026-03-01T09:30:00Z")
    #expect(timed.bundle["timestamp"] as? String == "2026-03-01T09:30:00Z")
  }

  /// LOINC's own check digit, as its users' guide tells it, counts the letters of answers too.
  @Test func codesOfLOINCHaveTheirCheckDigit() throws {
    var codes: Set<String> = []
    for report in [report, classified(.uncertain), SmallReport.negative] {
      for guide in FHIRGuide.allCases {
        let codings = try FHIRDocument(report, guide: guide).objects().filter {
          $0["system"] as? String == "http://loinc.org"
        }
        codes.formUnion(codings.compactMap { $0["code"] as? String })
      }
    }
    codes.formUnion(Contig.allCases.compactMap { FHIRCode($0)?.code })
    codes.formUnion(VariantClass.allCases.map { FHIRCode($0).code })
    codes.formUnion(Conclusion.Kind.allCases.map { FHIRCode($0).code })
    codes.formUnion([ParentOfOrigin.mother, .father, .both, .deNovo].compactMap { FHIRCode($0)?.code })
    codes.formUnion(
      [FHIRCode.outerRange, .innerRange, .copyNumber, .noCall, .absent, .indeterminate, .measured].map(\.code))
    #expect(codes.count > 60)
    for code in codes {
      let parts = code.split(separator: "-")
      let sum = parts[0].utf8.reversed().enumerated().reduce(0) { sum, digit in
        let value = Int(digit.element) - 48
        let doubled = digit.offset.isMultiple(of: 2) ? value * 2 : value
        return sum + (digit.offset.isMultiple(of: 2) && doubled > 9 ? doubled / 10 + doubled % 10 : doubled)
      }
      #expect(parts.count == 2 && Int(parts[1]) == (10 - sum % 10) % 10, "\(code)")
    }
    #expect(FHIRCode(Contig.mitochondrion) == nil)
  }

  @Test func theReportIsPreliminaryUntilEveryClassIsSigned() throws {
    for (report, status) in [
      (report, "preliminary"), (classified(.pathogenic), "preliminary"), (SmallReport.negative, "preliminary"),
      (classified(.pathogenic, signed: "2026-03-01T09:30:00Z"), "final"),
    ] {
      let document = try FHIRDocument(report)
      let main = try #require(document.profiled("genomic-report").first)
      #expect(main["status"] as? String == status)
      #expect(FHIRDocument.code(main["code"]) == "51969-4")
      #expect((main["category"] as? [Any])?.map(FHIRDocument.code) == ["GE"])
      let results = (main["result"] as? [[String: Any]])?.count ?? 0
      #expect(results == document.of("Observation").count)
      let interpreters = (main["resultsInterpreter"] as? [Any])?.count ?? 0
      #expect(interpreters == (status == "final" ? 1 : 0) && document.of("Practitioner").count == interpreters)
    }
    var half = classified(.pathogenic, signed: "2026-03-01T09:30:00Z")
    half.result.candidates[2].variants[0].evidence.given = nil
    let document = try FHIRDocument(half)
    #expect(document.profiled("genomic-report").first?["status"] as? String == "preliminary")
    #expect(
      Set(document.profiled("diagnostic-implication").compactMap { $0["status"] as? String }) == [
        "final", "preliminary",
      ])
  }

  @Test(arguments: FHIRGuide.allCases)
  func significanceIsAHumansAlone(guide: FHIRGuide) throws {
    let plain = try FHIRDocument(report, guide: guide)
    let implications = plain.profiled("diagnostic-implication")
    #expect(implications.count == 4)
    for implication in implications {
      #expect(plain.values("53037-8", in: implication).isEmpty)
      let notes = (implication["note"] as? [[String: Any]])?.compactMap { $0["text"] as? String } ?? []
      #expect(notes.count == 1 && notes[0].hasPrefix("automated points: "))
      #expect(implication["valueCodeableConcept"] == nil)
    }
    let given = try FHIRDocument(classified(.likelyPathogenic), guide: guide)
    for implication in given.profiled("diagnostic-implication") {
      #expect(given.answer("53037-8", in: implication) == "LA26332-9")
      let note = try #require((implication["note"] as? [[String: Any]])?.first)
      #expect(note["authorString"] as? String == "A. Berg" && note["time"] as? String == "2026-03-01")
    }
  }

  @Test func pagesBytesAreInTheReport() throws {
    let document = try FHIRDocument(report, page: "<p>é</p>")
    let form = try #require((document.profiled("genomic-report").first?["presentedForm"] as? [[String: Any]])?.first)
    let data = try #require((form["data"] as? String).flatMap { Data(base64Encoded: $0) })
    #expect(String(decoding: data, as: UTF8.self) == "<p>é</p>" && form["size"] as? Int == data.count)
  }
}
