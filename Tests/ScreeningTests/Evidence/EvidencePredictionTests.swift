import Model
import Screening
import Testing

private typealias Fixture = EvidenceFixture

@Suite struct EvidencePredictionTests {
  private func names(_ tool: MissenseTool, _ predictions: Predictions) -> [String] {
    Fixture.names(Fixture.variant(predictions: predictions), Fixture.consequence("missense_variant"), tool: tool)
  }

  /// The published intervals, at and beside each bound. Strength as in the publication, benign before the cap.
  @Test(
    arguments: [
      (.revel, 0.003, "-VeryStrong"), (.revel, 0.0031, "-Strong"), (.revel, 0.016, "-Strong"),
      (.revel, 0.0161, "-Moderate"),
      (.revel, 0.183, "-Moderate"), (.revel, 0.1831, "-Supporting"), (.revel, 0.290, "-Supporting"),
      (.revel, 0.2901, ""),
      (.revel, 0.6439, ""), (.revel, 0.644, "+Supporting"), (.revel, 0.7729, "+Supporting"),
      (.revel, 0.773, "+Moderate"),
      (.revel, 0.9319, "+Moderate"), (.revel, 0.932, "+Strong"), (.revel, 1, "+Strong"), (.revel, 0, "-VeryStrong"),
      (.bayesDel, -0.36, "-Moderate"), (.bayesDel, -0.359, "-Supporting"), (.bayesDel, -0.18, "-Supporting"),
      (.bayesDel, -0.179, ""), (.bayesDel, 0.129, ""), (.bayesDel, 0.13, "+Supporting"), (.bayesDel, 0.27, "+Moderate"),
      (.bayesDel, 0.50, "+Strong"),
      (.vest4, 0.302, "-Moderate"), (.vest4, 0.449, "-Supporting"), (.vest4, 0.45, ""), (.vest4, 0.764, "+Supporting"),
      (.vest4, 0.861, "+Moderate"), (.vest4, 0.965, "+Strong"),
      (.mutPred2, 0.010, "-Strong"), (.mutPred2, 0.197, "-Moderate"), (.mutPred2, 0.391, "-Supporting"),
      (.mutPred2, 0.392, ""), (.mutPred2, 0.737, "+Supporting"), (.mutPred2, 0.829, "+Moderate"),
      (.mutPred2, 0.932, "+Strong"),
      (.cadd, 0.15, "-Strong"), (.cadd, 0.16, "-Moderate"), (.cadd, 17.3, "-Moderate"), (.cadd, 17.4, "-Supporting"),
      (.cadd, 22.7, "-Supporting"), (.cadd, 22.8, ""), (.cadd, 25.2, ""), (.cadd, 25.3, "+Supporting"),
      (.cadd, 28.0, "+Supporting"),
      (.cadd, 28.1, "+Moderate"), (.cadd, 60, "+Moderate"),
      (.alphaMissense, 0.099, "-Moderate"), (.alphaMissense, 0.0991, "-Supporting"),
      (.alphaMissense, 0.169, "-Supporting"),
      (.alphaMissense, 0.17, ""), (.alphaMissense, 0.7919, ""), (.alphaMissense, 0.792, "+Supporting"),
      (.alphaMissense, 0.906, "+Moderate"), (.alphaMissense, 0.9899, "+Moderate"), (.alphaMissense, 0.990, "+Strong"),
    ] as [(MissenseTool, Double, String)])
  func intervals(tool: MissenseTool, score: Double, expected: String) {
    let band = tool.band(of: score)
    #expect(band.map { ($0.isBenign ? "-" : "+") + $0.strength.rawValue } ?? "" == expected)
  }

  /// Case 27: three predictors agree, one counts.
  @Test func predictorsAreNotAdded() {
    let evidence = Fixture.evidence(
      Fixture.variant(predictions: Predictions(revel: 0.80, alphaMissense: 0.95, spliceAI: 0.35)),
      Fixture.consequence("missense_variant"))
    #expect(evidence.criteria.map(\.name) == ["PP3_Moderate"])
    #expect(evidence.points == 2)
    #expect(evidence.criteria[0].evidence == "REVEL 0.8 in [0.773, 0.932)")
  }

  @Test func benignIsCappedAtSupporting() {
    #expect(names(.revel, Predictions(revel: 0.001)) == ["BP4"])
  }

  /// The tool is chosen by the file: no other steps in where its score is missing.
  @Test func noSecondChoice() {
    #expect(names(.revel, Predictions(alphaMissense: 0.999, cadd: 35)).isEmpty)
    #expect(names(.cadd, Predictions(revel: 0.99, cadd: 28.1)) == ["PP3_Moderate"])
  }

