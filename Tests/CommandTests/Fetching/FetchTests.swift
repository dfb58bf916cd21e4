import Foundation
import TestSupport
import Testing

@Suite(
  "knowledge fetch",
  .enabled(if: FileServer.isPossible, "python3 and curl are needed for a server on 127.0.0.1 to fetch from"))
struct FetchTests {
  private let server: FileServer
  private let out: TemporaryFolder
  private let content = noise(300_000)

  init() throws {
    server = try FileServer()
    out = try TemporaryFolder()
    _ = try server.folder.file("scores.tsv.gz", content)
  }

  private func fetch(_ address: String, _ more: String...) throws -> Program.Outcome {
    try Program.run(["knowledge", "fetch", address, "--out", out.path] + more)
  }

  /// The file is in its place as it was served, and nothing else is there.
  private func expectWhole(_ outcome: Program.Outcome) throws {
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(out.names() == ["scores.tsv.gz"])
    #expect(try out.bytes("scores.tsv.gz") == content)
  }

  private func md5(of name: String) throws -> String {
    String(try #require(try Tool.lines("md5sum", [server.folder.file(name)]).first).prefix(32))
  }

  @Test("A file comes whole, and the same command leaves it alone")
  func whole() throws {
    try expectWhole(try fetch(server.address("scores.tsv.gz")))
    let again = try fetch(server.address("scores.tsv.gz"))
    #expect(again.status == 0 && again.stdout.contains("there already"), "\(again.text)")
    #expect(try server.requests.count == 1)
  }

  @Test("A connection that breaks is taken up where it broke, of the same version")
  func broken() throws {
    let outcome = try fetch(server.address("scores.tsv.gz", "cut=120000"))
    try expectWhole(outcome)
    let tag = "\"\(try md5(of: "scores.tsv.gz"))\""
    #expect(
      try server.requests.map { Array($0[1...]) } == [
        ["-", "-"], ["bytes=120000-", tag], ["bytes=240000-", tag],
      ])
    #expect(outcome.stderr.contains("trying again"))
  }

  @Test("A run that gave up is gone on with by the next")
  func resumed() throws {
    let address = server.address("scores.tsv.gz", "cut=120000")
    let first = try fetch(address, "--retries", "0")
    #expect(first.status == 66, "\(first.text)")
    #expect(first.stderr.contains("120000 bytes") && first.stderr.contains("same command"))
    #expect(out.names() == ["scores.tsv.gz.part", "scores.tsv.gz.part.meta"])
    try expectWhole(try fetch(address, "--retries", "1"))
  }

  @Test("A file that changed in between is fetched from its beginning")
  func changed() throws {
    let address = server.address("scores.tsv.gz", "cut=200000")
    let old = noise(300_000, seed: 8)
    _ = try server.folder.file("scores.tsv.gz", old)
    #expect(try fetch(address, "--retries", "0").status == 66)
    #expect(try out.bytes("scores.tsv.gz.part") == Array(old.prefix(200_000)))
    _ = try server.folder.file("scores.tsv.gz", content)
    try expectWhole(try fetch(address))
  }

  @Test(
    "A server that knows no ranges, or no versions, is asked for the whole", arguments: ["whole", "untagged", "weak"])
  func stubborn(habit: String) throws {
    let outcome = try fetch(server.address("scores.tsv.gz", habit + "+cut=120000"), "--retries", "1")
    #expect(outcome.status == 66, "\(outcome.text)")
    let rest = try fetch(server.address("scores.tsv.gz", habit + "+cut=120000"), "--retries", "0")
    #expect(rest.status == 66, "\(rest.text)")
    #expect(try out.bytes("scores.tsv.gz.part").count <= 120_000)
    #expect(!out.exists("scores.tsv.gz"))
  }

  @Test("A part that is complete already needs no byte more")
  func complete() throws {
    let address = server.address("scores.tsv.gz")
    _ = try out.file("scores.tsv.gz.part", content)
    try out.write("scores.tsv.gz.part.meta", "address: \(address)\nversion: \"\(try md5(of: "scores.tsv.gz"))\"\n")
    try expectWhole(try fetch(address))
    #expect(try server.requests.map { $0[1] } == ["bytes=300000-"])
  }

