import Foundation
import TestSupport
import Testing

/// `--pdf`: the page printed by a browser, whole or not at all.
@Suite("Printed reports", .serialized) struct PrintTests {
  private static let absence: Comment = "chromium or poppler-utils is not installed; './run setup' installs them"
  private static let isThere = Tool.isPresent("chromium") && Tool.isPresent("pdfinfo") && Tool.isPresent("pdftotext")

  private func screen(into folder: TemporaryFolder, browser: String? = nil, path: String? = nil) throws
    -> Program.Outcome
  {
    var environment = ProcessInfo.processInfo.environment
    environment["RARESCREEN_KNOWLEDGE"] = ""
    environment["RARESCREEN_BROWSER"] = browser
    if let path { environment["PATH"] = path }
    return try Program.run(
      ["screen", Demonstration.caseFile, "--pdf", "--out", folder.file("out"), "--quiet"], environment: environment)
  }

  /// A program in place of a browser, which says that it is one.
  private func impostor(_ lines: String, in folder: TemporaryFolder) throws -> String {
    let path = try folder.write(
      "browser", "#!/bin/sh\nif [ \"$1\" = --version ]; then echo Chromium 140.0.1; exit; fi\n\(lines)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  @Test(
    "Sheets are A4 and tagged, each with its number and the names of report and program", .enabled(if: isThere, absence)
  )
  func sheets() throws {
    let folder = try TemporaryFolder()
    let flags = ["--pdf", "--identified", Checkout.fixture("template/patient.json")]
    let outcome = try Demonstration.screen(into: folder, flags)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(folder.names(in: "out") == (Demonstration.files + ["report.pdf"]).sorted())
    let pdf = folder.file("out/report.pdf")
    let facts = try Tool.lines("pdfinfo", [pdf])
    func fact(_ name: String) -> String {
      facts.first { $0.hasPrefix(name + ":") }?.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) ?? ""
    }
    #expect(fact("Tagged") == "yes" && fact("JavaScript") == "no" && fact("Page size").hasSuffix("(A4)"), "\(facts)")
    #expect(fact("CreationDate") == "" && fact("ModDate") == "")
    let count = try #require(Int(fact("Pages")))
    #expect(count > 3)
    for number in 1...count {
      let text = String(
        decoding: try #require(
          try Tool.output("pdftotext", ["-f", "\(number)", "-l", "\(number)", "-layout", pdf, "-"])),
        as: UTF8.self)
      #expect(text.contains("page \(number) / \(count)"), "\(text.suffix(300))")
      #expect(text.contains("R-2026-0017 - DEMO-001 - rarescreen"), "\(text.suffix(300))")
    }
  }

  @Test("Two printings have the same bytes", .enabled(if: isThere, absence))
  func sameBytes() throws {
    let folders = try [TemporaryFolder(), TemporaryFolder()]
    for folder in folders {
      let outcome = try screen(into: folder)
      #expect(outcome.status == 0, "\(outcome.text)")
      // Times of a PDF are told to the second.
      usleep(1_100_000)
    }
    #expect(try folders[0].bytes("out/report.pdf") == folders[1].bytes("out/report.pdf"))
  }

  @Test("A later run without a PDF leaves none of the earlier", .enabled(if: isThere, absence))
  func stale() throws {
    let folder = try TemporaryFolder()
    #expect(try screen(into: folder).status == 0)
    #expect(try Demonstration.screen(into: folder).status == 0)
    #expect(folder.names(in: "out") == Demonstration.files)
  }

  @Test("Without a browser, or with one that is too old, nothing is screened")
  func noBrowser() throws {
    let folder = try TemporaryFolder()
    let none = try screen(into: folder, path: folder.path)
    #expect(none.status == 66 && none.stderr.contains("apt-get install chromium"), "\(none.text)")
    let missing = try screen(into: folder, browser: folder.file("nowhere"))
    #expect(missing.status == 66 && missing.stderr.contains("RARESCREEN_BROWSER is"), "\(missing.text)")
    let old = try folder.write("old", "#!/bin/sh\necho Chromium 130.0.6723.58\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: old)
    let outdated = try screen(into: folder, browser: old)
    #expect(outdated.status == 66 && outdated.stderr.contains("no Chromium 131 or newer"), "\(outdated.text)")
    #expect(!folder.exists("out"))
  }

  @Test(
    "A browser that prints nothing, or half a page, leaves no run",
    arguments: [
      "echo 'ERROR: no fonts' >&2; exit 3", "exit 0",
      "for a; do case $a in --print-to-pdf=*) printf '%%PDF-1.4 half' > \"${a#*=}\";; esac; done",
    ])
  func brokenBrowser(lines: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try screen(into: folder, browser: try impostor(lines, in: folder))
    #expect(outcome.status == 73 && outcome.stderr.contains("printed no whole page"), "\(outcome.text)")
    if lines.contains("fonts") {
      #expect(outcome.stderr.contains("ended with 3") && outcome.stderr.contains("no fonts"))
    }
    #expect(!folder.exists("out"))
  }

  @Test("A signal ends the browser with the run and leaves nothing")
  func signal() throws {
    let folder = try TemporaryFolder()
    let browser = try impostor("echo $$ > '\(folder.path)/pid'; exec sleep 60", in: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["RARESCREEN_BROWSER"] = browser
    environment["RARESCREEN_KNOWLEDGE"] = ""
    environment["TMPDIR"] = folder.path
    let run = try RunningProgram(
      ["screen", Demonstration.caseFile, "--pdf", "--out", folder.file("out"), "--quiet"], environment: environment)
    let deadline = ContinuousClock.now + .seconds(60)
    while !folder.exists("pid"), ContinuousClock.now < deadline { usleep(20_000) }
    usleep(100_000)
    let pid = try #require(Int32(try folder.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(pid, 0) == 0)
    kill(run.processID, SIGTERM)
    let outcome = try run.outcome()
    #expect(outcome.status == 75, "\(outcome.text)")
    #expect(kill(pid, 0) != 0)
    #expect(folder.names() == ["browser", "pid"])
  }

  @Test("A batch prints each case", .enabled(if: isThere, absence))
  func batch() throws {
    let batch = try BatchFolder()
    for id in ["A", "B"] { try batch.addFamily(id) }
    try batch.writeSheet(["A", "B"])
    #expect(try batch.run("out", ["--pdf"]).status == 0)
    #expect(["A", "B"].allSatisfy { batch.folder.exists("out/\($0)/report.pdf") })
    let again = try batch.run("out", ["--pdf", "--resume"])
    #expect(again.stdout.contains("2 of them before and unchanged"), "\(again.text)")
    #expect(try batch.run("out", ["--resume"]).status == 0)
    #expect(["A", "B"].allSatisfy { !batch.folder.exists("out/\($0)/report.pdf") })
  }
}
