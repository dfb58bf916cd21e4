import Model
import Screening
import Testing

@Suite("Samples across a batch") struct BatchRelativesTests {
  private static let sites = 2_000

  /// Genotypes of independent sites with an allele frequency of one half.
  private struct Draw {
    var state: SplitMix64

    init(_ seed: UInt64) { state = SplitMix64(seed: seed) }

    mutating func stranger() -> [Int] { (0..<sites).map { _ in bit() + bit() } }
    mutating func child(of parent: [Int]) -> [Int] { parent.map { ($0 == 1 ? bit() : $0 / 2) + bit() } }
    private mutating func bit() -> Int { Int(state.next() >> 63) }
  }

  private static func sample(_ name: String, _ family: String, _ caseID: String, _ genotypes: [Int]) -> CohortSketch {
    var sketch = GenotypeSketch(sites: sites)
    for (site, alleles) in genotypes.enumerated() { sketch.set(site, reference: alleles < 2, alternate: alleles > 0) }
    return CohortSketch(sample: name, family: family, caseID: caseID, sketch: sketch)
  }

  @Test func duplicatesAndCloseRelativesOfOtherFamiliesAreTold() {
    var draw = Draw(11)
    let (a, b) = (draw.stranger(), draw.stranger())
    let child = draw.child(of: a)
    let samples = [
      Self.sample("A", "FA", "1", a), Self.sample("B", "FB", "2", b), Self.sample("A-again", "FC", "3", a),
      Self.sample("CHILD", "FD", "4", child), Self.sample("STRANGER", "FE", "5", draw.stranger()),
    ]
    let pairs = BatchRelatives(samples).pairs
    #expect(
      pairs.map { "\($0.first.sample) \($0.second.sample) \($0.relation.rawValue)" } == [
        "A A-again same_person", "A CHILD first_degree", "A-again CHILD first_degree",
      ])
    #expect(pairs[0].concordance == 1 && pairs[0].sites == Self.sites)
    #expect(abs((pairs[1].kinship ?? 0) - 0.25) < 0.05)
  }

  /// What a pedigree may know, and what is the affair of the case's own checks.
  @Test func oneFamilyAndOneCaseAreNoAlarm() {
    var draw = Draw(3)
    let mother = draw.stranger()
    let (one, other) = (draw.child(of: mother), draw.child(of: mother))
    let samples = [
      Self.sample("MOTHER", "F", "1", mother), Self.sample("ONE", "F", "1", one),
      Self.sample("MOTHER", "F", "2", mother), Self.sample("OTHER", "F", "2", other),
    ]
    #expect(BatchRelatives(samples).pairs.isEmpty)
    let twice = [Self.sample("ONE", "F", "1", one), Self.sample("TWO", "F", "2", one)]
    #expect(BatchRelatives(twice).pairs.map(\.relation) == [.samePerson])
    #expect(BatchRelatives([]).pairs.isEmpty)
  }

  @Test func whoCannotBeComparedIsCounted() {
    var draw = Draw(5)
    let alleles = draw.stranger()
    let few = CohortSketch(sample: "FEW", family: "F", caseID: "1", sketch: GenotypeSketch(sites: Self.sites))
    let none = CohortSketch(sample: "NONE", family: "F", caseID: "1", sketch: nil)
    // Of a file without homozygous references every call carries the allele.
    let carried = Self.sample("CALLED", "G", "2", alleles.map { max($0, 1) })
    let comparison = BatchRelatives([few, none, carried, Self.sample("WHOLE", "G", "2", alleles)]).comparison
    #expect(comparison.reach == ["1": [.none, .none], "2": [.samePersonOnly, .whole]])
    #expect(!comparison.isCompared("1") && comparison.isCompared("2"))
    #expect(comparison.count(of: .none) == 2)
  }
}
