import Foundation
import TestSupport
import Testing

/// The cohort by the program itself: adding, asking, removing, and what it says when it cannot.
@Suite("cohort")
struct CohortTests {
  private let folder: TemporaryFolder
  private let flags: [String]
  private var database: String { folder.file("cohort.sqlite") }

  init() throws {
    folder = try TemporaryFolder()
    var family = SmallFamily()
    family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/0", "0/0"])
    family.add("chr2", 166_002_800, "G", "A", ["0/1", "0/1", "0/0"])
    family.add("chrX", 50_000_000, "G", "GA", ["0/1", "1", "0/0"])
    family.add("chrX", 50_000_100, "G", "A", ["0/1", "1", "0/0"], filter: "LowQual")
    flags = Array(try family.write(to: folder).prefix(4))
  }

  private func cohort(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["cohort"] + arguments + ["--cohort", database])
  }

  /// The cells of the only answer, by column.
  private func answer(_ arguments: [String]) throws -> [String: String] {
    let lines = try cohort(["query"] + arguments).stdout.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard lines.count == 2 else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
  }

  @Test("Adds, tells, adds again without a change, and removes")
  func life() throws {
    let added = try cohort(["add"] + flags)
    #expect(added.status == 0, "\(added.text)")
    #expect(added.stdout.contains("added 3 samples: CHILD, FATHER, MOTHER"))
    #expect(added.stdout.contains("1 records refused by FILTER or QUAL"))
    #expect(added.stderr.contains("no --regions"))
    let deNovo = try answer(["2-166002700-C-T", "--carriers"])
    #expect(deNovo["ac"] == "0" && deNovo["an"] == "4" && deNovo["carriers"] == "1" && deNovo["families"] == "1")
    #expect(deNovo["carrier_samples"] == "CHILD:het")
    let inherited = try answer(["chr2:166002800:G:A"])
    #expect(inherited["ac"] == "1" && inherited["an"] == "4" && inherited["af"] == "0.25")
    let onX = try answer(["X-50000000-G-GA"])
    #expect(onX["ac"] == "1" && onX["an"] == "3" && onX["hemi"] == "1" && onX["ac_xy"] == "1" && onX["an_xy"] == "1")
    let refused = try answer(["X-50000100-G-A"])
    #expect(refused["ac"] == "0" && refused["an"] == "0" && refused["samples"] == "0" && refused["af"] == ".")
    #expect(try answer(["2-166002800-G-A", "--excluding-family", "F"])["an"] == "0")
    let region = try cohort(["query", "--region", "chr2:166,002,700-166,002,800", "--format", "json"])
    #expect(region.stdout.contains("\"2-166002700-C-T\"") && region.stdout.contains("\"2-166002800-G-A\""))

    let again = try cohort(["add"] + flags)
    #expect(again.status == 0 && again.stdout.contains("already there"), "\(again.text)")
    let removed = try cohort(["remove", "FATHER"])
    #expect(removed.status == 0, "\(removed.text)")
    #expect(try answer(["2-166002800-G-A"])["ac"] == "0")
    #expect(!(try cohort(["query", "--samples"]).stdout.contains("FATHER")))
  }

  @Test("A changed file needs --replace")
  func changed() throws {
    _ = try cohort(["add"] + flags)
    var family = SmallFamily()
    family.add("chr2", 166_002_700, "C", "T", ["0/0", "0/1", "0/0"])
    _ = try family.write(to: folder)
    let refused = try cohort(["add"] + flags)
    #expect(refused.status == 65, "\(refused.text)")
    #expect(refused.stderr.contains("--replace") && refused.stderr.contains("another variant file"))
    #expect(try answer(["2-166002700-C-T"])["ac"] == "0")
    #expect(try cohort(["add", "--replace"] + flags).status == 0)
    #expect(try answer(["2-166002700-C-T"])["ac"] == "1")
    #expect(try answer(["2-166002800-G-A"])["carriers"] == "0")
  }

  @Test("What a case was reported with is told when the allele is met again")
  func findings() throws {
    let results = folder.file("results")
    #expect(try Program.run(["screen"] + flags + ["--panel", "epilepsy", "--out", results, "--quiet"]).status == 0)
    let added = try cohort(["add", "--findings", results, "--note", "to be confirmed"] + flags)
    #expect(added.status == 0 && added.stdout.contains("findings kept"), "\(added.text)")
    let cell = try answer(["2-166002700-C-T"])["findings"] ?? ""
    #expect(cell.hasPrefix("case CHILD, rank 1, ") && cell.hasSuffix("to be confirmed"), "\(cell)")
    #expect(try cohort(["add", "--findings", folder.path] + flags).status == 66)
  }

  @Test("Regions limit what was looked at, and are known by their name afterwards")
  func regions() throws {
    let bed = try folder.write("targets.bed", "chr2\t166002600\t166002750\n")
    let added = try cohort(["add", "--regions", bed] + flags)
    #expect(added.status == 0 && !added.stderr.contains("no --regions"), "\(added.text)")
    #expect(try answer(["2-166002700-C-T"])["an"] == "4")
    #expect(try answer(["2-166002800-G-A"])["an"] == "0")
    #expect(try cohort(["add", "--regions", "targets.bed"] + flags).stdout.contains("already there"))
    let unknown = try cohort(["add", "--regions", "nothing"] + flags)
    #expect(unknown.status == 64 && unknown.stderr.contains("targets.bed"), "\(unknown.text)")
  }

  @Test("Faults have their exit codes, and say what to do")
  func faults() throws {
    let absent = try cohort(["query", "2-1-A-C"])
    #expect(absent.status == 66 && absent.stderr.contains("cohort add"), "\(absent.text)")
    #expect(try cohort(["query"]).status == 64)
    #expect(try cohort(["query", "--region", "2:9-1"]).status == 64)
    #expect(try cohort(["query", "nonsense"]).status == 64)
    #expect(try cohort(["remove", "X"]).status == 66)
    #expect(try cohort(["add", "--vcf", "-"]).status == 64)
    let place = try folder.write("file", "")
    #expect(try Program.run(["cohort", "add", "--cohort", place + "/c.sqlite"] + flags).status == 73)
    _ = try cohort(["add"] + flags)
    #expect(try cohort(["remove", "NOBODY"]).status == 64)
    let text = try folder.write("text.sqlite", String(repeating: "no database\n", count: 100))
    #expect(try Program.run(["cohort", "query", "2-1-A-C", "--cohort", text]).status == 65)
    var family = SmallFamily()
    family.build = .grch37
    family.add("2", 166_002_700, "C", "T", ["0/1", "0/0", "0/0"])
    _ = try family.write(to: folder)
    let foreign = try cohort(["add", "--replace"] + flags)
    #expect(foreign.status == 65 && foreign.stderr.contains("GRCh37"), "\(foreign.text)")
  }

  @Test("A file that breaks off leaves the cohort as it was")
  func malformed() throws {
    _ = try cohort(["add"] + flags)
    let before = try cohort(["query", "--samples"]).stdout
    let broken = try folder.write("broken.vcf", try folder.text("family.vcf") + "chr2\t166002900\t.\tC\n")
    let outcome = try cohort(["add", "--replace", "--vcf", broken, "--ped", folder.file("family.ped")])
    #expect(outcome.status == 65, "\(outcome.text)")
    #expect(try cohort(["query", "--samples"]).stdout == before)
    #expect(try answer(["2-166002800-G-A"])["ac"] == "1")
  }

  @Test("A full disk is told, and the cohort is as it was")
  func fullDisk() throws {
    _ = try cohort(["add"] + flags)
    let before = try cohort(["query", "--samples"]).stdout
    try ManyRecords(30_000).write(to: folder)
    let line = "ulimit -f 200; exec \"$RARESCREEN\" cohort add --vcf many.vcf --ped many.ped --cohort cohort.sqlite"
    let outcome = try Program.shell(line, directory: folder.path)
    #expect(outcome.status == 74, "\(outcome.text)")
    #expect(try cohort(["query", "--samples"]).stdout == before)
  }

  @Test("The environment names the database where no option does")
  func environment() throws {
    var surroundings = ProcessInfo.processInfo.environment
    surroundings["RARESCREEN_COHORT"] = database
    #expect(try Program.run(["cohort", "add"] + flags, environment: surroundings).status == 0)
    surroundings["RARESCREEN_COHORT"] = nil
    surroundings["HOME"] = folder.path
    #expect(try Program.run(["cohort", "add"] + flags, environment: surroundings).status == 0)
    #expect(folder.exists(".local/share/rarescreen/cohort.sqlite"))
  }
}

