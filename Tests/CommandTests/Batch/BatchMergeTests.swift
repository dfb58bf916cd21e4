import Foundation
import TestSupport
import Testing

@Suite("Shards of a batch") struct BatchMergeTests {
  private func batch() throws -> BatchFolder {
    let batch = try BatchFolder()
    let ids = (1...5).map { "CASE-\($0)" }
    for (index, id) in ids.enumerated() { try batch.addFamily(id, extra: 20 * index) }
    try batch.writeSheet(ids + ["LOST"])
    return batch
  }

  private func merge(_ batch: BatchFolder, _ parts: [String], into out: String) throws -> Program.Outcome {
    try Program.run(["merge"] + parts.map { batch.folder.file($0) } + ["--out", batch.folder.file(out)])
  }

  @Test func joinedShardsAreOneRun() throws {
    let batch = try batch()
    #expect(try batch.run("whole", ["--threads", "3"]).status == 65)
    for number in 1...3 {
      let outcome = try batch.run("part-\(number)", ["--shard", "\(number)/3", "--threads", "1"])
      #expect([0, 65].contains(outcome.status), "\(outcome.text)")
    }
    let sizes = try (1...3).map { try batch.summary("part-\($0)").rows.count }
    #expect(sizes.reduce(0, +) == 6 && sizes.allSatisfy { $0 >= 1 }, "\(sizes)")
    let outcome = try merge(batch, ["part-2", "part-3", "part-1"], into: "joined")
    #expect(outcome.status == 65 && outcome.stderr.contains("1 of 6 cases failed: LOST (exit 66)"), "\(outcome.text)")
    let (whole, joined) = (try batch.tree("whole"), try batch.tree("joined"))
    #expect(Set(whole.keys) == Set(joined.keys))
    for (name, text) in whole where joined[name] != text { Issue.record("\(name) differs") }
    // Once more, into the folder of a part.
    #expect(try merge(batch, ["part-2", "part-3", "part-1"], into: "joined").status == 65)
    // What was joined can go on as a whole.
    let resumed = try batch.run("joined", ["--resume"])
    #expect(resumed.stdout.contains("5 done, 5 of them before and unchanged"), "\(resumed.text)")
  }

  @Test func whatIsJoinedSpeaksTheLanguageOfItsShards() throws {
    let batch = try BatchFolder()
    for id in ["A", "B"] { try batch.addFamily(id) }
    try batch.writeSheet(["A", "B"])
    for number in 1...2 { _ = try batch.run("part-\(number)", ["--shard", "\(number)/2", "--lang", "vi", "--quiet"]) }
    #expect(try merge(batch, ["part-1", "part-2"], into: "joined").status == 0)
    #expect(try batch.folder.text("joined/index.html").contains("lang=\"vi\""))
    let asked = try Program.run(
      [
        "merge", batch.folder.file("part-1"), batch.folder.file("part-2"), "--out", batch.folder.file("joined"),
        "--lang", "en",
      ])
    #expect(try asked.status == 0 && batch.folder.text("joined/index.html").contains("lang=\"en\""))
  }

  @Test func onlyWholeSetsOfShardsAreJoined() throws {
    let batch = try batch()
    for number in 1...2 { _ = try batch.run("part-\(number)", ["--shard", "\(number)/2", "--quiet"]) }
    let lacking = try merge(batch, ["part-1"], into: "joined")
    #expect(lacking.status == 66 && lacking.stderr.contains("shard 2/2 is missing"), "\(lacking.text)")
    let twice = try merge(batch, ["part-1", "part-1"], into: "joined")
    #expect(twice.status == 65 && twice.stderr.contains("are both shard 1/2"), "\(twice.text)")
    let absent = try merge(batch, ["nothing"], into: "joined")
    #expect(absent.status == 66 && absent.stderr.contains("there is no such folder"), "\(absent.text)")
    try FileManager.default.createDirectory(
      atPath: batch.folder.file("empty"), withIntermediateDirectories: false)
    let empty = try merge(batch, ["empty"], into: "joined")
    #expect(empty.status == 65 && empty.stderr.contains("batch.json is missing"), "\(empty.text)")
    #expect(!batch.folder.exists("joined"))
    let taken = try batch.run("part-1", ["--shard", "2/2", "--quiet"])
    #expect(taken.status == 73 && taken.stderr.contains("holds shard 1/2"), "\(taken.text)")
    let id = try batch.summary("part-2").column("case")[0]
    try FileManager.default.removeItem(atPath: batch.folder.file("part-2/\(id)/status.json"))
    let open = try merge(batch, ["part-1", "part-2"], into: "joined")
    #expect(open.status == 65 && open.stderr.contains("case \(id) is not finished"), "\(open.text)")
  }

  @Test func whatWasAlteredAfterwardsIsNotJoined() throws {
    let batch = try batch()
    for number in 1...2 { _ = try batch.run("part-\(number)", ["--shard", "\(number)/2", "--quiet"]) }
    let id = try #require(try batch.summary("part-2").column("case").first { $0 != "LOST" })
    let path = "part-2/\(id)/candidates.tsv"
    let before = try batch.folder.bytes(path)
    try batch.folder.write(path, "")
    let cut = try merge(batch, ["part-1", "part-2"], into: "joined")
    #expect(
      cut.status == 65 && cut.stderr.contains("of case \(id) candidates.tsv is not as it was written"), "\(cut.text)")
    // The same content elsewhere would not go along.
    try FileManager.default.removeItem(atPath: batch.folder.file(path))
    try Data(before).write(to: URL(fileURLWithPath: batch.folder.file("elsewhere.tsv")))
    try FileManager.default.createSymbolicLink(
      atPath: batch.folder.file(path), withDestinationPath: batch.folder.file("elsewhere.tsv"))
    let linked = try merge(batch, ["part-1", "part-2"], into: "joined")
    #expect(linked.status == 65 && linked.stderr.contains("candidates.tsv is not as it was"), "\(linked.text)")
    #expect([0, 65].contains(try batch.run("part-2", ["--shard", "2/2", "--quiet", "--resume"]).status))
    #expect(try merge(batch, ["part-1", "part-2"], into: "joined").status == 65)
    #expect(try batch.folder.bytes("joined/\(id)/candidates.tsv") == before)
  }

  @Test func shardsOfASheetThatChangedBetweenThemAreNotJoined() throws {
    let batch = try batch()
    _ = try batch.run("part-1", ["--shard", "1/2", "--quiet"])
    let sheet = try batch.folder.text("cases.tsv")
    try batch.folder.write("cases.tsv", sheet.replacing("\tepilepsy", with: "\tcardiac"))
    _ = try batch.run("part-2", ["--shard", "2/2", "--quiet"])
    let mixed = try merge(batch, ["part-1", "part-2"], into: "joined")
    #expect(mixed.status == 65 && mixed.stderr.contains("the sheet was not the same"), "\(mixed.text)")
    #expect(!batch.folder.exists("joined"))
    _ = try batch.run("part-1", ["--shard", "1/2", "--quiet", "--resume"])
    let joined = try merge(batch, ["part-1", "part-2"], into: "joined")
    #expect(batch.folder.exists("joined/summary.tsv") && !joined.stderr.contains("not the same"), "\(joined.text)")
  }
}
