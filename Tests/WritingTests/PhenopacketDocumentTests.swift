import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// The case and its candidates as a phenopacket.
@Suite struct PhenopacketDocumentTests {
  private let report = SmallReport.report

  private func parsed(_ report: Report, issued: String? = nil) throws -> [String: Any] {
    let document = PhenopacketDocument(report: report, issued: issued.flatMap(Instant.init)).document
    return try #require(try JSONSerialization.jsonObject(with: Data(document.encoded)) as? [String: Any])
  }

  /// Below keys, and numbers for places in lists.
  private func at(_ value: Any?, _ path: Any...) -> Any? {
    path.reduce(value) { value, step in
      if let place = step as? Int { return (value as? [Any]).flatMap { $0.indices.contains(place) ? $0[place] : nil } }
      return (step as? String).flatMap { (value as? [String: Any])?[$0] }
    }
  }

  @Test(.enabled(if: ExchangeChecker.hasPhenopackets, "\(ExchangeChecker.phenopacketsAbsence)"))
  func schemaReadsIt() throws {
    var single = report
    single.subject.pedigree = Pedigree([single.subject.pedigree.individuals[0]])
    single.subject.onset = .infantile
    var hostile = SmallReport(text: { $0 + "\"\u{202E}\n<" }).report()
    hostile.subject.onset = .late
    for report in [report, single, hostile, SmallReport.negative] {
      for issued in [nil, "2026-03-01T09:30:00+07:00"] {
        let packet = PhenopacketDocument(report: report, issued: issued.flatMap(Instant.init)).document.encoded
        #expect(try ExchangeChecker.faults(ofPhenopacket: packet) == "")
      }
    }
    let broken = String(decoding: PhenopacketDocument(report: report, issued: nil).document.encoded, as: UTF8.self)
      .replacing("\"CANDIDATE\"", with: "\"CERTAIN\"")
    #expect(try ExchangeChecker.faults(ofPhenopacket: Array(broken.utf8)).contains("CERTAIN"))
  }