/// A person with many invented alleles, in a file that takes a while to add.
private struct ManyRecords {
  let text: String

  init(_ count: Int) {
    var lines = [
      "##fileformat=VCFv4.2", "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
      "##contig=<ID=chr1,length=248956422>",
      ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", "LATER"].joined(separator: "\t"),
    ]
    lines += (1...count).map { "chr1\t\($0 * 800)\t.\tA\tG\t50\tPASS\t.\tGT\t0/1" }
    text = lines.joined(separator: "\n") + "\n"
  }

  func write(to folder: TemporaryFolder) throws {
    try folder.write("many.vcf", text)
    try folder.write("many.ped", "L\tLATER\t0\t0\t2\t2\n")
  }
}

@Suite("The cohort and other processes", .serialized)
struct CohortProcessTests {
  private static let add = ["cohort", "add", "--vcf", "many.vcf", "--ped", "many.ped", "--cohort", "cohort.sqlite"]

  private static func prepared() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try ManyRecords(80_000).write(to: folder)
    var family = SmallFamily()
    family.add("chr2", 166_002_800, "G", "A", ["0/1", "0/1", "0/0"])
    let flags = Array(try family.write(to: folder).prefix(4))
    #expect(try Program.run(["cohort", "add"] + flags + ["--cohort", folder.file("cohort.sqlite")]).status == 0)
    return folder
  }

  @Test(
    "Whenever the process is killed, the old cohort is whole and the new sample absent, or all is there",
    arguments: [30, 100, 250, 400, 700, 1_000, 1_400, 1_900])
  func kill(milliseconds: UInt32) throws {
    let folder = try Self.prepared()
    let run = try RunningProgram(Self.add, directory: folder.path)
    usleep(milliseconds * 1_000)
    Foundation.kill(run.processID, SIGKILL)
    let outcome = try run.outcome()
    let samples = try Program.run(["cohort", "query", "--samples", "--cohort", folder.file("cohort.sqlite")])
    #expect(samples.status == 0, "\(samples.text)")
    let isThere = samples.stdout.contains("LATER")
    if outcome.status == 0 { #expect(isThere) }
    let query = ["cohort", "query", "2-166002800-G-A", "1-800-A-G", "--cohort", folder.file("cohort.sqlite")]
    let counts = try Program.run(query).stdout.split(separator: "\n").dropFirst().map { $0.split(separator: "\t")[4] }
    #expect(counts == ["1", isThere ? "1" : "0"])
    if let sqlite = Tool.location(of: "sqlite3") {
      let check = try Program.run([folder.file("cohort.sqlite"), "PRAGMA integrity_check"], program: sqlite)
      #expect(check.stdout == "ok\n")
    }
    #expect(try Program.run(Self.add, directory: folder.path).status == 0)
    #expect(try Program.run(query).stdout.contains("1\t800\tA\tG\t1\t6\t"))
  }

  @Test("Of two that add at once the second waits, and both are there")
  func twoAtOnce() throws {
    let folder = try Self.prepared()
    let first = try RunningProgram(Self.add, directory: folder.path)
    var family = SmallFamily()
    family.samples = ["CHILD2", "FATHER2", "MOTHER2"]
    family.add("chr2", 166_002_800, "G", "A", ["0/1", "0/1", "0/0"])
    try folder.write("second.vcf", family.text)
    let people = ["CHILD", "FATHER", "MOTHER"].reduce(SmallFamily.pedigree) { $0.replacing($1, with: $1 + "2") }
    try folder.write("second.ped", people.replacing("F\t", with: "G\t"))
    let second = try RunningProgram(
      ["cohort", "add", "--vcf", "second.vcf", "--ped", "second.ped", "--cohort", "cohort.sqlite"],
      directory: folder.path)
    let outcomes = [try first.outcome(), try second.outcome()]
    #expect(outcomes.map(\.status) == [0, 0], "\(outcomes.map(\.text))")
    let samples = try Program.run(["cohort", "query", "--samples", "--cohort", folder.file("cohort.sqlite")]).stdout
    #expect(samples.split(separator: "\n").count == 8)
  }
}

