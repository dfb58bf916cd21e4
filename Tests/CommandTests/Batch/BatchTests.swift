import Foundation
import TestSupport
import Testing

@Suite("Batches of cases") struct BatchTests {
  @Test func aBadCaseStopsNoOther() throws {
    let batch = try BatchFolder()
    for name in ["GOOD-1", "GOOD-2"] { try batch.addFamily(name) }
    try batch.folder.write("CUT.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n")
    try batch.folder.write("none.yaml", "variants: [")
    try batch.writeSheet(["GOOD-1", "CUT", "LOST", "GOOD-2"])
    try batch.folder.write("cases.tsv", try batch.folder.text("cases.tsv") + "none.yaml\n")
    let outcome = try batch.run()
    #expect(outcome.status == 65, "\(outcome.text)")
    #expect(
      outcome.stderr.contains("3 of 5 cases failed: CUT (exit 65), LOST (exit 66), none (exit 64)"), "\(outcome.text)")
    #expect(outcome.stdout.contains("5 cases: 2 done, 3 failed"))
    let summary = try batch.summary()
    #expect(summary.column("case") == ["GOOD-1", "CUT", "LOST", "GOOD-2", "none"])
    #expect(summary.column("state") == ["done", "failed", "failed", "done", "failed"])
    #expect(summary.column("exit_code") == ["0", "65", "66", "0", "64"])
    #expect(summary.column("gene") == ["SCN1A", ".", ".", "SCN1A", "."])
    #expect(summary.column("message")[2].contains("cases.tsv:4:6: variant file"))
    #expect(try batch.status("LOST")["state"] as? String == "failed")
    #expect(try batch.status("LOST").number("exit_code") == 66)
    #expect(try batch.folder.text("out/CUT/log.txt").hasPrefix("error: "))
    #expect(batch.folder.names(in: "out/CUT") == ["log.txt", "status.json"])
    let page = try batch.folder.text("out/index.html")
    #expect(page.contains("href=\"./GOOD-1/report.html\"") && page.contains("exit code 66"))
  }

  /// The results are those of `screen`, whichever other cases ran beside it.
  @Test func aCaseOfABatchIsThatOfAScreen() throws {
    let batch = try BatchFolder()
    for name in ["A", "B", "C"] { try batch.addFamily(name) }
    try batch.writeSheet(["A", "B", "C"])
    let outcome = try batch.run("out", ["--threads", "3"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let alone = try Program.run(
      [
        "screen", "--vcf", batch.folder.file("B.vcf"), "--ped", batch.folder.file("family.ped"), "--panel", "epilepsy",
        "--case-id", "B", "--out", batch.folder.file("alone"),
      ])
    #expect(alone.status == 0, "\(alone.text)")
    for name in ["candidates.json", "candidates.tsv", "candidates.vcf.gz", "genes.tsv", "qc.json", "report.html"] {
      let same = try batch.folder.bytes("alone/" + name) == batch.folder.bytes("out/B/" + name)
      #expect(same, "\(name)")
    }
  }

  @Test func theSheetIsCheckedBeforeAnythingIsRun() throws {
    let batch = try BatchFolder()
    try batch.addFamily("A")
    try batch.writeSheet(["A", "A"])
    let twice = try batch.run()
    #expect(twice.status == 64 && twice.stderr.contains("case \"A\" is there already"), "\(twice.text)")
    try batch.writeSheet(["A"], columns: ["phenotype"])
    let unknown = try batch.run()
    #expect(unknown.status == 64 && unknown.stderr.contains("did you mean `phenotypes`?"), "\(unknown.text)")
    #expect(!batch.folder.exists("out"))
    let missing = try Program.run(["batch", batch.folder.file("nothing.tsv"), "--out", batch.folder.file("out")])
    #expect(missing.status == 66, "\(missing.text)")
    for flags in [["--shard", "3/2"], ["--memory", "much"]] {
      #expect(try batch.run("out", flags).status == 64)
    }
  }

  @Test func onlyOneRunAtATimeWritesToAFolder() throws {
    let batch = try BatchFolder()
    try batch.addFamily("A")
    try batch.writeSheet(["A"])
    #expect(try batch.run().status == 0)
    let held = try Program.shell(
      "flock out/.rarescreen-lock \"$RARESCREEN\" batch cases.tsv --out out", directory: batch.folder.path)
    #expect(held.status == 73 && held.stderr.contains("another run writes it"), "\(held.text)")
    // The file of a lock that nobody holds is no obstacle.
    #expect(batch.folder.exists("out/.rarescreen-lock"))
    #expect(try batch.run("out", ["--resume"]).status == 0)
    try FileManager.default.copyItem(atPath: batch.folder.file("out/A"), toPath: batch.folder.file("single"))
    let single = try batch.run("single")
    #expect(single.status == 73 && single.stderr.contains("results of a single case"), "\(single.text)")
  }

  /// A man with genotypes at the sites of the fingerprint, and one variant with a consequence in a gene of the panel.
  private static func writePerson(_ name: String, seed: UInt64, in folder: TemporaryFolder) throws {
    _ = try EarlierSampleTests.person(name, seed: seed, in: folder)
    let format = "Consequence annotations from Ensembl VEP. Format: Allele|Consequence|IMPACT|SYMBOL|Feature_type"
    let place = 42_930_000
    var lines = try folder.text("\(name).vcf").split(separator: "\n").map(String.init)
    let before = lines.lastIndex { line in
      let cells = line.split(separator: "\t")
      return cells[0] == "#CHROM" || cells[0] == "chr1" && (Int(cells[1]) ?? 0) < place
    }
    lines.insert(
      "chr1\t\(place)\t.\tC\tT\t50\tPASS\tCSQ=T|synonymous_variant|LOW|SLC2A1|Transcript\tGT\t0/1",
      at: try #require(before) + 1)
    lines.insert("##INFO=<ID=CSQ,Number=.,Type=String,Description=\"\(format)\">", at: 1)
    try folder.write("\(name).vcf", lines.joined(separator: "\n") + "\n")
  }

  @Test func oneTubeUnderTwoNamesIsFound() throws {
    let folder = try TemporaryFolder()
    var rows = ["case\tvariants\tpedigree\tpanels"]
    for (name, seed) in [("A-1", 1), ("B-2", 2), ("C-3", 1)] {
      try Self.writePerson(name, seed: UInt64(seed), in: folder)
      rows.append("\(name)\t\(name).vcf\t\(name).ped\tepilepsy")
    }
    let sheet = try folder.write("cases.tsv", rows.joined(separator: "\n") + "\n")
    let outcome = try Program.run(["batch", sheet, "--out", folder.file("out"), "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let pairs = Rows(try folder.text("out/relatives.tsv"))
    #expect(pairs.column("relation") == ["same_person"])
    #expect(pairs.column("sample_1") == ["A-1"] && pairs.column("sample_2") == ["C-3"])
    #expect(Rows(try folder.text("out/summary.tsv")).column("relatives") == ["1", "0", "1"])
    #expect(try folder.text("out/index.html").contains("The same person, or identical twins"))
  }
}
