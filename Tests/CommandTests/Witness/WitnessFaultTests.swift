import Foundation
import TestSupport
import Testing

/// Alignments that are not what the case says.
@Suite("Faults of alignments of a case", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct WitnessFaultTests {
  /// Both commands end with the code, say why once, and leave nothing behind.
  private func fail(
    _ family: WitnessFamily, _ arguments: [String], status: Int32, saying words: String...,
    location: SourceLocation = #_sourceLocation
  ) throws {
    for outcome in [try family.screen(arguments), try family.explain("2-166002700-C-T", arguments)] {
      #expect(outcome.status == status, "\(outcome.text)", sourceLocation: location)
      #expect(outcome.stdout.isEmpty, sourceLocation: location)
      for word in words { #expect(outcome.stderr.contains(word), "\(outcome.text)", sourceLocation: location) }
    }
    #expect(!family.folder.exists("out"), sourceLocation: location)
  }

  /// A family without alignments, and the child's reads.
  private func family() throws -> (WitnessFamily, MemberReads) {
    var child = MemberReads("CHILD")
    child.cover(WitnessFamily.stop, reference: 15, alternate: 15)
    return (try WitnessFamily(["0/1", "0/0", "0/0"], [:]), child)
  }

  @Test("65: reads of another person")
  func swapped() throws {
    let (family, reads) = try family()
    var child = reads
    child.sample = "FATHER"
    let path = try child.write("swapped", in: family.folder)
    try fail(
      family, ["--alignment", "CHILD=" + path], status: 65, saying: "swapped.bam", "reads of FATHER", "CHILD",
      "samtools addreplacerg")
  }

  @Test("65: reads of two people in one file")
  func twoPeople() throws {
    let (family, reads) = try family()
    let path = try reads.write("one", in: family.folder)
    let header = try #require(try Tool.output("samtools", ["view", "-H", path]))
    try family.folder.write("two.header", String(decoding: header, as: UTF8.self) + "@RG\tID:other\tSM:MOTHER\n")
    let bytes = try #require(try Tool.output("samtools", ["reheader", family.folder.file("two.header"), path]))
    let two = try family.folder.file("two.bam", bytes)
    try SmallAlignment.samtools("index", two)
    try fail(family, ["--alignment", "CHILD=" + two], status: 65, saying: "two.bam", "reads of CHILD, MOTHER")
  }

  @Test("65: reads of another build, or of none that is known")
  func build() throws {
    let (family, _) = try family()
    var old = MemberReads("CHILD")
    old.build = .grch37
    let path = try old.write("old", in: family.folder)
    try fail(family, ["--alignment", "CHILD=" + path], status: 65, saying: "old.bam", "GRCh37", "GRCh38")
    try family.folder.write("odd.sam", "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:5000\n@RG\tID:1\tSM:CHILD\n")
    let odd = family.folder.file("odd.bam")
    for arguments in [["view", "-b", "-o", odd, family.folder.file("odd.sam")], ["index", odd]] {
      _ = try #require(try Tool.output("samtools", arguments))
    }
    try fail(family, ["--alignment", "CHILD=" + odd], status: 65, saying: "odd.bam", "no build known here")
  }

  @Test("65: reads without an index; 66: none at all")
  func absent() throws {
    let (family, child) = try family()
    let path = try child.write("bare", in: family.folder, isIndexed: false)
    try fail(family, ["--alignment", "CHILD=" + path], status: 65, saying: "bare.bam", "samtools index")
    let nowhere = family.folder.file("nowhere.bam")
    try fail(family, ["--alignment", "CHILD=" + nowhere], status: 66, saying: "nowhere.bam")
  }

  @Test("65: a file that is no alignment, one that was cut")
  func content() throws {
    let (family, child) = try family()
    let text = try family.folder.write("text.bam", "CHILD\n")
    try fail(family, ["--alignment", "CHILD=" + text], status: 65, saying: "text.bam", "BAM or CRAM")
    let path = try child.write("cut", in: family.folder)
    _ = try family.folder.file("cut.bam", try family.folder.bytes("cut.bam").dropLast(28))
    try fail(family, ["--alignment", "CHILD=" + path], status: 65, saying: "cut.bam")
  }

  @Test("65: one nameless file for two members, by one name, a symbolic link or a hard one")
  func shared() throws {
    var (family, child) = try family()
    child.sample = nil
    let path = try child.write("one", in: family.folder)
    let (soft, hard) = (family.folder.file("soft.bam"), family.folder.file("hard.bam"))
    try FileManager.default.createSymbolicLink(atPath: soft, withDestinationPath: path)
    try FileManager.default.linkItem(atPath: path, toPath: hard)
    for other in [path, soft, hard] {
      if other != path { try FileManager.default.copyItem(atPath: path + ".bai", toPath: other + ".bai") }
      try fail(
        family, ["--alignment", "CHILD=" + path, "--alignment", "MOTHER=" + other], status: 65, saying: "one.bam",
        "CHILD", "MOTHER", "each member's own file")
    }
  }

  @Test("64: two files of one member")
  func several() throws {
    let (family, child) = try family()
    let path = try child.write("one", in: family.folder)
    try fail(
      family, ["--alignment", "CHILD=" + path, "--alignment", "CHILD=" + path], status: 64, saying: "CHILD",
      "samtools merge")
  }

  @Test("Reads under no name are taken with a warning; with --strict they are refused")
  func nameless() throws {
    let (family, reads) = try family()
    var child = reads
    child.sample = nil
    let path = try child.write("nameless", in: family.folder)
    let flags = ["--alignment", "CHILD=" + path]
    try fail(family, flags + ["--strict"], status: 65, saying: "nameless.bam", "names no sample")
    let outcome = try family.screen(flags)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stderr.contains("nameless.bam") && outcome.stderr.contains("names no sample"), "\(outcome.text)")
    #expect(try family.evidence()["CHILD"]?["alt"] as? Int == 15)
    #expect(try family.folder.text("out/run.json").contains("names no sample"))
  }

  @Test("Somebody whom neither pedigree nor variants know; a sample that is not of the family")
  func strangers() throws {
    var (family, child) = try family()
    child.sample = "AUNT"
    let path = try child.write("aunt", in: family.folder)
    let flags = ["--alignment", "AUNT=" + path]
    try fail(family, flags, status: 64, saying: "AUNT", "neither in the pedigree nor a sample")
    family.variants = SmallFamily()
    family.variants.samples = ["CHILD", "FATHER", "MOTHER", "AUNT"]
    WitnessFamily.stop.add(to: &family.variants, ["0/1", "0/0", "0/0", "0/1"], gene: "SCN1A")
    let outcome = try family.screen(flags)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stderr.contains("AUNT") && outcome.stderr.contains("not of the family"), "\(outcome.text)")
    #expect(!family.folder.exists("out/coverage.tsv"))
  }
}
