import Foundation
import TestSupport
import Testing

/// Many cases added to the cohort by one command.
@Suite("cohort add of a sheet", .serialized) struct CohortSheetTests {
  private let folder: TemporaryFolder
  private static let count = 30
  private static let place = "2-166002700-C-T"

  /// Families in which a child carries one stop, half of them from the mother, and each has common alleles besides.
  init() throws {
    folder = try TemporaryFolder()
    var rows = ["case\tvariants\tpedigree"]
    for number in 1...Self.count {
      var family = SmallFamily()
      family.samples = ["CHILD\(number)", "FATHER\(number)", "MOTHER\(number)"]
      family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/0", number % 2 == 0 ? "0/1" : "0/0"])
      for index in 0..<40 {
        family.add("chr2", 166_010_000 + index * 10, "A", "G", ["0/1", "0/1", "0/0"])
      }
      try folder.write("F\(number).vcf", family.text)
      let people = ["CHILD", "FATHER", "MOTHER"].reduce(SmallFamily.pedigree) {
        $0.replacing($1, with: "\($1)\(number)")
      }
      try folder.write("F\(number).ped", people.replacing("F\t", with: "FAM\(number)\t"))
      rows.append("CASE-\(number)\tF\(number).vcf\tF\(number).ped")
    }
    try folder.write("cases.tsv", rows.joined(separator: "\n") + "\n")
  }

  private var add: [String] { ["cohort", "add", "cases.tsv", "--cohort", "cohort.sqlite"] }

  private func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(arguments, directory: folder.path)
  }

  private func query(_ more: [String]) throws -> String {
    try run(["cohort", "query", "--cohort", "cohort.sqlite"] + more).stdout
  }

  private func counts() throws -> [String] {
    let row = try query([Self.place]).split(separator: "\n").last ?? ""
    return row.split(separator: "\t").map(String.init)
  }

  @Test func everyCaseIsAddedOnceAndABadOneStopsNoOther() throws {
    try folder.write("CUT.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n")
    try folder.write("cases.tsv", try folder.text("cases.tsv") + "CUT\tCUT.vcf\tF1.ped\nLOST\tLOST.vcf\tF1.ped\n")
    let first = try run(add)
    #expect(first.status == 65, "\(first.text)")
    #expect(first.stderr.contains("2 cases were not added: CUT (exit 65), LOST (exit 66)"), "\(first.text)")
    #expect(first.stdout.contains("32 cases: 30 added with 90 samples, 2 failed"), "\(first.text)")
    let samples = try query(["--samples"])
    #expect(samples.split(separator: "\n").count == 1 + 90)
    // Unaffected, unrelated members count: both parents of each family; a mother in two carries the allele.
    let counted = try counts()
    #expect(counted[4...5] == ["15", "120"], "\(counted)")
    let again = try run(add)
    #expect(
      again.status == 65 && again.stdout.contains("0 added with 0 samples, 30 were there already"), "\(again.text)")
    #expect(try counts() == counted)
  }

  @Test func findingsComeFromTheFoldersOfTheBatch() throws {
    let batch = try run(["batch", "cases.tsv", "--out", "results", "--quiet"])
    #expect(batch.status == 0, "\(batch.text)")
    let outcome = try run(add + ["--findings", "results"])
    #expect(outcome.stdout.contains("30 added"), "\(outcome.text)")
    #expect(try query([Self.place]).contains("CASE-7"))
  }

  @Test func flagsOfOneCaseAreRefused() throws {
    let outcome = try run(add + ["--ped", "F1.ped"])
    #expect(outcome.status == 64 && outcome.stderr.contains("write them into the sheet"), "\(outcome.text)")
    #expect(!folder.exists("cohort.sqlite"))
  }

  @Test func whateverKillsItTheCountsAreExact() throws {
    var random = SystemRandomNumberGenerator()
    var kills = 0
    for _ in 0..<12 {
      let running = try RunningProgram(add, directory: folder.path)
      usleep(UInt32.random(in: 20_000...900_000, using: &random))
      kill(running.processID, SIGKILL)
      if try running.outcome().status != 0 { kills += 1 }
      guard folder.exists("cohort.sqlite") else { continue }
      // What is there is whole families.
      let lines = try run(["cohort", "query", "--samples", "--cohort", "cohort.sqlite"])
      if lines.status == 0 { #expect((lines.stdout.split(separator: "\n").count - 1) % 3 == 0, "\(lines.text)") }
      if let sqlite = Tool.location(of: "sqlite3") {
        let check = try Program.run([folder.file("cohort.sqlite"), "PRAGMA integrity_check"], program: sqlite)
        #expect(check.stdout == "ok\n")
      }
    }
    #expect(kills > 0)
    let last = try run(add)
    #expect(last.status == 0, "\(last.text)")
    #expect(try counts()[4...5] == ["15", "120"])
    #expect(try query(["--samples"]).split(separator: "\n").count == 1 + 90)
  }
}
