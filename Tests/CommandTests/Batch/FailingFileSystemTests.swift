import Foundation
import TestSupport
import Testing

/// Calls on chosen files that fail, by a library that is loaded before the C library: `Fixtures/faults/fault.c`.
struct FaultLibrary {
  /// Nil where no C compiler is at hand.
  static let path: String? = {
    guard let compiler = Tool.location(of: "cc") ?? Tool.location(of: "gcc") ?? Tool.location(of: "clang") else {
      return nil
    }
    let library = NSTemporaryDirectory() + "/rarescreen-fault-\(ProcessInfo.processInfo.processIdentifier).so"
    let source = Checkout.directory + "/Tests/Fixtures/faults/fault.c"
    let made = try? Program.run(["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], program: compiler)
    return made?.status == 0 ? library : nil
  }()

  /// The environment of a run in which `call` on files whose path holds `file` fails with an error number.
  static func environment(_ call: String, on file: String, errno: Int32, after: Int = 0) -> [String: String] {
    let faults = [
      "LD_PRELOAD": path ?? "", "FAULT_CALL": call, "FAULT_PATH": file, "FAULT_ERRNO": "\(errno)",
      "FAULT_AFTER": "\(after)",
      "RARESCREEN_KNOWLEDGE": "",
    ]
    return ProcessInfo.processInfo.environment.merging(faults) { $1 }
  }
}

/// Network file systems give up in the middle, or give less than was asked for.
@Suite(
  "Batches on a failing file system", .serialized,
  .enabled(if: FaultLibrary.path != nil, "a C compiler makes the faults; none is here"))
struct FailingFileSystemTests {
  private let batch: BatchFolder
  private let ids = ["A", "B", "C"]

  init() throws {
    batch = try BatchFolder()
    for (index, id) in ids.enumerated() { try batch.addFamily(id, extra: 300 + index) }
    try batch.writeSheet(ids)
  }

  private func run(_ out: String, _ environment: [String: String], _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(batch.arguments(out, ["--quiet"] + more), environment: environment)
  }

  private func expectSame(_ out: String, as whole: String = "whole") throws {
    let (expected, found) = (try batch.tree(whole), try batch.tree(out))
    #expect(Set(expected.keys) == Set(found.keys))
    for (name, text) in expected where found[name] != text { Issue.record("\(name) differs") }
  }

  @Test func shortReadsChangeNothing() throws {
    #expect(try batch.run("whole", ["--quiet"]).status == 0)
    let outcome = try run("short", FaultLibrary.environment("read", on: ".vcf", errno: 0))
    #expect(outcome.status == 0, "\(outcome.text)")
    try expectSame("short")
  }

  @Test func shortWritesChangeNothing() throws {
    #expect(try batch.run("whole", ["--quiet"]).status == 0)
    let outcome = try run("small", FaultLibrary.environment("write", on: "/small/", errno: 0))
    #expect(outcome.status == 0, "\(outcome.text)")
    try expectSame("small")
  }

  /// What was joined before stays whole as long as the new is not.
  @Test(arguments: [0, 5, 11])
  func aMergeThatFailsLeavesNoHalfCase(after: Int) throws {
    for number in 1...2 { #expect(try batch.run("part-\(number)", ["--shard", "\(number)/2", "--quiet"]).status == 0) }
    let merge = [
      "merge", batch.folder.file("part-1"), batch.folder.file("part-2"), "--out", batch.folder.file("joined"),
    ]
    #expect(try Program.run(merge).status == 0)
    let before = try batch.tree("joined")
    let outcome = try Program.run(
      merge, environment: FaultLibrary.environment("fsync", on: "/joined/", errno: EIO, after: after))
    #expect(outcome.status == 74, "\(outcome.text)")
    let left = try batch.tree("joined")
    #expect(before.allSatisfy { left[$0.key] == $0.value } && left.keys.allSatisfy { !$0.hasSuffix(".tmp") })
    #expect(try Program.run(merge).status == 0)
    #expect(try batch.tree("joined") == before)
  }

  /// Of one case only: the others are done, and the reason is told with the file's name.
  @Test(arguments: [EIO, ESTALE])
  func aFileThatCannotBeReadFailsItsCaseAlone(errno: Int32) throws {
    #expect(try batch.run("whole", ["--quiet"]).status == 0)
    let outcome = try run("out", FaultLibrary.environment("read", on: "B.vcf", errno: errno))
    #expect(outcome.status == 65, "\(outcome.text)")
    let summary = try batch.summary()
    #expect(summary.column("state") == ["done", "failed", "done"])
    #expect(summary.column("exit_code") == ["0", "74", "0"], "\(outcome.text)")
    #expect(summary.column("message")[1].contains("B.vcf"))
    #expect(batch.folder.names(in: "out/B") == ["log.txt", "status.json"])
    #expect(try batch.run("out", ["--resume", "--quiet"]).status == 0)
    try expectSame("out")
  }

  @Test(arguments: ["read", "open"])
  func aPedigreeThatCannotBeReadIsNamed(call: String) throws {
    let outcome = try run("out", FaultLibrary.environment(call, on: "family.ped", errno: EIO))
    #expect(outcome.status == 65, "\(outcome.text)")
    #expect(try batch.summary().column("state") == ["failed", "failed", "failed"])
    #expect(try batch.summary().column("message").allSatisfy { $0.contains("family.ped") }, "\(outcome.text)")
  }

  /// Whichever write fails first, what has a final name is whole, and the batch goes on from there.
  @Test(arguments: ["write", "fsync", "rename"], [0, 3, 12, 30])
  func whatCannotBeWrittenIsNotThere(call: String, after: Int) throws {
    #expect(try batch.run("whole", ["--quiet"]).status == 0)
    let outcome = try run(
      "out", FaultLibrary.environment(call, on: "/out/", errno: EIO, after: after), ["--threads", "1"])
    #expect([0, 73, 74].contains(outcome.status), "\(outcome.text)")
    if after <= 3 { #expect(outcome.status != 0) }
    if outcome.status != 0 { #expect(outcome.stderr.contains("/out"), "\(outcome.text)") }
    let whole = try batch.tree("whole")
    for (name, text) in try batch.tree("out") where !["summary.tsv", "index.html", "relatives.tsv"].contains(name) {
      if name.hasSuffix("status.json") || name.hasSuffix("log.txt") { continue }
      #expect(text == whole[name], "\(name) after \(after) of \(call)")
    }
    #expect(try batch.run("out", ["--resume", "--quiet"]).status == 0)
    try expectSame("out")
  }
}
