import Foundation
import TestSupport
import Testing

@Suite("Shards of one case") struct ShardTests {
  private static func parts(_ sharded: ShardedCase, _ count: Int, _ more: [String] = []) throws -> [String] {
    try (1...count).map { number in
      let out = "part-\(number)-\(count)"
      let outcome = try sharded.screen(out, ["--shard", "\(number)/\(count)", "--threads", "\(number % 3 + 1)"] + more)
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(sharded.folder.names(in: out) == ["part.json"])
      return out
    }
  }

  @Test func joinedShardsAreOneRun() throws {
    let sharded = try ShardedCase()
    let alone = try sharded.screen("alone")
    #expect(alone.status == 0, "\(alone.text)")
    let expected = try sharded.files("alone")
    #expect(expected["candidates.vcf.gz"] != nil && expected["run.json"]?.contains("other.vcf") == true)
    #expect(try sharded.folder.text("alone/report.html").contains("HTT"))
    #expect(try sharded.folder.text("alone/candidates.tsv").contains("chr2\t165991000"))
    for count in [1, 2, 3, 7] {
      let parts = try Self.parts(sharded, count)
      // Every piece is somebody's, and with several shards nobody has all.
      let rows = try parts.map {
        try sharded.folder.text($0 + "/part.json").components(separatedBy: "\"number\":").count
      }
      #expect(count == 1 || rows.filter { $0 > 2 }.count > 1, "\(rows)")
      let outcome = try sharded.merge(parts.reversed(), into: "joined-\(count)")
      #expect(outcome.status == 0, "\(outcome.text)")
      let found = try sharded.files("joined-\(count)")
      #expect(Set(found.keys) == Set(expected.keys))
      for (name, text) in expected { #expect(found[name] == text, "\(name) of \(count) shards differs") }
      let said = outcome.stdout.split(separator: "\n").dropFirst()
      #expect(Array(said) == Array(alone.stdout.split(separator: "\n").dropFirst()))
    }
  }

  @Test func inAnotherLanguageWhereOneIsAskedFor() throws {
    let sharded = try ShardedCase()
    let parts = try Self.parts(sharded, 2)
    #expect(try sharded.merge(parts, more: ["--lang", "vi"]).status == 0)
    #expect(try sharded.folder.text("joined/report.html").contains("lang=\"vi\""))
    #expect(try sharded.folder.text("joined/run.json").contains("\"--lang\""))
  }

  /// The same whatever the container; BCF falls to the first shard alone, a file with an index is read by it.
  @Test(
    .enabled(if: Tool.isPresent("bcftools")),
    arguments: [
      "gzip -dc x.gz | bcftools view --no-version -Ob -o trio.vcf.gz -", "gzip -dc x.gz | gzip > trio.vcf.gz",
      "gzip -dc x.gz > trio.vcf.gz",
    ])
  func containersAreJoined(preparation: String) throws {
    let sharded = try ShardedCase()
    let made = try Program.shell("mv trio.vcf.gz x.gz; \(preparation)", directory: sharded.folder.path)
    #expect(made.status == 0, "\(made.text)")
    #expect(try sharded.screen("alone").status == 0)
    let outcome = try sharded.merge(Self.parts(sharded, 3))
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try sharded.files("joined") == sharded.files("alone"))
  }

  @Test func partsThatDoNotBelongTogetherAreRefused() throws {
    let sharded = try ShardedCase()
    let parts = try Self.parts(sharded, 3)
    let lacking = try sharded.merge([parts[0], parts[2]])
    #expect(lacking.status == 66 && lacking.stderr.contains("shard 2/3 is missing"), "\(lacking.text)")
    let twice = try sharded.merge([parts[0], parts[1], parts[1], parts[2]])
    #expect(twice.status == 65 && twice.stderr.contains("both shard 2/3"), "\(twice.text)")
    let mixed = try sharded.merge([parts[0], parts[1], Self.parts(sharded, 2)[0]])
    #expect(mixed.status == 65 && mixed.stderr.contains("shard 1/2"), "\(mixed.text)")
    let settings = try sharded.screen("other", ["--shard", "3/3", "--set", "max_af=0.02"])
    #expect(settings.status == 0, "\(settings.text)")
    let others = try sharded.merge([parts[0], parts[1], "other"])
    #expect(others.status == 65 && others.stderr.contains("its settings"), "\(others.text)")
    let nothing = try sharded.merge([parts[0], "nowhere", parts[2]])
    #expect(nothing.status == 66 && nothing.stderr.contains("nowhere/part.json"), "\(nothing.text)")
    // An input that changed after the shards were run.
    try sharded.folder.write("trio.ped", sharded.folder.text("trio.ped") + "# another\n")
    let changed = try sharded.merge(parts)
    #expect(changed.status == 65 && changed.stderr.contains("pedigree trio.ped has changed"), "\(changed.text)")
    #expect(!sharded.folder.exists("joined"))
  }

  @Test func damagedPartsAreRefused() throws {
    let sharded = try ShardedCase()
    let parts = try Self.parts(sharded, 2)
    let whole = try sharded.folder.bytes(parts[1] + "/part.json")
    var altered = whole
    altered[altered.count / 2] ^= 1
    for bytes in [Array(whole.dropLast(20)), Array(whole.dropLast()), altered, [], Array(whole.prefix(90))] {
      _ = try sharded.folder.file(parts[1] + "/part.json", bytes)
      let outcome = try sharded.merge(parts)
      #expect(
        outcome.status == 65 && outcome.stderr.contains("part.json: cut short or altered; run this shard again"),
        "\(outcome.text)")
    }
    let newer = String(decoding: whole, as: UTF8.self).replacing("\"version\":1}", with: "\"version\":2}")
    try sharded.folder.write(parts[1] + "/part.json", newer)
    let outcome = try sharded.merge(parts)
    #expect(outcome.status == 65 && outcome.stderr.contains("version 2"), "\(outcome.text)")
    #expect(!sharded.folder.exists("joined"))
  }

  @Test func whatCannotBeSharedOutIsSaid() throws {
    let sharded = try ShardedCase()
    let number = try sharded.screen("part", ["--shard", "4/3"])
    #expect(number.status == 64 && number.stderr.contains("--shard takes I/N"), "\(number.text)")
    let input = try Program.run(
      [
        "screen", "--vcf", "-", "--ped", sharded.folder.file("trio.ped"), "--shard", "1/2", "--out",
        sharded.folder.file("part"),
      ])
    #expect(input.status == 64 && input.stderr.contains("standard input"), "\(input.text)")
    #expect(!sharded.folder.exists("part"))
    #expect(try sharded.screen("alone").status == 0)
    let over = try sharded.screen("alone", ["--shard", "1/2"])
    #expect(over.status == 73, "\(over.text)")
    // A file that is cut short fails the shards as it fails one run.
    let bytes = try sharded.folder.bytes("trio.vcf.gz")
    _ = try sharded.folder.file("trio.vcf.gz", bytes.dropLast(5_000))
    let cut = try sharded.screen("part", ["--shard", "2/2"])
    #expect(cut.status == 65 && cut.stderr.contains("cut short"), "\(cut.text)")
    #expect(!sharded.folder.exists("part"))
  }
}
