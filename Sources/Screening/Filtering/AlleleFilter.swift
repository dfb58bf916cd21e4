import Model

/// A rule that can take alleles out of the running, and can say why.
///
/// A filter only ever clears bits, so the order of filters is a matter of cost. `ground` is the one place where the rule lives:
/// it says in a word how the row fares, and costs little, since nearly every row goes through it and most words are never
/// read. `decision` puts that into words, for `explain` and for the badge of a row that stays. A new filter is a new
/// file with a conforming type, and one line in `Screen`.
protocol AlleleFilter: Sendable {
  associatedtype Ground: FilterGround
  var stage: Removal { get }
  /// Whether the rule holds for the allele wherever it is met, and not for one file's call of it.
  var isOfTheAlleleItself: Bool { get }
  /// Judges one row. Must not depend on any other row.
  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Ground
  /// The words for what `ground` said of the row.
  func decision(_ ground: Ground, on row: Int, in alleles: inout AlleleBatch) -> Decision
}

/// Why a filter keeps or removes a row.
protocol FilterGround {
  var outcome: Decision.Outcome { get }
}

/// For rules in which the outcome says it all.
extension Decision.Outcome: FilterGround {
  var outcome: Self { self }
}

extension AlleleFilter {
  var isOfTheAlleleItself: Bool { false }

  /// Decides about one row, in words.
  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    decision(ground(row, in: &alleles), on: row, in: &alleles)
  }

  /// Clears the rows that the rule removes, and tells what became of every row it looked at.
  func clear(_ selection: inout Selection, in alleles: inout AlleleBatch, fates: inout AlleleFates) {
    var kept = selection
    for row in selection {
      let ground = ground(row, in: &alleles)
      switch ground.outcome {
      case .kept: break
      case .unknown, .exempt: fates.badges[row].append(decision(ground, on: row, in: &alleles))
      case .removed:
        fates.removals[row] = stage
        kept.clear(row)
      }
    }
    selection = kept
  }
}

/// What became of the alleles of one batch: the stage at which each left, and the badges of those that stayed.
struct AlleleFates: Sendable {
  /// Stage at which each row left; nil while it is in the running.
  fileprivate(set) var removals: [Removal?]
  /// Decisions that kept a row for want of a value, or by exemption.
  fileprivate(set) var badges: [[Decision]]

  init(count: Int) {
    removals = Array(repeating: nil, count: count)
    badges = Array(repeating: [], count: count)
  }
}