  @Test(
    arguments: [
      (0.2, nil, ["PP3"]), (0.35, 0.1, ["PP3"]), (0.35, 0.65, ["PP3"]), (0.05, 0.1, ["BP4"]), (0.05, nil, []),
      (0.15, nil, []),
    ] as [(Double, Double?, [String])])
  func spliceOfMissense(splice: Double, revel: Double?, expected: [String]) {
    #expect(names(.revel, Predictions(revel: revel, spliceAI: splice)) == expected)
  }

  @Test(
    arguments: [
      ("synonymous_variant", nil, 0.1, ["BP4", "BP7"]), ("synonymous_variant", nil, 0.11, []),
      ("synonymous_variant", nil, 0.2, ["PP3"]), ("intron_variant", "NM_1.1:c.100+7A>G", 0.1, ["BP4", "BP7"]),
      ("intron_variant", "NM_1.1:c.100+6A>G", 0.0, ["BP4"]),
      ("intron_variant", "NM_1.1:c.101-21A>G", 0.0, ["BP4", "BP7"]),
      ("intron_variant", "NM_1.1:c.101-20A>G", 0.0, ["BP4"]),
      ("intron_variant", "NM_1.1:c.-35+3188A>G", 0.0, ["BP4", "BP7"]),
      ("intron_variant", "NM_1.1:c.*35-3188A>G", 0.0, ["BP4", "BP7"]), ("intron_variant", "NM_1.1:c.100+7A>G", nil, []),
      ("splice_donor_variant", "NM_1.1:c.100+1A>G", 0.0, ["PVS1_Strong"]), ("stop_gained", nil, 0.0, ["PVS1_Strong"]),
    ] as [(String, String?, Double?, [String])])
  func splicing(term: String, hgvs: String?, score: Double?, expected: [String]) {
    #expect(
      Fixture.names(
        Fixture.variant(predictions: Predictions(spliceAI: score)), Fixture.consequence(term, hgvsC: hgvs)) == expected)
  }

  /// Exon 2 of the fixture is 2001…2100 in VCF positions.
  @Test(arguments: [
    (2_001, ["BP4"]), (2_002, ["BP4", "BP7"]), (2_097, ["BP4", "BP7"]), (2_098, ["BP4"]), (2_100, ["BP4"]),
  ])
  func silentAtTheEdgesOfAnExon(position: Int, expected: [String]) {
    let variant = Fixture.variant(position, predictions: Predictions(spliceAI: 0))
    let gene = Fixture.gene(transcripts: [Fixture.transcript])
    #expect(Fixture.names(variant, Fixture.consequence("synonymous_variant"), gene) == expected)
  }

  @Test func silentAtAnEdgeByTheAnnotation() {
    let variant = Fixture.variant(predictions: Predictions(spliceAI: 0))
    #expect(Fixture.names(variant, Fixture.consequence("splice_region_variant", "synonymous_variant")) == ["BP4"])
  }

  /// PVS1 and a splice prediction are one fact.
  @Test func splicePredictionAtASpliceSiteIsNotAsked() {
    let evidence = Fixture.evidence(
      Fixture.variant(predictions: Predictions(spliceAI: 0.99)), Fixture.consequence("splice_acceptor_variant"))
    #expect(evidence.criteria.map(\.code) == ["PVS1"])
  }

  @Test(
    arguments: [
      ("inframe_deletion", "KL/K", ["PM4"]), ("inframe_insertion", "QQQ/QQQQQ", []), ("stop_lost", nil, ["PM4"]),
      ("missense_variant", "K/L", []),
    ] as [(String, String?, [String])])
  func proteinLength(term: String, aminoAcids: String?, expected: [String]) {
    #expect(Fixture.names(Fixture.variant(), Fixture.consequence(term, aminoAcids: aminoAcids)) == expected)
  }

  @Test func lossOfFunctionExcludesLengthAndSplicePrediction() {
    let evidence = Fixture.evidence(
      Fixture.variant(), Fixture.consequence("stop_gained", "inframe_insertion", exon: "5/20", coding: (600, 3_000)))
    #expect(evidence.criteria.map(\.code) == ["PVS1", "PM4"])
    #expect(evidence.criteria[1].points == 0)
    #expect(evidence.criteria[1].setAside == "PVS1 already counts the effect on the product")
    #expect(evidence.points == 8)
  }
}
