import Foundation
import TestSupport
import Testing

/// `Pipelines/cwl` and `Pipelines/wdl`, with one engine each.
@Suite("Descriptions of workflows", .timeLimit(.minutes(20)))
struct WorkflowTests {
  /// A folder that holds a sheet and what it names, as engines want it that carry files to their tasks.
  private func cohort() throws -> DealtBatch {
    let dealt = try DealtBatch()
    let files = FileManager.default
    try files.createDirectory(atPath: dealt.folder.file("cohort"), withIntermediateDirectories: false)
    for file in [Demonstration.variants, Demonstration.pedigree] {
      let name = URL(fileURLWithPath: file).lastPathComponent
      try files.copyItem(atPath: file, toPath: dealt.folder.file("cohort/" + name))
    }
    let sheet = try dealt.folder.text("cases.tsv").replacing(Demonstration.folder + "/", with: "")
    try dealt.folder.write("cohort/cases.tsv", sheet)
    let here = try Program.run(["batch", "cohort/cases.tsv", "--out", "here", "--quiet"], directory: dealt.folder.path)
    #expect(here.status == 0, "\(here.text)")
    return dealt
  }

  @Test(.enabled(if: WorkflowEngine.cwltool.isThere, "cwltool is not installed; './run setup' installs it"))
  func cwlIsOneRun() async throws {
    let dealt = try cohort()
    let flags = ["--data", "cohort", "--parts", "1", "--parts", "2", "--out", "results"]
    let outcome = try await WorkflowEngine.cwltool.run(
      [
        "--preserve-environment", "RARESCREEN_KNOWLEDGE", "--outdir", "out",
        Checkout.directory + "/Pipelines/cwl/batch.cwl",
      ]
        + flags, in: dealt.folder)
    #expect(outcome.status == 0, "\(outcome.text)")
    let (here, there) = (try dealt.batch.tree("here"), try dealt.batch.tree("out/results"))
    #expect(here.count > 60 && Set(here.keys) == Set(there.keys))
    #expect(here.filter { there[$0.key] != $0.value }.keys.sorted() == [])
  }

  @Test(.enabled(if: WorkflowEngine.miniwdl.isThere, "miniwdl is not installed; './run setup' installs it"))
  func wdlIsWellFormed() async throws {
    let outcome = try await WorkflowEngine.miniwdl.run(
      ["check", "--strict", "--suppress", "CommandShellCheck", Checkout.directory + "/Pipelines/wdl/batch.wdl"],
      in: TemporaryFolder())
    #expect(outcome.status == 0 && outcome.stdout.contains("call merge"), "\(outcome.text)")
  }
}
