import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// Profiles of the guide, read from its sources (`CGFindings.fsh`, `CGImplications.fsh`, `CGGeneral.fsh`), as rules for the components.
@Suite struct FHIRGuideTests {
  private let report = SmallReport.report

  /// Type of the value, and whether a profile lets a component stand more than once.
  private static let rules: [String: (type: String, isMany: Bool)] = [
    "48018-6": ("valueCodeableConcept", true), "48004-6": ("valueCodeableConcept", false),
    "48005-3": ("valueCodeableConcept", false), "81290-9": ("valueCodeableConcept", false),
    "51958-7": ("valueCodeableConcept", false), "62374-4": ("valueCodeableConcept", true),
    "48000-4": ("valueCodeableConcept", true), "48013-7": ("valueCodeableConcept", false),
    "81254-5": ("valueRange", false), "81301-4": ("valueRange", false), "81302-2": ("valueRange", false),
    "92822-6": ("valueCodeableConcept", false), "69547-8": ("valueString", false), "69551-0": ("valueString", false),
    "53034-5": ("valueCodeableConcept", false), "81258-6": ("valueQuantity", false),
    "82121-5": ("valueQuantity", false), "48002-0": ("valueCodeableConcept", false),
    "94186-4": ("valueCodeableConcept", false), "82309-6": ("valueCodeableConcept", false),
    "48019-4": ("valueCodeableConcept", false), "81252-9": ("valueCodeableConcept", true),
    "82155-3": ("valueQuantity", false), "variant-confidence-status": ("valueCodeableConcept", false),
    "repeat-motif": ("valueString", true), "repeat-number": ("valueQuantity", true),
    "molecular-consequence": ("valueCodeableConcept", false), "feature-consequence": ("valueCodeableConcept", true),
    "protein-ref-seq": ("valueCodeableConcept", false), "53037-8": ("valueCodeableConcept", false),
    "81259-4": ("valueCodeableConcept", true), "93044-6": ("valueCodeableConcept", true),
    "condition-inheritance": ("valueCodeableConcept", false), "conclusion-string": ("valueString", false),
    "81293-3": ("valueString", false), "region-coverage": ("valueQuantity", false),
  ]

  @Test(arguments: FHIRGuide.allCases)
  func componentsFollowTheirProfiles(guide: FHIRGuide) throws {
    let document = try FHIRDocument(report, guide: guide)
    let observations = document.of("Observation")
    #expect(observations.count > 8)
    for observation in observations {
      let categories = (observation["category"] as? [Any])?.compactMap(FHIRDocument.code)
      #expect(categories == ["laboratory", "GE"])
      var seen: [String: Int] = [:]
      for component in document.components(observation) {
        let code = try #require(FHIRDocument.code(component["code"]))
        let rule = try #require(Self.rules[code], "\(code)")
        #expect(component[rule.type] != nil, "\(code)")
        seen[code, default: 0] += 1
        #expect(rule.isMany || seen[code] == 1, "\(code)")
      }
    }
    // An implication is about something.
    for name in ["diagnostic-implication", "molecular-consequence"] {
      #expect(document.profiled(name).allSatisfy { ($0["derivedFrom"] as? [Any])?.count == 1 })
    }
  }

