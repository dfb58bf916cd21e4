import Model

/// Checks of one sample's own genotypes: heterozygosity, Ti/Tv and hints of foreign DNA. None of them fails a sample.
struct SampleChecks {
  let id: String
  let sample: SampleTally
  /// Records counted, for the message of a check that had too little.
  let records: Int
  /// Records of the file that were not counted.
  let recordsLeftOut: Int

  /// Variant sites that the whole file would have had, were what was left out like what was counted.
  private var wholeVariantSites: Int {
    Int(Double(sample.variantSites) * Double(records + recordsLeftOut) / Double(max(1, records)))
  }

  var checks: [QualityCheck] { [heterozygosity, transitions, contamination] }

  private var tooFew: Wording {
    """
    \(id): only \(sample.variantSites) usable variant autosomal SNVs among \(records) records, \
    \(QualityCutoff.sampleSites) are needed.
    """
  }

  private static let least: Wording = "at least \(QualityCutoff.sampleSites) variant sites"

  private var heterozygosity: QualityCheck {
    let heterozygous = sample.autosomal(.heterozygous)
    let homozygous = sample.autosomal(.homozygous)
    let range = QualityCutoff.heterozygosityRatio
    var check = QualityCheck(
      kind: .heterozygosityRatio, samples: [id], value: nil,
      threshold: "\(QualityText.range(range)), usual range of human samples; \(Self.least)", outcome: .notEvaluable,
      counts: [
        "het": heterozygous, "hom": homozygous, "ref": sample.autosomal(.reference),
        "missing": sample.autosomal(.missing), "low_quality": sample.lowQuality,
        "no_quality_field": sample.withoutQualityField, "ploidy_conflicts": sample.ploidyConflicts,
      ], message: tooFew)
    guard let value = sample.heterozygosityRatio else { return check }
    check.value = value
    check.outcome = range.contains(value) ? .pass : .warning
    let shown: Wording =
      "\(id): \(heterozygous) heterozygous to \(homozygous) homozygous calls, ratio \(QualityText.decimal(value))"
    if sample.isSelected {
      check.message = shown + ": no human sample is like this; were common variants cut out of the file?"
    } else if value < range.lowerBound {
      check.message = shown + ": low; consanguinity, or heterozygotes lost?"
    } else if value > range.upperBound {
      check.message = shown + ": high; foreign DNA or an admixed sample?"
    } else {
      check.message = shown + "."
    }
    return check
  }

  private var transitions: QualityCheck {
    let isGenome = wholeVariantSites >= QualityCutoff.genomeSites
    let range = isGenome ? QualityCutoff.transitionRatioGenome : QualityCutoff.transitionRatioExome
    let kind: Wording = isGenome ? "genome" : "exome"
    var check = QualityCheck(
      kind: .transitionRatio, samples: [id], value: nil,
      threshold: "\(QualityText.range(range)), usual range of a human \(kind); \(Self.least)", outcome: .notEvaluable,
      counts: ["transitions": sample.transitions, "transversions": sample.transversions], message: tooFew)
    guard sample.variantSites >= QualityCutoff.sampleSites else { return check }
    let value = Double(sample.transitions) / Double(max(1, sample.transversions))
    check.value = value
    check.outcome = range.contains(value) ? .pass : .warning
    check.message =
      "\(id): transitions to transversions \(QualityText.decimal(value)), "
      + (check.outcome == .pass
        ? "as in a usual \(kind)."
        : "outside the usual range of a human \(kind): another target region, or false calls?")
    return check
  }

  private var contamination: QualityCheck {
    let heterozygous = sample.balance.reduce(0, +)
    var check = QualityCheck(
      kind: .contamination, samples: [id], value: nil,
      threshold:
        """
        reference reads at homozygous alternate sites <= \(QualityText.percent(QualityCutoff.foreignReads, 0)) and \
        heterozygotes below \(QualityCutoff.lowBalanceFraction) alternate reads \
        <= \(QualityText.percent(QualityCutoff.lowBalanceShare, 0)); a hint, no measurement; \(Self.least)
        """,
      outcome: .notEvaluable, counts: ["het_with_reads": heterozygous, "hom_with_reads": sample.homozygousWithReads],
      message: "\(id): genotypes carry no read counts (AD), so foreign DNA cannot be looked for.")
    guard sample.variantSites >= QualityCutoff.sampleSites else {
      check.message = tooFew
      return check
    }
    if sample.isSelected {
      check.message =
        "\(id): heterozygous or homozygous calls were cut out of this file, so foreign DNA cannot be looked for."
      return check
    }
    guard heterozygous > 0, sample.homozygousWithReads > 0,
      heterozygous + sample.homozygousWithReads >= QualityCutoff.sampleSites
    else { return check }
    let foreign = Double(sample.foreignFraction) / Double(sample.homozygousWithReads) / 1_000_000
    let low = sample.balance[..<Int(QualityCutoff.lowBalanceFraction * 100)].reduce(0, +)
    let share = Double(low) / Double(heterozygous)
    check.value = foreign
    check.counts["het_low_balance"] = low
    check.counts["het_median_percent"] = median
    let isClean = foreign <= QualityCutoff.foreignReads && share <= QualityCutoff.lowBalanceShare
    check.outcome = isClean ? .pass : .warning
    check.message =
      """
      \(id): \(QualityText.percent(foreign)) reference reads at homozygous alternate sites, \
      \(QualityText.percent(share)) of heterozygotes with few alternate reads (median \(median) %)
      """
      + (isClean ? "." : ": foreign DNA?")
    return check
  }

  /// Median alternate read percentage of the heterozygous calls.
  private var median: Int {
    let half = (sample.balance.reduce(0, +) + 1) / 2
    var seen = 0
    for (percent, count) in sample.balance.enumerated() {
      seen += count
      if seen >= half, seen > 0 { return percent }
    }
    return 0
  }
}
