internal import Model

/// The answer of page one, as far as a program may give one.
struct Conclusion {
  enum Kind: String, CaseIterable {
    case positive, uncertain, negative
    case notEvaluable = "not_evaluable"
  }

  let kind: Kind
  /// Key of the sentence.
  let sentence: String
  /// Keys of sentences that limit the answer.
  let caveats: [String]
  /// Of those that no reviewer dismissed.
  let best: Candidate?
  private let isFinal: Bool

  init(_ report: Report) {
    let result = report.result
    isFinal = report.isFinal
    best = result.candidates.filter { $0.dismissal == nil }.min { $0.rank < $1.rank }
    var caveats: [String] = []
    if best != nil, result.candidates.contains(where: { $0.dismissal != nil }) {
      caveats.append("conclusion_dismissed")
    }
    if result.candidates.contains(where: \.isDisputed) { caveats.append("conclusion_disputed") }
    if result.quality.worst == .fail { caveats.append("conclusion_quality_failed") }
    if result.tally.recordImbalance != 0 || result.tally.alleleImbalance != 0 {
      caveats.append("conclusion_imbalance")
    }
    if best == nil, result.nearMisses.contains(where: { $0.kind == .weakEvidence }) {
      caveats.append("conclusion_weak")
    }
    caveats += Self.coverageCaveats(result.coverage.first { $0.sample == report.subject.proband })
    if !report.targets.unplaced.isEmpty { caveats.append("conclusion_unplaced") }
    if best != nil, Self.isRepeatExpanded(result) { caveats.append("conclusion_repeat") }
    self.caveats = caveats
    (kind, sentence) = Self.judge(report, best: best)
  }

  /// Key of the sentence that says what to do next.
  var next: String {
    switch sentence {
    case "conclusion_positive": isFinal ? "next.signed" : "next.confirm"
    case "conclusion_unsure": "next.quality"
    case "conclusion_unconvincing": "next.unconvincing"
    case "conclusion_repeat": "next.repeat"
    case "conclusion_no_records": "next.no_records"
    case "conclusion_no_targets": "next.no_targets"
    case "conclusion_no_consequences": "next.no_consequences"
    default: kind == .negative ? "next.negative" : isFinal ? "next.signed" : "next.uncertain"
    }
  }

  /// "Nothing found" says little of genes that nobody knows to have been read, whatever the answer.
  private static func coverageCaveats(_ own: SampleCoverage?) -> [String] {
    guard let own, own.total.length > 0 else { return ["conclusion_coverage_unknown"] }
    return (own.genes(.fail).isEmpty ? [] : ["conclusion_coverage"])
      + (own.genes.contains(where: \.lacksContig) ? ["conclusion_coverage_part"] : [])
  }

  private static func judge(_ report: Report, best: Candidate?) -> (Kind, String) {
    let result = report.result
    guard result.tally.recordsRead > 0 else { return (.notEvaluable, "conclusion_no_records") }
    guard !report.targets.genes.isEmpty || !report.targets.regions.isEmpty else {
      return (.notEvaluable, "conclusion_no_targets")
    }
    guard let best else {
      if isRepeatExpanded(result) { return (.uncertain, "conclusion_repeat") }
      if !result.candidates.isEmpty { return (.negative, "conclusion_all_dismissed") }
      return isConsequenceMissing(result.tally)
        ? (.notEvaluable, "conclusion_no_consequences") : (.negative, "conclusion_negative")
    }
    if result.shareOfNone > 0.5 { return (.uncertain, "conclusion_unconvincing") }
    // A probable explanation needs all of: family fits without reserve, criteria speak for it, samples are who they should be.
    let fits = best.verdicts.contains { $0.verdict.isPass }
    let speaks = best.variants.contains { ["P", "LP"].contains($0.evidence.standingClass) }
    if fits, speaks {
      return result.quality.worst == .fail ? (.uncertain, "conclusion_unsure") : (.positive, "conclusion_positive")
    }
    return (.uncertain, "conclusion_uncertain")
  }

  /// Whether a repeat may be long enough to explain the disease. It is no candidate variant, yet the report is not negative.
  private static func isRepeatExpanded(_ result: ScreenResult) -> Bool {
    result.repeats.contains { finding in
      switch finding.conclusion {
      case .expanded, .possible, .singleExpanded: true
      case .normal, .intermediate, .notDefined: false
      }
    }
  }

  /// Whether most alleles that were neither filtered nor outside the panel left because the file tells no consequence.
  private static func isConsequenceMissing(_ tally: Tally) -> Bool {
    let missing = tally.alleles[.noConsequence] ?? 0
    let judged = tally.alleles.filter { $0.key > .noConsequence }.values.reduce(0, +)
    return missing > judged
  }
}
