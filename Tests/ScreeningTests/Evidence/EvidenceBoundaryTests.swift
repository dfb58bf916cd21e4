import Model
import Screening
import Testing

private typealias Fixture = EvidenceFixture

/// Every limit of the automated criteria, at the limit and one representable number beside it.
@Suite struct EvidenceBoundaryTests {
  struct Bound: Sendable, CustomTestStringConvertible {
    var tool: MissenseTool
    var score: Double
    /// Strength at the bound, and on its other side; benign ones with a minus.
    var at: String
    var beside: String

    init(_ tool: MissenseTool, _ score: Double, _ at: String, _ beside: String) {
      self.tool = tool
      self.score = score
      self.at = at
      self.beside = beside
    }

    var testDescription: String { "\(tool.rawValue) \(score)" }
  }

  /// Lowest scores of PP3. Source: Pejaver et al. 2022, Table 2; AlphaMissense: Bergquist et al. 2025.
  static let pathogenic = [
    Bound(.revel, 0.644, "Supporting", ""), Bound(.revel, 0.773, "Moderate", "Supporting"),
    Bound(.revel, 0.932, "Strong", "Moderate"),
    Bound(.bayesDel, 0.13, "Supporting", ""), Bound(.bayesDel, 0.27, "Moderate", "Supporting"),
    Bound(.bayesDel, 0.50, "Strong", "Moderate"),
    Bound(.vest4, 0.764, "Supporting", ""), Bound(.vest4, 0.861, "Moderate", "Supporting"),
    Bound(.vest4, 0.965, "Strong", "Moderate"),
    Bound(.mutPred2, 0.737, "Supporting", ""), Bound(.mutPred2, 0.829, "Moderate", "Supporting"),
    Bound(.mutPred2, 0.932, "Strong", "Moderate"),
    Bound(.cadd, 25.3, "Supporting", ""), Bound(.cadd, 28.1, "Moderate", "Supporting"),
    Bound(.alphaMissense, 0.792, "Supporting", ""), Bound(.alphaMissense, 0.906, "Moderate", "Supporting"),
    Bound(.alphaMissense, 0.990, "Strong", "Moderate"),
  ]

  /// Highest scores of BP4.
  static let benign = [
    Bound(.revel, 0.290, "-Supporting", ""), Bound(.revel, 0.183, "-Moderate", "-Supporting"),
    Bound(.revel, 0.016, "-Strong", "-Moderate"), Bound(.revel, 0.003, "-VeryStrong", "-Strong"),
    Bound(.bayesDel, -0.18, "-Supporting", ""), Bound(.bayesDel, -0.36, "-Moderate", "-Supporting"),
    Bound(.vest4, 0.449, "-Supporting", ""), Bound(.vest4, 0.302, "-Moderate", "-Supporting"),
    Bound(.mutPred2, 0.391, "-Supporting", ""), Bound(.mutPred2, 0.197, "-Moderate", "-Supporting"),
    Bound(.mutPred2, 0.010, "-Strong", "-Moderate"),
    Bound(.cadd, 22.7, "-Supporting", ""), Bound(.cadd, 17.3, "-Moderate", "-Supporting"),
    Bound(.cadd, 0.15, "-Strong", "-Moderate"),
    Bound(.alphaMissense, 0.169, "-Supporting", ""), Bound(.alphaMissense, 0.099, "-Moderate", "-Supporting"),
  ]

  private static func band(_ tool: MissenseTool, _ score: Double) -> String {
    tool.band(of: score).map { ($0.isBenign ? "-" : "") + $0.strength.rawValue } ?? ""
  }

  @Test("PP3: the lower end belongs to the interval, the upper does not", arguments: pathogenic)
  func lowerEnds(_ bound: Bound) {
    #expect(Self.band(bound.tool, bound.score) == bound.at)
    #expect(Self.band(bound.tool, bound.score.nextDown) == bound.beside)
  }

  @Test("BP4: the upper end belongs to the interval, the lower does not", arguments: benign)
  func upperEnds(_ bound: Bound) {
    #expect(Self.band(bound.tool, bound.score) == bound.at)
    #expect(Self.band(bound.tool, bound.score.nextUp) == bound.beside)
  }

  @Test(
    "SpliceAI of a silent change: 0.2 and more PP3, 0.1 and less BP4, nothing between",
    arguments: [
      (0.2, ["PP3"]), (0.2.nextDown, []), (0.1.nextUp, []), (0.1, ["BP4", "BP7"]), (0, ["BP4", "BP7"]), (1, ["PP3"]),
    ] as [(Double, [String])])
  func splicing(score: Double, expected: [String]) {
    let variant = Fixture.variant(predictions: Predictions(spliceAI: score))
    #expect(Fixture.names(variant, Fixture.consequence("synonymous_variant")) == expected)
  }

