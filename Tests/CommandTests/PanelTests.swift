import Foundation
import TestSupport
import Testing

@Suite("panel")
struct PanelTests {
  @Test("list, show and validate hold for every panel that comes along")
  func own() throws {
    let list = try Program.run(["panel", "list"])
    #expect(list.status == 0)
    let names = Rows(list.stdout).column("panel")
    let files = try FileManager.default.contentsOfDirectory(atPath: Checkout.directory + "/Panels")
      .filter { $0.hasSuffix(".tsv") }.map { String($0.dropLast(4)) }
    #expect(names == files.sorted())
    let checked = try Program.run(["panel", "validate"] + names.map { Checkout.directory + "/Panels/\($0).tsv" })
    #expect(checked.status == 0, "\(checked.text)")
    #expect(!checked.stdout.contains("  error:"))
    let shown = try Program.run(["panel", "show", "epilepsy"])
    #expect(shown.status == 0)
    #expect(shown.stdout.contains("HGNC:10585\tSCN1A\tgreen"))
  }

  @Test("make builds a panel that screen takes")
  func make() throws {
    let made = try Program.run(["panel", "make", "--hpo", "HP:0001250", "--name", "seizures"])
    #expect(made.status == 0, "\(made.text)")
    #expect(made.stdout.contains("\tSCN1A\t"))
    let folder = try TemporaryFolder()
    let panel = try folder.write("seizures.tsv", made.stdout)
    #expect(try Program.run(["panel", "validate", panel]).status == 0)
    let flags = try SmallFamily.solved.write(to: folder, panel: panel)
    let outcome = try Program.run(["screen", "--out", folder.file("out")] + flags)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(Rows(try folder.text("out/candidates.tsv")).column("gene") == ["SCN1A"])
  }

  @Test("import reads a list of symbols and a BED")
  func importing() throws {
    let folder = try TemporaryFolder()
    let list = try folder.write("ours.txt", "SCN1A\nKCNQ2\n")
    let imported = try Program.run(["panel", "import", list])
    #expect(imported.status == 0, "\(imported.text)")
    #expect(imported.stdout.contains("SCN1A") && imported.stdout.contains("KCNQ2"))
    let bed = try folder.write("ours.bed", "chr2\t165984640\t166149214\tSCN1A\n")
    let regions = try Program.run(["panel", "import", bed])
    #expect(regions.status == 0, "\(regions.text)")
  }

  @Test("validate finds an outdated symbol, an id of another gene, and an unknown gene")
  func faults() throws {
    let folder = try TemporaryFolder()
    let panel = try folder.write(
      "bad.tsv",
      "#panel: bad\nhgnc_id\tsymbol\tconfidence\tmoi\nHGNC:10585\tKCNQ2\tgreen\tAD\nHGNC:999999\tNOPE1\tgreen\tAD\n")
    let outcome = try Program.run(["panel", "validate", panel])
    #expect(outcome.status == 65, "\(outcome.text)")
    #expect(outcome.stdout.contains("KCNQ2"))
    #expect(outcome.stdout.contains("NOPE1"))
  }

  @Test(
    "Wrong names and terms say what there is",
    arguments: [
      (["show", "epilepsia"], 64 as Int32, "epilepsy"), (["show", "./nope.tsv"], 66, "nope.tsv"),
      (["import", "nope.json"], 66, "nope.json"), (["make", "--hpo", "HP:9999999"], 64, "HP:9999999"),
      (["make", "--hpo", "Seizure"], 64, "HP:0001250"), (["validate", "nope.tsv"], 66, "nope.tsv"),
    ])
  func wrong(arguments: [String], status: Int32, word: String) throws {
    let outcome = try Program.run(["panel"] + arguments)
    #expect(outcome.status == status, "\(outcome.text)")
    #expect(outcome.stderr.contains(word), "\(outcome.text)")
    #expect(outcome.stdout.isEmpty)
  }
}
