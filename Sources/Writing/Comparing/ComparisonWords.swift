internal import Model

/// What a comparison says, in the words of one language.
struct ComparisonWords {
  let phrases: Phrases
  let inputs: [ChangedInput]
  /// The numbers of the inputs in the list that stands above, from 1.
  private let numbers: [ChangedInput: Int]
  /// Whether programs read it: values as the runs recorded them, numbers without marks of thousands.
  private let isPlain: Bool

  /// - Parameters:
  ///   - inputs: those that causes name by their place.
  ///   - listed: those that the reader finds in a list above; the same when not given.
  ///   - isPlain: whether programs read it.
  init(phrases: Phrases, inputs: [ChangedInput], listed: [ChangedInput]? = nil, isPlain: Bool = false) {
    self.phrases = phrases
    self.isPlain = isPlain
    self.inputs = inputs
    let pairs = (listed ?? inputs).enumerated().map { ($1, $0 + 1) }
    numbers = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func none() -> String { phrases("none") }

  private func said(_ words: Wording) -> String { isPlain ? words.description : phrases(words) }

  /// `old → new`; what was not there is `none`.
  func step(_ old: String?, _ new: String?) -> String { "\(old ?? none()) → \(new ?? none())" }

  // MARK: Inputs and causes

  /// `setting max_af: 0.01 → 0.001`, `phenotype HP:0001250 Seizure: added`.
  func input(_ input: ChangedInput) -> String {
    let head = head(input)
    // A term is there or not, and has no value beside its name.
    let isTerm = input.kind == .phenotypes && input.name != ChangedInput.onset
    switch (input.old.map(said), input.new.map(said)) {
    case (nil, nil): return head
    case (nil, let new?): return "\(head): \(phrases("compare_added"))" + (isTerm ? "" : " (\(new))")
    case (let old?, nil): return "\(head): \(phrases("compare_removed"))" + (isTerm ? "" : " (\(old))")
    case (let old?, let new?): return "\(head): \(step(old, new))"
    }
  }

  private func head(_ input: ChangedInput) -> String {
    let kind = phrases("changed.\(input.kind.rawValue)")
    let name = said(input.name)
    return name.isEmpty ? kind : "\(kind) \(name)"
  }

  /// The cause by the numbers of the list above, which tells the values: `[1] ClinVar store clinvar`, `one of: [1]; [3]`. What is not
  /// listed there is told in full.
  func reference(_ cause: ChangeCause) -> String {
    let named = cause.inputs.compactMap { inputs.indices.contains($0) ? inputs[$0] : nil }
    switch cause.certainty {
    case .shown:
      return named.map { input in numbers[input].map { "[\($0)] \(head(input))" } ?? self.input(input) }.joined()
    case .possible:
      let marks = named.map { input in numbers[input].map { "[\($0)]" } ?? self.input(input) }
      return phrases("compare_one_of", ["inputs": marks.joined(separator: "; ")])
    case .unexplained: return phrases("compare_unexplained")
    }
  }

  /// The cause in full: `setting max_af: 0.01 → 0.001`, or `one of: …; …`.
  func cause(_ cause: ChangeCause) -> String {
    let named = cause.inputs.compactMap { inputs.indices.contains($0) ? input(inputs[$0]) : nil }
    return switch cause.certainty {
    case .shown: named.joined()
    case .possible: phrases("compare_one_of", ["inputs": named.joined(separator: "; ")])
    case .unexplained: phrases("compare_unexplained")
    }
  }

  /// The cause as numbers of the list above: ` [2]`, ` [1 | 3]`, ` [?]`; nothing where one of them is not listed.
  private func mark(_ cause: ChangeCause) -> String {
    let found = cause.inputs.compactMap { inputs.indices.contains($0) ? numbers[inputs[$0]] : nil }
    if found.count < cause.inputs.count { return "" }
    return " [\(found.isEmpty ? "?" : found.map { "\($0)" }.joined(separator: " | "))]"
  }

  // MARK: Findings

  /// Where it stood and stands: `#5 → #2`, `#1`, `near miss → #3`, `– → #3`.
  func places(_ change: FindingChange) -> String {
    func place(_ finding: RecordedFinding?) -> String? {
      finding.map { $0.rank.map { "#\($0)" } ?? phrases("compare_near_miss") }
    }
    let (before, after) = (place(change.old), place(change.new))
    return before == after ? before ?? "" : step(before ?? "–", after ?? "–")
  }

  /// The class that the points give, before and after: `VUS → LP`, `P`.
  func classes(_ change: FindingChange) -> String {
    let (before, after) = (change.old?.classHint, change.new?.classHint)
    guard let before, let after, before != after else { return after ?? before ?? "" }
    return step(before, after)
  }

  /// - Parameter change: that it is of.
  func difference(_ difference: EvidenceDifference, of change: FindingChange) -> String {
    let aspect = phrases("aspect.\(difference.aspect.rawValue)")
    if difference.aspect == .criterion {
      return "\(aspect) \(step(difference.old.map(said), difference.new.map(said)))"
    }
    let head = difference.name.isEmpty ? aspect : "\(aspect) \(difference.name)"
    if difference.aspect == .clinVar, !isPlain {
      return "\(head): \(step(change.old?.clinVar.map(clinVar), change.new?.clinVar.map(clinVar)))"
    }
    return "\(head): \(step(difference.old.map(said), difference.new.map(said)))"
  }

  /// Why the other run does not list it, as one sentence; nil where both list it.
  func absence(_ change: FindingChange) -> String? {
    guard let reason = change.absence else { return nil }
    let isNew = change.kind == .new || change.kind == .newNearMiss
    let time = phrases(isNew ? "compare_before" : "compare_now")
    switch reason {
    case .geneNotScreened: return phrases("compare_gene_absent", ["time": time])
    case .otherVariants: return phrases("compare_other_variants", ["time": time])
    case .nearMiss(let kind, let stage, let value, let threshold):
      let seen = [value, threshold].compactMap { $0 }
      let told = seen.compactMap(recorded)
      let words =
        told.isEmpty || told.count < seen.count ? "" : ": " + told.joined(separator: phrases("compare_against"))
      return phrases(
        "compare_was_near_miss",
        [
          "time": time, "kind": phrases.word("near_miss", kind), "stage": phrases.word("stage", stage) + words,
        ])
    case .notHeld(let shifts):
      let sentence = phrases("compare_not_held", ["time": time])
      if shifts.isEmpty { return sentence }
      let stages = shifts.map { "\(phrases.word("stage", $0.stage)) +\(phrases.count($0.more))" }
      return sentence + phrases("compare_stages", ["stages": stages.joined(separator: ", ")])
    }
  }

  /// What a run recorded in English of a decision. In another language a number goes without the account that stands behind it in
  /// parentheses, and sentences that hold values are nil: `compare.json` has them.
  private func recorded(_ text: String) -> String? {
    if phrases.language == .english { return text }
    let head = text.firstRange(of: " (").map { String(text[..<$0.lowerBound]) } ?? text
    if Double(head) != nil { return phrases.localized(head) }
    return phrases.translation(of: text) ?? (text.contains(" ") ? nil : text)
  }

  /// ClinVar's word with its stars.
  private func clinVar(_ record: RecordedFinding.ClinVar) -> String {
    let words = phrases.clinVarWords(record.text, significance: record.significance)
    return record.stars.map { phrases("clinvar.short", ["words": words, "count": phrases.count($0)]) } ?? words
  }

  /// What may matter of it: the reason of an absence, then each notable difference. Near misses have no account to compare.
  func details(_ change: FindingChange) -> [String] {
    let known = [change.new?.clinVar, change.old?.clinVar].compactMap { $0 }.first
    var lines = absence(change).map { [$0] } ?? []
    if change.old == nil || change.new == nil, let known {
      lines.append("\(phrases("aspect.clinvar")): \(clinVar(known))")
    }
    return lines
      + change.differences.filter(\.isNotable).map { difference in
        // Where one input did it all, the cause of the change says so once.
        self.difference(difference, of: change)
          + (change.cause.inputs.count > 1 && change.absence == nil ? mark(difference.cause) : "")
      }
  }

  // MARK: The rest

  func check(_ change: RunComparison.CheckChange) -> String {
    let outcomes = [change.old, change.new].map { $0.map { phrases.word("outcome", $0) } }
    return "\(phrases.word("check", change.check)) (\(change.samples.joined(separator: ", "))): "
      + step(outcomes[0], outcomes[1])
  }

  func repeatChange(_ change: RunComparison.RepeatChange) -> String {
    func words(_ found: RecordedRun.Repeat?) -> String? {
      found.map { found in
        let units = found.units.map { "\($0)" }.joined(separator: "/")
        return "\(phrases.word("repeat", found.conclusion)) (\(units))"
      }
    }
    return "\(change.gene): \(step(words(change.old), words(change.new)))"
  }

  /// Most gene names that are spelled out in a sentence; the table has all.
  static let mostGenes = 40

  /// `12: ABC, DEF, …`; nil where there are none.
  func genes(_ genes: [RunComparison.GeneChange]) -> String? {
    if genes.isEmpty { return nil }
    let rest = genes.count - Self.mostGenes
    let names = genes.prefix(Self.mostGenes).map(\.symbol) + (rest > 0 ? ["+\(phrases.count(rest))"] : [])
    return "\(phrases.count(genes.count)): \(names.joined(separator: ", "))"
  }

  /// `3 new, 1 lost, 2 moved`; `none` where there are none.
  func counts(_ counts: [FindingChange.Kind: Int]) -> String {
    let parts = FindingChange.Kind.allCases.compactMap { kind in
      counts[kind].map { "\(phrases.count($0)) \(phrases("change.\(kind.rawValue)"))" }
    }
    return parts.isEmpty ? none() : parts.joined(separator: ", ")
  }
}

extension RunComparison {
  /// Changes that may matter, by kind.
  var counts: [FindingChange.Kind: Int] { notable.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 } }

  /// Whether an allele is gone of which the runs do not tell where.
  var asksForExplanation: Bool {
    notable.contains { change in
      if case .notHeld = change.absence { return change.kind == .lost }
      return change.kind == .lost && change.absence == .otherVariants
    }
  }
}
