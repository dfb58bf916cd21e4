import Foundation
import TestSupport

/// `Tests/Fixtures/slurm/cluster.sh` in a folder of its own; every process of it ends when the test lets go of it.
final class SlurmCluster: Sendable {
  struct NotUp: Error { var log: String }

  private static let script = Checkout.fixture("slurm/cluster.sh")
  /// Why there can be no cluster on this machine; nil where there can.
  static let obstacle: String? = {
    guard let outcome = try? Program.run([script, "possible"], program: "/bin/bash") else { return "no bash" }
    return outcome.status == 0 ? nil : outcome.stderr
  }()
  static let isPossible = obstacle == nil

  private let folder: TemporaryFolder
  private let processID: Int32

  init() async throws {
    folder = try TemporaryFolder()
    let process = try RunningProgram([Self.script, "run", folder.path], program: "/bin/bash")
    processID = process.processID
    let folder = folder
    guard await eventually(within: .seconds(60), { folder.exists("ready") }) else {
      kill(processID, SIGKILL)
      throw NotUp(log: (try? folder.text("slurmctld.log")) ?? "no log")
    }
  }

  deinit { kill(processID, SIGKILL) }

  /// Starts a command where `sbatch` and its kin find the cluster, with the built program as `RARESCREEN`.
  func start(_ command: [String], environment: [String: String] = [:], directory: String? = nil) throws
    -> RunningProgram
  {
    let surroundings = [
      "RARESCREEN": Program.path, "RARESCREEN_KNOWLEDGE": "", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
      "HOME": folder.path,
    ].merging(ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }) { $1 }
    return try RunningProgram(
      [Self.script, "in", folder.path] + command, environment: surroundings.merging(environment) { $1 },
      directory: directory, program: "/bin/bash")
  }

  /// The same, to its end.
  func run(_ command: [String], directory: String? = nil) throws -> Program.Outcome {
    try start(command, directory: directory).outcome()
  }

  /// Takes a node away with all that runs on it, as a power cut does.
  func lose(_ node: String) throws {
    _ = try Program.run([Self.script, "lose-node", folder.path, node], program: "/bin/bash")
  }

  /// A node that answers no more, while its jobs go on.
  func loseDaemon(of node: String) throws {
    _ = try Program.run([Self.script, "lose-daemon", folder.path, node], program: "/bin/bash")
  }

  /// Every job since the beginning, a line each: id, state, node.
  var jobs: [String] {
    let outcome = try? run(["squeue", "--noheader", "--array", "--states=all", "--format=%i %T %N"])
    return outcome?.stdout.split(separator: "\n").map(String.init).sorted() ?? ["squeue cannot be run"]
  }

  /// Waits until nothing is queued or at work.
  func drain() async -> Bool {
    await eventually(within: .seconds(600)) {
      usleep(200_000)
      guard let outcome = try? self.run(["squeue", "--noheader", "--format=%i %T %r"]) else { return false }
      return outcome.status == 0 && outcome.stdout.isEmpty
    }
  }
}

/// Looks again and again until there is something to be found; nil when there never is.
///
/// From a thread of its own: the tests' own threads may be busy when the moment comes.
func eventually<Found: Sendable>(
  within limit: Duration = .seconds(300), find: @escaping @Sendable () -> Found?
) async -> Found? {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread {
      let deadline = ContinuousClock.now + limit
      var found = find()
      while found == nil, ContinuousClock.now < deadline {
        usleep(20_000)
        found = find()
      }
      continuation.resume(returning: found)
    }
  }
}

/// Waits until something has come about.
func eventually(within limit: Duration = .seconds(300), _ isSo: @escaping @Sendable () -> Bool) async -> Bool {
  await eventually(within: limit, find: { isSo() ? true : nil }) ?? false
}
