public import ArgumentParser
public import Reading

/// Where records come from and go to.
struct RecordOptions: ParsableArguments {
  @Argument(help: "VCF or BCF file, '-' for standard input.", completion: .file())
  var input: String

  @Option(name: [.short, .customLong("out")], help: "Output file, '-' for standard output.", completion: .file())
  var out = "-"

  @Option(
    name: [.customShort("O"), .long],
    help: "Form of the output: v VCF, z BGZF VCF, b BCF; by the name of the output when not given.")
  var outputType: RecordContainer?

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes the path of a file, not an empty text.") }
  }

  /// What was asked for, else what the name of the output says.
  var container: RecordContainer {
    if let outputType { return outputType }
    if out.hasSuffix(".bcf") { return .binary }
    return out.hasSuffix(".gz") || out.hasSuffix(".bgz") ? .blockGzip : .text
  }
}

extension RecordContainer: ExpressibleByArgument {}
