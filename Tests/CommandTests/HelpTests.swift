import TestSupport
import Testing

@Suite("Help, version, completion")
struct HelpTests {
  @Test(
    "Every command explains itself, with an example and its exit codes",
    arguments: [
      [], ["screen"], ["batch"], ["merge"], ["explain"], ["compare"], ["classify"], ["review"], ["review", "import"],
      ["qc"], ["panel"], ["panel", "list"], ["panel", "show"],
      ["panel", "validate"],
      ["panel", "import"], ["panel", "make"], ["knowledge"], ["knowledge", "sources"], ["knowledge", "fetch"],
    ])
  func help(command: [String]) throws {
    let outcome = try Program.run(command + ["--help"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stderr.isEmpty)
    #expect(outcome.stdout.contains("Example"))
    #expect(outcome.stdout.contains("  rarescreen " + (command.isEmpty ? "screen" : command.joined(separator: " "))))
    #expect(outcome.stdout.contains("Exit codes:"))
    // Broken once, by the width of the terminal: no short line in the midst of a paragraph.
    #expect(
      outcome.stdout.split(separator: "\n").allSatisfy {
        $0.count <= 80 || $0.hasPrefix("USAGE:") || $0.contains("  rarescreen ")
      })
  }

  @Test("--version names the program, htslib and the knowledge in use")
  func version() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.stdout.hasPrefix("rarescreen "))
    #expect(outcome.stdout.contains("htslib 1."))
    #expect(outcome.stdout.contains("Panels"))
  }

  @Test(
    "A flag or command that does not exist ends with 64", arguments: [["--nope"], ["screen", "--nope"], ["scren"]])
  func unknown(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64, "\(outcome.text)")
    #expect(outcome.stdout.isEmpty)
    #expect(!outcome.stderr.isEmpty)
  }

  @Test(
    "A command that does not exist is told with the nearest one; a group that takes words is none",
    arguments: [
      (["scren", "case.yaml"], "There is no command 'scren'; did you mean 'screen'?"),
      (["review", "imprt"], "There is no command 'imprt'; did you mean 'import'?"),
      (["cohort", "zzz"], "There is no command 'zzz'; commands are: add, "),
    ])
  func nearest(arguments: [String], words: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.stderr.contains(words), "\(outcome.text)")
    let ranked = try Program.run(["phenotype", "HP:0001250", "--top", "1"])
    #expect(ranked.status == 0, "\(ranked.text)")
  }

  @Test("Completion scripts parse in their shells", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let outcome = try Program.run(["--generate-completion-script", shell])
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("explain"))
    #expect(outcome.stdout.contains("variant"))
    if shell == "bash" {
      let folder = try TemporaryFolder()
      let script = try folder.write("completion", outcome.stdout)
      #expect(try Program.run(["-n", script], program: "/bin/bash").status == 0)
    }
  }
}
