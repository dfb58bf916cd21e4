import Knowledge
import Model

/// The samples of a case beside all that the laboratory sequenced before: exchanged tubes, people under two names, and relatives
/// whom the pedigree does not know.
struct EarlierSamples {
  let pedigree: Pedigree
  let earlier: [CohortSketch]

  /// More findings of one sample than these are counted, not listed.
  private static let mostFindings = 10

  private static let threshold: Wording =
    """
    the same person: >= \(QualityText.percent(QualityCutoff.duplicateConcordance, 0)) equal genotypes where both carry the \
    allele; relatives of another family: kinship (KING-robust, doi:10.1093/bioinformatics/btq559) >= \
    \(QualityCutoff.unexpectedKinship), >= \(QualityCutoff.firstDegreeKinship) where files leave out part of the homozygous \
    references, and \(Int(QualityCutoff.kinshipErrors)) standard errors; at least \(QualityCutoff.sharedSites) sites
    """

  enum Likeness {
    case samePerson(Wording)
    case relative(Wording)
    /// Another person; the second says whether relatives would have been seen.
    case other(seesRelatives: Bool)
    case notComparable
  }

  /// Checks of one member: one for each finding, or one that says how many were compared.
  func checks(of id: String, _ sketch: GenotypeSketch) -> [QualityCheck] {
    var counts = ["sites_called": sketch.called, "earlier": earlier.count, "compared": 0, "too_few_sites": 0]
    for key in ["duplicates_only", "without_fingerprint"] { counts[key] = 0 }
    let family = pedigree[id]?.familyOrSelf
    var found: [(outcome: CheckOutcome, shared: Int, message: Wording)] = []
    for other in earlier {
      guard let theirs = other.sketch, theirs.sites == sketch.sites else {
        counts["without_fingerprint", default: 0] += 1
        continue
      }
      let comparison = sketch.compared(with: theirs)
      let likeness = Self.likeness(sketch, theirs, comparison)
      switch likeness {
      case .notComparable:
        counts["too_few_sites", default: 0] += 1
        continue
      case .other(seesRelatives: false): counts["duplicates_only", default: 0] += 1
      default: break
      }
      counts["compared", default: 0] += 1
      if let (outcome, message) = finding(id, family, other, likeness) {
        found.append((outcome, comparison.shared, message))
      }
    }
    if found.isEmpty { return [summary(id, counts)] }
    let sorted = found.enumerated().sorted { ($1.element.outcome, $0.offset) < ($0.element.outcome, $1.offset) }
    let rest = found.count - Self.mostFindings
    return sorted.prefix(Self.mostFindings).enumerated().map { place, finding in
      let isLast = rest > 0 && place == Self.mostFindings - 1
      let more = Wording(
        rest, one: " \(rest) more finding of this sample is not listed.",
        other: " \(rest) more findings of this sample are not listed.")
      return QualityCheck(
        kind: .earlierSamples, samples: [id], value: nil, threshold: Self.threshold, outcome: finding.element.outcome,
        counts: counts.merging(["sites": finding.element.shared]) { $1 },
        message: finding.element.message + (isLast ? more : ""))
    }
  }

  static func likeness(_ one: GenotypeSketch, _ other: GenotypeSketch, _ comparison: SketchComparison)
    -> Likeness
  {
    if comparison.bothCarry >= QualityCutoff.sharedSites, let concordance = comparison.concordance,
      concordance >= QualityCutoff.duplicateConcordance
    {
      return .samePerson("\(QualityText.percent(concordance)) equal genotypes at \(comparison.bothCarry) sites")
    }
    // Who is not listed with a homozygous reference is nobody's opposite homozygote, and strangers look like relatives.
    let listed = min(one.referenceRatio ?? 0, other.referenceRatio ?? 0)
    guard comparison.shared >= QualityCutoff.sharedSites, listed >= QualityCutoff.partlyListedReferences,
      let kinship = comparison.kinship, let error = comparison.standardError
    else {
      return comparison.bothCarry >= QualityCutoff.sharedSites ? .other(seesRelatives: false) : .notComparable
    }
    let isWhole = listed >= QualityCutoff.listedReferences
    let least = isWhole ? QualityCutoff.unexpectedKinship : QualityCutoff.firstDegreeKinship
    if kinship >= least, kinship >= QualityCutoff.kinshipErrors * error {
      return .relative("kinship \(QualityText.decimal(kinship, 3)) at \(comparison.shared) sites")
    }
    return .other(seesRelatives: true)
  }

  /// What a likeness means for two samples of these names; nil when it is as it should be.
  private func finding(
    _ id: String, _ family: String?, _ other: CohortSketch, _ likeness: Likeness
  ) -> (CheckOutcome, Wording)? {
    let named: Wording = "\(id) and earlier sample \(other.sample) of case \(other.caseID)"
    let isOfFamily = other.family == family
    let isOfName = other.sample == id
    switch likeness {
    case .samePerson(let shown):
      if isOfName { return nil }
      // Identical twins look the same, and are of one family.
      return isOfFamily
        ? (.warning, "\(named) look like the same person or identical twins (\(shown)).")
        : (.fail, "\(named) look like the same person (\(shown)): sample swap, or one person under two names?")
    case .relative(let shown):
      if isOfName {
        return (.fail, "\(named) have one name, but are two people who are related (\(shown)): sample swap?")
      }
      return isOfFamily
        ? nil : (.warning, "\(named) look like relatives (\(shown)), but are of different families.")
    case .other:
      guard isOfName else { return nil }
      return isOfFamily
        ? (.fail, "\(named) have one name, but their genotypes are those of two people: sample swap?")
        : (.warning, "\(named) have one name, but are two people of different families.")
    case .notComparable: return nil
    }
  }

  private func summary(_ id: String, _ counts: [String: Int]) -> QualityCheck {
    let compared = counts["compared"] ?? 0
    var check = QualityCheck(
      kind: .earlierSamples, samples: [id], value: nil, threshold: Self.threshold,
      outcome: compared > 0 ? .pass : .notEvaluable, counts: counts, message: "")
    let few: Wording = "\(counts["too_few_sites"] ?? 0) share fewer than \(QualityCutoff.sharedSites) sites"
    let without: Wording = "\(counts["without_fingerprint"] ?? 0) have no fingerprint"
    if compared == 0 {
      check.message =
        earlier.isEmpty
        ? "\(id): the cohort is empty."
        : "\(id): compared with none of \(earlier.count) earlier samples: \(few), \(without)."
      return check
    }
    let partly = counts["duplicates_only"] ?? 0
    check.message =
      "\(id): no second name and no unknown relative among \(compared) of \(earlier.count) earlier samples"
      + (partly > 0
        ? "; with \(partly) only the same person could be seen, since files list no homozygous references" : "")
      + (compared < earlier.count ? "; \(few), \(without)." : ".")
    return check
  }
}