  @Test func aVariantIsToldWhole() throws {
    let document = try FHIRDocument(report)
    let variants = document.profiled("variant")
    // Two halves, one de novo, one on X, and a repeat.
    #expect(variants.count == 5)
    let first = variants[0]
    func text(_ code: String) -> String? { document.answer(code, in: first) }
    #expect(FHIRDocument.code(first["valueCodeableConcept"]) == "LA9633-4")
    #expect(text("48018-6") == "HGNC:6" && text("48004-6") == "NM_000001.1:c.2000G>A")
    #expect(text("48005-3") == "NP_000001.1:p.(Ala2000Thr)" && text("81290-9") == "NC_000001.11:g.2000G>A")
    #expect(text("62374-4") == "LA26806-2" && text("48000-4") == "LA21254-0" && text("48013-7") == "NC_000001.11")
    #expect(text("53034-5") == "LA6706-1" && text("94186-4") == "LA26320-4" && text("82309-6") == "LA26427-7")
    #expect(text("48019-4") == "SO:0001483" && text("81252-9") == "rs1" && text("48002-0") == "LA6683-2")
    let range = document.values("81254-5", in: first).first?["valueRange"] as? [String: [String: Int]]
    #expect(range?["low"]?["value"] == 2_000 && range?["high"]?["value"] == 2_000)
    #expect((document.values("82121-5", in: first).first?["valueQuantity"] as? [String: Any])?["value"] as? Int == 15)
    #expect(
      (document.values("81258-6", in: first).first?["valueQuantity"] as? [String: Any])?["value"] as? Double == 0.5)
    // De novo, and one copy of X.
    #expect(document.answer("94186-4", in: variants[2]) == "LA26807-0")
    #expect(document.answer("53034-5", in: variants[3]) == "LA6707-9")
    #expect(document.answer("94186-4", in: variants[3]) == nil && document.answer("82309-6", in: variants[3]) == nil)
    #expect(document.values("repeat-motif", in: variants[4]).first?["valueString"] as? String == "CAG")
    #expect(document.values("repeat-number", in: variants[4]).count == 2)
  }

  @Test func consequencesAndPhaseAreTheirOwnInTheNewerGuide() throws {
    let new = try FHIRDocument(report)
    let consequences = new.profiled("molecular-consequence")
    #expect(consequences.count == 4)
    #expect(consequences.allSatisfy { new.answer("feature-consequence", in: $0) == "SO:0001583" })
    #expect(new.profiled("variant").allSatisfy { new.values("molecular-consequence", in: $0).isEmpty })
    let phase = try #require(new.profiled("sequence-phase-relationship").first)
    #expect(FHIRDocument.code(phase["valueCodeableConcept"]) == "Trans")
    #expect((phase["derivedFrom"] as? [Any])?.count == 2 && FHIRDocument.code(phase["method"]) == "LA26427-7")
    #expect(new.of("Procedure").count == 2 && new.profiled("region-studied").isEmpty)
    #expect(new.profiled("overall-interpretation").isEmpty)

    let old = try FHIRDocument(report, guide: .stu2)
    #expect(old.profiled("molecular-consequence").isEmpty && old.of("Procedure").isEmpty)
    #expect(old.answer("molecular-consequence", in: old.profiled("variant")[0]) == "SO:0001583")
    #expect(old.profiled("genomics-report").count == 1 && old.profiled("genomic-report").isEmpty)
    #expect(FHIRDocument.code(old.profiled("overall-interpretation").first?["valueCodeableConcept"]) != nil)
    let region = try #require(old.profiled("region-studied").first)
    let words = try #require(old.values("81293-3", in: region).first?["valueString"] as? String)
    #expect(words == "panel epilepsy 1.0, 3 genes: NEWONE, PMS2, TWOHIT")
  }

  @Test(arguments: [
    (PairPhase.confirmedTrans, "Trans"), (.probableTrans, "Indeterminate"), (.unphased, "Indeterminate"),
    (.unknown, "Unknown"), (.probableCis, "Indeterminate"), (.cis, "Cis"),
  ])
  func onlyAConfirmedPhaseIsTold(phase: PairPhase, code: String) throws {
    var report = report
    report.result.candidates[0].phase = phase
    let document = try FHIRDocument(report)
    let observation = try #require(document.profiled("sequence-phase-relationship").first)
    #expect(FHIRDocument.code(observation["valueCodeableConcept"]) == code)
  }

  @Test func theStudyNamesGenesAndFiles() throws {
    let document = try FHIRDocument(report)
    let analysis = try #require(document.profiled("genomic-study-analysis").first)
    let extensions = try #require(analysis["extension"] as? [[String: Any]])
    func parts(_ name: String) -> [[String: Any]] {
      extensions.filter { $0["url"] as? String == FHIRGuide.profile("genomic-study-analysis-" + name) }
        .flatMap { $0["extension"] as? [[String: Any]] ?? [] }
    }
    let studied = parts("regions").filter { $0["url"] as? String == "studied" }
    #expect(studied.compactMap { FHIRDocument.code($0["valueCodeableConcept"]) } == ["HGNC:6", "HGNC:6", "HGNC:4"])
    #expect(
      parts("regions").first?["valueString"] as? String
        == "genes of epilepsy 1.0 (1 gene) with 1000 bases around; found by annotation alone: GHOST; coverage not assessed"
    )
    #expect(parts("input").count == 2 && parts("metrics").isEmpty)
    let files = document.profiled("genomic-data-file").compactMap { file in
      ((file["content"] as? [[String: Any]])?.first?["attachment"] as? [String: Any])
    }
    #expect(files.map { $0["title"] as? String } == ["regions.bed", "trio.vcf.gz"])
    let bed = try #require((files[0]["data"] as? String).flatMap { Data(base64Encoded: $0) })
    #expect(String(decoding: bed, as: UTF8.self) == "chr1\t0\t10000\n")
  }

  @Test func coverageSaysWhichGenesWereRead() throws {
    var read = DepthSummary()
    (read.length, read.sum, read.callable) = (100, 3_050, 97)
    func gene(_ symbol: String, _ verdict: GeneCoverage.Verdict) -> GeneCoverage {
      GeneCoverage(
        symbol: symbol, hgncID: "HGNC:9", transcript: nil, exons: [], summary: read, gaps: [], verdict: verdict)
    }
    var report = report
    report.result.coverage = [
      SampleCoverage(
        sample: "CHILD", source: .reads(minimumMappingQuality: 20, minimumBaseQuality: 21),
        genes: [gene("A", .pass), gene("B", .borderline), gene("C", .fail), gene("D", .notAssessed)], unplaced: [],
        contigs: [:])
    ]
    let analysis = try #require(try FHIRDocument(report).profiled("genomic-study-analysis").first)
    let extensions = try #require(analysis["extension"] as? [[String: Any]])
    let parts = extensions.flatMap { $0["extension"] as? [[String: Any]] ?? [] }
    func texts(_ name: String) -> [String?] {
      parts.filter { $0["url"] as? String == name }.map {
        ($0["valueCodeableConcept"] as? [String: Any])?["text"] as? String
      }
    }
    #expect(texts("called") == ["A", "B"] && texts("uncalled") == ["C", "D"])
    func quantity(_ name: String) -> Double? {
      (parts.first { $0["url"] as? String == name }?["valueQuantity"] as? [String: Any])?["value"] as? Double
    }
    #expect(quantity("read-depth") == 30.5 && quantity("sequencing-coverage") == 97)
    report.result.coverage[0].source = .referenceBlocks(minimumQuality: 20)
    let blocks = String(decoding: try FHIRDocument(report).bytes, as: UTF8.self)
    #expect(!blocks.contains("\"read-depth\"") && blocks.contains("the caller vouches"))
    let old = try FHIRDocument(report, guide: .stu2)
    let region = try #require(old.profiled("region-studied").first)
    #expect(
      (old.values("region-coverage", in: region).first?["valueQuantity"] as? [String: Any])?["value"] as? Int == 97)
  }

  /// An allele that is reported through two genes is one observation.
  @Test func anAlleleOfTwoGenesIsOneVariant() throws {
    var report = report
    var second = report.result.candidates[1]
    second.rank = 4
    second.gene = SmallReport().gene("OTHER", .autosomalDominant)
    report.result.candidates.append(second)
    let document = try FHIRDocument(report)
    let variants = document.profiled("variant")
    #expect(variants.count == 5 && document.values("48018-6", in: variants[2]).count == 2)
    #expect(document.profiled("diagnostic-implication").count == 5)
  }

  @Test func structuralVariantsHaveTheirRangesAndCopies() throws {
    let line = "chr1\t999\t.\tN\t<DEL>\t9\tPASS\tSVTYPE=DEL;END=5000;CIPOS=-10,20;CIEND=-5,5\tGT:CN\t0/0:2\t0/1:1"
    let record = StructuralRecord(line: line, samples: ["A", "B"], of: "B")
    #expect(record.startInterval == -10...20 && record.endInterval == -5...5 && record.copyNumber == 1)
    for broken in ["x", line.replacing("CIPOS=-10,20", with: "CIPOS=20,-10"), line.replacing("0/1:1", with: "0/1")] {
      let other = StructuralRecord(line: broken, samples: ["A", "B"], of: "B")
      #expect(other.startInterval == nil || other.copyNumber == nil)
    }
    var report = report
    report.result.candidates[1].variants[0].variant.allele = Allele(.chr1, 999, "N", "<DEL>", end: 5_000)
    report.result.candidates[1].variants[0].variant.origin.line = line
    report.headers[0].samples = ["DAD", "CHILD"]
    let document = try FHIRDocument(report)
    let variant = document.profiled("variant")[2]
    func ends(_ code: String) -> [Int?] {
      let range = document.values(code, in: variant).first?["valueRange"] as? [String: [String: Int]]
      return [range?["low"]?["value"], range?["high"]?["value"]]
    }
    #expect(ends("81302-2") == [1_020, 4_995] && ends("81301-4") == [990, 5_005] && ends("81254-5") == [nil, nil])
    #expect(document.answer("48019-4", in: variant) == "SO:0000159")
    #expect((document.values("82155-3", in: variant).first?["valueQuantity"] as? [String: Any])?["value"] as? Int == 1)
    #expect(document.values("69547-8", in: variant).isEmpty && document.values("69551-0", in: variant).isEmpty)
  }

  @Test(arguments: [
    ("A", "G", "SO:0001483"), ("AC", "GT", "SO:0002007"), ("A", "AT", "SO:0000667"), ("AT", "A", "SO:0000159"),
    ("AT", "GCC", "SO:1000032"), ("N", "<DUP:TANDEM>", "SO:1000173"), ("N", "<INS:ME:ALU>", "SO:0001837"),
    ("N", "<CNV>", "SO:0001019"), ("N", "N[chr2:3[", nil),
  ])
  func kindsOfChangeAreSequenceOntology(reference: String, alternate: String, code: String?) {
    #expect(FHIRCode(Allele(.chr1, 10, reference, alternate))?.code == code)
  }

  /// Each consequence term of Ensembl has an accession of its own.
  @Test func consequenceTermsHaveAccessions() {
    let accessions = (1...40).compactMap { SequenceOntologyTerm(rank: $0)?.accession }
    #expect(accessions.count == 40 && Set(accessions).count == 40 + 0)
    #expect(accessions.allSatisfy { $0.wholeMatch(of: /SO:000[12][0-9]{3}/) != nil })
    #expect(SequenceOntologyTerm("missense").accession == "SO:0001583")
    #expect(SequenceOntologyTerm("no_such_term").accession == nil)
  }

  @Test(arguments: [(0.99, "LA6704-6"), (0.4, "LA6703-8"), (nil, nil)] as [(Double?, String?)])
  func mitochondrialAllelesAreHomoplasmicOrNot(fraction: Double?, code: String?) {
    let genotype = Genotype(text: "1", state: .hemizygous, alleleFraction: fraction)
    #expect(FHIRCode(genotype, on: .mitochondrion, homoplasmy: 0.95)?.code == code)
  }
}
