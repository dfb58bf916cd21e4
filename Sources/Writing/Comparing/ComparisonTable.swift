internal import Model

/// `compare.tsv`: everything that differs between two runs, one line each.
struct ComparisonTable {
  static let columns = [
    "what", "change", "gene", "hgnc_id", "variant", "rank_old", "rank_new", "class_old", "class_new", "total_old",
    "total_new", "old", "new", "details", "cause", "certainty",
  ]

  let bytes: [UInt8]

  /// Findings first, the weightiest on top, then checks, repeats, genes, and the inputs that the causes name.
  init(_ comparison: RunComparison) {
    let words = ComparisonWords(phrases: Phrases(.english), inputs: comparison.inputs, isPlain: true)
    var table = Table(columns: Self.columns)
    for change in comparison.changes { table.append(Self.row(change, words)) }
    for check in comparison.checks {
      table.append(
        Self.row("check", check.check, old: check.old, new: check.new, details: check.samples.joined(separator: ",")))
    }
    for change in comparison.repeats {
      table.append(
        Self.row(
          "repeat", "length", gene: change.gene, old: change.old?.conclusion, new: change.new?.conclusion,
          details: words.repeatChange(change)))
    }
    for (change, genes) in [("entered", comparison.entered), ("left", comparison.left)] {
      for gene in genes {
        table.append(
          Self.row(
            "gene", change, gene: gene.symbol, hgncID: gene.hgncID, details: gene.panels.joined(separator: ","),
            cause: words.cause(gene.cause), certainty: gene.cause.certainty.rawValue))
      }
    }
    for input in comparison.inputs {
      table.append(
        Self.row(
          "input", input.kind.rawValue, old: input.old?.description, new: input.new?.description,
          details: input.name.description))
    }
    bytes = table.bytes
  }

  private static func row(
    _ what: String, _ change: String, gene: String? = nil, hgncID: String? = nil, old: String? = nil,
    new: String? = nil, details: String, cause: String? = nil, certainty: String? = nil
  ) -> [String?] {
    let missing: [String?] = Array(repeating: nil, count: 7)
    return [what, change, gene, hgncID] + missing + [old, new, details, cause, certainty]
  }

  private static func row(_ change: FindingChange, _ words: ComparisonWords) -> [String?] {
    let (old, new) = (change.old, change.new)
    func standing(_ finding: RecordedFinding?) -> String? {
      guard case .nearMiss(let kind, _, _, _) = finding?.standing else { return finding.map { _ in "candidate" } }
      return kind
    }
    let details =
      [words.absence(change)].compactMap { $0 } + change.differences.map { words.difference($0, of: change) }
    return [
      "finding", change.kind.rawValue, change.gene, new?.hgncID ?? old?.hgncID, change.allele,
      old?.rank.map { "\($0)" }, new?.rank.map { "\($0)" }, old?.classHint, new?.classHint,
      old?.sums.map { Number.short($0.total) }, new?.sums.map { Number.short($0.total) }, standing(old),
      standing(new), details.joined(separator: "; "), words.cause(change.cause), change.cause.certainty.rawValue,
    ]
  }
}
