import Foundation
import TestSupport
import Testing

@Suite("Families of one joint file are read in one pass") struct JointBatchTests {
  /// Those that a case has for itself: times, how it was called, and what only a batch leaves.
  private static let own: Set = ["run.json", "status.json", "log.txt", "sketches.tsv"]

  /// Holds the folder of each family to what a lone screen leaves.
  private func expectAlone(_ joint: JointFamilies, out: String = "out", except: Set<Int> = [], _ flags: [String] = [])
    throws
  {
    for family in 0..<JointFamilies.count where !except.contains(family) {
      let alone = try joint.screen(family, flags)
      #expect(alone.status == 0, "\(alone.text)")
      let id = JointFamilies.name(family)
      let names = try #require(joint.folder.names(in: "alone/" + id))
      #expect(
        Set(names).subtracting(Self.own) == Set(joint.folder.names(in: "\(out)/\(id)") ?? []).subtracting(Self.own))
      for name in names where !Self.own.contains(name) {
        let same = try joint.folder.bytes("alone/\(id)/\(name)") == joint.folder.bytes("\(out)/\(id)/\(name)")
        #expect(same, "\(id)/\(name) differs")
      }
      let runs = try ["alone/", out + "/"].map { folder in
        try joint.folder.text(folder + id + "/run.json").split(separator: "\n").filter {
          !$0.contains("\"started\"") && !$0.contains("\"finished\"") && !$0.contains("\"command_line\"")
        }
      }
      #expect(!runs[0].isEmpty && runs[0] == runs[1], "\(id)")
    }
  }

  @Test func eachFamilyIsAsAloneAndTwoThatFailStopNoOther() throws {
    let joint = try JointFamilies()
    try joint.folder.write("FAM-06.ped", "FAM-06\tFAM-06-C\n")
    try joint.folder.write("FAM-09.ped", "X\tNOBODY\t0\t0\t1\t2\n")
    let outcome = try joint.batch("out", ["--threads", "3"])
    #expect(outcome.status == 65, "\(outcome.text)")
    #expect(outcome.stderr.contains("joint.vcf: read once for 8 cases"), "\(outcome.text)")
    #expect(outcome.stderr.contains("2 of 10 cases failed: FAM-06"), "\(outcome.text)")
    #expect(Rows(try joint.folder.text("out/summary.tsv")).column("state").filter { $0 == "done" }.count == 8)
    try expectAlone(joint, except: [5, 8])
  }

  @Test func budgetsNamesAndThreadsChangeNothing() throws {
    let joint = try JointFamilies()
    try FileManager.default.createSymbolicLink(
      atPath: joint.folder.file("other.vcf"), withDestinationPath: joint.folder.file("joint.vcf"))
    // One that knows the file by another name is read with the others.
    try joint.writeSheet { $0 == 2 ? "other.vcf" : nil }
    let named = try joint.batch("out", ["--threads", "4"])
    #expect(named.status == 0 && named.stderr.contains("read once for 10 cases"), "\(named.text)")
    // 160 MB are of all, 96 of each case, 24 of a thread: three cases at a time, and the last alone.
    let little = try joint.batch("little", ["--memory", "480M"])
    #expect(little.status == 0, "\(little.text)")
    #expect(little.stderr.components(separatedBy: "read once for 3 cases").count == 4, "\(little.text)")
    for family in 0..<JointFamilies.count {
      let id = JointFamilies.name(family)
      for name in ["candidates.json", "report.html", "qc.json", "candidates.vcf.gz"] {
        let bytes = try joint.folder.bytes("out/\(id)/\(name)")
        #expect(try joint.folder.bytes("little/\(id)/\(name)") == bytes, "\(id)/\(name)")
      }
    }
    #expect(try joint.folder.text("out/FAM-03/run.json").contains("\"other.vcf\""))
    try expectAlone(joint, except: Set(0..<JointFamilies.count).subtracting([2]))
  }

  @Test func aFileThatIsCutShortFailsAllItsFamiliesWithTheReason() throws {
    let joint = try JointFamilies(variants: "joint.vcf.gz")
    let bytes = try joint.folder.bytes("joint.vcf")
    _ = try joint.folder.file("joint.vcf.gz", blockGzip(bytes, blockSize: 4_000).dropLast(40_028))
    let outcome = try joint.batch()
    #expect(outcome.status == 65 && outcome.stderr.contains("10 of 10 cases failed"), "\(outcome.text)")
    let alone = try joint.screen(0)
    #expect(alone.status == 65)
    let reason = alone.stderr.replacing("rarescreen: error: ", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(Rows(try joint.folder.text("out/summary.tsv")).column("message").allSatisfy { $0 == reason }, "\(reason)")
  }

  @Test func resumeReadsOnlyForTheFamiliesThatChanged() throws {
    let joint = try JointFamilies()
    #expect(try joint.batch().status == 0)
    let again = try joint.batch("out", ["--resume"])
    #expect(again.status == 0 && !again.stderr.contains("read once"), "\(again.text)")
    #expect(again.stdout.contains("10 of them before and unchanged"), "\(again.text)")
    for family in [1, 7] {
      let name = JointFamilies.name(family) + ".ped"
      try joint.folder.write(name, joint.folder.text(name) + "# looked at again\n")
    }
    let changed = try joint.batch("out", ["--resume"])
    #expect(changed.stderr.contains("read once for 2 cases"), "\(changed.text)")
    #expect(changed.stdout.contains("8 of them before and unchanged"), "\(changed.text)")
  }

  @Test func shardsAndTheirMergeAreTheBatch() throws {
    let joint = try JointFamilies()
    #expect(try joint.batch().status == 0)
    for number in 1...2 {
      let shard = try joint.batch("part-\(number)", ["--shard", "\(number)/2"])
      #expect(shard.status == 0 && shard.stderr.contains("read once for 5 cases"), "\(shard.text)")
    }
    let merged = try Program.run(
      ["merge"] + (1...2).map { joint.folder.file("part-\($0)") } + ["--out", joint.folder.file("merged")])
    #expect(merged.status == 0, "\(merged.text)")
    for name in ["index.html", "relatives.tsv", "FAM-05/report.html", "FAM-10/candidates.json"] {
      #expect(try joint.folder.bytes("merged/" + name) == joint.folder.bytes("out/" + name), "\(name)")
    }
  }

  /// Gives each record 120 kB of INFO that say nothing, so that a file of few records is a large one.
  private static let padding =
    "BEGIN { FS = OFS = \"\\t\" } "
    + "/^##FORMAT=<ID=GT/ { print \"##INFO=<ID=PAD,Number=1,Type=String,Description=\\\"Nothing\\\">\" } "
    + "!/^#/ { $8 = \"PAD=\" p \";\" $8 } { print }"

  /// A large file is read in the places of each family's panels, by its index where that pays.
  @Test(
    .enabled(if: Tool.isPresent("bgzip") && Tool.isPresent("tabix")), arguments: ["index", "whole"])
  func aLargeFileIsReadByItsIndexForAllAtOnce(kind: String) throws {
    let joint = try JointFamilies(variants: "joint.vcf.gz", records: 300)
    try Self.pad(joint)
    let flags = kind == "whole" ? ["--no-index"] : []
    let outcome = try joint.batch("out", flags)
    #expect(outcome.status == 0 && outcome.stderr.contains("read once for 10 cases"), "\(outcome.text)")
    let text = try joint.folder.text("out/FAM-01/log.txt")
    #expect(!text.contains("error"), "\(text)")
    #expect(try joint.folder.text("out/FAM-01/run.json").contains("a large file"))
    try expectAlone(joint, except: Set(3..<JointFamilies.count), flags)
  }

  /// By its own index a family does not see a record outside its panels; what is wrong with one must not fail it here either.
  @Test(.enabled(if: Tool.isPresent("bgzip") && Tool.isPresent("tabix")))
  func aFaultThatAFamilyAloneWouldNotSeeDoesNotFailIt() throws {
    let joint = try JointFamilies(variants: "joint.vcf.gz", records: 300)
    var lines = try joint.folder.text("joint.vcf").split(separator: "\n").map(String.init)
    // In SLC2A1, which every third family's panel does not have, and behind the records that are always checked.
    let place = try #require(lines.lastIndex { $0.hasPrefix("chr1\t4292") })
    lines[place] = String(lines[place][..<(try #require(lines[place].lastIndex(of: "\t")))])
    try joint.folder.write("joint.vcf", lines.joined(separator: "\n") + "\n")
    try Self.pad(joint)
    let outcome = try joint.batch()
    #expect(outcome.status == 65 && outcome.stderr.contains("read once for 10 cases"), "\(outcome.text)")
    let states = Rows(try joint.folder.text("out/summary.tsv")).column("state")
    #expect(states.indices.filter { states[$0] == "done" } == [2, 5, 8], "\(outcome.text)")
    try expectAlone(joint, except: Set(0..<JointFamilies.count).subtracting([2, 5]))
    let alone = try joint.screen(0)
    let reason = alone.stderr.replacing("rarescreen: error: ", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(alone.status == 65)
    #expect(Rows(try joint.folder.text("out/summary.tsv")).column("message")[0] == reason)
  }

  /// Makes a large file of a small one, with an index.
  private static func pad(_ joint: JointFamilies) throws {
    let made = try Program.shell(
      "awk -v p=\"$(head -c 120000 /dev/zero | tr '\\0' N)\" '\(padding)' joint.vcf | bgzip -l 0 > joint.vcf.gz && tabix joint.vcf.gz",
      directory: joint.folder.path)
    #expect(made.status == 0, "\(made.text)")
  }
}
