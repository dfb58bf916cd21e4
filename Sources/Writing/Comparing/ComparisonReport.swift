public import Model

/// A comparison of two runs as files and as text for a terminal. The same comparison gives the same bytes.
///
///     let report = ComparisonReport(comparison, language: .english)
///     report.text.first
public struct ComparisonReport: Sendable {
  let comparison: RunComparison
  let words: ComparisonWords

  public init(_ comparison: RunComparison, language: Language = .english) {
    self.comparison = comparison
    words = ComparisonWords(phrases: Phrases(language), inputs: comparison.inputs)
  }

  private var phrases: Phrases { words.phrases }

  /// The comparison for a terminal, without control characters.
  public var text: [String] {
    (head + inputLines + findingLines + checkLines + geneLines + [closing]
      + (comparison.asksForExplanation ? [phrases("compare_explain")] : [])).map(\.shown)
  }

  private var head: [String] {
    func run(_ run: RunComparison.Run) -> String {
      phrases(
        "compare_run",
        [
          "program": run.program, "time": phrases.moment(run.finished),
          "candidates": phrases("counted.candidates", count: run.candidates),
          "misses": phrases("counted.near_misses", count: run.nearMisses),
          "genes": phrases("counted.genes", count: run.genes),
        ])
    }
    let (old, new) = (comparison.old, comparison.new)
    return [
      phrases("compare_of_case", ["case": new.caseID]) + ": " + sentence,
      "\(phrases("compare_old")): \(run(old))" + (old.caseID == new.caseID ? "" : ", \(old.caseID)"),
      "\(phrases("compare_new")): \(run(new))",
    ]
  }

  /// The whole in one sentence: what changed, or that nothing did.
  var sentence: String {
    if comparison.isCalm {
      return phrases(comparison.changes.isEmpty ? "compare_nothing" : "compare_nothing_but_figures")
    }
    var parts = comparison.counts.isEmpty ? [] : [words.counts(comparison.counts)]
    if !comparison.checks.isEmpty {
      parts.append(phrases("compare_checks_count", count: comparison.checks.count))
    }
    if !comparison.repeats.isEmpty {
      parts.append(phrases("compare_repeats_count", count: comparison.repeats.count))
    }
    return parts.joined(separator: ", ")
  }

  private var inputLines: [String] {
    let lines = comparison.inputs.enumerated().map { "  [\($0 + 1)] \(words.input($1))" }
    let untold = comparison.untold.map { "  " + phrases("compare_untold", ["input": phrases($0)]) }
    return ["\(phrases("compare_inputs")):"] + (lines.isEmpty ? ["  \(phrases("none"))"] : lines) + untold
  }

  private var findingLines: [String] {
    let changes = comparison.notable
    if changes.isEmpty { return [] }
    let rows = changes.map { change in
      [
        phrases("change.\(change.kind.rawValue)"), words.places(change), change.gene, words.classes(change),
        change.allele,
      ]
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return ["\(phrases("compare_changes")):"]
      + zip(changes, rows).flatMap { change, row in
        let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        let lines = words.details(change) + [phrases("compare_because", ["cause": words.reference(change.cause)])]
        return ["  " + cells.joined(separator: "  ").trimmingEnd] + lines.map { "      " + $0 }
      }
  }

  private var checkLines: [String] {
    let checks = comparison.checks.map { "  " + words.check($0) }
    let repeats = comparison.repeats.map { "  " + words.repeatChange($0) }
    return (checks.isEmpty ? [] : ["\(phrases("compare_checks")):"] + checks)
      + (repeats.isEmpty ? [] : ["\(phrases("repeats_heading")):"] + repeats)
  }

  private var geneLines: [String] {
    [("compare_entered", comparison.entered), ("compare_left", comparison.left)].compactMap { key, genes in
      words.genes(genes).map { "\(phrases(key)) \($0)" }
    }
  }

  /// What is not listed, counted.
  var closing: String {
    let quiet = comparison.changes.count - comparison.notable.count
    let same = phrases("compare_same", count: comparison.unchanged)
    return quiet == 0 ? same : same + phrases("compare_figures", ["figures": phrases.count(quiet)])
  }

  // MARK: Files

  /// `compare.html`, `compare.json`, `compare.tsv`.
  public func files() throws(WriteError) -> [OutputFile] {
    [
      OutputFile(name: "compare.html", bytes: try ComparisonPage(report: self).html()),
      OutputFile(name: "compare.json", bytes: json), OutputFile(name: "compare.tsv", bytes: table),
    ]
  }

  /// The comparison as `ComparisonReport.schema` describes it.
  public var json: [UInt8] { ComparisonJSON.document(comparison).encoded }

  /// One line a change, input, gene, check and repeat; English whatever the language, since programs read it.
  public var table: [UInt8] { ComparisonTable(comparison).bytes }

  /// JSON Schema 2020-12 of `compare.json`.
  public static var schema: [UInt8] { PackageResources.compare_schema_json }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmingEnd: String {
    var text = Substring(self)
    while text.hasSuffix(" ") { text.removeLast() }
    return String(text)
  }
}
