import Foundation
import TestSupport
import Testing

@Suite("Signals", .serialized)
struct InterruptionTests {
  /// A run on a named pipe that gives `bytes` of the demonstration and then nothing more, and never ends.
  private struct EndlessRun {
    let folder: TemporaryFolder
    let writer: RunningProgram
    let run: RunningProgram

    init(bytes: Int) throws {
      folder = try TemporaryFolder()
      try folder.write("part", String(try Demonstration.text().prefix(bytes)))
      _ = try Program.run([folder.file("pipe")], program: "/usr/bin/mkfifo")
      writer = try RunningProgram(
        ["-c", "exec 3> pipe; touch open; cat part >&3; touch given; exec sleep 60"], directory: folder.path,
        program: "/bin/sh")
      run = try RunningProgram(
        ["screen", "--vcf", folder.file("pipe"), "--ped", Demonstration.pedigree, "--out", folder.file("out")])
      // Once the pipe is open the program listens for signals.
      let deadline = ContinuousClock.now + .seconds(30)
      while !folder.exists("open"), ContinuousClock.now < deadline { usleep(20_000) }
      usleep(300_000)
    }

    func end() throws -> Program.Outcome {
      let outcome = try run.outcome()
      kill(writer.processID, SIGTERM)
      _ = try writer.outcome()
      return outcome
    }
  }

  @Test(
    "A run that waits for input stops within five seconds and leaves nothing",
    arguments: [(SIGTERM, 0), (SIGINT, 1_000_000), (SIGHUP, 300_000)])
  func waiting(signal: Int32, bytes: Int) throws {
    let endless = try EndlessRun(bytes: bytes)
    #expect(endless.run.isRunning)
    let start = ContinuousClock.now
    kill(endless.run.processID, signal)
    let outcome = try endless.end()
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(outcome.status == 75, "\(outcome.text)")
    #expect(outcome.stderr.contains("stopped by a signal"))
    #expect(!endless.folder.exists("out"))
  }

  @Test("Of two runs on one folder the second is refused, and the first goes on")
  func sameFolder() throws {
    let endless = try EndlessRun(bytes: 0)
    let second = try Demonstration.screen(into: endless.folder)
    #expect(second.status == 73 && second.stderr.contains("another run writes it"), "\(second.text)")
    #expect(endless.run.isRunning && endless.folder.names(in: "out") == [])
    kill(endless.run.processID, SIGTERM)
    #expect(try endless.end().status == 75)
    #expect(try !endless.folder.exists("out") && Demonstration.screen(into: endless.folder).status == 0)
  }

  @Test("Too little memory is told before anything is done", arguments: ["-v 300000", "-d 100000"])
  func memory(limit: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      [
        "-c", "ulimit \(limit); exec \"$@\"", "limited", Program.path, "screen", "--vcf", Demonstration.variants,
        "--out", folder.file("out"),
      ],
      program: "/bin/bash")
    #expect(outcome.status == 64 && outcome.stderr.contains("(ulimit \(limit.prefix(2)))"), "\(outcome.text)")
    #expect(!folder.exists("out"))
  }

  @Test("A second signal is not made to wait")
  func twice() throws {
    let endless = try EndlessRun(bytes: 1_000_000)
    kill(endless.run.processID, SIGINT)
    usleep(100_000)
    let start = ContinuousClock.now
    kill(endless.run.processID, SIGINT)
    let outcome = try endless.end()
    #expect(ContinuousClock.now - start < .milliseconds(1_500))
    #expect(outcome.status == 75, "\(outcome.text)")
    #expect(!endless.folder.exists("out"))
  }

  @Test(
    "Whenever the signal comes, the files are all there or none is", arguments: [300, 600, 900, 1_100, 1_300, 1_500])
  func anytime(milliseconds: UInt32) throws {
    let folder = try TemporaryFolder()
    let run = try RunningProgram(["screen", Demonstration.caseFile, "--out", folder.file("out"), "--threads", "1"])
    usleep(milliseconds * 1_000)
    kill(run.processID, SIGTERM)
    let outcome = try run.outcome()
    switch outcome.status {
    case 0: #expect(folder.names(in: "out") == Demonstration.files)
    // 143: the signal came before the program had begun to listen.
    case 75, 143: #expect(!folder.exists("out"))
    default: Issue.record("\(outcome.text)")
    }
  }
}
