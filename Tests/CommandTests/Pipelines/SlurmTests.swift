import Foundation
import TestSupport
import Testing

/// `Pipelines/slurm` on a cluster of three nodes, with what goes wrong on clusters.
@Suite(
  "A batch on Slurm",
  .enabled(
    if: SlurmCluster.isPossible,
    "no Slurm here: it needs root and the packages munge slurmctld slurmd slurm-client; './run setup' installs them"))
struct SlurmTests {
  private static let submit = Checkout.directory + "/Pipelines/slurm/submit"

  let cluster: SlurmCluster
  let dealt: DealtBatch

  init() async throws {
    cluster = try await SlurmCluster()
    dealt = try DealtBatch()
  }

  private func submit(parts: Int, _ options: [String] = [], flags: [String] = []) throws {
    let outcome = try cluster.run(
      [Self.submit, "cases.tsv", "out", "\(parts)", "--mem=600"] + options + ["--"] + flags,
      directory: dealt.folder.path)
    #expect(outcome.status == 0 && outcome.stdout.contains("queued: array"), "\(outcome.text)")
  }

  /// Waits for the end, and holds what came out to the run of one machine.
  private func expectWhole() async throws {
    #expect(await cluster.drain(), "\(cluster.jobs)")
    #expect(try dealt.differences() == [], "\(dealt.logs)")
  }

  @Test func aJobArrayIsOneRun() async throws {
    try submit(parts: 3, ["--cpus-per-task=1"])
    try await expectWhole()
    // In the language and with the flags that were asked for.
    try submit(parts: 2, ["--cpus-per-task=1"], flags: ["--lang", "vi", "--phenopacket"])
    #expect(await cluster.drain(), "\(cluster.jobs)")
    #expect(try dealt.folder.text("out/index.html").contains("lang=\"vi\""))
    #expect(DealtBatch.ids.allSatisfy { dealt.folder.exists("out/\($0)/phenopacket.json") })
  }

  @Test func aNodeWithoutPowerCostsOnlyTime() async throws {
    try submit(parts: 2, ["--cpus-per-task=1", "--exclusive"])
    let held = try #require(await dealt.hold(part: 2), "\(dealt.logs)")
    try cluster.lose(held.node)
    #expect(await eventually { kill(held.processID, 0) != 0 })
    try await expectWhole()
    #expect(!cluster.jobs.contains { $0.hasSuffix("_2 COMPLETED \(held.node)") }, "\(cluster.jobs)")
    #expect(dealt.log(ofPart: 2).contains("1 of them before and unchanged"), "\(dealt.logs)")
  }

