import Model
import Screening
import Testing

private typealias Fixture = EvidenceFixture

@Suite struct EvidenceFamilyTests {
  private let recessive = Fixture.gene([.autosomalRecessive])

  private func clinVar(_ significance: ClinVarRecord.Significance, stars: Int? = 2) -> ClinVarRecord {
    ClinVarRecord(significance: significance, text: significance.rawValue, stars: stars)
  }

  @Test func deNovo() {
    func names(_ verdict: Verdict?, confirmed: Bool) -> [String] {
      Fixture.names(
        Fixture.variant(), nil, family: FamilyFacts(deNovo: verdict, areParentsConfirmed: confirmed))
    }
    #expect(names(.pass, confirmed: true) == ["PS2_Supporting"])
    #expect(names(.pass, confirmed: false) == ["PM6_Supporting"])
    // Case 3: at most a suggestion.
    #expect(names(.possible([.oneParentMissing]), confirmed: true).isEmpty)
    // Case 4: not PS2.
    #expect(names(.possible([.parentalMosaicism]), confirmed: true).isEmpty)
    #expect(names(.fail([.inherited]), confirmed: true).isEmpty)
    #expect(names(nil, confirmed: true).isEmpty)
  }

  @Test(
    arguments: [
      (.confirmedTrans, .pathogenic, "PM3"), (.confirmedTrans, .likelyPathogenic, "PM3"),
      (.confirmedTrans, .uncertain, ""),
      (.confirmedTrans, .benign, ""), (.unphased, .pathogenic, "PM3_Supporting"), (.unphased, .likelyPathogenic, ""),
      (.unphased, .uncertain, ""), (.cis, .pathogenic, ""), (.probableCis, .pathogenic, ""),
      (.probableTrans, .pathogenic, "PM3_Supporting"),
    ] as [(PairPhase, ClinVarRecord.Significance, String)])
  func inTrans(phase: PairPhase, significance: ClinVarRecord.Significance, expected: String) {
    let family = FamilyFacts(partners: [FamilyFacts.Partner(phase: phase, clinVar: clinVar(significance))])
    #expect(Fixture.names(Fixture.variant(), nil, recessive, family: family) == (expected.isEmpty ? [] : [expected]))
    // in a gene without recessive disease it says nothing
    #expect(Fixture.names(Fixture.variant(), nil, family: family).isEmpty)
  }

  @Test func oneProbandCountsOnce() {
    let partner = FamilyFacts.Partner(phase: .confirmedTrans, clinVar: clinVar(.pathogenic))
    let family = FamilyFacts(partners: [partner, partner, partner], isHomozygous: true)
    #expect(Fixture.names(Fixture.variant(), nil, recessive, family: family) == ["PM3"])
    #expect(
      Fixture.names(Fixture.variant(), nil, recessive, family: FamilyFacts(isHomozygous: true)) == ["PM3_Supporting"])
  }

  @Test(
    arguments: [
      (.pathogenic, 4, 6), (.pathogenic, 2, 6), (.likelyPathogenic, 2, 5), (.pathogenicOrLikely, 3, 5),
      (.pathogenic, 1, 3),
      (.likelyPathogenic, 1, 3), (.pathogenic, 0, 0), (.pathogenic, nil, 3), (.conflicting, 1, 0), (.uncertain, 2, 0),
      (.likelyBenign, 1, -3), (.benignOrLikely, 2, -3), (.benign, 2, -6), (.benign, 0, 0), (.other, 2, 0),
    ] as [(ClinVarRecord.Significance, Int?, Double)])
  func clinVarPoints(significance: ClinVarRecord.Significance, stars: Int?, expected: Double) {
    #expect(PointsEntry(clinVar: clinVar(significance, stars: stars))?.points == expected)
  }

  /// The ranking counts the family under segregation, so its criteria are no lines of the variant.
  @Test func variantEntries() {
    let evidence = Fixture.evidence(
      Fixture.variant(frequency: Fixture.zero, predictions: Predictions(revel: 0.8)),
      Fixture.consequence("missense_variant"),
      family: FamilyFacts(deNovo: .pass, areParentsConfirmed: true))
    let entries = evidence.variantEntries(clinVar: clinVar(.pathogenic, stars: 1))
    #expect(entries.map(\.label) == ["PM2_Supporting", "PP3_Moderate", "ClinVar P (1 star)"])
    #expect(entries.map(\.points) == [1, 2, 3])
    #expect(PointsEntry(clinVar: nil) == nil)
  }
}
