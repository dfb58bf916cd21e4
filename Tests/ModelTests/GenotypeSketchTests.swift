import Model
import Testing

/// Fingerprints, beside a twin that looks at one site after the other.
@Suite struct GenotypeSketchTests {
  private enum Genotype: CaseIterable {
    case missing, reference, heterozygous, alternate
  }

  private static func sketch(_ genotypes: [Genotype]) -> GenotypeSketch {
    var sketch = GenotypeSketch(sites: genotypes.count)
    for (site, genotype) in genotypes.enumerated() where genotype != .missing {
      sketch.set(site, reference: genotype != .alternate, alternate: genotype != .reference)
    }
    return sketch
  }

  private static func plain(_ first: [Genotype], _ second: [Genotype]) -> SketchComparison {
    var result = SketchComparison()
    for (one, other) in zip(first, second) where one != .missing && other != .missing {
      result.shared += 1
      if one == .heterozygous { result.firstHeterozygous += 1 }
      if other == .heterozygous { result.secondHeterozygous += 1 }
      if one == .heterozygous, other == .heterozygous { result.bothHeterozygous += 1 }
      if one != .heterozygous, other != .heterozygous, one != other { result.opposite += 1 }
      if one != .reference, other != .reference {
        result.bothCarry += 1
        if one == other { result.bothCarryAlike += 1 }
      }
    }
    return result
  }

  @Test(arguments: [0, 1, 63, 64, 65, 500])
  func agreesWithItsTwin(sites: Int) {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      let (first, second) = (
        (0..<sites).map { _ in Genotype.allCases[Int(generator.next() % 4)] },
        (0..<sites).map { _ in Genotype.allCases[Int(generator.next() % 4)] }
      )
      let (one, other) = (Self.sketch(first), Self.sketch(second))
      #expect(one.compared(with: other) == Self.plain(first, second))
      #expect(one.called == first.count { $0 != .missing })
      #expect(GenotypeSketch(sites: sites, words: one.words) == one)
    }
  }

  /// (1 - 2 × 1) / (3 + 2), and two homozygous references for one alternate.
  @Test func computesKinship() {
    let one = Self.sketch([.heterozygous, .heterozygous, .heterozygous, .alternate, .reference, .reference, .missing])
    let other = Self.sketch([.heterozygous, .reference, .alternate, .reference, .heterozygous, .reference, .alternate])
    #expect(one.compared(with: other).kinship == -0.2)
    #expect(one.referenceRatio == 2)
    #expect(Self.sketch([.reference]).compared(with: Self.sketch([.reference])).kinship == nil)
    #expect(Self.sketch([.heterozygous]).referenceRatio == nil)
  }

  @Test func refusesWordsThatAreNoSketch() {
    #expect(GenotypeSketch(sites: 65, words: [0, 0]) == nil)
    #expect(GenotypeSketch(sites: 63, words: [1 << 63, 0]) == nil)
    #expect(GenotypeSketch(sites: 64, words: [1 << 63, 0]) != nil)
  }
}