/// `screen` and `explain` with the laboratory's own counts.
@Suite("A screen that asks the cohort") struct CohortScreenTests {
  /// Adds families in which the child carries a stop of SCN1A that comes from its mother.
  private static func cohort(_ folder: TemporaryFolder, families: Int) throws -> String {
    let path = folder.file("cohort.sqlite")
    var family = SmallFamily()
    family.samples = (0..<families).flatMap { ["C\($0)", "F\($0)", "M\($0)"] }
    family.add(
      "chr2", 166_002_700, "C", "T", (0..<families).flatMap { _ in ["0/1", "0/0", "0/1"] })
    let variants = try folder.write("cohort.vcf", family.text)
    let pedigree = try folder.write(
      "cohort.ped",
      (0..<families).map {
        "FAM\($0)\tC\($0)\tF\($0)\tM\($0)\t2\t2\nFAM\($0)\tF\($0)\t0\t0\t1\t1\nFAM\($0)\tM\($0)\t0\t0\t2\t1\n"
      }
      .joined())
    let outcome = try Program.run(["cohort", "add", "--vcf", variants, "--ped", pedigree, "--cohort", path, "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    return path
  }

  @Test func localCountsAreShownAndCommonAllelesLeave() throws {
    let folder = try TemporaryFolder()
    let few = try Self.cohort(folder, families: 3)
    let arguments = try SmallFamily.solved.write(to: folder)
    let shown = try Program.run(["screen"] + arguments + ["--cohort", few, "--out", folder.file("out"), "--quiet"])
    #expect(shown.status == 0, "\(shown.text)")
    let document = try folder.text("out/candidates.json")
    #expect(document.contains("\"local_ac\": 3") && document.contains("\"local_an\": 12"), "\(document.prefix(3_000))")
    #expect(try folder.text("out/run.json").contains("\"cohort\""))

    let other = try TemporaryFolder()
    let many = try Self.cohort(other, families: 30)
    let left = try Program.run(
      ["explain"] + arguments + ["--cohort", many, "--variant", "2-166002700-C-T", "--quiet"])
    #expect(left.status == 0 && left.stdout.contains("30 of 120"), "\(left.text)")
  }

  @Test func aCohortOfTheFamilyAloneKnowsNothing() throws {
    let folder = try TemporaryFolder()
    let arguments = try SmallFamily.solved.write(to: folder)
    let cohort = folder.file("own.sqlite")
    let added = try Program.run(["cohort", "add"] + arguments + ["--cohort", cohort, "--quiet"])
    #expect(added.status == 0, "\(added.text)")
    let outcome = try Program.run(
      ["screen"] + arguments + ["--cohort", cohort, "--out", folder.file("out"), "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try !folder.text("out/candidates.json").contains("\"local_an\": 0"))
  }

  @Test func aCohortOfAnotherBuildOrNoneAtAllIsRefused() throws {
    let folder = try TemporaryFolder()
    let arguments = try SmallFamily.solved.write(to: folder)
    let none = try Program.run(
      ["screen"] + arguments + ["--cohort", folder.file("no.sqlite"), "--out", folder.file("out")])
    #expect(none.status == 66, "\(none.text)")
    let cohort = try Self.cohort(folder, families: 1)
    var family = SmallFamily(build: .grch37)
    family.add("2", 166_859_210, "C", "T", ["0/1", "0/0", "0/0"])
    let foreign = try Program.run(
      ["screen"] + family.write(to: folder) + ["--cohort", cohort, "--out", folder.file("out")])
    #expect(foreign.status == 65 && foreign.stderr.contains("GRCh38"), "\(foreign.text)")
  }
}
