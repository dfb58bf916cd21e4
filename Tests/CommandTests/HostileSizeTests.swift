import TestSupport
import Testing

/// Inputs whose work or memory would grow with the square of something.
@Suite struct HostileSizeTests {
  /// Heterozygous stops of ALDH7A1, a recessive gene, in a child whose parents were not called.
  private func crowd(_ count: Int) -> [String] {
    let info = HostileCase.consequence(symbol: "ALDH7A1", gene: "HGNC:877")
    return (0..<count).map {
      HostileCase.record(
        chromosome: "5", position: 126_542_000 + 8 * $0, info: info,
        calls: [HostileCase.calls[0], "./.:.:.:.", "./.:.:.:."])
    }
  }

  @Test func aCrowdedGeneIsPairedInBoundsAndSaysSo() throws {
    var subject = try HostileCase()
    subject.records = crowd(400)
    let outcome = try subject.run()
    #expect(outcome.status == 0, "\(outcome.text)")
    let groups = try subject.candidates().compactMap { $0?["group"] }
    #expect(!groups.isEmpty)
    let report = try subject.output("report.html")
    #expect(report.contains("further pairs are not listed (max_pairs_per_gene)"))
    #expect(report.contains("the 272 with the fewest points of their own were not paired"))
  }

  @Test func whoseEveryPairFellToTheLimitIsToldThat() throws {
    var subject = try HostileCase()
    subject.records = crowd(140)
    let outcome = try subject.run("explain", ["--variant", "5-\(126_542_000 + 8 * 139)-C-T"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stdout.contains("max_pairs_per_gene"), "\(outcome.stdout)")
    #expect(!outcome.stdout.contains("no second hit found"), "\(outcome.stdout)")
  }

  @Test func aPedigreeOfTwoThousandFitsMemoryAndPage() throws {
    var subject = try HostileCase()
    subject.records = [HostileCase.record()]
    subject.pedigree += (0..<2_000).map { "F\tsib\($0)\tfather\tmother\t\(1 + $0 % 2)\t1\n" }.joined()
    try subject.folder.write("case.vcf", subject.text)
    try subject.folder.write("case.ped", subject.pedigree)
    // The counts of all pairs would take 5.6 GB.
    let outcome = try Program.shell(
      """
      ulimit -v 2000000
      "$RARESCREEN" screen --vcf case.vcf --ped case.ped --proband child --panel epilepsy --threads 2 --out out
      """, directory: subject.folder.path)
    #expect(outcome.status == 0, "\(outcome.text.prefix(2_000))")
    let page = try subject.output("report.html")
    #expect(page.utf8.count < 1 << 20)
    #expect(page.contains("this page shows the 60 members closest to child; 1,943 more are in candidates.json"))
  }

  @Test func aHundredGenerations() throws {
    var subject = try HostileCase()
    subject.records = [HostileCase.record()]
    var lines = ["F\tf0\t0\t0\t1\t1", "F\tm0\t0\t0\t2\t1"]
    for generation in 1..<100 {
      lines.append("F\tf\(generation)\tf\(generation - 1)\tm\(generation - 1)\t1\t1")
      lines.append("F\tm\(generation)\tf\(generation - 1)\tm\(generation - 1)\t2\t1")
    }
    lines += ["F\tfather\tf99\tm99\t1\t1", "F\tmother\tf99\tm99\t2\t1", "F\tchild\tfather\tmother\t2\t2"]
    subject.pedigree = lines.joined(separator: "\n") + "\n"
    let outcome = try subject.run()
    #expect(outcome.status == 0, "\(outcome.text.prefix(2_000))")
  }

  @Test func tenThousandAlternatesAndALineOfAMegabyte() throws {
    var subject = try HostileCase()
    let alternates = (0..<10_000).map { number in
      "T" + String((0..<7).map { Array("ACGT")[(number >> (2 * $0)) & 3] })
    }
    subject.records = [
      HostileCase.record(),
      HostileCase.record(
        position: HostileCase.place + 1, alternate: alternates.joined(separator: ","),
        calls: ["9999/10000:.:40:99", "0/0:.:40:99", "0/0:.:40:99"]),
      HostileCase.record(
        position: HostileCase.place + 2,
        info: HostileCase.consequence(protein: "p." + String(repeating: "A", count: 1 << 20))),
    ]
    let outcome = try subject.run()
    #expect(outcome.status == 0, "\(outcome.text.prefix(2_000))")
    let positions = Set(try subject.candidates().compactMap { $0?["pos"] })
    #expect(positions.contains("\(HostileCase.place)") && positions.contains("\(HostileCase.place + 2)"))
  }

  @Test func aFileThatIsNoPedigreeIsToldInAFewLines() throws {
    var subject = try HostileCase()
    subject.records = [HostileCase.record()]
    subject.pedigree = String(repeating: "not a pedigree\n", count: 5_000)
    let outcome = try subject.run()
    #expect(outcome.status == 65)
    #expect(outcome.stderr.split(separator: "\n").count == 21)
    #expect(outcome.stderr.contains("and 4980 more"))
  }
}
