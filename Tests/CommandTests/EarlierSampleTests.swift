import Foundation
import TestSupport
import Testing

/// A tube that comes back under another name, by the program itself.
@Suite struct EarlierSampleTests {
  /// A file of one man with genotypes at the sites of the fingerprint, drawn from `seed`.
  static func person(_ name: String, seed: UInt64, in folder: TemporaryFolder) throws -> [String] {
    var state = seed
    func allele() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 63)
    }
    var lines = [
      "##fileformat=VCFv4.2", "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
      "##contig=<ID=chr1,length=248956422>", "##contig=<ID=chr2,length=242193529>",
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t\(name)",
    ]
    let table = try String(contentsOfFile: Checkout.directory + "/Panels/data/fingerprint_sites.tsv", encoding: .utf8)
    for line in table.split(separator: "\n") where line.first?.isNumber == true {
      let cells = line.split(separator: "\t")
      lines.append(
        "chr\(cells[0])\t\(cells[1])\t.\t\(cells[3])\t\(cells[4])\t50\tPASS\t.\tGT\t\(allele())/\(allele())")
    }
    let variants = try folder.write("\(name).vcf", lines.joined(separator: "\n") + "\n")
    let pedigree = try folder.write("\(name).ped", "F-\(name)\t\(name)\t0\t0\t1\t2\n")
    return ["--vcf", variants, "--ped", pedigree]
  }

  /// Verdict and message of the comparison with earlier samples.
  private static func comparison(_ flags: [String], _ cohort: String) throws -> [(verdict: String, message: String)] {
    let outcome = try Program.run(["qc"] + flags + ["--panel", "epilepsy", "--cohort", cohort])
    #expect(outcome.status == 0, "\(outcome.text)")
    return outcome.stdout.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
      .filter { $0[0] == "earlier_samples" }.map { ($0[3], $0[5]) }
  }

  @Test func aSecondNameIsToldAndForgottenWithItsSample() throws {
    let folder = try TemporaryFolder()
    let cohort = folder.file("cohort.sqlite")
    let first = try Self.person("A-1", seed: 1, in: folder)
    #expect(try Program.run(["cohort", "add"] + first + ["--cohort", cohort, "--quiet"]).status == 0)
    let stranger = try Self.comparison(Self.person("B-2", seed: 2, in: folder), cohort)
    #expect(stranger.map(\.verdict) == ["pass"], "\(stranger)")
    let again = try Self.comparison(first, cohort)
    #expect(again.map(\.verdict) == ["pass"], "\(again)")
    let second = try Self.person("C-3", seed: 1, in: folder)
    let swapped = try Self.comparison(second, cohort)
    #expect(swapped.map(\.verdict) == ["fail"], "\(swapped)")
    #expect(
      swapped[0].message.hasPrefix("C-3 and earlier sample A-1 of case A-1 look like the same person"), "\(swapped)")
    let other = try Program.run(["cohort", "add"] + Self.person("B-2", seed: 2, in: folder) + ["--cohort", cohort])
    #expect(other.status == 0)
    #expect(try Program.run(["cohort", "remove", "A-1", "--cohort", cohort]).status == 0)
    let forgotten = try Self.comparison(second, cohort)
    #expect(forgotten.map(\.verdict) == ["pass"], "\(forgotten)")
    // Without a cohort nobody compares.
    let alone = try Program.run(["qc"] + second + ["--panel", "epilepsy"])
    #expect(!alone.stdout.contains("earlier_samples"))
  }
}
