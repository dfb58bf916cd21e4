import Foundation
import TestSupport
import Testing

/// What goes wrong around a batch: its inputs, its disk, the clock.
@Suite("Faults around a batch") struct BatchFaultTests {
  /// A row of the sheet that fails, with its exit code and a part of the reason.
  private struct Bad {
    var id: String
    var code: String
    var reason: String
    var cells: [String: String] = [:]
    /// Of the variant file; nil for that of a good family, empty for none.
    var variants: [UInt8]?
  }

  private static let bad: [Bad] = [
    Bad(id: "GARBAGE", code: "65", reason: "GARBAGE.vcf", variants: (0..<4_000).map { UInt8(($0 * 73 + 11) % 251) }),
    Bad(id: "EMPTY", code: "65", reason: "EMPTY.vcf", variants: []),
    Bad(id: "HTML", code: "65", reason: "HTML.vcf", variants: Array("<html>404 Not Found</html>\n".utf8)),
    Bad(id: "CUT", code: "65", reason: "CUT.vcf", variants: Array(SmallFamily.solved.text.utf8.dropLast(40))),
    Bad(id: "BUILD", code: "65", reason: "GRCh37", cells: ["build": "GRCh37"]),
    Bad(id: "LOST", code: "66", reason: "lost.vcf", cells: ["variants": "lost.vcf"]),
    Bad(id: "FOLDER", code: "66", reason: "folder", cells: ["variants": "folder"]),
    Bad(id: "PEDIGREE", code: "66", reason: "none.ped", cells: ["pedigree": "none.ped"]),
    Bad(id: "PROBAND", code: "64", reason: "NOBODY", cells: ["proband": "NOBODY"]),
    Bad(id: "PANEL", code: "64", reason: "epilepsie", cells: ["panels": "epilepsie"]),
    Bad(id: "TERM", code: "64", reason: "HP:9999999", cells: ["phenotypes": "HP:9999999"]),
    Bad(id: "SETTING", code: "64", reason: "max_aff", cells: ["settings": "max_aff=0.1"]),
    Bad(id: "VALUE", code: "64", reason: "max_af", cells: ["settings": "max_af=often"]),
  ]

