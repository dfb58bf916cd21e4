import Model
import Screening
import TestSupport
import Testing

private typealias Fixture = EvidenceFixture

/// A reviewer's criteria over those of the rules.
@Suite struct ReviewedEvidenceTests {
  private let allele = Allele(.chr1, 100, "A", "G")

  private func review(
    _ criteria: [String] = [], remove: [String] = [], by reviewer: String = "AB", date: String? = nil,
    note: String? = nil, gene: String? = nil
  ) throws -> Review {
    Review(
      written: "1-100-A-G", allele: allele, gene: gene, criteria: try criteria.map { try CriterionCode($0) },
      removed: remove, reviewer: reviewer, date: date, note: note)
  }

  /// PVS1 and PM2 by the rules, PM4 set aside by PVS1.
  private var automated: AutomatedEvidence {
    Fixture.evidence(
      Fixture.variant(frequency: Fixture.zero),
      Fixture.consequence("stop_gained", "inframe_insertion", exon: "5/20", coding: (600, 3_000)))
  }

  @Test func reviewersCriteriaJoinTheAutomatedOnes() throws {
    #expect(automated.counted.map(\.name) == ["PVS1", "PM2_Supporting"])
    let evidence = automated.reviewed(by: [
      try review(["PS3_Moderate"], date: "2026-03-01", note: "study of 2021")
    ])
    #expect(evidence.counted.map(\.name) == ["PVS1", "PM2_Supporting", "PS3_Moderate"])
    let given = try #require(evidence.criteria.last)
    #expect(given.reviewer == "AB" && given.rule == "reviewer's criterion")
    #expect(given.evidence == "study of 2021 (by AB, 2026-03-01)")
    #expect(evidence.points == 11 && evidence.reviewedPoints == 2)
    #expect(evidence.wording == "P (points 11, of them 2 by a reviewer; a hint, not a classification)")
  }

  /// Of each person the last word, of several people's the latest by date, wherever it stands in the list.
  @Test func theLatestLastWordStands() throws {
    func classed(_ value: VariantClass, _ name: String, _ date: String?) throws -> Review {
      var given = try review(by: name, date: date)
      given.classification = value
      return given
    }
    let lan = try classed(.pathogenic, "Lan", "2026-11-28")
    let minh = try classed(.likelyPathogenic, "Minh", "2026-11-27")
    for order in [[lan, minh], [minh, lan]] {
      #expect(automated.reviewed(by: order).given?.reviewer == "Lan")
    }
    // Lan thought again, and wrote no date.
    let withdrawn = try classed(.uncertain, "Lan", nil)
    #expect(automated.reviewed(by: [lan, minh, withdrawn]).given?.reviewer == "Minh")
    #expect(automated.reviewed(by: [lan, withdrawn]).given?.value == .uncertain)
  }

  @Test func aDismissalStandsInTheLastWordOfItsReviewer() throws {
    var dismissal = try review(date: "2026-03-01", note: "no carrier")
    dismissal.dismissal = "Sanger negative"
    let other = try review(by: "CD", note: "agreed")
    #expect([dismissal, other].remarks.map(\.dismissal) == ["Sanger negative", nil])
    let later = try review(["PS3"], date: "2026-03-02")
    #expect([dismissal, other, later].remarks.map(\.dismissal) == [nil, nil])
    #expect([dismissal, other, later].remarks.map(\.note) == ["no carrier", "agreed"])
  }

  @Test func theLastClassGivenStandsBesideTheHint() throws {
    var first = try review(date: "2026-03-01")
    first.classification = .uncertain
    var second = try review(["PP4"], by: "CD", date: "2026-03-02")
    second.classification = .likelyPathogenic
    let evidence = automated.reviewed(by: [first, second, try review(["PS3"])])
    #expect(evidence.given == GivenClass(.likelyPathogenic, reviewer: "CD", date: "2026-03-02"))
    #expect(evidence.standingClass == "LP" && evidence.classHint == "P" && automated.standingClass == "LP")
    #expect(evidence.reviewers == ["CD", "AB"] && evidence.isReviewed)
    #expect(evidence.wording == "LP (class given by CD, 2026-03-02; points 14 are a hint of P)")
    second.signed = Instant("2026-03-02T10:00:00Z")
    #expect(automated.reviewed(by: [second]).wording.hasPrefix("LP (class given by CD, signed 2026-03-02T10:00:00Z; "))
    #expect(evidence.reviewed(by: []).given == nil)
  }

