internal import Model

/// Keys whose Number and Type the VCF specification fixes (VCF 4.5, tables 1 and 2, sections 1.6 and 3), by version.
enum ReservedFields {
  struct Definition {
    var number: VariantHeader.Number
    var type: VariantHeader.ValueType
    /// First minor version of VCF 4 that reserves the key.
    var since: Int
    /// Values allowed, where the specification limits them to zero or more.
    var isNonNegative = false
    /// Last minor version that reserves the key so.
    var until = 9

    func holds(in minor: Int) -> Bool { since <= minor && minor <= until }
  }

  static let info: [String: Definition] = [
    "AA": Definition(number: .count(1), type: .string, since: 1),
    "AC": Definition(number: .perAlternate, type: .integer, since: 1, isNonNegative: true),
    "AD": Definition(number: .perAllele, type: .integer, since: 3, isNonNegative: true),
    "ADF": Definition(number: .perAllele, type: .integer, since: 3, isNonNegative: true),
    "ADR": Definition(number: .perAllele, type: .integer, since: 3, isNonNegative: true),
    "AF": Definition(number: .perAlternate, type: .float, since: 1, isNonNegative: true),
    "AN": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "BQ": Definition(number: .count(1), type: .float, since: 1, isNonNegative: true),
    "CIGAR": Definition(number: .perAlternate, type: .string, since: 1),
    "DB": Definition(number: .count(0), type: .flag, since: 1),
    "DP": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "END": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "H2": Definition(number: .count(0), type: .flag, since: 1),
    "H3": Definition(number: .count(0), type: .flag, since: 1),
    "MQ": Definition(number: .count(1), type: .float, since: 1, isNonNegative: true),
    "MQ0": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "NS": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "SB": Definition(number: .count(4), type: .integer, since: 3),
    "SOMATIC": Definition(number: .count(0), type: .flag, since: 1),
    "VALIDATED": Definition(number: .count(0), type: .flag, since: 1),
    "1000G": Definition(number: .count(0), type: .flag, since: 1),
    "IMPRECISE": Definition(number: .count(0), type: .flag, since: 1),
    "SVCLAIM": Definition(number: .perAlternate, type: .string, since: 4),
  ]

  static let format: [String: Definition] = [
    "AD": Definition(number: .perAllele, type: .integer, since: 3, isNonNegative: true),
    "ADF": Definition(number: .perAllele, type: .integer, since: 3, isNonNegative: true),
    "ADR": Definition(number: .perAllele, type: .integer, since: 3, isNonNegative: true),
    "DP": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "EC": Definition(number: .perAlternate, type: .integer, since: 1, isNonNegative: true),
    "FT": Definition(number: .count(1), type: .string, since: 1),
    "GL": Definition(number: .perGenotype, type: .float, since: 1),
    "GLE": Definition(number: .perGenotype, type: .string, since: 1, until: 2),
    "GP": Definition(number: .perGenotype, type: .float, since: 1),
    "GQ": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "GT": Definition(number: .count(1), type: .string, since: 1),
    "HQ": Definition(number: .count(2), type: .integer, since: 1, isNonNegative: true),
    "MQ": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
    "PL": Definition(number: .perGenotype, type: .integer, since: 1, isNonNegative: true),
    "PP": Definition(number: .perGenotype, type: .integer, since: 3),
    "PQ": Definition(number: .count(1), type: .integer, since: 1),
    "PS": Definition(number: .count(1), type: .integer, since: 1, isNonNegative: true),
  ]
}