  @Test func aFamilyHasItsPedigreeAndOneAloneHasNone() throws {
    let family = try parsed(report)
    let persons = try #require(at(family, "pedigree", "persons") as? [[String: String]])
    #expect(persons.map { $0["individualId"] } == ["CHILD", "DAD", "MUM"])
    #expect(persons[0]["paternalId"] == "DAD" && persons[0]["affectedStatus"] == "AFFECTED")
    #expect(persons[1]["paternalId"] == nil && persons[2]["sex"] == "FEMALE" && persons[2]["familyId"] == "F")
    #expect(at(family, "proband", "subject", "sex") as? String == "MALE")
    #expect(at(family, "proband", "phenotypicFeatures", 0, "type", "id") as? String == "HP:0001250")
    #expect(at(family, "proband", "phenotypicFeatures", 2, "excluded") as? Bool == true)
    #expect(at(family, "files", 0, "uri") as? String == "trio.vcf.gz")
    #expect(at(family, "files", 0, "fileAttributes", "genomeAssembly") as? String == "GRCh38")
    #expect(
      (at(family, "files", 0, "individualToFileIdentifiers") as? [String: String]) == [
        "CHILD": "CHILD", "DAD": "DAD", "MUM": "MUM",
      ])
    var single = report
    single.subject.pedigree = Pedigree([single.subject.pedigree.individuals[0]])
    let packet = try parsed(single)
    #expect(packet["pedigree"] == nil && packet["proband"] == nil && at(packet, "subject", "id") as? String == "CHILD")
    #expect(at(packet, "files", 0, "uri") as? String == "trio.vcf.gz")
  }

  @Test func candidatesAreInterpretationsAndNoDiagnosis() throws {
    let interpretations = try #require(at(try parsed(report), "proband", "interpretations") as? [[String: Any]])
    #expect(interpretations.map { $0["progressStatus"] as? String } == ["IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS"])
    let findings = try #require(at(interpretations[0], "diagnosis", "genomicInterpretations") as? [[String: Any]])
    #expect(findings.count == 2 && at(interpretations[0], "diagnosis", "disease", "id") as? String == "OMIM:100001")
    #expect(findings.allSatisfy { $0["interpretationStatus"] as? String == "CANDIDATE" })
    let variant = at(findings[0], "variantInterpretation")
    #expect(at(variant, "acmgPathogenicityClassification") as? String == "NOT_PROVIDED")
    let descriptor = at(variant, "variationDescriptor")
    #expect(
      at(descriptor, "vcfRecord", "pos") as? Int == 2_000 && at(descriptor, "vcfRecord", "chrom") as? String == "chr1")
    #expect(at(descriptor, "allelicState", "id") as? String == "GENO:0000135")
    #expect(at(descriptor, "geneContext", "valueId") as? String == "HGNC:6")
    #expect(at(descriptor, "expressions", 1, "value") as? String == "NP_000001.1:p.(Ala2000Thr)")
    #expect(at(descriptor, "xrefs", 0) as? String == "dbSNP:rs1")
    #expect(
      (at(descriptor, "extensions", 0, "value") as? String)?.hasSuffix("human criteria pending)") == true)
  }

  @Test(
    arguments: [
      (VariantClass.likelyPathogenic, nil, "LIKELY_PATHOGENIC", "CANDIDATE", "IN_PROGRESS"),
      (.uncertain, "2026-03-01T09:30:00Z", "UNCERTAIN_SIGNIFICANCE", "CANDIDATE", "COMPLETED"),
      (.benign, "2026-03-01T09:30:00Z", "BENIGN", "REJECTED", "COMPLETED"),
    ] as [(VariantClass, String?, String, String, String)])
  func aHumansClassIsToldAsSuch(
    value: VariantClass, signed: String?, word: String, status: String, progress: String
  ) throws {
    var report = report
    report.result.candidates[1].variants[0].evidence.given = GivenClass(
      value, reviewer: "A", signed: signed.flatMap(Instant.init))
    let interpretation = at(try parsed(report), "proband", "interpretations", 1)
    let finding = at(interpretation, "diagnosis", "genomicInterpretations", 0)
    #expect(at(finding, "variantInterpretation", "acmgPathogenicityClassification") as? String == word)
    #expect(at(finding, "interpretationStatus") as? String == status)
    #expect(at(interpretation, "progressStatus") as? String == progress)
  }

  @Test func metaDataNamesItsOntologies() throws {
    var report = report
    report.provenance.phenotypeRelease = "2025-01-16"
    let meta = at(try parsed(report, issued: "2026-03-01T09:30:00Z"), "metaData")
    #expect(at(meta, "created") as? String == "2026-03-01T09:30:00Z")
    #expect(at(meta, "phenopacketSchemaVersion") as? String == "2.0")
    let resources = try #require(at(meta, "resources") as? [[String: String]])
    let versions = Dictionary(resources.map { ($0["namespacePrefix"] ?? "", $0["version"] ?? "") }) { first, _ in first
    }
    #expect(
      versions == ["HP": "2025-01-16", "GENO": "unknown", "MONDO": "unknown", "OMIM": "unknown", "HGNC": "unknown"])
    #expect(at(try parsed(report), "metaData", "created") == nil)
  }

  @Test func filesHaveNoFoldersAndReadsTheirMember() throws {
    var report = report
    report.provenance.inputs = [
      Provenance.InputFile(role: "variants", name: "my calls.bcf", bytes: 5, digest: "ab", samples: ["CHILD", "X"]),
      Provenance.InputFile(role: "variants", name: "standard input", bytes: 0, digest: ""),
      Provenance.InputFile(role: "alignment", name: "a.cram", bytes: 5, digest: "", samples: ["S"], member: "MUM"),
      Provenance.InputFile(role: "panel", name: "p.tsv", bytes: 5, digest: "ab"),
    ]
    let files = try #require(at(try parsed(report), "files") as? [[String: Any]])
    #expect(files.map { $0["uri"] as? String } == ["file:my%20calls.bcf", "a.cram"])
    #expect(at(files[0], "individualToFileIdentifiers") as? [String: String] == ["CHILD": "CHILD"])
    #expect(at(files[1], "individualToFileIdentifiers") as? [String: String] == ["MUM": "MUM"])
    #expect(at(files[0], "fileAttributes", "fileFormat") as? String == "BCF")
  }
}
