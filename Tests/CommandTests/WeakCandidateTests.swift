import Foundation
import TestSupport
import Testing

/// CLN8 and CLN6 of the demonstration: homozygous alleles of which little or nothing speaks for a disease.
@Suite("Candidates with few points")
struct WeakCandidateTests {
  private func genes(_ arguments: [String]) throws -> (ranked: [String], weak: [String: String]) {
    let folder = try TemporaryFolder()
    let run = try Demonstration.screen(into: folder, arguments)
    #expect(run.status == 0, "\(run.stderr)")
    let document = try Document(folder.bytes("out/candidates.json"))
    let misses = (document["near_misses"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String == "weak_evidence" }
    let weak = misses.map { miss in
      (
        (miss["gene"] as? [String: Any])?["symbol"] as? String ?? "",
        (miss["decision"] as? [String: Any])?["value"] as? String ?? ""
      )
    }
    return (
      Rows(try folder.text("out/genes.tsv")).column("gene"), Dictionary(weak, uniquingKeysWith: { first, _ in first })
    )
  }

  @Test("Below min_points a candidate is a near miss with its account, not lost; at the limit it is ranked")
  func limit() throws {
    let usual = try genes([])
    #expect(!usual.ranked.contains("CLN6"))
    #expect(usual.weak["CLN6"]?.hasPrefix("-2.0 (") == true, "\(usual.weak)")
    #expect(usual.weak["CLN6"]?.contains("BP4 -1.0") == true)
    let atLimit = try genes(["--set", "min_points=-2"])
    #expect(atLimit.ranked.contains("CLN6"))
    #expect(atLimit.weak.isEmpty)
  }

  @Test("What ClinVar knows as pathogenic is ranked whatever the limit")
  func known() throws {
    let strict = try genes(["--set", "min_points=50"])
    #expect(strict.ranked.contains("STXBP1"))
    #expect(strict.ranked.contains("TPP1"))
  }

  @Test("A phenotype that fits brings a candidate onto the list, and none takes one off")
  func phenotype() throws {
    // Features of late infantile neuronal ceroid lipofuscinosis.
    let fitting = try genes(["--hpo", "HP:0000546,HP:0002123,HP:0002376", "--not-hpo", "HP:0000365"])
    #expect(fitting.ranked.contains("CLN6"), "\(fitting)")
    let foreign = try genes(["--hpo", "HP:0001644", "--not-hpo", "HP:0000365"])
    let usual = try genes([])
    #expect(Set(foreign.ranked) == Set(usual.ranked))
  }
}
