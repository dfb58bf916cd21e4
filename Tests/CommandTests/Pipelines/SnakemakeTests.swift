import Foundation
import TestSupport
import Testing

/// `Pipelines/snakemake` with Snakemake itself where `./run setup` could install it.
@Suite(
  "A batch by Snakemake",
  .enabled(if: WorkflowEngine.snakemake.isThere, "snakemake is not installed; './run setup' installs it"),
  .timeLimit(.minutes(20)))
struct SnakemakeTests {
  private static let folder = Checkout.directory + "/Pipelines/snakemake"

  let dealt: DealtBatch

  init() throws { dealt = try DealtBatch() }

  private func arguments(_ profile: String, _ more: [String] = []) -> [String] {
    let given = ["--snakefile", Self.folder + "/Snakefile", "--profile", Self.folder + "/profiles/" + profile]
    return given + ["--set-threads", "part=1"] + more
      + ["--config", "sheet=cases.tsv", "out=out", "parts=2", "program=\(Program.path)"]
  }

  /// - Parameter more: configuration, of which the last word counts.
  private func runHere(_ more: [String] = []) async throws -> Program.Outcome {
    try await WorkflowEngine.snakemake.run(arguments("local") + more, in: dealt.folder)
  }

  @Test func onOneMachine() async throws {
    let outcome = try await runHere()
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try dealt.differences() == [])
    let again = try await runHere()
    #expect(again.status == 0 && again.text.contains("Nothing to be done"), "\(again.text)")
    // Other words, and other numbers of parts, are seen.
    let vietnamese = try await runHere(["lang=vi"])
    #expect(try vietnamese.status == 0 && dealt.folder.text("out/DEMO-1/report.html").contains("lang=\"vi\""))
    let three = try await runHere(["parts=3"])
    #expect(try three.status == 0 && dealt.differences() == [], "\(three.text)")
    // A case that fails is a result, and is told.
    try dealt.folder.write("cases.tsv", try dealt.folder.text("cases.tsv") + "LOST\tlost.vcf\tlost.ped\t.\tepilepsy\n")
    let failing = try await runHere()
    #expect(failing.status == 0 && failing.text.contains("1 of 7 cases failed: LOST"), "\(failing.text)")
    #expect(try dealt.batch.summary().column("state") == DealtBatch.ids.map { _ in "done" } + ["failed"])
    // What is wrong with the whole batch is none.
    try dealt.folder.write("cases.tsv", "case\tvariants\tcolour\n")
    let wrong = try await runHere()
    #expect(wrong.status != 0 && wrong.text.contains("colour"), "\(wrong.text)")
  }

  @Test(.enabled(if: SlurmCluster.isPossible, "no Slurm here"))
  func onAClusterThatLosesANode() async throws {
    let cluster = try await SlurmCluster()
    let quick = ["--slurm-init-seconds-before-status-checks", "1", "--seconds-between-status-checks", "1"]
    let engine = WorkflowEngine.snakemake
    let running = try cluster.start(
      engine.command(arguments("slurm", quick)), environment: engine.environment(home: dealt.folder.path),
      directory: dealt.folder.path)
    let held = try #require(await dealt.hold(part: 2), "\(cluster.jobs)")
    try cluster.lose(held.node)
    let outcome = try await WorkflowEngine.end(of: running)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try dealt.differences() == [])
  }
}
