import Foundation
import TestSupport

/// A workflow engine from PyPI, in the folder of the build where `./run setup` puts it.
struct WorkflowEngine {
  static let snakemake = WorkflowEngine(folder: "snakemake", module: "snakemake")
  static let cwltool = WorkflowEngine(folder: "cwl", module: "cwltool")
  static let miniwdl = WorkflowEngine(folder: "wdl", module: "WDL")
  static let python = Tool.location(of: "python3") ?? "python3"

  let folder: String
  let module: String

  private var packages: String { Checkout.directory + "/.build/" + folder }
  var isThere: Bool { FileManager.default.fileExists(atPath: packages + "/" + module) }

  func command(_ arguments: [String]) -> [String] { [Self.python, "-m", module] + arguments }

  /// The engine's own world, with the built program first on PATH.
  func environment(home: String) -> [String: String] {
    let program = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    return ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }.merging([
      "PYTHONPATH": packages, "PATH": program + ":/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": home,
      "XDG_CACHE_HOME": home + "/cache", "RARESCREEN_KNOWLEDGE": "",
    ]) { $1 }
  }

  /// Runs the engine to its end, without keeping other tests from their thread.
  func run(_ arguments: [String], in folder: TemporaryFolder) async throws -> Program.Outcome {
    try await Self.end(
      of: RunningProgram(
        Array(command(arguments).dropFirst()), environment: environment(home: folder.path), directory: folder.path,
        program: Self.python))
  }

  static func end(of running: RunningProgram) async throws -> Program.Outcome {
    while running.isRunning { try await Task.sleep(for: .milliseconds(200)) }
    return try running.outcome()
  }
}
