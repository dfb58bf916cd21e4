import Foundation
import TestSupport
import Testing

@Suite("Faults of coverage", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct CoverageFaultTests {
  let folder: TemporaryFolder
  let bam: String
  let panel: String

  init() throws {
    folder = try TemporaryFolder()
    bam = try SmallReads.alignment.bam("child", in: folder)
    panel = try SmallReads.bed(in: folder)
  }

  /// Runs into a folder that is not there yet, and sees that it is not there afterwards.
  private func fail(
    _ arguments: [String], status: Int32, saying words: String..., location: SourceLocation = #_sourceLocation
  ) throws {
    for out in [[], ["--out", folder.file("new/out")]] {
      let outcome = try Program.run(["coverage"] + arguments + out)
      #expect(outcome.status == status, "\(outcome.text)", sourceLocation: location)
      #expect(outcome.stdout.isEmpty, sourceLocation: location)
      for word in words { #expect(outcome.stderr.contains(word), "\(outcome.text)", sourceLocation: location) }
      #expect(!folder.exists("new"), sourceLocation: location)
    }
  }

  @Test("64: a command line that is wrong")
  func usage() throws {
    try fail([bam], status: 64, saying: "panel")
    try fail(["--panel", panel], status: 64)
    try fail([bam, "--panel", "anemia"], status: 64, saying: "anaemia")
    for wrong in [
      ["--min-mapq", "256"], ["--min-mapq", "-1"], ["--min-baseq", "94"], ["--padding", "-1"], ["--sex", "purple"],
      ["--sex", "CHILD=purple"], ["--sex", "=male"], ["--sex", "CHILD=male", "--sex", "CHILD=female"],
      ["--sex", "male", "--sex", "female"], ["--sex", "CHIDL=male"],
      ["--build", "hg17"], ["--threads", "0"],
    ] {
      try fail([bam, "--panel", panel] + wrong, status: 64, saying: wrong[0])
    }
    #expect(try Program.run(["coverage", bam, "--panel", panel, "--out", ""]).status == 64)
  }

  @Test("64: lengths that tell no build ask for it; 65: lengths of another build contradict")
  func build() throws {
    let slice = try SmallAlignment(contigs: [("chr1_random", 2_000)]).bam("slice", in: folder)
    try fail([slice, "--panel", panel], status: 64, saying: "--build")
    try fail([bam, "--panel", panel, "--build", "GRCh37"], status: 65, saying: "GRCh37", "GRCh38")
    let other = try SmallAlignment(contigs: [("chr11", 135_006_516)]).bam("other", in: folder)
    try fail([bam, other, "--panel", panel], status: 65, saying: "other.bam", "GRCh37", "GRCh38")
    let part = try SmallAlignment(contigs: [("chr11", 9_000)]).bam("part", in: folder)
    try fail([part, "--panel", panel], status: 65, saying: "part.bam")
    #expect(try Program.run(["coverage", part, "--panel", panel, "--build", "GRCh38"]).status == 0)
  }

  @Test("65: a panel of another build, one that is broken, one without a place")
  func panels() throws {
    let old = try folder.write("old.bed", "chr1\t249000000\t249000100\tA\n")
    try fail([bam, "--panel", old], status: 65, saying: "old.bed", "GRCh37")
    try fail([bam, "--panel", folder.write("bad.bed", "chr1\t20\t10\tA\n")], status: 65, saying: "bad.bed")
    try fail([bam, "--panel", folder.write("empty.bed", "chr1\t10\t10\tA\n")], status: 65)
    try fail([bam, "--panel", folder.file("none.bed")], status: 66, saying: "none.bed")
  }

  @Test(
    "Rows that overlap count once, and chromosomes that the reads do not have are named; both are told, and refused under --strict"
  )
  func rows() throws {
    let rows = "chr11\t5226566\t5226809\tHBB\n"
    let once = try Program.run(["coverage", bam, "--panel", folder.write("p.bed", rows)])
    for text in [rows + rows, "chr11\t5226566\t5226700\tHBB\nchr11\t5226600\t5226809\tHBB\n"] {
      let path = try folder.write("p.bed", text)
      let outcome = try Program.run(["coverage", bam, "--panel", path])
      #expect(outcome.status == 0 && outcome.stdout == once.stdout, "\(outcome.text)")
      #expect(outcome.stderr.contains("lines 2"), "\(outcome.text)")
      try fail([bam, "--panel", path, "--strict"], status: 65, saying: "overlap")
    }
    let absent = try folder.write("p.bed", rows + "chr7\t100\t200\tT1\nchrUn_1\t1\t2\n")
    let outcome = try Program.run(["coverage", bam, "--panel", absent])
    #expect(outcome.status == 0, "\(outcome.text)")
    for word in ["has no contig 7", "(T1)", "chrUn_1 (1)"] {
      #expect(outcome.stderr.contains(word), "\(outcome.text)")
    }
    try fail([bam, "--panel", folder.write("p.bed", "chr99\t1\t2\n")], status: 65, saying: "p.bed", "chr99 (1)")
  }

  @Test("65: reads of two samples, no index, a file that was cut or is another")
  func contents() throws {
    var two = SmallReads.alignment
    two.readGroups = ["ID:1\tSM:CHILD", "ID:2\tSM:MOTHER"]
    try fail([two.bam("two", in: folder), "--panel", panel], status: 65, saying: "two.bam", "CHILD", "MOTHER")
    let bare = try SmallReads.alignment.bam("bare", in: folder, isIndexed: false)
    try fail([bare, "--panel", panel], status: 65, saying: "samtools index")
    let bytes = try folder.bytes("child.bam")
    let cut = try folder.file("cut.bam", bytes.prefix(bytes.count - 28))
    try FileManager.default.copyItem(atPath: bam + ".bai", toPath: cut + ".bai")
    try fail([cut, "--panel", panel], status: 65, saying: "cut.bam", "cut short")
    try fail([panel, "--panel", panel], status: 65, saying: "not a BAM or CRAM file")
    let torn = try folder.file("torn.bam", bytes.prefix(bytes.count - 60) + bytes.suffix(28))
    try FileManager.default.copyItem(atPath: bam + ".bai", toPath: torn + ".bai")
    try fail([torn, "--panel", panel], status: 65, saying: "torn.bam")
    // The second file of two ends the run as well.
    try fail([bam, torn, "--panel", panel], status: 65, saying: "torn.bam")
  }

  @Test("65: two files of one sample, the same file twice; a chromosome that the header names twice is a warning")
  func repeated() throws {
    let other = try SmallReads.alignment.bam("other", in: folder)
    try fail([bam, other, "--panel", panel], status: 65, saying: "child.bam", "other.bam", "CHILD", "samtools merge")
    try fail([bam, bam, "--panel", panel], status: 65, saying: "child.bam", "samtools merge")
    var twice = SmallReads.alignment
    twice.contigs.append(("11", 135_086_622))
    let outcome = try Program.run(["coverage", twice.bam("twice", in: folder), "--panel", panel])
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("twice, as chr11 and as 11"), "\(outcome.text)")
  }

  @Test("65: a pipe, a device, an empty file, an index that is cut or of less")
  func noFiles() throws {
    let pipe = folder.file("pipe.bam")
    _ = try Tool.output("mkfifo", [pipe])
    for path in [pipe, "/dev/null", "-"] { try fail([path, "--panel", panel], status: 65, saying: "pipe or a device") }
    try fail([folder.write("none.bam", ""), "--panel", panel], status: 65, saying: "none.bam", "empty")
    let index = try folder.bytes("child.bam.bai")
    _ = try folder.file("child.bam.bai", index.prefix(index.count / 2))
    try fail([bam, "--panel", panel], status: 65, saying: "child.bam", "samtools index")
  }

  @Test("66: a file that is not there, an address, a FASTA that is not there")
  func missing() throws {
    try fail([folder.file("none.bam"), "--panel", panel], status: 66, saying: "none.bam")
    try fail(["https://example.org/child.bam", "--panel", panel], status: 66, saying: "example.org")
    try fail([folder.path, "--panel", panel], status: 66)
  }

  @Test("73: a place where nothing can be written")
  func output() throws {
    try folder.write("file", "")
    let outcome = try Program.run(["coverage", bam, "--panel", panel, "--out", folder.file("file/out")])
    #expect(outcome.status == 73, "\(outcome.text)")
    #expect(try folder.text("file").isEmpty)
  }

  @Test("An index older than the reads is a warning, and an error under --strict")
  func oldIndex() throws {
    #expect(try Program.run(["coverage", bam, "--panel", panel, "--strict"]).status == 0)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: bam + ".bai")
    let outcome = try Program.run(["coverage", bam, "--panel", panel])
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("older than the reads"), "\(outcome.text)")
    try fail([bam, "--panel", panel, "--strict"], status: 65, saying: "older than the reads")
  }

  @Test("No address is asked for the sequences of a CRAM, neither that of REF_PATH nor that of its header")
  func addresses() throws {
    var numbers: UInt64 = 17
    let bases = (0..<2_000).map { _ in
      numbers = numbers &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return ["A", "C", "G", "T"][Int(numbers >> 33) % 4]
    }.joined()
    let genome = try folder.write("genome.fa", ">chr21\n\(bases)\n")
    try SmallAlignment.samtools("faidx", genome)
    let rows = try folder.write("rows.bed", "chr21\t100\t200\tA\n")
    let door = try Door()
    let small = SmallAlignment(
      contigs: [("chr21", 2_000)], reads: [.init("a", at: 100)],
      sequenceFields: "UR:http://127.0.0.1:\(door.port)/genome.fa")
    let cram = try small.cram("c", in: folder, sequence: bases, reference: genome)
    let arguments = ["coverage", cram, "--panel", rows, "--build", "GRCh38"]
    var surroundings = ProcessInfo.processInfo.environment
    surroundings["REF_CACHE"] = nil
    // Depth needs places and qualities alone, not the bases: it is the same with and without the FASTA.
    let whole = try Program.run(arguments + ["--reference", genome])
    #expect(whole.stdout.contains("\t1.00\t"), "\(whole.text)")
    for path in ["http://127.0.0.1:\(door.port)/%s", folder.path + ":http://127.0.0.1:\(door.port)/%s", ""] {
      surroundings["REF_PATH"] = path
      let outcome = try Program.run(arguments, environment: surroundings)
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(outcome.stdout == whole.stdout)
    }
    #expect(!door.wasKnockedAt)
    try fail(Array(arguments.dropFirst()) + ["--reference", folder.file("none.fa")], status: 66, saying: "none.fa")
  }
}
