/// What a command's help says below its first line: paragraphs that the terminal's width breaks, an example, the exit codes.
enum HelpText {
  /// - Parameters:
  ///   - text: paragraphs, each on one line.
  ///   - examples: command lines that work as they stand.
  static func discussion(_ text: String, examples: String...) -> String {
    let heading = examples.count == 1 ? "Example:" : "Examples:"
    let lines = [heading] + examples.map { "  rarescreen " + $0 }
    return [text, lines.joined(separator: "\n"), exitCodes].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static let exitCodes = """
    Exit codes: 0 done, also when no candidate was found; 64 command line or case file wrong; 65 an input malformed, cut \
    short, of another build, or contradicting another; 66 an input missing; 70 a defect in rarescreen; 73, 74 output cannot \
    be made or written; 75 stopped by a signal.
    """
}
