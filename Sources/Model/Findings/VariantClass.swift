/// The five classes of ACMG/AMP (Richards et al. 2015, doi:10.1038/gim.2015.30). Only a human gives one.
public enum VariantClass: String, Sendable, Hashable, CaseIterable {
  case pathogenic = "P"
  case likelyPathogenic = "LP"
  case uncertain = "VUS"
  case likelyBenign = "LB"
  case benign = "B"

  /// The word of a case file, for example `likely_pathogenic`.
  public var word: String {
    switch self {
    case .pathogenic: "pathogenic"
    case .likelyPathogenic: "likely_pathogenic"
    case .uncertain: "uncertain_significance"
    case .likelyBenign: "likely_benign"
    case .benign: "benign"
    }
  }

  /// Reads a word or a code without regard to case: `likely_pathogenic`, `Likely pathogenic`, `LP`; `VUS` is also `uncertain`.
  public init?(reading text: String) {
    let word = text.lowercased().split { $0 == "_" || $0 == "-" || $0.isWhitespace }.joined(separator: "_")
    let found = Self.allCases.first { $0.word == word || $0.rawValue.lowercased() == word }
    guard let value = found ?? (word == "uncertain" ? .uncertain : nil) else { return nil }
    self = value
  }

  public var isPathogenicOrLikely: Bool { self == .pathogenic || self == .likelyPathogenic }
  public var isBenignOrLikely: Bool { self == .benign || self == .likelyBenign }
}

/// The class that a reviewer gave to a variant in a gene.
public struct GivenClass: Sendable, Hashable {
  public var value: VariantClass
  public var reviewer: String
  /// `YYYY-MM-DD`.
  public var date: String?
  /// When the reviewer signed it; nil for a draft.
  public var signed: Instant?

  public init(_ value: VariantClass, reviewer: String, date: String? = nil, signed: Instant? = nil) {
    self.value = value
    self.reviewer = reviewer
    self.date = date
    self.signed = signed
  }

  /// `A. Berg, 2026-03-01`; of a signed one the time of signing.
  public var signature: String {
    signed.map { "\(reviewer), signed \($0)" } ?? ([reviewer] + [date].compactMap { $0 }).joined(separator: ", ")
  }
}
