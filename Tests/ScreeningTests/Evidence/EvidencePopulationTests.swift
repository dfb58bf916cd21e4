import Model
import Screening
import TestSupport
import Testing

private typealias Fixture = EvidenceFixture

@Suite struct EvidencePopulationTests {
  private func names(
    _ frequency: PopulationFrequency, _ modes: [ModeOfInheritance] = [.autosomalDominant], contig: Contig = .chr1
  ) -> [String] {
    Fixture.names(Fixture.variant(contig: contig, frequency: frequency), nil, Fixture.gene(modes))
  }

  private func value(_ faf: Double? = nil, _ frequency: Double? = nil, count: Int? = nil, number: Int? = 100_000)
    -> PopulationFrequency
  {
    PopulationFrequency(state: .value, faf95: faf, alleleFrequency: frequency, alleleCount: count, alleleNumber: number)
  }

  /// Cases 19 and 20.
  @Test func noDataIsNoEvidence() {
    #expect(names(.noData).isEmpty)
    #expect(
      names(
        PopulationFrequency(state: .noData, faf95: 5.13e-5, alleleFrequency: 0.001, alleleCount: 1, alleleNumber: 1_000)
      )
      .isEmpty)
    #expect(names(Fixture.zero) == ["PM2_Supporting"])
  }

  @Test func rarity() {
    #expect(names(value(1e-7, 1e-5, count: 1)) == ["PM2_Supporting"])
    #expect(names(value(1e-7, 2e-5, count: 2)).isEmpty)
    #expect(names(value(1e-7, 1e-5, count: nil)).isEmpty)
    #expect(names(value(1e-7, 7e-5, count: 7), [.autosomalRecessive]) == ["PM2_Supporting"])
    #expect(names(value(1e-7, 7.1e-5, count: 7), [.autosomalRecessive]).isEmpty)
    // a gene that is dominant too is held to the stricter rule
    #expect(names(value(1e-7, 7e-5, count: 7), [.autosomalRecessive, .autosomalDominant]).isEmpty)
    #expect(names(value(1e-7, 7e-5, count: 7), [.xLinkedRecessive]).isEmpty)
    #expect(names(value(1e-7, 1.9e-5, count: 7), [.mitochondrial], contig: .mitochondrion) == ["PM2_Supporting"])
    #expect(names(value(1e-7, 2e-5, count: 7), [.mitochondrial], contig: .mitochondrion).isEmpty)
  }

  @Test func commonness() {
    #expect(names(value(0.0501, 0.06)) == ["BA1"])
    #expect(names(value(0.05, 0.06)) == ["BS1"])
    #expect(names(value(0.0011)) == ["BS1"])
    #expect(names(value(0.001)).isEmpty)
    #expect(names(value(0.0101), [.autosomalRecessive]) == ["BS1"])
    #expect(names(value(0.01), [.autosomalRecessive]).isEmpty)
    #expect(names(value(0.0101), [.mitochondrial], contig: .mitochondrion) == ["BA1"])
    #expect(names(value(0.0051), [.mitochondrial], contig: .mitochondrion) == ["BS1"])
  }

  @Test func unknownNumberOfChromosomesIsSaidAndNotCounted() {
    let evidence = Fixture.evidence(Fixture.variant(frequency: value(nil, 0.3, number: nil)), nil)
    #expect(evidence.criteria.map(\.code) == ["BA1"])
    #expect(evidence.points == 0 && evidence.classHint == "VUS")
  }

  /// Case 21: HFE c.845G>A.
  @Test func exceptionsToStandAlone() {
    let exception = Allele(Contig(name: "6") ?? .x, 26_092_913, "G", "A")
    let variant = Fixture.variant(
      26_092_913, "G", "A", contig: exception.contig, frequency: value(0.055, 0.06, count: 6_000))
    let evidence = Fixture.evidence(variant, nil, exceptions: [exception])
    #expect(evidence.points == 0)
    #expect(evidence.criteria.map(\.code) == ["BA1"])
    #expect(evidence.criteria[0].note?.contains("exceptions") == true)
    #expect(Fixture.evidence(variant, nil).classHint == "B")
  }
}
