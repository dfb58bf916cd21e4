import Foundation
import Model
import Reading
import TestSupport
import Testing

@Suite("GA4GH phenopackets")
struct PhenopacketTests {
  /// Written for these tests after the examples of the schema's documentation.
  private static let single = """
    {
      "id": "packet-1",
      "subject": {"id": "kindred 1A", "sex": "MALE",
        "timeAtLastEncounter": {"age": {"iso8601duration": "P14Y"}}},
      "phenotypicFeatures": [
        {"type": {"id": "HP:0001558", "label": "x \\u00e9 \\ud83d\\ude00 \\/"}},
        {"type": {"id": "HP:0001166"}, "excluded": true},
        {"type": {"id": "HP:0001270"}, "excluded": false},
        {"type": {"id": "NCIT:C3262"}}
      ],
      "files": [
        {"uri": "file:my%20calls.vcf.gz",
          "individualToFileIdentifiers": {"kindred 1A": "S1"},
          "fileAttributes": {"genomeAssembly": "GRCh38", "fileFormat": "VCF"}},
        {"uri": "reads.bam", "individualToFileIdentifiers": {"kindred 1A": "S1"}},
        {"uri": "notes.pdf"}
      ],
      "metaData": {"created": "2024-01-01T00:00:00Z", "resources": []}
    }
    """

  private static let family = """
    {"id": "fam", "proband": {"subject": {"id": "C", "sex": "FEMALE"},
       "phenotypic_features": [{"type": {"id": "HP:0001250"}}]},
     "relatives": [{"subject": {"id": "D"}, "phenotypicFeatures": [{"type": {"id": "HP:0001250"}}]}],
     "pedigree": {"persons": [
       {"familyId": "F", "individualId": "C", "paternalId": "D", "maternalId": "M", "sex": "FEMALE",
        "affectedStatus": "AFFECTED"},
       {"family_id": "F", "individual_id": "D", "paternal_id": "0", "sex": "MALE", "affected_status": "UNAFFECTED"},
       {"familyId": "F", "individualId": "M", "sex": "UNKNOWN_SEX", "affectedStatus": "MISSING"}]},
     "files": [{"uri": "file:a.vcf", "fileAttributes": {"genomeAssembly": "hg19"}}]}
    """