  @Test func removedCriteriaStayVisibleWithoutPoints() throws {
    let evidence = automated.reviewed(by: [try review(remove: ["PM2"], date: "2026-03-01", note: "in a repeat")])
    let removed = try #require(evidence.criteria.first { $0.code == "PM2" })
    #expect(removed.points == 0 && removed.remover == "AB" && removed.reviewer == nil)
    #expect(removed.remark == "not counted: removed by AB, 2026-03-01: in a repeat")
    #expect(
      evidence.wording
        == "VUS (points 8, of them 0 by a reviewer; 1 automated criterion removed; P and LP need two criteria; a hint, not a "
        + "classification)")
  }

  @Test func whatARemovedCriterionKeptAsideCountsAgain() throws {
    let evidence = automated.reviewed(by: [try review(remove: ["PVS1"])])
    #expect(evidence.counted.map(\.name) == ["PM4", "PM2_Supporting"])
    // The rule's own remark is still there.
    #expect(
      evidence.criteria.first { $0.code == "PM4" }?.remark == "repeats were looked for in the changed residues only")
  }

  @Test func aReviewersStrengthTakesThePlaceOfTheAutomatedOne() throws {
    let evidence = automated.reviewed(by: [try review(["PM2", "PVS1_Moderate"])])
    #expect(evidence.counted.map(\.name) == ["PM2", "PVS1_Moderate"])
    #expect(evidence.criteria.count == 5)
    #expect(evidence.criteria.first?.setAside == "AB gave PVS1_Moderate in its place")
    #expect(evidence.points == 4)
  }

  @Test func doubleCountingHoldsForReviewersToo() throws {
    let evidence = automated.reviewed(by: [try review(["BS1"])])
    #expect(evidence.criteria.first { $0.code == "PM2" }?.setAside == "too common for PM2")
    #expect(evidence.points == 4 && evidence.classHint == "VUS")
    let prediction = automated.reviewed(by: [try review(["PP3"])])
    #expect(prediction.criteria.last?.points == 0 && prediction.points == 9)
  }

  @Test func ofTwoReviewsTheLaterCountsAndBothStay() throws {
    let evidence = automated.reviewed(by: [try review(["PS3"]), try review(["PS3_Supporting"], by: "CD")])
    #expect(evidence.counted.map(\.name) == ["PVS1", "PM2_Supporting", "PS3_Supporting"])
    #expect(evidence.criteria.filter { $0.code == "PS3" }.map(\.reviewer) == ["AB", "CD"])
    #expect(evidence.reviewers == ["AB", "CD"] && evidence.wording.contains("by 2 reviewers"))
  }

  @Test func reviewingAgainIsReviewingOnce() throws {
    let reviews = [try review(["PS3_Moderate", "PM2"], remove: ["PVS1"], note: "n"), try review(["PP4"], by: "CD")]
    let once = automated.reviewed(by: reviews)
    #expect(once.reviewed(by: reviews) == once)
    #expect(once.reviewed(by: []) == automated)
  }

  /// What a rule suggested without points gains none by being removed and given back.
  @Test func suggestionsKeepNoPoints() throws {
    let suggested = Fixture.evidence(
      Fixture.variant(), nil, family: FamilyFacts(deNovo: .possible([.oneParentMissing])))
    #expect(suggested.criteria.map(\.code) == ["PM6"] && suggested.points == 0)
    let removed = suggested.reviewed(by: [try review(remove: ["PM6"])])
    #expect(removed.criteria[0].remark?.hasPrefix("removed by AB") == true)
    #expect(removed.reviewed(by: []) == suggested)
    #expect(suggested.reviewed(by: [try review(["PM6"])]).points == 2)
  }

  /// The family and the phenotype have their own lines in the ledger.
  @Test func pointsOfTheVariantFollow() throws {
    let evidence = automated.reviewed(by: [
      try review(["PS2", "PM3", "PP1_Strong", "PP4", "PS3_Moderate"], remove: ["PM2"], note: "n")
    ])
    let entries = evidence.variantEntries(clinVar: nil)
    #expect(entries.map(\.label) == ["PVS1", "PS3_Moderate"])
    #expect(entries.last?.rule == "reviewer's criterion: n (by AB)")
    #expect(evidence.points == 8 + 4 + 2 + 4 + 1 + 2)
  }

  @Test func reviewsSpeakOfTheirAlleleAndGene() throws {
    let one = try review(["PP4"], gene: "scn1a")
    #expect(one.isOf(allele, in: "SCN1A") && !one.isOf(allele, in: "SCN2A"))
    #expect(!one.isOf(Allele(.chr1, 100, "A", "C"), in: "SCN1A"))
    #expect(try review(["PP4"]).isOf(allele, in: "ANY"))
  }

  @Test func whatHasNoEffectIsNamed() throws {
    var check = ReviewCheck([try review(["PP4"]), try review(remove: ["PM1", "PM2"], by: "CD", gene: "GENE")])
    #expect(check.warnings.count == 2)
    #expect(check.warnings[0].hasPrefix("the review of 1-100-A-G by AB counts nowhere"))
    #expect(check.warnings[1].hasPrefix("the review of 1-100-A-G in GENE by CD counts nowhere"))
    check.note(automated) { $0.isOf(allele, in: "GENE") }
    #expect(check.warnings == ["the review of 1-100-A-G in GENE by CD removes PM1, which no rule gave"])
  }
}
