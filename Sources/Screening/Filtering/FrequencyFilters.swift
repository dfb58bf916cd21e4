import Model

/// Keeps alleles rarer in the population than the ceiling of all models; each model has its own, lower limit later.
///
/// Compared is FAF95 where known, else the highest frequency that the file gives. No data is no reason to drop. ClinVar P/LP
/// alleles are exempt below their own ceiling, and alleles of ClinGen's list of common exceptions at any frequency.
struct PopulationFrequencyFilter: AlleleFilter {
  let stage = Removal.populationFrequency
  let isOfTheAlleleItself = true
  /// Fractions 0…1.
  let ceiling: Double
  let clinVarCeiling: Double
  let exceptions: Set<Allele>

  /// Said of an exception where others say the ceiling that they met.
  static let listed: Wording = "listed exception to BA1"

  enum Ground: FilterGround {
    case noData, rare, clinVar, exception, common

    var outcome: Decision.Outcome {
      switch self {
      case .noData: .unknown
      case .rare: .kept
      case .clinVar, .exception: .exempt
      case .common: .removed
      }
    }
  }

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Ground {
    let facts = alleles.facts(of: row)
    // The mitochondrial limit compares homoplasmic carriers and is the mitochondrial model's own.
    guard let frequency = facts.frequency.filtering else { return .noData }
    if frequency < ceiling { return .rare }
    if facts.clinVar?.isPathogenicOrLikely == true, frequency < clinVarCeiling { return .clinVar }
    return exceptions.contains(alleles.rows[row].allele) ? .exception : .common
  }

  func decision(_ ground: Ground, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let threshold: Decision.Value =
      switch ground {
      case .clinVar: .number(clinVarCeiling)
      case .exception: .text(Self.listed)
      case .noData, .rare, .common: .number(ceiling)
      }
    return Decision(
      stage, ground.outcome, value: alleles.facts(of: row).frequency.filtering.map { .number($0) } ?? .missing,
      threshold: threshold, rule: "population frequency below (max_af; ClinVar P/LP below clinvar_exempt_af)")
  }
}

/// Drops alleles that the laboratory's own cohort shows to be common: above a count *and* above a frequency.
struct LocalFrequencyFilter: AlleleFilter {
  let stage = Removal.localFrequency
  let isOfTheAlleleItself = true
  let maximumCount: Int
  /// Fraction 0…1.
  let maximumFrequency: Double

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Decision.Outcome {
    let facts = alleles.facts(of: row)
    // Most laboratories have no cohort yet; its absence is no badge worth a line beside each variant.
    guard let count = facts.localCount else { return .kept }
    let frequency = facts.localNumber.map { $0 > 0 ? Double(count) / Double($0) : 0 }
    return count > maximumCount && (frequency ?? 0) > maximumFrequency ? .removed : .kept
  }

  func decision(_ ground: Decision.Outcome, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let facts = alleles.facts(of: row)
    return Decision(
      stage, ground,
      value: facts.localCount.map { .text("\($0) of \(facts.localNumber.map { "\($0)" } ?? "?")") } ?? .missing,
      threshold: .text("\(maximumCount) and \(maximumFrequency)"),
      rule: "local cohort: not above both count and frequency (max_local_count, max_local_af)")
  }
}
