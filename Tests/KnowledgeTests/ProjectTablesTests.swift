import Foundation
import Knowledge
import Model
import TestSupport
import Testing

/// The project's own tables, checked against facts that are printed elsewhere.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: Fixtures.projectPanels + "/genes/genes.tsv")))
struct ProjectTablesTests {
  /// Loaded once for all tests: a debug build takes a second for it.
  static let genes = Result { try GeneTable(directory: Fixtures.projectPanels + "/genes") }

  @Test func everyGeneIsFoundByItsOwnNames() throws {
    let genes = try Self.genes.get()
    #expect(genes.count > 19_000)
    #expect(genes.find("BRCA1").gene?.hgncID == "HGNC:1100")
    #expect(genes.find("GBA") == genes.find("GBA1").gene.map { .found($0, .previousSymbol) })
    #expect(genes.find("MLL4") == .ambiguous(["KMT2B", "KMT2D"]))
  }

  @Test(arguments: [
    // Exon counts of MANE Select: BRCA1 23, DMD 79, HBB 3, SCN1A 29, CFTR 27. Coding lengths with the stop codon.
    ("HGNC:1100", "NM_007294.4", 23, 5_592), ("HGNC:2928", "NM_004006.3", 79, 11_058),
    ("HGNC:4827", "NM_000518.5", 3, 444), ("HGNC:10585", "NM_001165963.4", 29, 6_030),
    ("HGNC:1884", "NM_000492.4", 27, 4_443),
  ])
  func transcriptsHaveTheirKnownShape(id: String, refSeq: String, exons: Int, coding: Int) throws {
    let genes = try Self.genes.get()
    for assembly in Assembly.allCases {
      let transcript = try #require(genes.transcripts(of: id, on: assembly).first)
      #expect(transcript.refSeq == refSeq)
      #expect(transcript.tag == .maneSelect)
      #expect(transcript.exons.count == exons)
      #expect(transcript.targets.reduce(0) { $0 + $1.length } == coding)
    }
  }

  @Test func findsGenesAtKnownPlaces() throws {
    let genes = try Self.genes.get()
    // rs334 (HBB), F508del (CFTR), m.3243 (MT-TL1).
    #expect(genes.genes(at: Locus(.chr11, 5_227_002), on: .grch38).map(\.symbol).contains("HBB"))
    #expect(genes.genes(at: Locus(.chr11, 5_248_232), on: .grch37).map(\.symbol).contains("HBB"))
    #expect(genes.genes(at: Locus(.chr7, 117_559_590), on: .grch38).map(\.symbol).contains("CFTR"))
    #expect(genes.genes(at: Locus(.mitochondrion, 3_243), on: .grch38).map(\.symbol) == ["MT-TL1"])
  }

  @Test func theOntologyAndTheDiseasesFit() throws {
    let ontology = try Ontology(directory: Fixtures.projectPanels + "/phenotype")
    let diseases = try DiseaseTable(directory: Fixtures.projectPanels + "/phenotype")
    let genes = try Self.genes.get()
    #expect(ontology.count > 19_000)
    #expect(ontology.descendants(of: "HP:0001250").contains("HP:0007359"))
    #expect(diseases.entries.allSatisfy { $0.terms.allSatisfy { ontology[$0]?.isObsolete == false } })
    #expect(diseases.entries.allSatisfy { $0.genes.allSatisfy { genes[$0] != nil } })
    let panel = try diseases.makePanel(for: ["HP:0001250"], name: "seizure", ontology: ontology, genes: genes)
    #expect(panel.genes.contains { $0.symbol == "SCN1A" && $0.confidence == .green && $0.mode != .unknown })
    #expect(genes.validate(panel).allSatisfy { $0.severity < .error })
  }

  @Test func theListsOfAllelesAndGenesAreRead() throws {
    let exceptions = try BenignExceptions(directory: Fixtures.projectPanels + "/data")
    // HFE p.(Cys282Tyr) on both assemblies.
    #expect(exceptions.alleles(on: .grch37).contains(Allele(.chr6, 26_093_141, "G", "A")))
    #expect(exceptions.alleles(on: .grch38).contains(Allele(.chr6, 26_092_913, "G", "A")))
    #expect(Assembly.allCases.map { exceptions.alleles(on: $0).count } == [9, 9])
    let difficult = try DifficultGene.load(directory: Fixtures.projectPanels + "/data")
    let genes = try Self.genes.get()
    #expect(difficult.allSatisfy { genes[$0.hgncID]?.symbol == $0.symbol })
    #expect(difficult.contains { $0.symbol == "SMN1" && $0.copy == "SMN2" && $0.reason == .paralogue })
  }
}
