import Model

/// Keeps sites whose caller filters passed: FILTER `PASS`, `.`, or a value the laboratory accepts.
struct SiteFilterFilter: AlleleFilter {
  let stage = Removal.siteFilter
  let settings: Settings

  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule = "FILTER is PASS, '.', or accepted (accept_filter)"
    let text = alleles.records.string(.filter, of: alleles.rows[row].record)
    let threshold = Decision.Value.text((["PASS"] + settings.acceptedFilters).joined(separator: ", "))
    if text == "PASS" { return Decision(stage, .kept, value: .text(text), threshold: threshold, rule: rule) }
    if text == "." || text.isEmpty {
      return Decision(stage, .unknown, value: .missing, threshold: threshold, rule: rule)
    }
    return Decision(
      stage, settings.refusedFilters(in: text).isEmpty ? .kept : .removed, value: .text(text), threshold: threshold,
      rule: rule)
  }
}

/// Keeps sites of at least a given `QUAL`. A missing QUAL passes with a badge.
struct SiteQualityFilter: AlleleFilter {
  let stage = Removal.siteQuality
  /// Phred.
  let minimum: Double

  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule = "QUAL at least (min_qual)"
    let quality = alleles.records.qualities[alleles.rows[row].record]
    if quality.isNaN { return Decision(stage, .unknown, value: .missing, threshold: .number(minimum), rule: rule) }
    // QUAL is a 32-bit float in BCF, so both sides are compared as such.
    let outcome: Decision.Outcome = quality >= Float(minimum) ? .kept : .removed
    return Decision(stage, outcome, value: .number(Double(quality)), threshold: .number(minimum), rule: rule)
  }
}

extension Settings {
  /// The values of a FILTER or FT list that are neither `PASS` nor accepted.
  func refusedFilters(in list: String) -> [Substring] {
    list.split(separator: ";").filter { $0 != "PASS" && !acceptedFilters.contains(String($0)) }
  }
}
