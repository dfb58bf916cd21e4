import Knowledge
import Model
import TestSupport
import Testing

@testable import Screening

/// Sex from the depth of reads, and whether reads contradict the alleles of a case.
@Suite struct ReadChecksTests {
  private static let sex = Result {
    SexFromDepth(genes: try GeneTable(directory: Checkout.directory + "/Panels/genes"), assembly: .grch38)
  }

  private func check(_ stated: Sex, autosomes: Double?, x: Double?, y: Double?) throws -> QualityCheck {
    let sex = try Self.sex.get()
    let depths = sex.regions.map { $0.contig == .x ? x : $0.contig == .y ? y : autosomes }
    return sex.check(of: Individual(id: "P", family: "F", sex: stated, status: .affected), depths)
  }

  @Test func theRegionsAreCodingAndOutsideThePseudoautosomalRegions() throws {
    let regions = try Self.sex.get().regions
    #expect(regions.count { $0.contig.isAutosome } == 60)
    #expect(regions.count { $0.contig == .x } == 60)
    #expect(regions.contains { $0.contig == .y })
    #expect(!regions.contains { Assembly.grch38.isPseudoautosomal(Locus($0.contig, $0.start + 1)) })
    #expect(regions.allSatisfy { (1...1_000).contains($0.length) })
  }

  @Test(arguments: [
    (Sex.female, 30.0, 30.0, 0.0, CheckOutcome.pass, "female"),
    (.male, 30, 15, 14, .pass, "male"),
    (.unknown, 30, 15, 14, .pass, "no sex is stated"),
    (.female, 30, 15, 14, .fail, "stated female"),
    (.male, 30, 31, 0.2, .fail, "stated male"),
    (.male, 30, 30, 15, .warning, "47,XXY"),
    (.female, 30, 15, 0, .warning, "45,X"),
    (.male, 30, 15, 30, .warning, "47,XYY"),
    (.male, 30, 15, 22.4, .pass, "as stated"),
    (.male, 30, 15, 22.6, .warning, "47,XYY"),
    (.female, 30, 45, 0, .warning, "aneuploidy"),
    (.male, 30, 15, 4, .warning, "aneuploidy"),
    (.female, 5, 5, 0, .notEvaluable, "too few"),
    (.female, 0, 0, 0, .notEvaluable, "too few"),
  ])
  func depthTellsTheSexChromosomes(
    stated: Sex, autosomes: Double, x: Double, y: Double, outcome: CheckOutcome, words: String
  ) throws {
    let check = try check(stated, autosomes: autosomes, x: x, y: y)
    #expect(check.outcome == outcome)
    #expect(check.message.contains(words), "\(check.message)")
  }

  /// A contig that the file does not have is not a depth of 0: neither 45,X nor a woman.
  @Test(
    arguments: [
      (Sex.male, 30.0, 15.0, nil, CheckOutcome.notEvaluable, "no contig Y"),
      (.female, 30, 30, nil, .notEvaluable, "no contig Y"),
      (.male, 30, 30, nil, .warning, "stated male"),
      (.female, 30, 15, nil, .warning, "stated female"),
      (.female, 30, nil, 0, .notEvaluable, "no contig X"),
      (.male, 30, nil, 0, .warning, "stated male"),
      (.female, 30, nil, 14, .warning, "stated female"),
      (.unknown, 30, nil, nil, .notEvaluable, "no contig X"),
      (.female, nil, 30, 0, .notEvaluable, "none of the autosomes"),
    ] as [(Sex, Double?, Double?, Double?, CheckOutcome, String)])
  func aContigThatTheFileLacksIsNotADepthOfZero(
    stated: Sex, autosomes: Double?, x: Double?, y: Double?, outcome: CheckOutcome, words: String
  ) throws {
    let check = try check(stated, autosomes: autosomes, x: x, y: y)
    #expect(check.outcome == outcome, "\(check.message)")
    #expect(check.message.contains(words), "\(check.message)")
    #expect((check.value == nil) == (x == nil || autosomes == nil))
  }

  @Test func sketchesAgreeWhereBothAreCalledAlike() {
    var one = GenotypeSketch(sites: 130)
    var other = one
    one.set(0, reference: true, alternate: true)
    other.set(0, reference: true, alternate: true)
    one.set(64, reference: true, alternate: false)
    other.set(64, reference: false, alternate: true)
    one.set(129, reference: false, alternate: true)
    other.set(129, reference: false, alternate: true)
    one.set(5, reference: true, alternate: false)
    let agreement = one.agreement(with: other)
    #expect(agreement.shared == 3)
    #expect(agreement.equal == 2)
    #expect(one.isCalled(129) && !other.isCalled(5))
    #expect(GenotypeSketch(sites: 130).agreement(with: other).share == nil)
  }
}
