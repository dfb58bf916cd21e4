import Foundation
import TestSupport
import Testing

/// Where results may be left: told before anything is read, and never in the place of an input.
@Suite("The output folder") struct OutputFolderTests {
  @Test("No result takes the place of an input, by whatever name the input goes")
  func inputs() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let before = try folder.bytes("out/candidates.vcf.gz")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("trio.vcf.gz"), withDestinationPath: folder.file("out/candidates.vcf.gz"))
    for path in ["out/candidates.vcf.gz", "trio.vcf.gz"] {
      let outcome = try Program.run([
        "screen", "--vcf", folder.file(path), "--ped", Demonstration.pedigree, "--panel", "epilepsy", "--out",
        folder.file("out"),
      ])
      #expect(outcome.status == 64, "\(outcome.text)")
      #expect(outcome.stderr.contains("\(path): is an input, and the result candidates.vcf.gz in "), "\(outcome.text)")
      #expect(try folder.bytes("out/candidates.vcf.gz") == before)
    }
  }

  @Test("Nor in a batch, be it that of another case, or the sheet")
  func batch() throws {
    let batch = try BatchFolder()
    for name in ["A", "B"] { try batch.addFamily(name) }
    try batch.writeSheet(["A", "B"])
    #expect(try batch.run().status == 0)
    let before = try batch.tree()
    let header = "case\tvariants\tpanels\tproband\n"
    for (sheet, rows, named) in [
      ("again.tsv", "A\tout/A/candidates.vcf.gz\tepilepsy\tCHILD\nB\tB.vcf\tepilepsy\tCHILD\n", "A/candidates.vcf.gz"),
      ("other.tsv", "A\tA.vcf\tepilepsy\tCHILD\nB\tout/A/candidates.vcf.gz\tepilepsy\tCHILD\n", "A/candidates.vcf.gz"),
      ("out/summary.tsv", nil, "summary.tsv"),
    ] as [(String, String?, String)] {
      if let rows { try batch.folder.write(sheet, header + rows) }
      let path =
        try rows == nil
        ? batch.folder.write("out/summary.tsv", header + "A\t../A.vcf\tepilepsy\tCHILD\n") : batch.folder.file(sheet)
      let outcome = try Program.run(["batch", path, "--out", batch.folder.file("out")])
      #expect(outcome.status == 64, "\(outcome.text)")
      #expect(outcome.stderr.contains("is an input, and the result \(named) in "), "\(outcome.text)")
      let after = try batch.tree()
      #expect(after.filter { $0.key != "summary.tsv" } == before.filter { $0.key != "summary.tsv" })
    }
  }

  @Test("Cases of an earlier sheet that stay in the folder are named")
  func strangers() throws {
    let batch = try BatchFolder()
    for name in ["A", "B", "C"] { try batch.addFamily(name) }
    try batch.writeSheet(["A", "B", "C"])
    #expect(try batch.run().status == 0)
    try batch.writeSheet(["B"])
    let outcome = try batch.run()
    #expect(outcome.status == 0 && outcome.stderr.contains("holds 2 cases of an earlier run"), "\(outcome.text)")
    #expect(outcome.stderr.contains("(A, C)") && batch.folder.exists("out/A/report.html"))
  }

  @Test("A place where no folder can be is told before the inputs are read, which would take long")
  func noPlace() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: folder.file("none/x"))
    let cut = try folder.write("cut.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n")
    for (out, words) in [
      ("file", "a file stands where a folder is needed"), ("file/a/b", "a file stands where a folder is needed"),
      ("link/a", "something else stands in its place"),
    ] {
      let outcome = try Program.run(["screen", "--vcf", cut, "--out", folder.file(out)])
      #expect(outcome.status == 73 && outcome.stderr.contains(words), "\(out): \(outcome.text)")
    }
    #expect(folder.names() == ["cut.vcf", "file", "link"])
    // What is wrong with the input comes next, and no folder is left of it.
    let outcome = try Program.run(["screen", "--vcf", cut, "--out", folder.file("a/b")])
    #expect(outcome.status == 65 && !folder.exists("a"), "\(outcome.text)")
  }

  @Test("A folder that was made to be handed on takes no run with names")
  func deidentified() throws {
    let folder = try TemporaryFolder()
    let key = try folder.write("key", "0123456789abcdef0123456789abcdef")
    #expect(try Demonstration.screen(into: folder, ["--deidentify", "--key", key]).status == 0)
    let before = try folder.bytes("out/report.html")
    let outcome = try Demonstration.screen(into: folder)
    #expect(outcome.status == 73 && outcome.stderr.contains("holds a run with --deidentify"), "\(outcome.text)")
    #expect(try folder.bytes("out/report.html") == before)
  }

  @Test("Nor does the folder of a batch without names, by batch, merge or screen")
  func deidentifiedBatch() throws {
    let batch = try BatchFolder()
    try batch.addFamily("A")
    try batch.writeSheet(["A"])
    let key = try batch.folder.write("key", "0123456789abcdef0123456789abcdef")
    #expect(try batch.run("out", ["--deidentify", "--key", key]).status == 0)
    #expect(try batch.run("part", ["--shard", "1/1"]).status == 0)
    let before = try batch.tree()
    for outcome in [
      try batch.run(), try Demonstration.screen(into: batch.folder),
      try Program.run(["merge", batch.folder.file("part"), "--out", batch.folder.file("out")]),
    ] {
      #expect(outcome.status == 73 && outcome.stderr.contains("holds a run with --deidentify"), "\(outcome.text)")
      #expect(try batch.tree() == before)
    }
    let named = try batch.run("part", ["--shard", "1/1", "--deidentify", "--key", key])
    #expect(named.status == 73, "\(named.text)")
  }

  @Test("A single screen does not write into a batch, nor a merge out of it")
  func foreignFolders() throws {
    let batch = try BatchFolder()
    for name in ["A", "B"] { try batch.addFamily(name) }
    try batch.writeSheet(["A", "B"])
    #expect(try batch.run().status == 0)
    let before = try batch.tree()
    for folder in ["out", "out/A"] {
      let outcome = try Program.run(["screen", Demonstration.caseFile, "--out", batch.folder.file(folder)])
      #expect(outcome.status == 73 && outcome.stderr.contains("is the folder of a batch"), "\(outcome.text)")
    }
    #expect(try batch.tree() == before)
    for part in ["1/2", "2/2"] { #expect(try batch.run("p" + part.prefix(1), ["--shard", part]).status == 0) }
    for part in ["p1", "p2"] {
      let text = try batch.folder.text(part + "/batch.json")
      try batch.folder.write(
        part + "/batch.json", text.replacing(/"folder" ?: ?"[^"]*"/, with: "\"folder\": \"../evil\""))
    }
    let merged = try Program.run(
      ["merge", batch.folder.file("p1"), batch.folder.file("p2"), "--out", batch.folder.file("whole")])
    #expect(merged.status == 65 && merged.stderr.contains("../evil"), "\(merged.text)")
    #expect(!batch.folder.exists("evil"))
  }

  @Test("A shard is no place for what is merged of it, nor for another shard of a case")
  func shards() throws {
    let batch = try BatchFolder()
    try batch.addFamily("A")
    try batch.writeSheet(["A"])
    #expect(try batch.run("part", ["--shard", "1/1"]).status == 0)
    let merged = try Program.run(["merge", batch.folder.file("part"), "--out", batch.folder.file("part")])
    #expect(merged.status == 64 && merged.stderr.contains("is one of the shards"), "\(merged.text)")
    let first = ["screen", Demonstration.caseFile, "--out", batch.folder.file("case"), "--shard"]
    #expect(try Program.run(first + ["1/2"]).status == 0)
    #expect(try Program.run(first + ["1/2"]).status == 0)
    let second = try Program.run(first + ["2/2"])
    #expect(second.status == 73 && second.stderr.contains("holds part 1/2"), "\(second.text)")
  }

  @Test("A key of few different bytes is none")
  func weakKey() throws {
    let folder = try TemporaryFolder()
    for bytes in [[UInt8](repeating: 0, count: 32), Array("abababababababab".utf8)] {
      let key = try folder.file("key", bytes)
      let outcome = try Demonstration.screen(into: folder, ["--deidentify", "--key", key])
      #expect(outcome.status == 65 && outcome.stderr.contains("different bytes make no key"), "\(outcome.text)")
      #expect(!folder.exists("out"))
    }
  }
}
