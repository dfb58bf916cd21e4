import Foundation
import TestSupport
import Testing

/// A caller's raw VCF and a reference: `screen` tells consequences itself.
@Suite("A raw VCF with a reference") struct RawFamilyTests {
  private static func family(_ genome: SmallGenome, at coding: Int, to base: String) -> SmallFamily {
    var family = SmallFamily()
    family.isAnnotated = false
    let position = genome.position(ofCoding: coding)
    family.add("chrX", position, genome.reference(position), base, ["0/1", "0/0", "0/0"])
    return family
  }

  private static func candidate(_ folder: TemporaryFolder) throws -> [String: String] {
    let lines = try folder.text("out/candidates.tsv").split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let first = try #require(lines.dropFirst().first)
    return Dictionary(zip(lines[0], first), uniquingKeysWith: { first, _ in first })
  }

  @Test func aStopIsFoundNamedAndWeighed() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    let reference = try genome.write(to: folder)
    let arguments = try Self.family(genome, at: 28, to: "T").write(to: folder, panel: "skeletal")
    let outcome = try Program.run(
      ["screen"] + arguments + ["--reference", reference, "--out", folder.file("out"), "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let candidate = try Self.candidate(folder)
    #expect(candidate["gene"] == "SHOX" && candidate["consequence"] == "stop_gained")
    #expect(candidate["hgvs_c"] == "NM_000451.4:c.28C>T" && candidate["hgvs_p"] == "NP_000442.1:p.(Arg10Ter)")
    #expect(candidate["acmg_criteria"]?.contains("PVS1") == true, "\(candidate)")
  }

  @Test func aSpliceSiteIsFoundToo() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    var family = SmallFamily()
    family.isAnnotated = false
    let position = SmallGenome.exons[1].upperBound + 1
    family.add("chrX", position, genome.reference(position), "A", ["0/1", "0/0", "0/0"])
    let outcome = try Program.run(
      ["screen"] + family.write(to: folder, panel: "skeletal")
        + ["--reference", genome.write(to: folder), "--out", folder.file("out"), "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let candidate = try Self.candidate(folder)
    #expect(
      candidate["consequence"]?.contains("splice_donor_variant") == true
        && candidate["hgvs_c"]?.hasSuffix("+1G>A") == true)
  }

  @Test func withoutReferenceTheRemedyIsNamed() throws {
    let folder = try TemporaryFolder()
    let arguments = try Self.family(SmallGenome(), at: 28, to: "T").write(to: folder, panel: "skeletal")
    let outcome = try Program.run(["screen"] + arguments + ["--out", folder.file("out")])
    #expect(outcome.status == 65 && outcome.stderr.contains("--reference"), "\(outcome.text)")
    #expect(!folder.exists("out/report.html"))
  }

  @Test func theExplanationNamesTheGeneModel() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    let position = genome.position(ofCoding: 28)
    let arguments = try Self.family(genome, at: 28, to: "T").write(to: folder, panel: "skeletal")
    let outcome = try Program.run(
      ["explain"] + arguments + ["--reference", genome.write(to: folder), "--variant", "X-\(position)-C-T", "--quiet"])
    #expect(outcome.status == 0 && outcome.stdout.contains("stop_gained"), "\(outcome.text)")
  }
}
