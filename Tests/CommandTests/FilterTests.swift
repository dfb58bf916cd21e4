import Foundation
import TestSupport
import Testing

/// `rarescreen filter` as a user runs it, on the demonstration family's file.
@Suite("Filter") struct FilterTests {
  static let rare = "FILTER=\"PASS\" && QUAL>30 && (INFO/gnomAD_AF<0.01 || INFO/gnomAD_AF=\".\") && GT[0]=\"alt\""
  /// Sites, values of INFO, consequences, genotypes, the family.
  static let expressions = [
    rare, "INFO/gnomAD_AF>0.3 | QUAL<50", "N_ALT>1", "CSQ.IMPACT >= MODERATE && FMT/GQ[0]>=20",
    "kid.het && mom.hom_ref && dad.hom_ref",
  ]

  private static func records(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
  }

  private static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Program.Outcome {
    var surroundings = ProcessInfo.processInfo.environment
    surroundings.merge(environment) { $1 }
    return try Program.run(
      ["filter", Demonstration.variants, "--quiet", "--ped", Demonstration.pedigree] + arguments,
      environment: surroundings)
  }

  @Test("Kept records are the input's own bytes", .enabled(if: Tool.isPresent("bcftools"), "bcftools not found"))
  func untouched() throws {
    let input = Self.records(try #require(try Tool.output("bgzip", ["-dc", Demonstration.variants])))
    let outcome = try Self.run(["--where", Self.rare])
    #expect(outcome.status == 0, "\(outcome.text)")
    let kept = Self.records(Array(outcome.stdout.utf8))
    #expect(!kept.isEmpty && kept.count < input.count)
    #expect(kept == input.filter(Set(kept).contains), "lines that the input does not have, or another order")
    let theirs = try Tool.lines(
      "bcftools", ["query", "-i", Self.rare, "-f", "%CHROM\\t%POS\\n", Demonstration.variants])
    #expect(kept.map { $0.split(separator: "\t").prefix(2).joined(separator: "\t") } == theirs)
  }

  @Test("Whatever the kernels, the workers and the size of a stretch")
  func sameBytes() throws {
    for expression in Self.expressions {
      let expected = try Self.run(
        ["--where", expression, "--threads", "1"], environment: ["RARESCREEN_SIMD": "baseline"])
      #expect(expected.status == 0 && !Self.records(Array(expected.stdout.utf8)).isEmpty, "\(expected.text)")
      for (kernels, threads, stretch) in [("", 2, 1), ("avx2", 3, 1), ("avx512", 8, 40_000), ("", 5, 1 << 20)] {
        let name = kernels.isEmpty || Self.runs(kernels) ? kernels : ""
        let outcome = try Self.run(
          ["--where", expression, "--threads", "\(threads)", "--stretch", "\(stretch)"],
          environment: ["RARESCREEN_SIMD": name])
        #expect(
          Self.records(Array(outcome.stdout.utf8)) == Self.records(Array(expected.stdout.utf8)),
          "'\(expression)' with \(kernels), \(threads) workers, stretches of \(stretch)")
      }
    }
  }

  /// Whether this processor has the kernels of a name.
  private static func runs(_ kernels: String) -> Bool {
    (try? run(["--where", "QUAL<0"], environment: ["RARESCREEN_SIMD": kernels]).status) == 0
  }

  @Test(
    "BGZF and BCF hold the same records, with an index that works",
    .enabled(if: Tool.isPresent("bcftools"), "bcftools not found"), arguments: ["vcf.gz", "bcf"])
  func containers(ending: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/kept." + ending
    let outcome = try Self.run(["--where", "QUAL>50", "-o", path])
    #expect(outcome.status == 0 && outcome.stdout.isEmpty, "\(outcome.text)")
    #expect(folder.names()?.sorted() == ["kept." + ending, "kept." + ending + (ending == "bcf" ? ".csi" : ".tbi")])
    let expected = try Tool.lines("bcftools", ["view", "-H", "-i", "QUAL>50", Demonstration.variants])
    #expect(try Tool.lines("bcftools", ["view", "-H", path]) == expected)
    let region = try Tool.lines("bcftools", ["view", "-H", "-r", "chr9", path])
    #expect(!region.isEmpty && region == expected.filter { $0.hasPrefix("chr9\t") })
  }