  @Test(
    "BA1 and BS1: above the limit, not at it",
    arguments: [
      (0.05.nextUp, .autosomalDominant, "BA1"), (0.05, .autosomalDominant, "BS1"),
      (0.05.nextUp, .autosomalRecessive, "BA1"), (0.05, .autosomalRecessive, "BS1"),
      (0.001.nextUp, .autosomalDominant, "BS1"), (0.001, .autosomalDominant, ""),
      (0.001.nextUp, .xLinkedRecessive, "BS1"), (0.001, .xLinkedRecessive, ""),
      (0.01.nextUp, .autosomalRecessive, "BS1"), (0.01, .autosomalRecessive, ""),
      (0.01.nextUp, .mitochondrial, "BA1"), (0.01, .mitochondrial, "BS1"),
      (0.005.nextUp, .mitochondrial, "BS1"), (0.005, .mitochondrial, ""),
    ] as [(Double, ModeOfInheritance, String)])
  func common(frequency: Double, mode: ModeOfInheritance, expected: String) {
    let known = PopulationFrequency(
      state: .value, faf95: frequency, alleleFrequency: frequency, alleleCount: 500, alleleNumber: 100_000)
    #expect(Self.names(known, mode).joined(separator: " ") == expected)
  }

  @Test(
    "PM2: one copy where one is enough to be ill, AF up to 7e-5 where two are, below 2e-5 in the mitochondrion",
    arguments: [
      (0, 0, .autosomalDominant, true), (1, 1e-5, .autosomalDominant, true), (2, 2e-5, .autosomalDominant, false),
      (1, 1e-5, .xLinked, true), (2, 2e-5, .xLinked, false), (1, 1e-5, .unknown, true), (2, 2e-5, .unknown, false),
      (7, 7e-5, .autosomalRecessive, true), (7, (7e-5).nextUp, .autosomalRecessive, false),
      (1, (2e-5).nextDown, .mitochondrial, true), (1, 2e-5, .mitochondrial, false),
    ] as [(Int, Double, ModeOfInheritance, Bool)])
  func rare(count: Int, frequency: Double, mode: ModeOfInheritance, expected: Bool) {
    let known = PopulationFrequency(
      state: count == 0 ? .zero : .value, faf95: 0, alleleFrequency: frequency, alleleCount: count,
      alleleNumber: 100_000)
    #expect(Self.names(known, mode) == (expected ? ["PM2_Supporting"] : []))
  }

  private static func names(_ frequency: PopulationFrequency, _ mode: ModeOfInheritance) -> [String] {
    Fixture.names(
      Fixture.variant(contig: mode == .mitochondrial ? .mitochondrion : .chr1, frequency: frequency), nil,
      Fixture.gene([mode]))
  }

  @Test(
    "PVS1 without decay: a tenth of the protein is the limit",
    arguments: [
      (901, 1_000, "PVS1_Strong"), (902, 1_000, "PVS1_Moderate"), (91, 100, "PVS1_Strong"), (92, 100, "PVS1_Moderate"),
    ])
  func lostShare(residue: Int, length: Int, expected: String) {
    let consequence = Fixture.consequence("stop_gained", exon: "20/20", protein: (residue, length))
    #expect(Fixture.names(Fixture.variant(), consequence) == [expected])
  }

  /// Exon 2 of the fixture made so long that its loss keeps the frame; the other exons hold 350 coding bases.
  @Test(
    "PVS1 at a splice site in frame: the skipped exon's share of the protein",
    arguments: [(36, "PVS1_Moderate"), (39, "PVS1_Strong"), (40, "PVS1")])
  func skippedShare(bases: Int, expected: String) {
    var transcript = Fixture.transcript
    transcript.exons[1] = 2_000..<2_000 + bases
    let variant = Fixture.variant(2_001 + bases)
    #expect(
      Fixture.names(variant, Fixture.consequence("splice_donor_variant"), Fixture.gene(transcripts: [transcript]))
        == [expected])
  }

  @Test(
    "PVS1 in the last bases of the penultimate exon, on the other strand too",
    arguments: [
      (2_050, false, "PVS1_Strong"), (2_051, false, "PVS1"), (3_050, true, "PVS1"), (3_051, true, "PVS1_Strong"),
    ])
  func lastBasesOfThePenultimateExon(position: Int, isForward: Bool, expected: String) {
    let gene = Fixture.gene(transcripts: [isForward ? Fixture.transcript : Fixture.reverse])
    #expect(Fixture.names(Fixture.variant(position), Fixture.consequence("stop_gained"), gene) == [expected])
  }
}