  /// The controller believes a node dead and starts its job again while the first copy still runs.
  @Test(arguments: [true, false])
  func twoCopiesOfAJobAreHarmless(doLocksHold: Bool) async throws {
    try submit(parts: 2, ["--cpus-per-task=1", "--exclusive"])
    let held = try #require(await dealt.hold(part: 1), "\(dealt.logs)")
    if !doLocksHold {
      // On file systems where a lock is known on one node only, the second copy sees none.
      for name in ["out.parts/1.lock", "out.parts/1/.rarescreen-lock"] {
        try FileManager.default.removeItem(atPath: dealt.folder.file(name))
      }
    }
    try cluster.loseDaemon(of: held.node)
    if doLocksHold {
      #expect(
        await eventually { dealt.log(ofPart: 1).contains("another copy of this job") },
        "\(dealt.logs)\n\(cluster.jobs)")
    } else {
      #expect(
        await eventually {
          dealt.runs(ofPart: 1).contains { $0 != held } && dealt.done(inPart: 1) >= 1
        }, "\(dealt.logs)\n\(cluster.jobs)")
    }
    dealt.release(held)
    #expect(await cluster.drain(), "\(cluster.jobs)")
    #expect(await eventually { dealt.runs(ofPart: 1).isEmpty })
    #expect(try dealt.differences() == [], "\(dealt.logs)")
  }

  @Test func aPartThatMeetsItsTimeLimitGoesOnInAnother() async throws {
    try submit(parts: 2, ["--cpus-per-task=1", "--exclusive", "--time=60", "--signal=B:USR1@40"])
    let start = ContinuousClock.now
    let held = try #require(await dealt.hold(part: 1), "\(dealt.logs)")
    let job = try #require(cluster.jobs.first { $0.hasSuffix("_1 RUNNING \(held.node)") }?.split(separator: " ").first)
    // However long the first case took on a busy machine, the limit is one to two minutes away from here.
    try limit(job, toMinutes: Int((ContinuousClock.now - start).components.seconds) / 60 + 2)
    #expect(
      await eventually { dealt.log(ofPart: 1).contains("the time limit is near") },
      "\(dealt.logs)")
    dealt.release(held)
    #expect(
      await eventually { dealt.log(ofPart: 1).contains("queued again for the rest") },
      "\(dealt.logs)")
    try limit(job, toMinutes: 60)
    try await expectWhole()
    #expect(dealt.log(ofPart: 1).contains("1 of them before and unchanged"), "\(dealt.logs)")
  }

  private func limit(_ job: Substring, toMinutes minutes: Int) throws {
    let outcome = try cluster.run(["scontrol", "update", "JobId=\(job)", "TimeLimit=\(minutes)"])
    // What is left after a limit may be done by the time that another is set.
    #expect(outcome.status == 0 || outcome.stderr.contains("already finished"), "\(outcome.text)")
  }

  @Test func aPartThatMakesRoomForUrgentWorkGoesOnLater() async throws {
    try submit(parts: 2, ["--cpus-per-task=1", "--exclusive"])
    let held = try #require(await dealt.hold(part: 1), "\(dealt.logs)")
    let urgent = try cluster.run(
      ["sbatch", "--partition=urgent", "--nodes=3", "--exclusive", "--output=/dev/null", "--wrap=true"])
    #expect(urgent.status == 0, "\(urgent.text)")
    // Slurm itself wakes what it ends.
    #expect(await eventually { !dealt.runs(ofPart: 1).contains(held) })
    try await expectWhole()
    #expect(!dealt.log(ofPart: 1).contains("queued again"), "\(dealt.logs)")
    #expect(dealt.log(ofPart: 1).contains("1 of them before and unchanged"), "\(dealt.logs)")
  }

  @Test func whatIsCancelledStaysSoUntilItIsAskedForAgain() async throws {
    try submit(parts: 2, ["--cpus-per-task=1"])
    let held = try #require(await dealt.hold(part: 2), "\(dealt.logs)")
    #expect(try cluster.run(["scancel", "--name=rarescreen"]).status == 0)
    #expect(await cluster.drain(), "\(cluster.jobs)")
    #expect(!dealt.runs(ofPart: 2).contains(held) && !dealt.folder.exists("out/summary.tsv"))
    #expect(
      dealt.logs.contains("stopped by a signal") && dealt.logs.contains("run the shard to its end"), "\(dealt.logs)")
    try submit(parts: 2, ["--cpus-per-task=1"])
    try await expectWhole()
  }

  @Test func whatCannotBeQueuedIsToldAtOnce() throws {
    let absent = try cluster.run([Self.submit, "nothing.tsv", "out", "3"], directory: dealt.folder.path)
    #expect(absent.status == 66 && absent.stderr.contains("there is no such sheet"), "\(absent.text)")
    let uncounted = try cluster.run([Self.submit, "cases.tsv", "out", "0"], directory: dealt.folder.path)
    #expect(uncounted.status == 64 && uncounted.stderr.contains("a number from 1"), "\(uncounted.text)")
    let usage = try cluster.run([Self.submit, "cases.tsv"], directory: dealt.folder.path)
    #expect(usage.status == 64 && usage.stderr.contains("usage: submit"), "\(usage.text)")
    #expect(cluster.jobs == [])
  }
}
