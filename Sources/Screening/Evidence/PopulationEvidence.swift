internal import Model

/// PM2, BA1 and BS1: how common the allele is in populations.
struct PopulationEvidence {
  let variant: Variant
  let gene: TargetGene
  /// Alleles that ClinGen exempts from BA1, normalised.
  let exceptions: Set<Allele>

  /// Source: ClinGen SVI on BA1 (Ghosh et al. 2018, doi:10.1002/humu.23642).
  static let standAlone = 0.05
  static let standAloneMitochondrial = 0.01
  /// Defaults where a gene has no maximum credible frequency of its own.
  static let strongRecessive = 0.01
  static let strongDominant = 0.001
  static let strongMitochondrial = 0.005
  static let rareRecessive = 7e-5
  static let rareMitochondrial = 2e-5

  private var frequency: PopulationFrequency { variant.frequency }
  private var isMitochondrial: Bool { variant.allele.contig == .mitochondrion }

  private var isRecessiveOnly: Bool {
    !gene.modes.isEmpty && gene.modes.allSatisfy { $0 == .autosomalRecessive }
  }

  var criteria: [Criterion] { [common, rare].compactMap { $0 } }

  private var common: Criterion? {
    guard frequency.state == .value, let value = frequency.filtering else { return nil }
    let name: Wording =
      frequency.faf95 != nil ? "FAF95" : frequency.populationMaximum != nil ? "highest group AF" : "AF"
    let evidence: Wording = "\(name) \(EvidenceWording.fraction(value))"
    var criterion: Criterion
    let limit = isMitochondrial ? Self.standAloneMitochondrial : Self.standAlone
    let strongLimit =
      isMitochondrial ? Self.strongMitochondrial : isRecessiveOnly ? Self.strongRecessive : Self.strongDominant
    if value > limit {
      criterion = Criterion(
        "BA1", .standAlone, isBenign: true, evidence: evidence + " > \(limit)",
        rule: "BA1: frequency above \(limit) in a group of at least 2,000 chromosomes (ClinGen SVI, Ghosh et al. 2018)")
    } else if value > strongLimit {
      criterion = Criterion(
        "BS1", .strong, isBenign: true, evidence: evidence + " > \(strongLimit)",
        rule:
          "BS1: frequency above the highest credible one, by default 0.01 recessive, 0.001 dominant [E], 0.005 mitochondrial"
      )
    } else {
      return nil
    }
    if exceptions.contains(variant.allele) {
      criterion.points = 0
      criterion.note = "not applied: on ClinGen's list of exceptions to BA1"
    } else if frequency.alleleNumber == nil {
      criterion.points = 0
      criterion.note = "not counted: the file does not say how many chromosomes were looked at"
    }
    return criterion
  }

  private var rare: Criterion? {
    guard frequency.state != .noData else { return nil }
    let rule: Wording =
      """
      PM2 at Supporting (ClinGen SVI 2020): AD, XL, unknown: absent or one copy; AR: AF <= 7e-5; MT: AF < 2e-5; \
      at least 2,000 chromosomes looked at
      """
    let frequency = frequency
    let evidence: Wording?
    if frequency.state == .zero {
      evidence = frequency.alleleNumber.map { "absent from \($0) chromosomes" } ?? "absent from the databases"
    } else if isMitochondrial {
      evidence = frequency.alleleFrequency.flatMap {
        $0 < Self.rareMitochondrial ? "AF \(EvidenceWording.fraction($0)) < 2e-5" : nil
      }
    } else if isRecessiveOnly {
      evidence = frequency.alleleFrequency.flatMap {
        $0 <= Self.rareRecessive ? "AF \(EvidenceWording.fraction($0)) <= 7e-5" : nil
      }
    } else if let count = frequency.alleleCount, let number = frequency.alleleNumber, count <= 1 {
      evidence = count == 1 ? "1 copy in \(number) chromosomes" : "absent in \(number) chromosomes"
    } else {
      evidence = nil
    }
    return evidence.map { Criterion("PM2", .supporting, evidence: $0, rule: rule) }
  }
}
