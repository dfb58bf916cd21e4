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
  static let listed = "listed exception to BA1"

  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule = "population frequency below (max_af; ClinVar P/LP below clinvar_exempt_af)"
    let facts = alleles.facts(of: row)
    // The mitochondrial limit compares homoplasmic carriers and is the mitochondrial model's own.
    guard let frequency = facts.frequency.filtering else {
      return Decision(stage, .unknown, value: .missing, threshold: .number(ceiling), rule: rule)
    }
    if frequency < ceiling {
      return Decision(stage, .kept, value: .number(frequency), threshold: .number(ceiling), rule: rule)
    }
    if facts.clinVar?.isPathogenicOrLikely == true, frequency < clinVarCeiling {
      return Decision(stage, .exempt, value: .number(frequency), threshold: .number(clinVarCeiling), rule: rule)
    }
    if exceptions.contains(alleles.rows[row].allele) {
      return Decision(stage, .exempt, value: .number(frequency), threshold: .text(Self.listed), rule: rule)
    }
    return Decision(stage, .removed, value: .number(frequency), threshold: .number(ceiling), rule: rule)
  }
}

/// Drops alleles that the laboratory's own cohort shows to be common: above a count *and* above a frequency.
struct LocalFrequencyFilter: AlleleFilter {
  let stage = Removal.localFrequency
  let isOfTheAlleleItself = true
  let maximumCount: Int
  /// Fraction 0…1.
  let maximumFrequency: Double

  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule = "local cohort: not above both count and frequency (max_local_count, max_local_af)"
    let threshold = Decision.Value.text("\(maximumCount) and \(maximumFrequency)")
    let facts = alleles.facts(of: row)
    guard let count = facts.localCount else {
      // Most laboratories have no cohort yet; its absence is no badge worth a line beside each variant.
      return Decision(stage, .kept, value: .missing, threshold: threshold, rule: rule)
    }
    let frequency = facts.localNumber.map { $0 > 0 ? Double(count) / Double($0) : 0 }
    let isCommon = count > maximumCount && (frequency ?? 0) > maximumFrequency
    return Decision(
      stage, isCommon ? .removed : .kept, value: .text("\(count) of \(facts.localNumber.map(String.init) ?? "?")"),
      threshold: threshold, rule: rule)
  }
}
