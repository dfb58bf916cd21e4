import Foundation
import TestSupport

/// Six cases of the demonstration family under names of their own, run in parts; and what one machine makes of them.
struct DealtBatch: Sendable {
  static let ids = (1...6).map { "DEMO-\($0)" }

  let batch: BatchFolder
  var folder: TemporaryFolder { batch.folder }

  init() throws {
    batch = try BatchFolder()
    try Self.writeSheet(to: folder)
  }

  private static func writeSheet(to folder: TemporaryFolder) throws {
    let rows = ids.map {
      "\($0)\t\(Demonstration.variants)\t\(Demonstration.pedigree)\tHP:0012469;HP:0001263\tepilepsy"
    }
    try folder.write(
      "cases.tsv", (["case\tvariants\tpedigree\tphenotypes\tpanels"] + rows).joined(separator: "\n") + "\n")
  }

  /// Every file of the batch as a run on one machine leaves it, without times.
  static let whole: Result<[String: String], any Error> = Result {
    let one = try DealtBatch()
    let outcome = try one.batch.run("whole", ["--quiet"])
    struct Failed: Error { var text: String }
    guard outcome.status == 0 else { throw Failed(text: outcome.text) }
    return try one.batch.tree("whole")
  }

  /// What differs between the results in `out` and those of one machine; empty where nothing does.
  func differences(_ out: String = "out") throws -> [String] {
    let (whole, dealt) = (try Self.whole.get(), try batch.tree(out))
    let names = Set(whole.keys).union(dealt.keys)
    return names.filter { whole[$0] != dealt[$0] }.sorted()
  }

  /// What the parts and their joining said.
  var logs: String {
    (folder.names(in: "out.logs") ?? []).map { name in
      "--- \(name)\n" + ((try? folder.text("out.logs/\(name)")) ?? "")
    }.joined(separator: "\n")
  }

  func log(ofPart part: Int) -> String { (try? folder.text("out.logs/part-\(part).txt")) ?? "" }

  /// The cases of a part that are done.
  func done(inPart part: Int) -> Int {
    Self.ids.filter { id in
      ((try? folder.text("out.parts/\(part)/\(id)/status.json")) ?? "").contains("\"state\": \"done\"")
    }.count
  }

  /// A run of the program, and the node of the cluster that it is on.
  struct Run: Equatable, Sendable {
    var processID: Int32
    var node: String
  }

  /// The runs of the program that write a part.
  func runs(ofPart part: Int) -> [Run] {
    let folder = folder.file("out.parts/\(part)")
    return (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { name in
      guard let processID = Int32(name), Self.words(of: processID, "comm") == ["rarescreen\n"],
        Self.words(of: processID, "cmdline").contains(folder)
      else { return nil }
      let node = Self.words(of: processID, "environ").first { $0.hasPrefix("SLURMD_NODENAME=") }
      return Run(processID: processID, node: String(node?.dropFirst("SLURMD_NODENAME=".count) ?? ""))
    } ?? []
  }

  private static func words(of processID: Int32, _ file: String) -> [String] {
    guard let handle = FileHandle(forReadingAtPath: "/proc/\(processID)/\(file)"),
      let data = try? handle.readToEnd()
    else { return [] }
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Waits until a part has done one case and is at the next, and stops its run there, as a disk that does not answer would.
  func hold(part: Int) async -> Run? {
    let held = await eventually { () -> Run? in
      guard done(inPart: part) == 1, let run = runs(ofPart: part).first else { return nil }
      kill(run.processID, SIGSTOP)
      return run
    }
    return held.flatMap { runs(ofPart: part).contains($0) ? $0 : nil }
  }

  func release(_ run: Run) { kill(run.processID, SIGCONT) }
}
