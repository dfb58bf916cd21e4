import Model

/// A rule that can take alleles out of the running, and can say why.
///
/// A filter only ever clears bits, so the order of filters is a matter of cost. `decide` is the one place where the rule
/// lives: clearing and explaining both go through it. A new filter is a new file with a conforming type, and one line in
/// `Screen`.
protocol AlleleFilter: Sendable {
  var stage: Removal { get }
  /// Whether the rule holds for the allele wherever it is met, and not for one file's call of it.
  var isOfTheAlleleItself: Bool { get }
  /// Decides about one row. Must not depend on any other row.
  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision
}

extension AlleleFilter {
  var isOfTheAlleleItself: Bool { false }

  /// Clears the rows that the rule removes, and tells what became of every row it looked at.
  func clear(_ selection: inout Selection, in alleles: inout AlleleBatch, fates: inout AlleleFates) {
    var cleared: [Int] = []
    for row in selection {
      let decision = decide(row, in: &alleles)
      fates.note(decision, row: row)
      if !decision.isKept { cleared.append(row) }
    }
    for row in cleared { selection.clear(row) }
  }
}

/// What became of the alleles of one batch: the stage at which each left, and the badges of those that stayed.
struct AlleleFates: Sendable {
  /// Stage at which each row left; nil while it is in the running.
  private(set) var removals: [Decision?]
  /// Decisions that kept a row for want of a value, or by exemption.
  private(set) var badges: [[Decision]]

  init(count: Int) {
    removals = Array(repeating: nil, count: count)
    badges = Array(repeating: [], count: count)
  }

  mutating func note(_ decision: Decision, row: Int) {
    switch decision.outcome {
    case .kept: break
    case .unknown, .exempt: badges[row].append(decision)
    case .removed: removals[row] = decision
    }
  }
}
