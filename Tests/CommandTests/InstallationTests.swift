import Foundation
import TestSupport
import Testing

@Suite("Away from the build folder")
struct InstallationTests {
  @Test("A copy with its panels works from PREFIX/bin and through a link, in an empty environment")
  func copy() throws {
    let prefix = try TemporaryFolder()
    let files = FileManager.default
    for folder in ["bin", "share/rarescreen", "elsewhere"] {
      try files.createDirectory(atPath: prefix.file(folder), withIntermediateDirectories: true)
    }
    try files.copyItem(atPath: Program.path, toPath: prefix.file("bin/rarescreen"))
    try files.copyItem(atPath: Checkout.directory + "/Panels", toPath: prefix.file("share/rarescreen/Panels"))
    try files.createSymbolicLink(atPath: prefix.file("elsewhere/screen"), withDestinationPath: "../bin/rarescreen")
    for program in ["bin/rarescreen", "elsewhere/screen"] {
      let version = try Program.run(
        ["--version"], environment: Self.environment, directory: "/", program: prefix.file(program))
      #expect(version.stdout.contains("share/rarescreen/Panels"), "\(version.text)")
      let outcome = try Program.run(
        ["screen", Demonstration.caseFile, "--out", prefix.file("out")], environment: Self.environment, directory: "/",
        program: prefix.file(program))
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(prefix.names(in: "out") == Demonstration.files)
    }
  }

  @Test("A copy without its panels says where it looked and what to do")
  func missingPanels() throws {
    let folder = try TemporaryFolder()
    // Deep enough that no Panels of somebody else lie in a folder where the program looks.
    let program = folder.file("a/b/c/rarescreen")
    try FileManager.default.createDirectory(atPath: folder.file("a/b/c"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Program.path, toPath: program)
    let outcome = try Program.run(
      ["panel", "list"], environment: Self.environment, program: program)
    #expect(outcome.status == 66, "\(outcome.text)")
    #expect(outcome.stderr.contains("--knowledge"))
    let helped = try Program.run(
      ["panel", "list", "--knowledge", Checkout.directory], environment: Self.environment,
      program: program)
    #expect(helped.status == 0, "\(helped.text)")
  }

  /// Nothing but where the toolchain's libraries lie, should they not be in the system's own folders.
  private static let environment = ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }
}
