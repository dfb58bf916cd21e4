import Model

/// Keeps sites whose caller filters passed: FILTER `PASS`, `.`, or a value the laboratory accepts.
struct SiteFilterFilter: AlleleFilter {
  let stage = Removal.siteFilter
  let settings: Settings

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Decision.Outcome {
    let records = alleles.records
    let range = records.range(.filter, of: alleles.rows[row].record)
    if records.text[range].elementsEqual("PASS".utf8) { return .kept }
    if range.isEmpty || range.count == 1 && records.text[range.lowerBound] == UInt8(ascii: ".") { return .unknown }
    return settings.refusedFilters(in: String(decoding: records.text[range], as: UTF8.self)).isEmpty ? .kept : .removed
  }

  func decision(_ ground: Decision.Outcome, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let text = alleles.records.string(.filter, of: alleles.rows[row].record)
    return Decision(
      stage, ground, value: ground == .unknown ? .missing : .text("\(text)"),
      threshold: .text("\((["PASS"] + settings.acceptedFilters).joined(separator: ", "))"),
      rule: "FILTER is PASS, '.', or accepted (accept_filter)")
  }
}

/// Keeps sites of at least a given `QUAL`. A missing QUAL passes with a badge.
struct SiteQualityFilter: AlleleFilter {
  let stage = Removal.siteQuality
  /// Phred.
  let minimum: Double

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Decision.Outcome {
    let quality = alleles.records.qualities[alleles.rows[row].record]
    if quality.isNaN { return .unknown }
    // QUAL is a 32-bit float in BCF, so both sides are compared as such.
    return quality >= Float(minimum) ? .kept : .removed
  }

  func decision(_ ground: Decision.Outcome, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let quality = alleles.records.qualities[alleles.rows[row].record]
    return Decision(
      stage, ground, value: quality.isNaN ? .missing : .number(Double(quality)), threshold: .number(minimum),
      rule: "QUAL at least (min_qual)")
  }
}

extension Settings {
  /// The values of a FILTER or FT list that are neither `PASS` nor accepted.
  func refusedFilters(in list: String) -> [Substring] {
    list.split(separator: ";").filter { $0 != "PASS" && !acceptedFilters.contains(String($0)) }
  }
}
