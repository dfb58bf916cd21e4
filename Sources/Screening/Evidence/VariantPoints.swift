public import Model

extension PointsEntry {
  /// Points for what ClinVar says of the very allele; kept apart from the criteria, of which PP5 and BP6 are retired.
  ///
  /// Two stars or more: P +6, LP +5; one star: P, LP +3; LB -3, B -6; conflicting, uncertain, or no criteria provided: 0. A
  /// record whose review status the file does not give counts as one star. [E] Returns nil without a record.
  public init?(clinVar record: ClinVarRecord?) {
    guard let record else { return nil }
    let stars = record.stars ?? 1
    let size: Double
    switch record.significance {
    case .pathogenic: size = stars >= 2 ? 6 : stars == 1 ? 3 : 0
    case .pathogenicOrLikely, .likelyPathogenic: size = stars >= 2 ? 5 : stars == 1 ? 3 : 0
    case .likelyBenign, .benignOrLikely: size = stars >= 1 ? -3 : 0
    case .benign: size = stars >= 1 ? -6 : 0
    case .conflicting, .uncertain, .other: size = 0
    }
    let status: Wording =
      record.stars.map { $0 == 1 ? "1 star" : "\($0) stars" } ?? "review status not given, taken as 1 star"
    self.init(
      "ClinVar \(record.significance.rawValue) (\(status))", size,
      rule: "ClinVar by review stars: >= 2 P +6, LP +5; 1 P/LP +3; LB -3; B -6; conflicting, uncertain, 0 stars 0 [E]")
  }
}

extension AutomatedEvidence {
  /// Criteria that the ranking counts elsewhere: the family under segregation, the phenotype under phenotype.
  static let countedElsewhere: Set<String> = ["PS2", "PM6", "PM3", "PP1", "PP4", "PP5", "BP6"]

  /// The variant's lines of the ledger: the counted criteria, then ClinVar.
  public func variantEntries(clinVar: ClinVarRecord?) -> [PointsEntry] {
    let entries = criteria.filter { $0.points != 0 && !Self.countedElsewhere.contains($0.code) }
      .map { PointsEntry("\($0.name)", Double($0.points), rule: "\($0.rule): \($0.evidence)") }
    return entries + [PointsEntry(clinVar: clinVar)].compactMap { $0 }
  }
}
