import Model

/// Relatedness of two samples against what the pedigree says, and, for a parent and child, their opposite homozygotes.
struct PairChecks {
  /// How the pedigree names the pair.
  enum Relation: Sendable {
    case parentChild(child: String, parent: String)
    case fullSiblings
    case halfSiblings
    /// Related in another way, or not at all.
    case other
  }

  let first: String
  let second: String
  let relation: Relation
  /// Kinship that the pedigree predicts.
  let expected: Double
  let table: PairTable
  /// Why the pair cannot be compared, whatever the counts; nil when it can.
  let obstacle: Wording?

  private var isParentChild: Bool { if case .parentChild = relation { true } else { false } }

  var checks: [QualityCheck] { isParentChild ? [relatedness, identity] : [relatedness] }

  private var counts: [String: Int] {
    [
      "sites": table.sharedSites, "ibs0": table.ibs0, "ibs2": table.ibs2, "both_het": table.bothHeterozygous,
      "het_1": table.firstHeterozygous, "het_2": table.secondHeterozygous,
    ]
  }

  private static let least: Wording = "at least \(QualityCutoff.sharedSites) shared variant sites"

  /// Why there is no verdict; nil when there is enough.
  private var lack: Wording? {
    if let obstacle { return "\(first) and \(second): \(obstacle)." }
    if table.sharedSites < QualityCutoff.sharedSites || table.kinship == nil {
      return """
        \(first) and \(second): only \(table.sharedSites) shared variant sites, \
        \(QualityCutoff.sharedSites) are needed.
        """
    }
    return nil
  }

  private var stated: Wording {
    switch relation {
    case .parentChild: "parent and child"
    case .fullSiblings: "full siblings"
    case .halfSiblings: "half-siblings"
    case .other: expected == 0 ? "unrelated" : "relatives"
    }
  }

  /// What the genotypes look like, in KING's classes.
  private static func description(ofKinship kinship: Double) -> Wording {
    switch kinship {
    case QualityCutoff.duplicateKinship...: "the same person or identical twins"
    case 0.177...: "first-degree relatives"
    case 0.0884...: "second-degree relatives"
    case 0.0442...: "third-degree relatives"
    default: "unrelated"
    }
  }

  private var relatedness: QualityCheck {
    var check = QualityCheck(
      kind: .relatedness, samples: [first, second], value: nil,
      threshold: """
        kinship \(QualityText.decimal(expected, 3)) by the pedigree; |expected r - observed r| <= \
        \(QualityCutoff.relatednessDifference) with r = 2 kinship (peddy, doi:10.1016/j.ajhg.2017.01.017), a warning only \
        where distant relatives share too little; kinship by KING-robust (doi:10.1093/bioinformatics/btq559); \(Self.least)
        """,
      outcome: .notEvaluable, counts: counts, message: "")
    guard lack == nil, let kinship = table.kinship else {
      check.message = lack ?? ""
      return check
    }
    // Below zero means unrelated people of different populations, not a distance from "unrelated".
    let observed = min(1, max(0, 2 * kinship))
    check.value = kinship
    let difference = observed - 2 * expected
    let agrees = difference.magnitude <= QualityCutoff.relatednessDifference
    let isReliable = expected >= QualityCutoff.reliableKinship || difference > 0
    let isDuplicate = kinship > QualityCutoff.duplicateKinship
    check.outcome = agrees && !isDuplicate ? .pass : isReliable ? .fail : .warning
    let shown: Wording = "\(first) and \(second): kinship \(QualityText.decimal(kinship, 3))"
    if check.outcome == .pass {
      check.message = "\(shown), as expected of \(stated) (\(QualityText.decimal(expected, 3)))."
    } else {
      check.message =
        """
        \(shown) looks like \(Self.description(ofKinship: kinship)), \
        but the pedigree says \(stated) (\(QualityText.decimal(expected, 3)))
        """
        + (check.outcome == .fail ? "." : "; mixed ancestry lowers the value too.")
    }
    return check
  }

  private var identity: QualityCheck {
    var check = QualityCheck(
      kind: .parentChildIdentity, samples: [first, second], value: nil,
      threshold: """
        opposite homozygotes < \(QualityCutoff.parentChildIBS0) of the shared variant sites (below \
        \(QualityCutoff.doubtfulIBS0) to be certain), or fewer than \
        \(QualityCutoff.fewestIBS0) (peddy, doi:10.1016/j.ajhg.2017.01.017); \(Self.least)
        """,
      outcome: .notEvaluable, counts: counts, message: "")
    if let lack {
      check.message = lack
      return check
    }
    let share = Double(table.ibs0) / Double(table.sharedSites)
    check.value = share
    if table.ibs0 < QualityCutoff.fewestIBS0 || share < QualityCutoff.doubtfulIBS0 {
      check.outcome = .pass
    } else {
      check.outcome = share < QualityCutoff.parentChildIBS0 ? .warning : .fail
    }
    let shown: Wording =
      """
      \(first) and \(second): opposite homozygotes at \(table.ibs0) of \(table.sharedSites) sites \
      (\(QualityText.percent(share, 2)))
      """
    switch check.outcome {
    case .pass: check.message = shown + ", as in parent and child."
    case .warning: check.message = shown + ", many for parent and child: siblings, or poor calls?"
    case .fail, .notEvaluable: check.message = shown + ", too many for parent and child."
    }
    return check
  }
}
