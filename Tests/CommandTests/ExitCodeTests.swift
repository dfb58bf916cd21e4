import Foundation
import TestSupport
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
  /// Runs into a folder that holds an older result, and sees that nothing of it was touched.
  private func fail(
    _ arguments: [String], in folder: TemporaryFolder, status: Int32, saying words: String...,
    location: SourceLocation = #_sourceLocation
  ) throws {
    try FileManager.default.createDirectory(atPath: folder.file("old"), withIntermediateDirectories: true)
    try folder.write("old/run.json", "{}")
    try folder.write("old/candidates.tsv", "rank\n")
    let outcome = try Program.run(["screen"] + arguments + ["--out", folder.file("old")], directory: folder.path)
    #expect(outcome.status == status, "\(outcome.text)", sourceLocation: location)
    #expect(outcome.stdout.isEmpty, sourceLocation: location)
    for word in words { #expect(outcome.stderr.contains(word), "\(outcome.text)", sourceLocation: location) }
    let errors = outcome.stderr.split(separator: "\n").filter { $0.contains("error:") || $0.hasPrefix("Error:") }
    #expect(errors.count == 1, "\(outcome.text)", sourceLocation: location)
    #expect(folder.names(in: "old") == ["candidates.tsv", "run.json"], sourceLocation: location)
    #expect(try folder.text("old/run.json") == "{}", sourceLocation: location)
  }

  @Test("0: a run without a candidate is a result")
  func nothingFound() throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily()
    family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/1", "0/0"], frequency: 0.3)
    let outcome = try Program.run(["screen", "--out", folder.file("out")] + family.write(to: folder))
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(folder.names(in: "out") == Demonstration.files)
    #expect(Rows(try folder.text("out/candidates.tsv")).rows.isEmpty)
  }

  @Test(
    "64: a case file that is wrong, with the place and what was meant",
    arguments: [
      ("phenotype: [HP:0001250]", ["case.yaml:4:1", "phenotypes"]),
      ("settings: {max_aff: 0.01}", ["case.yaml:4:12", "max_af"]), ("settings: {max_af: 1%}", ["case.yaml:4:20"]),
      ("panels: [epilepsia]", ["epilepsia", "epilepsy"]), ("phenotypes: [HP:0000000]", ["HP:0000000"]),
      ("panels: [", ["case.yaml:"]),
    ])
  func caseFile(line: String, words: [String]) throws {
    let folder = try TemporaryFolder()
    _ = try SmallFamily.solved.write(to: folder)
    let subject = try folder.write("case.yaml", "case: A\nvariants: family.vcf\npedigree: family.ped\n\(line)\n")
    try fail([subject], in: folder, status: 64)
    let outcome = try Program.run(["screen", subject, "--out", folder.file("new/deeper")])
    #expect(!folder.exists("new"))
    for word in words { #expect(outcome.stderr.contains(word), "\(outcome.text)") }
  }

  @Test(
    "64: a command line that is wrong",
    arguments: [
      ["--threads", "0"], ["--threads", "x"], ["--set", "max_aff=0.1"], ["--set", "max_af"], ["--set", "max_af=2"],
      ["--denovo", "lax"], ["--lang", "xx"], ["--panel", "epilepsia"], ["--hpo", "0001250"], ["--build", "hg17"],
      ["--sex", "purple"],
    ])
  func commandLine(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try fail(SmallFamily.solved.write(to: folder) + arguments, in: folder, status: 64)
  }

  @Test(
    "64: an allele that is none",
    arguments: ["9-1-C", "9-x-C-T", "chr99-1-C-T", "9-1-C-J", ""])
  func allele(text: String) throws {
    let outcome = try Demonstration.explain(text)
    #expect(outcome.status == 64, "\(outcome.text)")
    #expect(outcome.stderr.contains("CHROM-POS-REF-ALT") || outcome.stderr.contains("A, C, G, T"))
  }

  @Test("64: no input, an empty --out")
  func nothingGiven() throws {
    #expect(try Program.run(["screen"]).status == 64)
    #expect(try Program.run(["screen", Demonstration.caseFile, "--out", ""]).status == 64)
  }

  @Test("65: a file that was cut", arguments: [28, 29, 1_000, 100_000, 200_000])
  func truncated(bytes: Int) throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: Demonstration.variants))
    let cut = try folder.file("cut.vcf.gz", whole.dropLast(bytes))
    let flags = ["--vcf", cut, "--ped", Demonstration.pedigree, "--panel", "epilepsy"]
    let fresh = try Program.run(["screen", "--out", folder.file("new/deeper")] + flags)
    #expect(fresh.status == 65, "\(fresh.text)")
    #expect(!folder.exists("new"))
    try fail(flags, in: folder, status: 65, saying: "cut.vcf.gz")
  }

  @Test("65: another build, told or by another file")
  func build() throws {
    let folder = try TemporaryFolder()
    let flags = try SmallFamily.solved.write(to: folder)
    try fail(flags + ["--build", "GRCh37"], in: folder, status: 65, saying: "GRCh37", "GRCh38")
    var other = SmallFamily()
    other.build = .grch37
    other.add("2", 166_859_210, "C", "T", ["0/1", "0/0", "0/0"])
    let older = try folder.write("older.vcf", other.text)
    try fail(flags + ["--vcf", older], in: folder, status: 65, saying: "older.vcf", "GRCh37")
  }

  @Test("65: samples that no pedigree names, or one twice; 64: a proband whom nothing names")
  func samples() throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily.solved
    family.samples = ["A", "B", "C"]
    try fail(family.write(to: folder), in: folder, status: 65, saying: "CHILD")
    let flags = try SmallFamily.solved.write(to: folder)
    try fail(flags + ["--proband", "NOBODY"], in: folder, status: 64, saying: "NOBODY", "CHILD")
    family.samples = ["CHILD", "FATHER", "CHILD"]
    try fail(family.write(to: folder), in: folder, status: 65, saying: "CHILD")
  }

  @Test("65: nothing within the panels, no consequence annotated, no record, no VCF")
  func content() throws {
    let folder = try TemporaryFolder()
    var outside = SmallFamily()
    outside.add("chr2", 1_000, "C", "T", ["0/1", "0/0", "0/0"])
    try fail(outside.write(to: folder), in: folder, status: 65, saying: "epilepsy", "GRCh38")
    var bare = SmallFamily()
    bare.isAnnotated = false
    bare.add("chr2", 166_002_700, "C", "T", ["0/1", "0/0", "0/0"])
    try fail(bare.write(to: folder), in: folder, status: 65, saying: "family.vcf")
    try fail(SmallFamily().write(to: folder), in: folder, status: 65, saying: "family.vcf")
    let flags = try bare.write(to: folder)
    try folder.write("family.vcf", "not a VCF\n")
    try fail(flags, in: folder, status: 65, saying: "family.vcf")
    try folder.write("family.vcf", "")
    try fail(flags, in: folder, status: 65, saying: "family.vcf")
  }

  @Test("66: inputs that are not there", arguments: ["--vcf", "--ped", "--panel", "--reference", "--knowledge"])
  func missing(flag: String) throws {
    let folder = try TemporaryFolder()
    var flags = try SmallFamily.solved.write(to: folder)
    if let index = flags.firstIndex(of: flag) { flags.removeSubrange(index...index + 1) }
    try fail(flags + [flag, folder.file("nope.tsv")], in: folder, status: 66, saying: "nope.tsv")
  }

  @Test("66: a case file that is not there or is a folder")
  func missingCase() throws {
    let folder = try TemporaryFolder()
    try fail(["nope.yaml"], in: folder, status: 66, saying: "nope.yaml")
    try fail([folder.path], in: folder, status: 66, saying: folder.path)
  }

  @Test("66: an input that may not be read", .enabled(if: getuid() != 0, "root may read everything"))
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let flags = try SmallFamily.solved.write(to: folder)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.file("family.vcf"))
    try fail(flags, in: folder, status: 66, saying: "family.vcf")
  }

  @Test("73: an output folder that cannot be made", arguments: ["family.vcf", "family.vcf/deeper", "/proc/rarescreen"])
  func output(path: String) throws {
    let folder = try TemporaryFolder()
    let flags = try SmallFamily.solved.write(to: folder)
    for command in ["screen", "qc"] {
      let outcome = try Program.run([command] + flags + ["--out", path], directory: folder.path)
      #expect(outcome.status == 73, "\(outcome.text)")
      #expect(outcome.stderr.contains(path))
    }
    #expect(folder.names() == ["family.ped", "family.vcf"])
  }

  @Test("74: a full disk", .enabled(if: SmallDisk.isPossible, "needs the right to mount a small disk"))
  func fullDisk() throws {
    let disk = try SmallDisk(kilobytes: 64)
    defer { disk.unmount() }
    try disk.folder.write("disk/note", "kept")
    let outcome = try Program.run(["screen", Demonstration.caseFile, "--out", disk.folder.file("disk/out")])
    #expect(outcome.status == 74, "\(outcome.text)")
    #expect(outcome.stderr.contains("no space left"))
    #expect(disk.folder.names(in: "disk") == ["note"])
  }

  @Test("74: standard output on a full disk", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullOutput() throws {
    let outcome = try Program.shell("$RARESCREEN panel show epilepsy > /dev/full")
    #expect(outcome.status == 74, "\(outcome.text)")
  }

  @Test("A reader that has seen enough is no error to speak of")
  func closedPipe() throws {
    let outcome = try Program.shell("$RARESCREEN panel show mendeliome | head -n 1")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.isEmpty, "\(outcome.text)")
  }
}
