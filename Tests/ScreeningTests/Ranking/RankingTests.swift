import Foundation
import Model
import TestSupport
import Testing

@testable import Screening

@Suite struct RankingTests {
  /// A candidate whose variant entries sum up to `points`, and nothing else.
  private func candidate(_ symbol: String, _ points: Double, position: Int = 100, segregation: Double = 0) -> Candidate
  {
    let variant = Variant(
      allele: Allele(.chr1, position, "A", "G"),
      origin: .init(
        file: 0, record: 1, line: "", position: position, reference: "A", alternates: ["G"], alternateIndex: 1),
      genotypes: [Genotype(.heterozygous)])
    return Candidate(
      gene: TargetGene(id: symbol, hgncID: nil, symbol: symbol),
      variants: [CandidateVariant(variant: variant, consequence: nil, origin: .unknown, evidence: AutomatedEvidence())],
      verdicts: [],
      ledger: PointsLedger(
        variants: [[PointsEntry("v", points, rule: "")]], segregation: [PointsEntry("s", segregation, rule: "")],
        gene: []))
  }

  @Test func sharesAddUpWithThatOfNone() {
    let ranking = Ranking(candidates: [candidate("A", 3), candidate("B", 8), candidate("C", -2)], diseaseCount: 300)
    let total = ranking.candidates.reduce(ranking.shareOfNone) { $0 + $1.share }
    #expect(abs(total - 1) < 1e-12)
    #expect(ranking.candidates.map(\.gene.symbol) == ["B", "A", "C"])
    #expect(ranking.candidates.map(\.rank) == [1, 2, 3])
  }

  @Test func whatAReviewerRuledOutKeepsItsRankAndTakesNoShare() {
    var dismissed = candidate("B", 30)
    dismissed.variants[0].remarks = [ReviewRemark(signature: "AB", note: nil, dismissal: "Sanger negative")]
    let ranking = Ranking(candidates: [candidate("A", 3), dismissed], diseaseCount: 300)
    let alone = Ranking(candidates: [candidate("A", 3)], diseaseCount: 300)
    #expect(ranking.candidates.map(\.gene.symbol) == ["B", "A"] && ranking.candidates.map(\.rank) == [1, 2])
    #expect(ranking.candidates.map(\.share) == [0, alone.candidates[0].share])
    #expect(ranking.shareOfNone == alone.shareOfNone)
    // People have to agree first where another calls it pathogenic.
    dismissed.variants[0].evidence.given = GivenClass(.pathogenic, reviewer: "CD", date: nil, signed: nil)
    #expect(Ranking(candidates: [dismissed], diseaseCount: 300).candidates[0].share > 0.9)
  }

  /// The worked figures of the scheme: a lone candidate reaches one half at log(N) in base 2.0797.
  @Test(arguments: [(7.8, 300), (12.3, 8_000)])
  func aLoneCandidateReachesOneHalf(points: Double, diseases: Int) {
    let ranking = Ranking(
      candidates: [candidate("A", min(points, 12), segregation: max(0, points - 12))], diseaseCount: diseases)
    #expect(abs(ranking.shareOfNone - 0.5) < 0.02)
  }

  @Test func tiesGoByVariantThenSegregationThenPlace() {
    let ranking = Ranking(
      candidates: [
        candidate("D", 4, position: 300), candidate("C", 4, position: 200), candidate("B", 3, segregation: 1),
        candidate("A", 5, segregation: -1),
      ], diseaseCount: 10)
    #expect(ranking.candidates.map(\.gene.symbol) == ["A", "C", "D", "B"])
  }

  @Test func orderDoesNotDependOnTheOrderOfArrival() {
    let candidates = (0..<20).map { candidate("G\($0)", Double($0 % 3), position: 100 + $0) }
    let names = Ranking(candidates: candidates, diseaseCount: 10).candidates.map(\.gene.symbol)
    #expect(Ranking(candidates: candidates.reversed(), diseaseCount: 10).candidates.map(\.gene.symbol) == names)
  }

  @Test func aGeneTakesThePlaceOfItsBestCandidate() {
    let ranking = Ranking(
      candidates: [candidate("A", 1), candidate("B", 3), candidate("A", 5, position: 7)], diseaseCount: 10)
    #expect(ranking.genes.map(\.gene.symbol) == ["A", "B"])
    #expect(ranking.genes.map(\.candidates) == [[1, 3], [2]])
  }

  /// Every total is the sum of what is listed, under the two stated limits.
  @Test func ledgerTotalsAreTheirEntries() {
    let ledger = PointsLedger(
      variants: [
        [PointsEntry("PVS1", 8, rule: ""), PointsEntry("ClinVar", 6, rule: "")], [PointsEntry("PM2", 1, rule: "")],
      ],
      segregation: [PointsEntry("trans", 2, rule: "")], gene: [PointsEntry("green", 1, rule: "")])
    #expect(ledger.variantSums == [12, 1])
    #expect(ledger.variantScore == 6.5)
    #expect(ledger.total == 9.5)
  }
}
