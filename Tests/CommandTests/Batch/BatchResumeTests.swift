import Foundation
import TestSupport
import Testing

@Suite("Batches that go on", .serialized) struct BatchResumeTests {
  /// Which cases were screened again, by the bytes of their `status.json`.
  private func redone(_ batch: BatchFolder, _ ids: [String], _ change: () throws -> [String]) throws -> [String] {
    let before = try ids.map { try batch.folder.bytes("out/\($0)/status.json") }
    // Times are told to the second.
    usleep(1_100_000)
    let outcome = try batch.run("out", ["--resume"] + change())
    #expect([0, 65].contains(outcome.status), "\(outcome.text)")
    return try zip(ids, before).filter { try batch.folder.bytes("out/\($0)/status.json") != $1 }.map(\.0)
  }

  @Test func onlyWhatChangedIsScreenedAgain() throws {
    let batch = try BatchFolder()
    let ids = ["A", "B", "C"]
    for id in ids { try batch.addFamily(id) }
    try batch.writeSheet(["A\t.", "B\t.", "C\t."], columns: ["settings"])
    #expect(try batch.run().status == 0)
    #expect(try redone(batch, ids) { [] } == [])
    #expect(
      try redone(batch, ids) {
        // A new time alone is no change; a new place in the sheet is none either.
        _ = try Program.run([batch.folder.file("A.vcf")], program: "/usr/bin/touch")
        try batch.writeSheet(["C\t.", "B\t.", "A\t."], columns: ["settings"])
        return []
      } == [])
    #expect(try batch.summary().column("case") == ["C", "B", "A"])
    #expect(
      try redone(batch, ids) {
        try batch.addFamily("B", extra: 1)
        return []
      } == ["B"])
    #expect(
      try redone(batch, ids) {
        try batch.writeSheet(["A\tmax_af=0.001", "B\t.", "C\t."], columns: ["settings"])
        return []
      } == ["A"])
    #expect(
      try redone(batch, ids) {
        try FileManager.default.removeItem(atPath: batch.folder.file("out/C/report.html"))
        return []
      } == ["C"])
    for (id, name, content) in [
      ("A", "report.html", nil), ("B", "candidates.tsv", ""), ("C", "run.json", "{\"schema_version\": "),
      ("A", "sketches.tsv", "sample\tfamily\tsites\twords\nCHILD\t.\tx\ty\n"),
    ] {
      // Of the same length, and otherwise.
      let before = try batch.folder.text("out/\(id)/\(name)")
      #expect(
        try redone(batch, ids) {
          try batch.folder.write("out/\(id)/\(name)", content ?? String(before.reversed()))
          return []
        } == [id], "\(name)")
      #expect(try name == "run.json" || batch.folder.text("out/\(id)/\(name)") == before)
    }
    #expect(try redone(batch, ids) { ["--lang", "vi"] } == ids)
    #expect(try redone(batch, ids) { ["--lang", "vi", "--threads", "1", "--memory", "1G"] } == [])
    #expect(try redone(batch, ids) { ["--lang", "vi", "--phenopacket"] } == ids)
    #expect(ids.allSatisfy { batch.folder.exists("out/\($0)/phenopacket.json") })
    #expect(try redone(batch, ids) { ["--lang", "vi"] } == ids)
    #expect(ids.allSatisfy { !batch.folder.exists("out/\($0)/phenopacket.json") })
    // An input that is away or damaged does not take along what an earlier run found.
    #expect(
      try redone(batch, ids) {
        try FileManager.default.removeItem(atPath: batch.folder.file("B.vcf"))
        return ["--lang", "vi"]
      } == ["B"])
    #expect(batch.folder.exists("out/B/report.html") && batch.folder.exists("out/B/run.json"))
    #expect(try batch.summary().column("message")[1].hasPrefix("the results of an earlier run stay in its folder; "))
    #expect(
      try redone(batch, ids) {
        try batch.folder.write("B.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n")
        return ["--lang", "vi"]
      } == ["B"])
    #expect(batch.folder.exists("out/B/report.html") && batch.folder.exists("out/B/run.json"))
    #expect(try batch.summary().column("message")[1].hasPrefix("the results of an earlier run stay in its folder; "))
  }

  @Test func aCaseThatEndedTheProgramComesLast() throws {
    let (batch, ids) = try manyCases(3)
    #expect(try batch.run("out", ["--threads", "1"]).status == 65)
    // The largest comes first, unless a run ended at it without a word.
    func isRunning(_ id: String) throws {
      let path = "out/\(id)/status.json"
      try batch.folder.write(
        path, try batch.folder.text(path).replacing("\"state\": \"done\"", with: "\"state\": \"running\""))
    }
    for id in ids { try FileManager.default.removeItem(atPath: batch.folder.file("out/\(id)/report.html")) }
    try isRunning("CASE-3")
    let before = try ids.map { try batch.folder.bytes("out/\($0)/status.json") }
    let outcome = try batch.run("out", ["--resume", "--threads", "1", "--log-format", "json"])
    #expect(outcome.status == 65, "\(outcome.text)")
    func changed(_ id: String) throws -> Date? {
      try FileManager.default.attributesOfItem(atPath: batch.folder.file("out/\(id)/status.json"))[.modificationDate]
        as? Date
    }
    let times = try ids.map { try #require(try changed($0)) }
    #expect(times[2] > times[0] && times[2] > times[1])
    #expect(try ids.map { try batch.folder.bytes("out/\($0)/status.json") } != before)
  }

  @Test func whatANewerProgramLeftIsNotTouched() throws {
    let batch = try BatchFolder()
    for name in ["A", "B"] { try batch.addFamily(name) }
    try batch.writeSheet(["A", "B"])
    #expect(try batch.run().status == 0)
    let path = "out/A/status.json"
    try batch.folder.write(
      path, try batch.folder.text(path).replacing(/"schema_version" ?: ?"[^"]*"/, with: "\"schema_version\": \"9.0.0\"")
    )
    let before = try batch.tree().filter { $0.key.hasPrefix("A/") }
    let outcome = try batch.run("out", ["--resume"])
    #expect(outcome.status == 65 && outcome.stderr.contains("newer rarescreen"), "\(outcome.text)")
    #expect(try batch.tree().filter { $0.key.hasPrefix("A/") } == before)
  }

  private func manyCases(_ count: Int) throws -> (batch: BatchFolder, ids: [String]) {
    let batch = try BatchFolder()
    let ids = (1...count).map { "CASE-\($0)" }
    for (index, id) in ids.enumerated() { try batch.addFamily(id, extra: 10 * index) }
    try batch.writeSheet(ids + ["LOST"])
    return (batch, ids)
  }

  @Test func whateverKillsItTheEndIsTheSame() throws {
    let (batch, _) = try manyCases(5)
    #expect(try batch.run("whole").status == 65)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<5 {
      let running = try RunningProgram(batch.arguments("out", ["--resume"]))
      usleep(UInt32.random(in: 200_000...2_500_000, using: &random))
      kill(running.processID, SIGKILL)
      let outcome = try running.outcome()
      #expect([65, 137].contains(outcome.status), "\(outcome.text)")
    }
    #expect(try batch.run("out", ["--resume"]).status == 65)
    let (whole, resumed) = (try batch.tree("whole"), try batch.tree("out"))
    #expect(Set(whole.keys) == Set(resumed.keys))
    for (name, text) in whole where resumed[name] != text {
      Issue.record("\(name) differs")
    }
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func aSignalLeavesWholeCasesOnly(signal: Int32) throws {
    let (batch, ids) = try manyCases(12)
    let running = try RunningProgram(batch.arguments("out", ["--threads", "1"]))
    let deadline = ContinuousClock.now + .seconds(60)
    while !batch.folder.exists("out/CASE-12/run.json"), ContinuousClock.now < deadline { usleep(10_000) }
    let start = ContinuousClock.now
    kill(running.processID, signal)
    let outcome = try running.outcome()
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(outcome.status == 75 && outcome.stderr.contains("--resume goes on"), "\(outcome.text)")
    #expect(try batch.tree().keys.allSatisfy { !$0.hasSuffix(".tmp") })
    for id in ids where batch.folder.exists("out/\(id)/report.html") {
      #expect(batch.folder.exists("out/\(id)/run.json"), "\(id)")
    }
    #expect(try batch.run("out", ["--resume", "--quiet"]).status == 65)
    #expect(try batch.summary().column("state") == ids.map { _ in "done" } + ["failed"])
  }

  /// A limit on the size of files stands for a full disk: small files can be written, reports cannot.
  @Test func aFullDiskEndsTheBatchWithNothingCutShort() throws {
    let (batch, ids) = try manyCases(2)
    let outcome = try Program.shell(
      "ulimit -f 16; \"$RARESCREEN\" batch cases.tsv --out out", directory: batch.folder.path)
    #expect(outcome.status == 74, "\(outcome.text)")
    #expect(try batch.tree().keys.allSatisfy { !$0.hasSuffix(".tmp") && !$0.hasSuffix("report.html") })
    #expect(try batch.run("out", ["--resume", "--quiet"]).status == 65)
    #expect(try batch.summary().column("state") == ids.map { _ in "done" } + ["failed"])
  }
}
