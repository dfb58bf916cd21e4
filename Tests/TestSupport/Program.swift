internal import Foundation

/// The built `rarescreen`, run as a user runs it.
///
///     let outcome = try Program.run(["screen", "case.yaml", "--out", folder])
///     #expect(outcome.status == 0, "\(outcome.text)")
public enum Program {
  /// What a run left behind: its exit code and all that it said.
  public struct Outcome: Sendable {
    public var status: Int32
    public var stdout: String
    public var stderr: String

    /// The whole outcome, for the message of an expectation that fails.
    public var text: String { "exit \(status)\n--- stdout\n\(stdout)\n--- stderr\n\(stderr)" }
  }

  /// The binary that was built together with these tests.
  public static let path: String = {
    // The test bundle is the running executable, and the build puts the program beside it.
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    let named = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    let folders = [bundle, named, Checkout.directory + "/.build/debug"].compactMap { $0 }
    let candidates = folders.map { $0 + "/rarescreen" }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? candidates[0]
  }()

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: what follows the program's name.
  ///   - input: the whole of standard input, as a file; a pipe needs ``shell(_:environment:directory:)``.
  ///   - environment: the environment instead of that of the tests; nil keeps it.
  ///   - directory: the working directory; nil keeps that of the tests.
  ///   - program: another copy of the program, or another program.
  public static func run(
    _ arguments: [String], input: String = "", environment: [String: String]? = nil, directory: String? = nil,
    program: String = Program.path
  ) throws -> Outcome {
    let running = try RunningProgram(
      arguments, input: input, environment: environment, directory: directory, program: program)
    return try running.outcome()
  }

  /// Runs a line of shell in which `$RARESCREEN` is the program: pipes, named pipes, other tools.
  public static func shell(_ line: String, environment: [String: String] = [:], directory: String? = nil) throws
    -> Outcome
  {
    var surroundings = RunningProgram.environment
    surroundings.merge(environment) { $1 }
    surroundings["RARESCREEN"] = path
    return try run(["-c", line], environment: surroundings, directory: directory, program: "/bin/sh")
  }
}

/// A program that is still running, to be signalled and waited for.
public struct RunningProgram {
  private let process = Process()
  private let folder: TemporaryFolder

  /// Parameters as in ``Program/run(_:input:environment:directory:program:)``.
  public init(
    _ arguments: [String], input: String = "", environment: [String: String]? = nil, directory: String? = nil,
    program: String = Program.path
  ) throws {
    // What is said goes into files: nothing can fill up and block, however much it is.
    folder = try TemporaryFolder()
    try folder.write("stdin", input)
    try folder.write("stdout", "")
    try folder.write("stderr", "")
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment ?? Self.environment
    if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.file("stdin")))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("stdout")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("stderr")))
    try process.run()
  }

  /// That of the tests, without the knowledge that is installed on the machine: results must not depend on it.
  static var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging(["RARESCREEN_KNOWLEDGE": ""]) { $1 }
  }

  public var processID: Int32 { process.processIdentifier }
  public var isRunning: Bool { process.isRunning }

  /// Waits for the end; the status is the exit code, or 128 and the signal that ended the process.
  public func outcome() throws -> Program.Outcome {
    process.waitUntilExit()
    let code = process.terminationStatus
    return Program.Outcome(
      status: process.terminationReason == .exit ? code : 128 + code,
      stdout: try folder.text("stdout"), stderr: try folder.text("stderr"))
  }
}
