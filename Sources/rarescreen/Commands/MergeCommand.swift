import ArgumentParser
import Foundation
import Model
import Writing

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Shards of a batch, or of one case, joined.",
    discussion: HelpText.discussion(
      """
      Takes the folders that 'rarescreen batch --shard' made, puts the folders of all cases into one (as second names of the same \
      files where the disk can, as copies elsewhere), and makes the overview of the whole batch as one run would have made it. All \
      shards must be there.

      Takes the folders that 'rarescreen screen --shard' made likewise: reads the alignments of the case, where it has some, and \
      leaves what 'screen' in one run would have left. The inputs must lie where they lay, unchanged.
      """, examples: "merge part-1 part-2 part-3 part-4 --out results"))

  @Argument(help: "Output folders of the shards.")
  var parts: [String]

  @Option(name: [.long, .short], help: "Output folder; made if it is not there.")
  var out: String

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes the path of a folder, not an empty text.") }
  }

  func run() throws {
    try Session.run(common) { session in
      if let place = FileStatus(path: out)?.identity, parts.contains(where: { FileStatus(path: $0)?.identity == place })
      {
        throw Failure(.usage, "\(out): is one of the shards; give another folder with --out")
      }
      if parts.contains(where: CaseMerge.isPart) {
        let summary = try CaseMerge(folders: parts, out: out, session: session).run()
        if !common.quiet { try StandardOutput.write(summary) }
        return
      }
      let tally = try BatchMerge(parts: parts, out: out, session: session).run()
      if !common.quiet { try StandardOutput.write(tally.summary(of: out)) }
      if let failure = tally.failure(of: out) { throw failure }
    }
  }
}
