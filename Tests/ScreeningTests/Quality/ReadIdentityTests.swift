import Knowledge
import Model
import TestSupport
import Testing

@testable import Screening

/// Whether reads are of the person whom the variant files describe, at the sites of the fingerprints. Genotypes are drawn.
@Suite struct ReadIdentityTests {
  private let pedigree = Pedigree.trio()
  private let identity: ReadIdentity
  /// Alternate copies by allele and member.
  private let drawn: [Allele: [Int]]

  init() throws {
    let sites = try FingerprintSites(directory: Checkout.directory + "/Panels/data", assembly: .grch38)
    var generator = SplitMix64(seed: 6)
    var drawn: [Allele: [Int]] = [:]
    var lines: [String] = []
    for number in 0..<500 {
      let allele = sites.allele(number)
      let copies = (0..<3).map { _ in [0, 0, 1, 1, 2].randomElement(using: &generator) ?? 0 }
      drawn[allele] = copies
      let calls = copies.map { ["0/0:30,0:30:99", "0/1:15,15:30:99", "1/1:0,30:30:99"][$0] }
      lines.append(
        "chr\(allele.contig)\t\(allele.position)\t.\t\(allele.reference)\t\(allele.alternate)\t50\tPASS\t.\tGT:AD:DP:GQ\t"
          + calls.joined(separator: "\t"))
    }
    self.drawn = drawn
    var tally = QualityTally(
      pedigree: pedigree, sampleColumns: [0, 1, 2], assembly: .grch38, fingerprint: sites)
    tally.count(VariantBatch(lines: lines))
    identity = try #require(
      ReadIdentity(tally, fingerprint: sites, pedigree: pedigree, settings: Settings()))
  }

  /// What reads of one person say, with every so many-th site read as somebody else's would be.
  private func testimonies(of person: Int, wrongEvery step: Int = .max, depth: Int = 30) -> [AlleleReads.Testimony] {
    identity.sites.enumerated().map { place, site in
      let copies = drawn[site.allele]?[person] ?? 0
      let shown = (place + 1).isMultiple(of: step) ? (copies + 1) % 3 : copies
      var evidence = ReadEvidence(method: .bases, errorRate: 0.001)
      evidence.alternate = depth * shown / 2
      evidence.reference = depth - evidence.alternate
      return AlleleReads.Testimony(evidence: evidence, fragments: [:])
    }
  }

  @Test func threeHundredSitesAreAskedInTheOrderOfTheGenome() {
    #expect(identity.sites.count == 300)
    #expect(identity.sites.map(\.allele) == identity.sites.map(\.allele).sorted())
  }

  /// Of equal sites some of the whole list; those that more members were called at before others.
  @Test func sitesAreSpreadOverTheGenome() throws {
    let equal = ReadIdentity.chosen(calledMembers: Array(repeating: 3, count: 2_400))
    #expect(equal == Array(stride(from: 0, to: 2_400, by: 8)))
    var members = Array(repeating: 2, count: 2_400)
    for site in 0..<100 { members[site * 24] = 3 }
    members[5] = 0
    let mixed = ReadIdentity.chosen(calledMembers: members)
    #expect(mixed.count == 300 && Set(mixed).count == 300 && !mixed.contains(5))
    #expect(Set(mixed).isSuperset(of: (0..<100).map { $0 * 24 }))
    #expect(try #require(mixed.max()) > 2_350)
    #expect(ReadIdentity.chosen(calledMembers: [0, 1, 0, 1]) == [1, 3])
  }

  /// Reads of a brother or sister are not the patient's.
  @Test func readsOfASiblingFail() throws {
    var generator = SplitMix64(seed: 12)
    let sketch = { (copies: [Int]) in
      var sketch = GenotypeSketch(sites: copies.count)
      for (site, count) in copies.enumerated() { sketch.set(site, reference: count < 2, alternate: count > 0) }
      return sketch
    }
    var (one, other): ([Int], [Int]) = ([], [])
    for _ in 0..<300 {
      let frequency = Double.random(in: 0.1...0.9, using: &generator)
      let copies = (0..<4).map { _ in Double.random(in: 0..<1, using: &generator) < frequency ? 1 : 0 }
      let child = { (generator: inout SplitMix64) in
        copies[Int.random(in: 0...1, using: &generator)] + copies[Int.random(in: 2...3, using: &generator)]
      }
      one.append(child(&generator))
      other.append(child(&generator))
    }
    let share = try #require(sketch(one).agreement(with: sketch(other)).share)
    #expect(share < ReadIdentity.fail && share > 0.5)
    #expect(sketch(one).agreement(with: sketch(one)).share == 1)
  }

  @Test func ownReadsPass() {
    for member in 0..<3 {
      let check = identity.check(of: member, testimonies(of: member))
      #expect(check.outcome == .pass)
      #expect(check.counts["sites"] == 300 && check.counts["equal"] == 300)
    }
  }

  @Test func swappedReadsFailAndFitWhoseTheyAre() {
    let check = identity.check(of: 0, testimonies(of: 2))
    #expect(check.outcome == .fail)
    #expect(check.message.contains("they fit mother"), "\(check.message)")
  }

  @Test func manyWrongGenotypesAreAWarning() {
    #expect(identity.check(of: 1, testimonies(of: 1, wrongEvery: 10)).outcome == .warning)
    #expect(identity.check(of: 1, testimonies(of: 1, wrongEvery: 5)).outcome == .fail)
  }

  @Test func tooFewReadsTellNothing() {
    let check = identity.check(of: 0, testimonies(of: 2, depth: 4))
    #expect(check.outcome == .notEvaluable)
    #expect(check.value == nil)
  }
}