  @Test("a single packet is a case")
  func singlePacket() throws {
    let folder = try CaseFolder(["my calls.vcf.gz": "", "reads.bam": ""])
    let file = try CaseFile(bytes: Array(Self.single.utf8), path: folder.path + "/p.json")
    #expect(file.format == .phenopacket && file.age?.value == "P14Y")
    let resolved = try file.resolve()
    #expect(resolved.phenotypes.map(\.id) == ["HP:0001558", "HP:0001270"])
    #expect(resolved.excludedPhenotypes.map(\.id) == ["HP:0001166"])
    #expect(resolved.inputs.variants == [folder.path + "/my calls.vcf.gz"])
    #expect(resolved.inputs.alignments.map(\.path.value) == [folder.path + "/reads.bam"])
    #expect(
      resolved.warnings.map { $0.description.replacing(folder.path + "/", with: "") } == [
        "p.json:9:21: phenotypicFeatures[3].type.id \"NCIT:C3262\" is no HPO term and is not used",
        "p.json:16:13: files[2] is of format \"pdf\" and is not used",
      ])
    let (subject, warnings) = try resolved.subject(sampleNames: [["S1"]], assembly: .grch38)
    #expect(subject.id == "packet-1" && subject.proband == "S1")
    #expect(subject.pedigree.individuals.map(\.sex) == [.male])
    #expect(warnings.last?.hasSuffix("individual \"kindred 1A\" is sample \"S1\"") == true)
  }

  @Test("a family packet is a case with its pedigree, in JSON or YAML, in either spelling")
  func familyPacket() throws {
    let folder = try CaseFolder(["a.vcf": ""])
    for text in [Self.family, "# as YAML\n" + Self.family] {
      let file = try CaseFile(bytes: Array(text.utf8), path: folder.path + "/f.json")
      #expect(file.format == .family)
      let (subject, warnings) = try file.resolve().subject(sampleNames: [["C", "D", "M"]], assembly: nil)
      #expect(subject.assembly == .grch37 && subject.id == "fam")
      #expect(subject.pedigree.structure(around: "C") == .trio)
      #expect(subject.pedigree["M"]?.sex == .female && subject.pedigree["M"]?.status == .unknown)
      #expect(warnings.count == 2)
    }
  }

  @Test("a plain karyotype stands above the recorded sex")
  func karyotype() throws {
    let text = "{\"subject\": {\"id\": \"A\", \"sex\": \"FEMALE\", \"karyotypicSex\": \"XY\"}}"
    let file = try CaseFile(bytes: Array(text.utf8), path: "p.json")
    #expect(file.sex?.value == "male" && file.warnings.count == 1)
  }

  static let faults: [(String, String)] = [
    ("{\"subject\": {\"id\": \"A\"},}", "p.json:1:25: JSON syntax: a key in quotation marks is expected, not \"}\""),
    ("{\"subject\": {\"id\": \"A", "p.json:1:22: JSON syntax: a text has no closing quotation mark"),
    ("{\"subject\": tru}", "p.json:1:13: JSON syntax: a value is expected, not \"t\""),
    ("{\"subject\": {\"id\": \"\\ud800\"}}", "p.json:1:27: JSON syntax: half a surrogate pair"),
    ("{\"subject\": {}, \"subject\": {}}", "p.json:1:17: key \"subject\" is written twice"),
    (
      "{\"phenotypicFeatures\": [{\"type\": {}}]}",
      "p.json:1:25: `phenotypicFeatures[0].type.id` has no value; give one, or remove the key"
    ),
    ("{\"phenotypicFeatures\": {}}", "p.json:1:24: `phenotypicFeatures` is a map; write a list"),
    (
      "{\"phenotypicFeatures\": [{\"type\": {\"id\": \"HP:12345\"}}]}",
      "p.json:1:41: \"HP:12345\" is no HPO id; did you mean HP:0012345?"
    ),
    (
      "{\"phenotypicFeatures\": [{\"type\": {\"id\": \"HP:0001250\"}, \"excluded\": \"maybe\"}]}",
      "p.json:1:68: \"maybe\" is no value of `phenotypicFeatures[0].excluded`; write one of true, false"
    ),
  ]

  @Test("a fault of a packet", arguments: faults)
  func fault(text: String, expected: String) throws {
    let error = #expect(throws: CaseError.self) {
      try CaseFile(bytes: Array(text.utf8), path: "p.json").resolve(needsVariants: false)
    }
    #expect(error?.faults.count == 1 && error?.reason == .malformedInput)
    #expect(error?.description.hasPrefix(expected) == true, "\(String(describing: error))")
  }

  @Test("a packet cut at any byte never crashes")
  func cut() throws {
    for text in [Self.single, Self.family] {
      let bytes = Array(text.utf8)
      for length in 0..<bytes.count {
        #expect(throws: CaseError.self) { try CaseFile(bytes: Array(bytes.prefix(length)), path: "p.json").resolve() }
      }
    }
  }

  @Test("brackets without end are refused")
  func deep() {
    let text = "{\"subject\": " + String(repeating: "[", count: 200_000)
    let error = #expect(throws: CaseError.self) { try CaseFile(bytes: Array(text.utf8), path: "p.json") }
    #expect(error?.description == "p.json:1:77: values are nested deeper than 64; check the brackets")
  }

  @Test("published case reports are read", .enabled(if: RealData.isPresent, RealData.absence))
  func published() throws {
    let folder = try CaseFolder()
    _ = try Tool.output("tar", ["-xzf", RealData.path("phenotype/phenopacket-store.tar.gz"), "-C", folder.path])
    let walker = try #require(FileManager.default.enumerator(atPath: folder.path))
    let names = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.sorted()
    #expect(names.count > 5_000)
    var read = 0
    for name in names {
      do {
        let resolved = try CaseFile.read(path: folder.path + "/" + name).resolve(needsVariants: false)
        read += resolved.phenotypes.isEmpty && resolved.excludedPhenotypes.isEmpty ? 0 : 1
      } catch {
        // Counted below; single reports do contradict themselves.
        continue
      }
    }
    #expect(Double(read) >= 0.99 * Double(names.count), "\(read) of \(names.count)")
  }

  @Test(
    "a published exome's phenopacket is read in JSON and YAML", .enabled(if: RealData.isPresent, RealData.absence),
    arguments: ["json", "yml"])
  func exome(form: String) throws {
    let path = RealData.path("exomes/exomiser-pfeiffer/cli-test/pfeiffer-phenopacket." + form)
    let file = try CaseFile.read(path: path)
    #expect(file.format == .phenopacket && file.phenotypes.count == 6 && file.proband?.value == "manuel")
    #expect(file.sex?.value == "MALE")
  }
}