  @Test func ofEachKindOfBadInputTheReasonIsToldAndTheGoodOnesAreDone() throws {
    let batch = try BatchFolder()
    let columns = ["case", "variants", "pedigree", "proband", "panels", "build", "phenotypes", "settings"]
    var rows = [columns.joined(separator: "\t")]
    for name in ["GOOD-1", "GOOD-2"] { try batch.addFamily(name) }
    try FileManager.default.createDirectory(
      atPath: batch.folder.file("folder"), withIntermediateDirectories: false)
    func add(_ id: String, _ cells: [String: String]) {
      let usual = ["case": id, "variants": "\(id).vcf", "pedigree": "family.ped", "panels": "epilepsy"]
      rows.append(columns.map { cells[$0] ?? usual[$0] ?? "." }.joined(separator: "\t"))
    }
    add("GOOD-1", [:])
    for one in Self.bad {
      if let bytes = one.variants {
        try Data(bytes).write(to: URL(fileURLWithPath: batch.folder.file("\(one.id).vcf")))
      } else {
        try batch.addFamily(one.id)
      }
      add(one.id, one.cells)
    }
    add("GOOD-2", [:])
    try batch.folder.write("cases.tsv", rows.joined(separator: "\n") + "\n")
    let outcome = try batch.run()
    #expect(outcome.status == 65 && outcome.stdout.contains("15 cases: 2 done, 13 failed"), "\(outcome.text)")
    let summary = try batch.summary()
    let (states, codes, messages) = (summary.column("state"), summary.column("exit_code"), summary.column("message"))
    #expect(states == ["done"] + Self.bad.map { _ in "failed" } + ["done"])
    for (index, one) in Self.bad.enumerated() {
      #expect(
        codes[index + 1] == one.code && messages[index + 1].contains(one.reason), "\(one.id): \(messages[index + 1])")
    }
    // Bytes of a file that is none are not sent to a terminal.
    for text in [outcome.stderr, try batch.folder.text("out/summary.tsv")] {
      #expect(
        text.unicodeScalars.allSatisfy { $0.value >= 32 || $0 == "\n" || $0 == "\t" })
    }
  }

  @Test(
    .enabled(if: FaultLibrary.path != nil, "a C compiler makes the faults; none is here"),
    arguments: [-400 * 86_400, 400 * 86_400])
  func aClockThatJumpsChangesNothing(seconds: Int) throws {
    let batch = try BatchFolder()
    for (index, id) in ["A", "B", "C"].enumerated() { try batch.addFamily(id, extra: 300 + index) }
    try batch.writeSheet(["A", "B", "C"])
    #expect(try batch.run("whole", ["--quiet"]).status == 0)
    var environment = FaultLibrary.environment("clock", on: "", errno: 0, after: 20)
    environment["FAULT_SECONDS"] = "\(seconds)"
    let outcome = try Program.run(batch.arguments(), environment: environment)
    #expect(outcome.status == 0, "\(outcome.text)")
    // The jump was seen.
    let year = Date(timeIntervalSinceNow: Double(seconds)).ISO8601Format().prefix(4)
    #expect(try batch.folder.text("out/C/status.json").contains("\"finished\": \"\(year)-"))
    let (whole, found) = (try batch.tree("whole"), try batch.tree())
    for (name, text) in whole where found[name] != text { Issue.record("\(name) differs") }
    let again = try batch.run("out", ["--resume"])
    #expect(again.status == 0 && again.stdout.contains("3 of them before and unchanged"), "\(again.text)")
  }

  @Test(.enabled(if: SmallDisk.isPossible, "only root can mount"))
  func aFolderThatBecameReadOnlyStaysAsItIs() throws {
    let batch = try BatchFolder()
    for id in ["A", "B"] { try batch.addFamily(id) }
    try batch.writeSheet(["A", "B"])
    #expect(try batch.run().status == 0)
    let before = try batch.tree()
    let outcome = try Program.run(
      [
        "--mount", "sh", "-c",
        "mount --bind out out && mount -o remount,ro,bind out && \"$RARESCREEN\" batch cases.tsv --out out",
      ],
      environment: ProcessInfo.processInfo.environment.merging(["RARESCREEN": Program.path]) { $1 },
      directory: batch.folder.path, program: "/usr/bin/unshare")
    #expect(outcome.status == 73 && outcome.stderr.contains("read-only"), "\(outcome.text)")
    #expect(try batch.tree() == before)
  }

  /// Wherever the disk becomes full, no file is cut short, and room is all that is needed to go on.
  @Test(.enabled(if: SmallDisk.isPossible, "only root can mount"), arguments: [150, 300, 500, 700])
  func aFullDiskIsGoneOnFrom(kilobytes: Int) throws {
    let batch = try BatchFolder()
    let ids = ["A", "B", "C"]
    for (index, id) in ids.enumerated() { try batch.addFamily(id, extra: index) }
    try batch.writeSheet(ids)
    #expect(try batch.run("whole", ["--quiet"]).status == 0)
    let whole = try batch.tree("whole")
    let disk = try SmallDisk(kilobytes: kilobytes)
    defer { disk.unmount() }
    let run = ["batch", batch.folder.file("cases.tsv"), "--out", disk.folder.file("disk/out"), "--quiet", "--resume"]
    let full = try Program.run(run)
    #expect(full.status == 74 && full.stderr.contains("no space left"), "\(full.text)")
    let root = disk.folder.file("disk/out")
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    #expect(names.allSatisfy { !$0.hasSuffix(".tmp") }, "\(names)")
    for id in ids where names.contains("\(id)/run.json") {
      let page = try disk.folder.text("disk/out/\(id)/report.html")
      #expect(page == whole["\(id)/report.html"])
    }
    try disk.resize(kilobytes: 50_000)
    #expect(try Program.run(run).status == 0)
    for id in ids {
      for name in ["report.html", "candidates.tsv", "candidates.json"] {
        #expect(try disk.folder.text("disk/out/\(id)/\(name)") == whole["\(id)/\(name)"], "\(id)/\(name)")
      }
    }
  }
}
