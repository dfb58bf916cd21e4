import Foundation
import Knowledge
import Model
import TestSupport
import Testing

@testable import Screening

/// Samples of a case beside earlier ones, with genotypes drawn by the law of inheritance at allele frequency one half.
@Suite struct EarlierSamplesTests {
  /// Frequencies of the alternate alleles in 1000 Genomes, site by site.
  private static let frequencies: [Double] = {
    let path = Checkout.directory + "/Panels/data/fingerprint_sites.tsv"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { $0.split(separator: "\t").last.flatMap { Double($0) } }
  }()

  /// Genotypes as numbers of alternate alleles; nil for a site that is not listed.
  private struct Draw {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    private mutating func allele(_ site: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 32) / 4_294_967_296 < frequencies[site] ? 1 : 0
    }

    private mutating func transmitted(_ genotype: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return genotype == 1 ? Int(state >> 63) : genotype / 2
    }

    mutating func stranger() -> [Int?] { frequencies.indices.map { allele($0) + allele($0) } }

    mutating func child(of parent: [Int?]) -> [Int?] {
      frequencies.indices.map { transmitted(parent[$0] ?? 0) + allele($0) }
    }

    /// A child in the file of its family, which lists a reference only where somebody carries the allele.
    mutating func childOfTrio() -> [Int?] {
      let (father, mother) = (stranger(), stranger())
      return frequencies.indices.map { site in
        let parents = (father[site] ?? 0, mother[site] ?? 0)
        let own = transmitted(parents.0) + transmitted(parents.1)
        return own + parents.0 + parents.1 == 0 ? nil : own
      }
    }
  }

  private static func sketch(_ genotypes: [Int?]) -> GenotypeSketch {
    var sketch = GenotypeSketch(sites: genotypes.count)
    for (site, count) in genotypes.enumerated() {
      if let count { sketch.set(site, reference: count < 2, alternate: count > 0) }
    }
    return sketch
  }

  private static func earlier(_ id: String, _ family: String, _ genotypes: [Int?]?) -> CohortSketch {
    CohortSketch(sample: id, family: family, caseID: "OLD-1", sketch: genotypes.map(sketch))
  }

  private static func checks(_ genotypes: [Int?], _ earlier: [CohortSketch]) -> [QualityCheck] {
    let pedigree = Pedigree([Individual(id: "DEMO-2", family: "F")])
    return EarlierSamples(pedigree: pedigree, earlier: earlier).checks(of: "DEMO-2", sketch(genotypes))
  }

  /// A file that lists carriers alone.
  private static func carriersOnly(_ genotypes: [Int?]) -> [Int?] { genotypes.map { $0 == 0 ? nil : $0 } }

  @Test(arguments: [
    ("X", "G", CheckOutcome.fail, "look like the same person"), ("X", "F", .warning, "identical twins"),
    ("DEMO-2", "F", .pass, "no second name"), ("DEMO-2", "G", .pass, "no second name"),
  ])
  func samePerson(id: String, family: String, outcome: CheckOutcome, words: String) {
    var draw = Draw(1)
    let person = draw.stranger()
    for listed in [person, Self.carriersOnly(person)] {
      let found = Self.checks(listed, [Self.earlier(id, family, person), Self.earlier("Y", "H", draw.stranger())])
      #expect(found.map(\.outcome) == [outcome], "\(found)")
      #expect(found.first?.message.contains(words) == true, "\(found)")
    }
    if outcome == .fail {
      let found = Self.checks(person, [Self.earlier(id, family, person)])
      #expect(found[0].message.hasPrefix("DEMO-2 and earlier sample X of case OLD-1 look like the same person"))
    }
  }

  @Test func anotherPersonOfTheSameName() {
    var draw = Draw(2)
    let (person, other) = (draw.stranger(), draw.stranger())
    #expect(Self.checks(person, [Self.earlier("DEMO-2", "F", other)]).map(\.outcome) == [.fail])
    #expect(Self.checks(person, [Self.earlier("DEMO-2", "G", other)]).map(\.outcome) == [.warning])
  }

  @Test func unexpectedRelatives() {
    var draw = Draw(3)
    let person = draw.stranger()
    let child = draw.child(of: person)
    let grandchild = draw.child(of: child)
    func outcome(_ genotypes: [Int?], family: String = "G") -> CheckOutcome? {
      Self.checks(person, [Self.earlier("X", family, genotypes)]).first?.outcome
    }
    #expect(outcome(child) == .warning)
    #expect(outcome(grandchild) == .warning)
    #expect(outcome(child, family: "F") == .pass)
  }

  /// In files of carriers strangers would have a kinship of about 1/3, and must not be called relatives.
  @Test func strangersAreNoRelatives() {
    var draw = Draw(4)
    let earlier = (0..<150).map { Self.earlier("S\($0)", "F\($0)", draw.stranger()) }
    let person = draw.stranger()
    #expect(Self.checks(person, earlier).map(\.outcome) == [.pass])
    let found = Self.checks(Self.carriersOnly(person), earlier)
    #expect(found.map(\.outcome) == [.pass])
    #expect(found[0].counts["duplicates_only"] == 150)
    #expect(found[0].message.contains("only the same person could be seen"))
    // Among files of trios strangers come near to 0.08.
    let children = (0..<150).map { Self.earlier("T\($0)", "G\($0)", draw.childOfTrio()) }
    let trio = draw.childOfTrio()
    let compared = Self.checks(trio, children)
    #expect(compared.map(\.outcome) == [.pass], "\(compared)")
    #expect(compared[0].counts["duplicates_only"] == 0)
    #expect(Self.checks(trio, [Self.earlier("X", "G", draw.child(of: trio))]).map(\.outcome) == [.warning])
  }

  @Test func tooFewSitesAreNoAnswer() {
    var draw = Draw(5)
    let person = draw.stranger()
    let few = person.enumerated().map { $0.offset < 199 ? $0.element : nil }
    let found = Self.checks(few, [Self.earlier("X", "G", person), Self.earlier("OLD", "H", nil)])
    #expect(found.map(\.outcome) == [.notEvaluable])
    #expect(found[0].message.contains("1 share fewer than 200 sites, 1 have no fingerprint"), "\(found)")
    #expect(Self.checks(person, []).map(\.outcome) == [.notEvaluable])
  }

  /// Records, refused records and gVCF blocks at the first site: chromosome 1, 1,048,922 on GRCh38, T to C.
  @Test(arguments: [
    ("1048922\t.\tT\tC\t50\tPASS\t.\tGT:DP:GQ\t0/1:30:99", "RA"),
    ("1048922\t.\tT\tC\t50\tPASS\t.\tGT:DP:GQ\t1|1:30:99", "A"),
    ("1048922\t.\tT\tC\t50\tPASS\t.\tGT:DP:GQ\t0/0:30:99", "R"),
    ("1048922\t.\tT\tC,<NON_REF>\t50\t.\t.\tGT:DP:GQ\t0/1:30:99", "RA"),
    ("1048900\t.\tG\t<NON_REF>\t.\t.\tEND=1048922\tGT:DP:GQ\t0/0:30:99", "R"),
    ("1048900\t.\tG\t<NON_REF>\t.\t.\tEND=1048921\tGT:DP:GQ\t0/0:30:99", ""),
    ("1048922\t.\tT\t.\t.\t.\t.\tGT:DP:GQ\t0/0:30:99", "R"),
    ("1048922\t.\tT\tC\t50\tq10\t.\tGT:DP:GQ\t0/1:30:99", ""),
    ("1048922\t.\tT\tC\t50\tPASS\t.\tGT:DP:GQ\t0/1:30:19", ""),
    ("1048922\t.\tT\tC\t50\tPASS\t.\tGT:DP:GQ\t0/1:9:99", ""),
    ("1048922\t.\tT\tC\t50\tPASS\t.\tGT:DP:GQ\t./.:30:99", ""),
    ("1048922\t.\tT\tC\t50\tPASS\t.\tGT:DP:GQ\t1:30:99", ""),
    ("1048922\t.\tT\tG\t50\tPASS\t.\tGT:DP:GQ\t0/1:30:99", ""),
    ("1048922\t.\tT\tCA\t50\tPASS\t.\tGT:DP:GQ\t0/1:30:99", ""),
  ])
  func readsASite(line: String, bits: String) throws {
    let sites = try FingerprintSites(directory: Checkout.directory + "/Panels/data", assembly: .grch38)
    let reader = SketchReader(sites: sites, sampleColumns: [nil, 1])
    var sketches = reader.empty
    let fields = line.split(separator: "\t")
    reader.read(
      VariantBatch(lines: ["chr1\t" + (fields.dropLast() + ["./.", fields[8]]).joined(separator: "\t")]),
      into: &sketches)
    #expect(sketches[0].called == 0)
    #expect(sketches[1].called == (bits.isEmpty ? 0 : 1))
    #expect((sketches[1].reference[0] & 1 == 1) == bits.contains("R"))
    #expect((sketches[1].alternate[0] & 1 == 1) == bits.contains("A"))
  }
}