  @Test(
    "BCF in: the same selection, and untouched records out",
    .enabled(if: Tool.isPresent("bcftools"), "bcftools not found"))
  func binaryInput() throws {
    let folder = try TemporaryFolder()
    let input = folder.path + "/in.bcf"
    _ = try #require(try Tool.output("bcftools", ["view", "--no-version", "-Ob", "-o", input, Demonstration.variants]))
    for expression in Self.expressions {
      let text = try Self.run(["--where", expression])
      for stretch in [1, 30_000, 1 << 20] {
        let binary = try Program.run([
          "filter", input, "--quiet", "--ped", Demonstration.pedigree, "--where", expression, "--stretch", "\(stretch)",
        ])
        #expect(binary.status == 0, "\(binary.text)")
        #expect(Self.sites(binary.stdout) == Self.sites(text.stdout), "'\(expression)', stretches of \(stretch)")
      }
    }
    let kept = folder.path + "/kept.bcf"
    let outcome = try Program.run(["filter", input, "--quiet", "--where", Self.rare, "-o", kept])
    #expect(outcome.status == 0, "\(outcome.text)")
    let expected = try Tool.lines("bcftools", ["view", "-H", "-i", Self.rare, input])
    #expect(!expected.isEmpty)
    #expect(try Tool.lines("bcftools", ["view", "-H", kept]) == expected)
  }

  private static func sites(_ text: String) -> [String] {
    records(Array(text.utf8)).map { $0.split(separator: "\t").prefix(5).joined(separator: "\t") }
  }

  @Test(
    "Regions by index are those of the whole file, and of bcftools",
    .enabled(if: Tool.isPresent("bcftools"), "bcftools not found"))
  func regions() throws {
    let folder = try TemporaryFolder()
    // Of the first contig so much that the index pays, and some of the last.
    try folder.write("some.bed", "chr1\t0\t60000000\nchr9\t127670000\t127680000\nchrX\t68064108\t68064109\n")
    let bed = folder.file("some.bed")
    let input = folder.path + "/in.vcf.gz"
    try FileManager.default.copyItem(atPath: Demonstration.variants, toPath: input)
    _ = try #require(try Tool.output("tabix", ["-p", "vcf", input]))
    let byIndex = try Program.run(["filter", input, "--quiet", "--regions", bed])
    let whole = try Program.run(["filter", input, "--quiet", "--regions", bed, "--no-index"])
    #expect(byIndex.status == 0 && whole.status == 0, "\(byIndex.text)")
    #expect(Self.sites(byIndex.stdout) == Self.sites(whole.stdout))
    // Long places are handed out in pieces.
    for stretch in [1, 5_000, 40_000] {
      let pieces = try Program.run(["filter", input, "--quiet", "--regions", bed, "--stretch", "\(stretch)"])
      #expect(pieces.status == 0 && Self.sites(pieces.stdout) == Self.sites(whole.stdout), "stretches of \(stretch)")
    }
    let theirs = try Tool.lines("bcftools", ["view", "-H", "-R", bed, input])
    #expect(Self.sites(byIndex.stdout) == theirs.map { $0.split(separator: "\t").prefix(5).joined(separator: "\t") })
    // An index that is older than its file is not trusted.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: input + ".tbi")
    let stale = try Program.run(["filter", input, "--regions", bed])
    #expect(stale.stderr.contains("older than the file") && Self.sites(stale.stdout) == Self.sites(whole.stdout))
  }

  @Test("A panel selects by its genes")
  func panel() throws {
    let outcome = try Self.run(["--panel", "epilepsy", "--where", "QUAL>30"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let sites = Self.sites(outcome.stdout)
    #expect(sites.contains { $0.hasPrefix("chr9\t127675855") }, "the variant planted in STXBP1")
    #expect(sites.count < Self.sites(try Self.run(["--where", "QUAL>30"]).stdout).count)
  }

  @Test(
    "What is wrong is told, with its exit code",
    arguments: [
      (["--where", "INFO/gnomAD_AFF<0.1"], 64, "did you mean 'INFO/gnomAD_AF'"), (["--where", "QUAL>"], 64, "^"),
      (["--panel", "epilepsia"], 64, "epilepsy"), (["--regions", "/nowhere.bed"], 66, "/nowhere.bed"),
      (["--ped", "/nowhere.ped", "--where", "kid.het"], 66, "/nowhere.ped"),
      (["-o", "/nowhere/x.vcf"], 73, "/nowhere"),
    ])
  func faults(arguments: [String], status: Int32, words: String) throws {
    let outcome = try Program.run(["filter", Demonstration.variants, "--quiet"] + arguments)
    #expect(outcome.status == status && outcome.stderr.contains(words), "\(outcome.text)")
  }

  @Test("A full disk leaves no file", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full"))
  func fullDisk() throws {
    let outcome = try Program.shell("\"$RARESCREEN\" filter '\(Demonstration.variants)' --quiet > /dev/full")
    #expect(outcome.status == 74 && outcome.stderr.contains("room"), "\(outcome.text)")
  }

  @Test("A cut file leaves no output")
  func cutInput() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: Demonstration.variants))
    let cut = try folder.file("cut.vcf.gz", whole.prefix(whole.count * 2 / 3))
    let outcome = try Program.run(["filter", cut, "--quiet", "-o", folder.path + "/out.vcf.gz"])
    #expect(outcome.status == 65 && outcome.stderr.contains("cut short"), "\(outcome.text)")
    #expect(folder.names() == ["cut.vcf.gz"])
  }
}
