import Model
import Screening
import TestSupport
import Testing

/// Sets of criteria, what they sum up to, and the class that the points give.
///
/// Points and classes by Tavtigian et al. 2020, Table 2 (doi:10.1002/humu.24088); sums done by hand.
@Suite struct ClassificationTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var codes: String
    var points: Int
    var hint: String
    /// Names of the criteria that do not count.
    var aside: String

    init(_ codes: String, _ points: Int, _ hint: String, aside: String = "") {
      self.codes = codes
      self.points = points
      self.hint = hint
      self.aside = aside
    }

    var testDescription: String { codes }

    var evidence: AutomatedEvidence {
      get throws {
        AutomatedEvidence(
          given: try codes.split(separator: " ").map { code throws(CriterionFault) in try CriterionCode(String(code)) },
          by: "AB")
      }
    }
  }

  /// Each side of each threshold: 10, 9, 6, 5, 0, -1, -6, -7.
  static let thresholds = [
    Vector("PS3 PS4 PM1", 10, "P"), Vector("PVS1 PM2", 10, "P"), Vector("PVS1 PM2_Supporting PP1", 10, "P"),
    Vector("PM3_VeryStrong PP4_Moderate", 10, "P"), Vector("PS2_VeryStrong PM2_Supporting PP3", 10, "P"),
    Vector("PS4 PP1_Strong PM1", 10, "P"), Vector("PVS1 PM3 PM2", 12, "P"),
    Vector("PVS1 PM2_Supporting", 9, "LP"), Vector("PS3 PM1 PM2_Supporting PP3 PP4", 9, "LP"),
    Vector("PM3_VeryStrong PM2_Supporting", 9, "LP"), Vector("PS4 PP1_Strong PM2_Supporting", 9, "LP"),
    Vector("PM1 PM5 PM2_Supporting PP2", 6, "LP"), Vector("PVS1_Strong PM2_Supporting PP4", 6, "LP"),
    Vector("PP1 PP2 PP3 PP4 PM2", 6, "LP"), Vector("PS3 PM2", 6, "LP"), Vector("PS2 PM1", 6, "LP"),
    Vector("PS3_Supporting PM2_Supporting PM5_Supporting PP3_Moderate PP4", 6, "LP"),
    Vector("PM1 PM2_Supporting PP3 PP2", 5, "VUS"), Vector("PVS1_Strong PM2_Supporting", 5, "VUS"),
    Vector("PP1 PP2 PP3 PP4 PM2_Supporting", 5, "VUS"), Vector("PVS1_Moderate PM2_Supporting PP1 PP4", 5, "VUS"),
    Vector("PM2_Supporting", 1, "VUS"), Vector("", 0, "VUS"), Vector("PM2_Supporting BP4", 0, "VUS"),
    Vector("BP4", -1, "LB"), Vector("BS1_Supporting", -1, "LB"), Vector("PM2_Supporting BP4 BP5", -1, "LB"),
    Vector("BP4 BP7", -2, "LB"), Vector("BS1", -4, "LB"),
    Vector("BS1 BP4 BP7", -6, "LB"), Vector("BP4_Strong BP7_Moderate", -6, "LB"), Vector("BS2 BP1 BP4", -6, "LB"),
    Vector("BS1 BS2_Moderate BP4", -7, "B"), Vector("BS3 BP1 BP2 BP4", -7, "B"),
    Vector("BS1 BS2", -8, "B"), Vector("BP4_VeryStrong", -8, "B"),
  ]

  /// P and LP need two criteria; a benign one is no second.
  static let single = [
    Vector("PVS1", 8, "VUS"), Vector("PM3_VeryStrong", 8, "VUS"), Vector("PVS1 BP4", 7, "VUS"),
    Vector("PVS1 BP4 BP5", 6, "VUS"), Vector("PS2_VeryStrong PM6", 8, "VUS", aside: "PM6"),
    Vector("PVS1 PP3", 8, "VUS", aside: "PP3"), Vector("PS3", 4, "VUS"),
  ]

  static let standAlone = [
    Vector("BA1", -8, "B"), Vector("BA1 PVS1 PM2 PS3", 4, "B", aside: "PM2"), Vector("BA1 BS1", -8, "B", aside: "BS1"),
    Vector("BA1 BS1 PM2_Supporting", -8, "B", aside: "BS1 PM2_Supporting"),
    Vector("BA1_Stand_Alone PP1_Strong", -4, "B"),
  ]

  static let conflicts = [
    Vector("PS3 BS3", 0, "VUS"), Vector("PVS1 BS1", 4, "VUS"), Vector("PVS1 PM2_Supporting BP4", 8, "LP"),
    Vector("PS3 BS3 BP4", -1, "LB"), Vector("BS2 BS4 PS2", -4, "LB"), Vector("PS1 PP4 BS4 BP5", 0, "VUS"),
    Vector("PVS1 PS3 BS3", 8, "LP"), Vector("PM2 PM5 BS1", -2, "LB", aside: "PM2"),
  ]

  static let doubleCounting = [
    Vector("PS1 PM5 PM2_Supporting", 5, "VUS", aside: "PM5"),
    Vector("PS1_Supporting PM5", 2, "VUS", aside: "PS1_Supporting"),
    Vector("PS1_Moderate PM5", 2, "VUS", aside: "PM5"), Vector("PM5 PS1_Moderate", 2, "VUS", aside: "PM5"),
    Vector("PS2 PM6", 4, "VUS", aside: "PM6"), Vector("PM6_VeryStrong PS2 PP4", 9, "LP", aside: "PS2"),
    Vector("PP3_Strong PM1", 4, "VUS", aside: "PM1"), Vector("PP3_Moderate PM1", 4, "VUS"),
    Vector("PP3 PM1_Strong", 4, "VUS", aside: "PP3"), Vector("PP3_Strong PM1_Strong", 4, "VUS", aside: "PM1_Strong"),
    Vector("PP3 PM1", 3, "VUS"), Vector("PVS1 PP3 PM1 PM2_Supporting", 11, "P", aside: "PP3"),
    Vector("PVS1 PP3 PM4 PM2_Supporting", 9, "LP", aside: "PP3 PM4"),
    Vector("PVS1_Supporting PP3", 1, "VUS", aside: "PP3"),
    Vector("PM2 BS1", -4, "LB", aside: "PM2"), Vector("PS1 PP3 PM2_Supporting", 6, "LP"),
  ]

  @Test(
    "Points, class, and what does not count", arguments: thresholds + single + standAlone + conflicts + doubleCounting)
  func vector(_ vector: Vector) throws {
    let evidence = try vector.evidence
    #expect(evidence.points == vector.points)
    #expect(evidence.classHint == vector.hint)
    let aside = evidence.criteria.filter { $0.points == 0 }
    #expect(Set(aside.map(\.name)) == Set(vector.aside.split(separator: " ").map(String.init)))
    #expect(aside.allSatisfy { $0.setAside != nil })
    #expect(evidence.criteria.count == vector.codes.split(separator: " ").count, "nothing vanishes")
    // Settled once, the sum stays: the order in which rules are met does not matter.
    let reversed = Vector(vector.codes.split(separator: " ").reversed().joined(separator: " "), 0, "")
    #expect(try reversed.evidence.points == vector.points)
  }

  /// Published with the thresholds, to as many digits as they are given there.
  @Test(
    "Probability of pathogenicity from a prior of 0.10",
    arguments: [
      (0, 0.100, 3), (5, 0.812, 3), (6, 0.900, 3), (9, 0.988, 3), (10, 0.994, 3), (-1, 0.051, 3), (-6, 0.0014, 4),
      (-7, 0.0007, 4),
    ])
  func posterior(points: Int, expected: Double, digits: Int) throws {
    let strength = points < 0 ? "BP4" : "PP4"
    let one = Criterion(strength, .supporting, isBenign: points < 0, evidence: "", rule: "")
    let evidence = AutomatedEvidence(criteria: Array(repeating: one, count: abs(points)))
    let value = try #require(evidence.posterior)
    let scale = digits == 3 ? 1_000.0 : 10_000.0
    #expect((value * scale).rounded() == (expected * scale).rounded())
  }

  @Test("BA1 is outside the scale of probabilities, unless something keeps it from counting")
  func posteriorOfStandAlone() {
    var criterion = Criterion("BA1", .standAlone, isBenign: true, evidence: "", rule: "")
    #expect(AutomatedEvidence(criteria: [criterion]).posterior == nil)
    criterion.points = 0
    #expect(AutomatedEvidence(criteria: [criterion]).posterior == 0.1)
  }

  @Test("Never a bare class, and who gave the points") func wording() throws {
    let automated = AutomatedEvidence(criteria: [Criterion("PVS1", .veryStrong, evidence: "", rule: "")])
    #expect(automated.wording == "VUS (automated points 8; human criteria pending)")
    #expect(automated.demotion == "P and LP need two criteria")
    #expect(
      try Vector("PVS1 PM2_Supporting", 9, "LP").evidence.wording
        == "LP (points 9, of them 9 by a reviewer; a hint, not a classification)")
    #expect(
      try Vector("PVS1", 8, "VUS").evidence.wording
        == "VUS (points 8, of them 8 by a reviewer; P and LP need two criteria; a hint, not a classification)")
    #expect(try Vector("BA1 PVS1", 0, "B").evidence.demotion == nil)
  }

  @Test("A prediction beside a known residue counts, with a warning") func residueAndPrediction() throws {
    let prediction = try #require(try Vector("PM5 PP3_Moderate", 4, "VUS").evidence.criteria.last)
    #expect(prediction.points == 2 && prediction.note?.contains("mind the overlap") == true)
    #expect(try Vector("PM1 PP3", 3, "VUS").evidence.criteria.last?.note == nil)
  }
}