  @Test("A part of another address is not touched", arguments: ["address: http://127.0.0.1/x\n", ""])
  func foreignPart(note: String) throws {
    try out.write("scores.tsv.gz.part", "another's bytes")
    if !note.isEmpty { try out.write("scores.tsv.gz.part.meta", note) }
    let outcome = try fetch(server.address("scores.tsv.gz"))
    #expect(outcome.status == 73, "\(outcome.text)")
    #expect(try out.text("scores.tsv.gz.part") == "another's bytes")
  }

  @Test("Redirects are followed, not in circles and not off the network", arguments: ["moved", "loop", "ftp"])
  func redirects(habit: String) throws {
    let outcome = try fetch(server.address("scores.tsv.gz", habit))
    if habit == "moved" { return try expectWhole(outcome) }
    #expect(outcome.status == 66, "\(outcome.text)")
    #expect(out.names() == [])
  }

  @Test("A server that is busy is asked again")
  func busy() throws {
    try expectWhole(try fetch(server.address("scores.tsv.gz", "busy=1")))
    let outcome = try fetch(server.address("other", "busy=9"), "--retries", "1")
    #expect(outcome.status == 66 && outcome.stderr.contains("503"), "\(outcome.text)")
  }

  @Test("What cannot be had says so, and how to do without a network")
  func absent() throws {
    let missing = try fetch(server.address("nothing.vcf.gz"))
    #expect(missing.status == 66 && missing.stderr.contains("404"), "\(missing.text)")
    // Port 9 (discard) has no listener.
    let refused = try fetch("http://127.0.0.1:9/scores.tsv.gz")
    #expect(refused.status == 66, "\(refused.text)")
    #expect(refused.stderr.contains("on another machine"))
    #expect(refused.stderr.contains(out.file("scores.tsv.gz")))
    #expect(out.names() == [])
  }

  @Test("Without the program curl the error says what to install")
  func noCurl() throws {
    let outcome = try Program.run(
      ["knowledge", "fetch", server.address("scores.tsv.gz"), "--out", out.path],
      environment: ProcessInfo.processInfo.environment.merging(["PATH": "/nonexistent"]) { $1 })
    #expect(outcome.status == 66 && outcome.stderr.contains("apt-get install curl"), "\(outcome.text)")
  }

  @Test("A full disk keeps what came, and the same command goes on")
  func diskFull() throws {
    let address = server.address("scores.tsv.gz")
    // A limit on the size of files (in blocks of 512 bytes) stands for the end of a disk.
    let line = "ulimit -f 200; exec \"$RARESCREEN\" knowledge fetch \(address) --out \(out.path)"
    let full = try Program.shell(line)
    #expect(full.status == 74, "\(full.text)")
    #expect(full.stderr.contains("is kept in"))
    #expect(try out.bytes("scores.tsv.gz.part").count == 102_400)
    try expectWhole(try fetch(address))
    #expect(try server.requests.last?[1] == "bytes=102400-")
  }

  @Test("A signal keeps what came, and the same command goes on", arguments: [SIGINT, SIGTERM])
  func signalled(signal: Int32) throws {
    let address = server.address("scores.tsv.gz", "slow=1500")
    let run = try RunningProgram(["knowledge", "fetch", address, "--out", out.path])
    let deadline = ContinuousClock.now + .seconds(30)
    while !out.exists("scores.tsv.gz.part.meta"), ContinuousClock.now < deadline { usleep(20_000) }
    usleep(200_000)
    kill(run.processID, signal)
    let outcome = try run.outcome()
    #expect(outcome.status == 75, "\(outcome.text)")
    #expect(outcome.stderr.contains("same command"))
    let part = try out.bytes("scores.tsv.gz.part")
    #expect(part == Array(content.prefix(part.count)))
    try expectWhole(try fetch(address))
  }

  @Test("Two runs do not write one file at the same time")
  func twice() throws {
    let address = server.address("scores.tsv.gz", "slow=400")
    let first = try RunningProgram(["knowledge", "fetch", address, "--out", out.path])
    let deadline = ContinuousClock.now + .seconds(30)
    while !out.exists("scores.tsv.gz.part.meta"), ContinuousClock.now < deadline { usleep(20_000) }
    let second = try fetch(address)
    #expect(second.status == 73 && second.stderr.contains("another run"), "\(second.text)")
    try expectWhole(try first.outcome())
  }
}
