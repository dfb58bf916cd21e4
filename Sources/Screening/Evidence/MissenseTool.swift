public import Model

/// A predictor of missense effects with its published intervals for PP3 and BP4.
///
/// Source: Pejaver et al. 2022, Table 2 (doi:10.1016/j.ajhg.2022.10.013); AlphaMissense: Bergquist et al. 2025
/// (PMID 40084623). Developers' own cut-offs are not calibrated and are not used.
public enum MissenseTool: String, Sendable, Hashable, CaseIterable {
  case revel = "REVEL"
  case alphaMissense = "AlphaMissense"
  /// Phred-scaled.
  case cadd = "CADD"
  case bayesDel = "BayesDel without AF"
  case vest4 = "VEST4"
  case mutPred2 = "MutPred2"

  /// Pathogenic bands: the lowest score of each strength, weakest first.
  var pathogenic: [(from: Double, strength: EvidenceStrength)] {
    switch self {
    case .revel: [(0.644, .supporting), (0.773, .moderate), (0.932, .strong)]
    case .alphaMissense: [(0.792, .supporting), (0.906, .moderate), (0.990, .strong)]
    case .cadd: [(25.3, .supporting), (28.1, .moderate)]
    case .bayesDel: [(0.13, .supporting), (0.27, .moderate), (0.50, .strong)]
    case .vest4: [(0.764, .supporting), (0.861, .moderate), (0.965, .strong)]
    case .mutPred2: [(0.737, .supporting), (0.829, .moderate), (0.932, .strong)]
    }
  }

  /// Benign bands: the highest score of each strength, weakest first.
  var benign: [(to: Double, strength: EvidenceStrength)] {
    switch self {
    case .revel: [(0.290, .supporting), (0.183, .moderate), (0.016, .strong), (0.003, .veryStrong)]
    case .alphaMissense: [(0.169, .supporting), (0.099, .moderate)]
    case .cadd: [(22.7, .supporting), (17.3, .moderate), (0.15, .strong)]
    case .bayesDel: [(-0.18, .supporting), (-0.36, .moderate)]
    case .vest4: [(0.449, .supporting), (0.302, .moderate)]
    case .mutPred2: [(0.391, .supporting), (0.197, .moderate), (0.010, .strong)]
    }
  }

  /// The first that the sources of a file provide: chosen before any variant is looked at, so that nobody can pick the most
  /// convenient one variant by variant.
  public init?(among roles: Set<AnnotationRole>) {
    if roles.contains(.revel) {
      self = .revel
    } else if roles.contains(.alphaMissense) {
      self = .alphaMissense
    } else if roles.contains(.cadd) {
      self = .cadd
    } else {
      return nil
    }
  }

  /// A score's band.
  public struct Band: Sendable, Hashable {
    public var strength: EvidenceStrength
    public var isBenign: Bool
    /// The interval in words: `[0.773, 0.932)`.
    public var interval: Wording
  }

  /// The band that a score falls in; nil between the benign and the pathogenic ones.
  public func band(of score: Double) -> Band? {
    if let index = pathogenic.lastIndex(where: { score >= $0.from }) {
      let isLast = index == pathogenic.count - 1
      let interval: Wording =
        isLast ? ">= \(pathogenic[index].from)" : "[\(pathogenic[index].from), \(pathogenic[index + 1].from))"
      return Band(strength: pathogenic[index].strength, isBenign: false, interval: interval)
    }
    if let index = benign.lastIndex(where: { score <= $0.to }) {
      let isLast = index == benign.count - 1
      let interval: Wording = isLast ? "<= \(benign[index].to)" : "(\(benign[index + 1].to), \(benign[index].to)]"
      return Band(strength: benign[index].strength, isBenign: true, interval: interval)
    }
    return nil
  }

  /// The score among a variant's predictions; nil when missing, or when nothing reads this tool's score from files.
  func score(in predictions: Predictions) -> Double? {
    switch self {
    case .revel: predictions.revel
    case .alphaMissense: predictions.alphaMissense
    case .cadd: predictions.cadd
    case .bayesDel, .vest4, .mutPred2: nil
    }
  }
}
