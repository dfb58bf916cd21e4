public import Model

/// A comparison of many cases as files and as text for a terminal: a line a case that changed.
public struct BatchComparisonReport: Sendable {
  let batch: BatchComparison
  let phrases: Phrases
  /// Whether programs read what is said.
  private var isPlain = false
  /// As they are listed.
  private let sharedInputs: [(input: ChangedInput, cases: Int)]

  /// Cases that a terminal or a page lists; the table has all.
  static let mostLines = 300
  /// Folders of one run only that a sentence names.
  static let mostNames = 40

  public init(_ batch: BatchComparison, language: Language = .english) {
    self.batch = batch
    phrases = Phrases(language)
    sharedInputs = batch.sharedInputs
  }

  func words(_ line: BatchComparison.Line) -> ComparisonWords {
    ComparisonWords(phrases: phrases, inputs: line.inputs, listed: sharedInputs.map(\.input), isPlain: isPlain)
  }

  /// The weightiest change of a case in one sentence: `STXBP1 9-127675855-C-T: reclassified VUS → LP, #3 → #1`.
  func headline(_ line: BatchComparison.Line) -> [String] {
    let words = words(line)
    let changes = line.first.map { change in
      let name = [change.gene, change.new?.hgvsC ?? change.old?.hgvsC ?? change.allele].joined(separator: " ")
      let detail = words.details(change).first.map { "; \($0)" } ?? ""
      let classes = change.kind == .reclassified ? "" : " (\(words.classes(change)))"
      return "\(phrases("change.\(change.kind.rawValue)")) \(words.places(change)) \(name)\(classes)\(detail)"
    }
    return changes + line.checks.filter(\.hasFailed).map(words.check) + line.repeats.map(words.repeatChange)
  }

  /// The causes of the changes that the line tells, each once; nil where there is no finding that changed.
  ///
  /// - Parameter isWhole: whether the values of inputs that are listed above are told again.
  func cause(_ line: BatchComparison.Line, isWhole: Bool = false) -> String? {
    let words = words(line)
    let causes = distinct(line.first.map { isWhole ? words.cause($0.cause) : words.reference($0.cause) })
    return causes.isEmpty ? nil : causes.joined(separator: "; ")
  }

  /// What changed in a case, counted.
  func counts(_ line: BatchComparison.Line) -> String {
    let words = words(line)
    var parts = line.counts.isEmpty ? [] : [words.counts(line.counts)]
    if !line.checks.isEmpty {
      parts.append(phrases("compare_checks_count", count: line.checks.count))
    }
    if !line.repeats.isEmpty {
      parts.append(phrases("compare_repeats_count", count: line.repeats.count))
    }
    return parts.joined(separator: ", ")
  }

  var sentence: String {
    phrases(
      "compare_batch_sentence", count: batch.count - batch.troubles.count,
      [
        "changed": phrases.count(batch.lines.count),
        "same": phrases.count(batch.unchanged), "figures": phrases.count(batch.withDetails),
      ])
  }

  /// Inputs that changed, with the number of cases.
  var inputs: [String] {
    let words = ComparisonWords(phrases: phrases, inputs: [])
    return sharedInputs.map { shared in
      words.input(shared.input) + " " + phrases("compare_in_cases", ["count": phrases.count(shared.cases)])
    }
  }

  /// What could not be compared, and cases of one folder only.
  var remarks: [String] {
    var lines = batch.troubles.map { phrases("compare_trouble", ["folder": $0.folder, "words": $0.words]) }
    for (key, names) in [("compare_only_old", batch.onlyOld), ("compare_only_new", batch.onlyNew)] where !names.isEmpty
    {
      lines.append(phrases(key, ["count": phrases.count(names.count), "names": list(names)]))
    }
    return lines
  }

  private func list(_ names: [String]) -> String {
    let rest = names.count - Self.mostNames
    return (names.prefix(Self.mostNames) + (rest > 0 ? ["+\(phrases.count(rest))"] : [])).joined(separator: ", ")
  }

  /// How many lines are left to the table; nil where none are.
  var more: String? {
    let rest = batch.lines.count - Self.mostLines
    return rest > 0 ? phrases("compare_more_cases", count: rest) : nil
  }

  /// The comparison for a terminal, without control characters.
  public var text: [String] {
    var lines = [sentence, "\(phrases("compare_inputs")):"]
    lines += inputs.isEmpty ? ["  " + phrases("none")] : inputs.enumerated().map { "  [\($0 + 1)] \($1)" }
    for line in batch.lines.prefix(Self.mostLines) {
      lines.append("\(line.folder): \(counts(line))")
      lines += headline(line).map { "    " + $0 }
      if let cause = cause(line) { lines.append("    " + phrases("compare_because", ["cause": cause])) }
    }
    if let more { lines.append(more) }
    return (lines + remarks).map(\.shown)
  }

  /// `compare.html`, `compare.json`, `compare.tsv`.
  public func files() throws(WriteError) -> [OutputFile] {
    [
      OutputFile(name: "compare.html", bytes: try BatchComparisonPage(report: self).html()),
      OutputFile(name: "compare.json", bytes: json), OutputFile(name: "compare.tsv", bytes: table),
    ]
  }

  /// The comparison as `ComparisonReport.schema` describes it.
  public var json: [UInt8] { ComparisonJSON.document(batch).encoded }

  /// One line a case that changed, could not be compared, or is in one folder only; English, since programs read it.
  public var table: [UInt8] {
    var english = BatchComparisonReport(batch, language: .english)
    english.isPlain = true
    let kinds = FindingChange.Kind.allCases.filter { $0 != .details }
    var table = Table(
      columns: ["state", "folder", "case", "weight"] + kinds.map(\.rawValue) + ["checks", "repeats", "first", "cause"])
    for line in batch.lines {
      var cells: [String?] = ["changed", line.folder, line.caseID, ComparisonJSON.name(line.weight)]
      cells += kinds.map { "\(line.counts[$0] ?? 0)" }
      cells += ["\(line.checks.count)", "\(line.repeats.count)"]
      cells += [english.headline(line).joined(separator: " | "), english.cause(line, isWhole: true)]
      table.append(cells)
    }
    let missing: [String?] = Array(repeating: nil, count: kinds.count + 4)
    for trouble in batch.troubles {
      table.append(["not_compared", trouble.folder, nil, nil] + missing.dropLast(2) + [trouble.words, nil])
    }
    for (state, names) in [("only_old", batch.onlyOld), ("only_new", batch.onlyNew)] {
      for name in names { table.append([state, name, nil, nil] + missing) }
    }
    return table.bytes
  }
}
