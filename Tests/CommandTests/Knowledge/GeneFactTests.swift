import Foundation
import TestSupport
import Testing

/// Constraint and validity of genes: from the publishers' layouts into the evidence.
@Suite("Knowledge of genes") struct GeneFactTests {
  /// Two transcripts of SCN1A, of which MANE Select speaks, a gene that HGNC does not know, and one without figures.
  private static let constraint = """
    gene\tgene_id\ttranscript\tcanonical\tmane_select\tlof.pLI\tlof.oe_ci.upper\tmis.z_score
    SCN1A\t6323\tNM_000001.1\tfalse\tfalse\t0.5\t0.9\t1
    SCN1A\t6323\tNM_001165963.4\tfalse\ttrue\t1.0\t0.125\t9
    NOSUCHGENE\t1\tNM_2\ttrue\ttrue\t0.1\t1.5\t0
    STXBP1\t6812\tNM_003165.6\ttrue\ttrue\tNA\tNA\tNA

    """

  private static func validity(_ classification: String) -> String {
    """
    "CLINGEN GENE DISEASE VALIDITY CURATIONS","","","","","","","","",""
    "FILE CREATED: 2026-11-01","","","","","","","","",""
    "GENE SYMBOL","GENE ID (HGNC)","DISEASE LABEL","DISEASE ID (MONDO)","MOI","SOP","CLASSIFICATION","ONLINE REPORT","CLASSIFICATION DATE","GCEP"
    "+++++++++++","++++++++++++++","+++++++++++++","++++++++++++++++++","+++++++++","+++++++++","++++++++++++++","+++++++++++++","+++++++++++++++++++","+++++++++++++++++++"
    "SCN1A","HGNC:10585","migraine, familial","MONDO:1","AD","SOP8","Refuted","https://x","2020-01-01","Epilepsy"
    "SCN1A","HGNC:10585","Dravet syndrome, with a comma","MONDO:2","AD","SOP8","\(classification)","https://x","2020-01-01","Epilepsy"

    """
  }

  private static func build(_ folder: TemporaryFolder, _ text: String, _ file: String, _ name: String) throws
    -> Program.Outcome
  {
    try Program.run([
      "knowledge", "build", "genes", folder.write(file, text), "--name", name, "--release", "4.1", "--licence",
      "CC0 1.0",
      "--knowledge", folder.file("kb"),
    ])
  }

  private static func page(_ folder: TemporaryFolder) throws -> String {
    let outcome = try Program.run(
      ["screen"] + SmallFamily.solved.write(to: folder)
        + ["--out", folder.file("out"), "--knowledge", folder.file("kb"), "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    return try folder.text("out/candidates.json")
  }

  @Test func constraintIsToldBesideLossOfFunction() throws {
    let folder = try TemporaryFolder()
    let built = try Self.build(folder, Self.constraint, "constraint.tsv", "constraint")
    #expect(built.status == 0, "\(built.text)")
    #expect(built.stdout.contains("1 genes of constraint 4.1") && built.stdout.contains("NOSUCHGENE"), "\(built.text)")
    #expect(built.stdout.contains("1 x row without constraint or validity"))
    let candidates = try Self.page(folder)
    #expect(candidates.contains("LOEUF 0.125, pLI 1 (constraint 4.1)"), "\(candidates.prefix(4_000))")
    #expect(try folder.text("out/run.json").contains("\"kind\": \"genes\""))
    for command in ["list", "verify"] {
      let outcome = try Program.run(["knowledge", command, "--knowledge", folder.file("kb")])
      #expect(outcome.status == 0 && outcome.stdout.contains("constraint"), "\(outcome.text)")
    }
    let json = try Program.run(["knowledge", "list", "--format", "json", "--knowledge", folder.file("kb")])
    #expect(json.stdout.contains("\"name\" : \"constraint\""), "\(json.text)")
  }

  @Test(arguments: [
    ("Definitive", true, false), ("Moderate", true, false), ("Limited", false, false), ("Disputed", false, true),
    ("Refuted", false, true),
  ])
  func theStrongestValidityDecides(classification: String, hasPVS1: Bool, isDisputed: Bool) throws {
    let folder = try TemporaryFolder()
    // ClinGen dates its file above the header.
    let built = try Program.run([
      "knowledge", "build", "genes", folder.write("validity.csv", Self.validity(classification)), "--name", "clingen",
      "--knowledge", folder.file("kb"),
    ])
    #expect(built.status == 0 && built.stdout.contains("clingen 2026-11-01"), "\(built.text)")
    let candidates = try Self.page(folder)
    #expect(candidates.contains("\"PVS1") == hasPVS1, "\(candidates.prefix(4_000))")
    #expect(candidates.contains("disputed or refuted (ClinGen): -4") == isDisputed)
  }

  @Test func aChangedTableIsRefused() throws {
    let folder = try TemporaryFolder()
    _ = try Self.build(folder, Self.constraint, "constraint.tsv", "constraint")
    let name = "kb/stores/constraint.genes.tsv"
    try folder.write(name, folder.text(name).replacing("0.125", with: "0.225"))
    for command in [
      ["knowledge", "verify"], ["screen"] + (try SmallFamily.solved.write(to: folder)) + ["--out", folder.file("out")],
    ] {
      let outcome = try Program.run(command + ["--knowledge", folder.file("kb")])
      #expect(outcome.status == 65 && outcome.stderr.contains("checksum"), "\(outcome.text)")
    }
    let other = try Self.build(folder, "a\tb\n1\t2\n", "other.tsv", "other")
    #expect(other.status == 65 && other.stderr.contains("lof.oe_ci.upper"), "\(other.text)")
    #expect(folder.names(in: "kb/stores") == ["constraint.genes.tsv"])
  }
}
