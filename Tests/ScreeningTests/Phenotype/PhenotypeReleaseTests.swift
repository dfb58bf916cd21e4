import Knowledge
import Model
import TestSupport
import Testing

@Suite struct PhenotypeReleaseTests {
  private func table(_ name: String, _ release: PhenotypeRelease) throws -> [[String]] {
    let bytes = try #require(try release.tables().files.first { $0.name == name }?.bytes)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test func keepsTheFactsOfEachFile() throws {
    let release = try SmallHPO.release()
    #expect(
      try table("terms.tsv", release).contains(["HP:0001250", "Seizure", "HP:0000707", ".", ".", ".", "false", "Fits"]))
    let diseases = try table("diseases.tsv", release)
    #expect(diseases.contains(["OMIM:1", "Seizure disease", "AD", "HGNC:10585", "HP:0003593", "."]))
    #expect(diseases.contains(["OMIM:2", "Delay disease", "XLR", "HGNC:11411", ".", "."]))
    #expect(diseases.contains(["OMIM:3", "Heart disease", "unknown", ".", ".", "ORPHA:9"]))
    let features = try table("annotations.tsv", release)
    #expect(features.contains(["OMIM:1", "PMID:12", "0001263=2/40|!0001644"]))
    #expect(features.contains(["OMIM:3", "OMIM:3", "0001644=V|0001250=0/7"]))
    #expect(try release.tables().version == "2025-01-16")
  }

  @Test func namesWhatItCouldNotUse() throws {
    let remarks = try SmallHPO.release().tables().remarks
    #expect(remarks.contains("1 gene symbols are not HGNC's: NOSUCHGENE"))
    #expect(remarks.contains("3 diseases are ranked; 1 are groups of diseases of OMIM, and 0 have no feature"))
  }

  @Test func readsTheLayoutsBefore2023() throws {
    let annotations = SmallHPO.annotations
      .replacing("database_id\tdisease_name\tqualifier", with: "#DatabaseID\tDiseaseName\tQualifier")
      .replacing("#version: ", with: "#date: ")
    let genes = """
      #Format: entrez-gene-id<tab>entrez-gene-symbol<tab>HPO-Term-ID<tab>HPO-Term-Name<tab>Frequency-Raw<tab>Frequency-HPO<tab>Additional Info from G-D source<tab>G-D source<tab>disease-ID for link
      1\tSCN1A\tHP:0001250\tSeizure\t\t\t-\tmim2gene\tOMIM:1
      """
    let release = try SmallHPO.release(annotations: annotations, genes: genes)
    #expect(
      try table("diseases.tsv", release).contains(["OMIM:1", "Seizure disease", "AD", "HGNC:10585", "HP:0003593", "."]))
    #expect(PhenotypeRelease.Kind(firstLines: [String(genes.prefix { $0 != "\n" })]) == .geneLinks)
  }

  @Test(arguments: [
    ("format-version: 1.2", PhenotypeRelease.Kind.ontology), ("database_id\tdisease_name", .annotations),
    ("#DatabaseID\tDiseaseName", .annotations), ("ncbi_gene_id\tgene_symbol", .geneLinks),
    ("subject_id\tsubject_label", .equivalences),
  ])
  func tellsFilesByTheirContent(line: String, kind: PhenotypeRelease.Kind) {
    #expect(PhenotypeRelease.Kind(firstLines: [line]) == kind)
  }

  @Test func anotherFileIsNone() {
    #expect(PhenotypeRelease.Kind(firstLines: ["##fileformat=VCFv4.2", "gene\tscore"]) == nil)
  }

  @Test func aMissingOrEmptyFileIsAnError() throws {
    var release = PhenotypeRelease(genes: try GeneTable(directory: Checkout.fixture("panels/genes")))
    #expect(throws: KnowledgeError(.phenotypes(.missingFile("the ontology (hp.obo)")))) { try release.tables() }
    release.add("format-version: 1.2", of: .ontology)
    release.add("#x", of: .annotations)
    release.add("ncbi_gene_id\tgene_symbol\tdisease_id", of: .geneLinks)
    #expect(throws: KnowledgeError(.phenotypes(.nothingFound("term")))) { try release.tables() }
  }

  @Test func aTermBroaderThanItselfIsAnError() throws {
    let circle = SmallHPO.ontology.replacing(
      "is_a: HP:0000707 ! Abnormality of the nervous system\n\n[Term]\nid: HP:0007359",
      with: "is_a: HP:0000707 ! Abnormality of the nervous system\nis_a: HP:0011153\n\n[Term]\nid: HP:0007359")
    let release = try SmallHPO.release(ontology: circle)
    #expect(throws: KnowledgeError.self) { try release.tables() }
  }

  @Test func tablesOfTwoReleasesAreRefused() throws {
    let folder = try TemporaryFolder()
    for (name, bytes) in try SmallHPO.release().tables().files {
      let text = String(decoding: bytes, as: UTF8.self)
      try folder.write(name, name == "annotations.tsv" ? text.replacing("2025-01-16", with: "2024-01-01") : text)
    }
    let error = try #require(throws: KnowledgeError.self) { try PhenotypeIndex(directory: folder.path, for: .unknown) }
    #expect(error.reason == .phenotypes(.mixedReleases("2025-01-16", "2024-01-01")))
  }

  @Test func filesOfTwoReleasesAreRefused() throws {
    let older = SmallHPO.annotations.replacing("#version: 2025-01-16", with: "#version: 2020-01-01")
    #expect(throws: KnowledgeError(.phenotypes(.mixedReleases("hp.obo 2025-01-16", "phenotype.hpoa 2020-01-01")))) {
      try SmallHPO.release(annotations: older).tables()
    }
  }

  @Test(arguments: ["5/0", "7/3", "200%", "-1", "99999999999999999999/1", "NaN", "2147483647/2147483647"])
  func frequenciesThatSayNothingAreNamed(cell: String) throws {
    let odd = SmallHPO.annotations.replacing("38/40", with: cell)
    let tables = try SmallHPO.release(annotations: odd).tables()
    #expect(tables.remarks.contains { $0.hasSuffix("such as \(cell)") }, "\(tables.remarks)")
  }

  @Test(arguments: ["annotations.tsv", "terms.tsv", "diseases.tsv", "neighbours.tsv"])
  func aTableCutAnywhereNearItsEndIsRefused(name: String) throws {
    for lost in [1, 3, 40] {
      let folder = try TemporaryFolder()
      for (file, bytes) in try SmallHPO.release().tables().files {
        _ = try folder.file(file, file == name ? bytes.dropLast(lost) : bytes[...])
      }
      #expect(throws: KnowledgeError.self) { try PhenotypeIndex(directory: folder.path, for: .unknown) }
    }
  }
}
