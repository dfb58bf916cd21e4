import Model
import Screening
import TestSupport
import Testing

/// Our genotype filters on a real trio of 9,940 records, against bcftools and against slivar's published functions.
///
/// slivar: Pedersen et al., npj Genomic Medicine 2021, doi:10.1038/s41525-021-00227-3, and its `slivar-functions.js`.
@Suite(.enabled(if: RealData.isPresent, RealData.absence)) struct RealTrioTests {
  static let trio = Result { try RealTrio() }

  struct Rule: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Columns: 0 child, 1 father, 2 mother.
    var expression: String
    /// Records that fit, of 9,940.
    var count: Int
    var fits: @Sendable (RealTrio.Record) -> Bool
  }

  private static let deNovoCalls = "GT[0]=\"het\" && GT[1]=\"RR\" && GT[2]=\"RR\""
  private static let recessiveCalls = "GT[0]=\"AA\" && GT[1]=\"het\" && GT[2]=\"het\""
  private static let usable = (0...2).map { "FMT/GQ[\($0)]>=20 && FMT/DP[\($0)]>=10" }.joined(separator: " && ")
  /// slivar's `hq`: genotype quality at least 20 and at least 6 reads of the two alleles.
  private static let slivarUsable = (0...2).map { "GQ[\($0)]>=20 && (AD[\($0):0]+AD[\($0):1])>=6" }
    .joined(separator: " && ")
  private static let slivarClean = "AD[1:1]/(AD[1:0]+AD[1:1])<0.02 && AD[2:1]/(AD[2:0]+AD[2:1])<0.02"

  private static func balance(_ sample: Int) -> String {
    let fraction = "AD[\(sample):1]/(AD[\(sample):0]+AD[\(sample):1])"
    return "\(fraction)>=0.2 && \(fraction)<=0.8"
  }

  private static func slivarUsable(_ genotype: Genotype) -> Bool {
    (genotype.quality ?? 0) >= 20 && (genotype.referenceReads ?? 0) + (genotype.alternateReads ?? 0) >= 6
  }

  private static func isCalled(_ record: RealTrio.Record, _ states: GenotypeState...) -> Bool {
    record.genotypes.map(\.calledState) == states
  }

  private static func isUsable(_ record: RealTrio.Record, _ states: GenotypeState...) -> Bool {
    record.genotypes.map(\.state) == states
  }

  private static func isBalanced(_ genotype: Genotype) -> Bool {
    (0.2...0.8).contains(genotype.alleleFraction ?? 0)
  }

  private static func isClean(_ genotype: Genotype) -> Bool { (genotype.alleleFraction ?? 1) < 0.02 }

  static let rules = [
    Rule(testDescription: "strict de novo genotypes", expression: deNovoCalls, count: 31) {
      isCalled($0, .heterozygous, .reference, .reference)
    },
    Rule(testDescription: "strict recessive genotypes", expression: recessiveCalls, count: 339) {
      isCalled($0, .homozygous, .heterozygous, .heterozygous)
    },
    Rule(testDescription: "no copy without the allele", expression: "GT[0]=\"AA\"", count: 2794) {
      $0.child.calledState == .homozygous
    },
    Rule(testDescription: "somebody is not called", expression: "N_MISSING>0", count: 55) {
      $0.genotypes.contains { $0.calledState == .missing }
    },
    Rule(testDescription: "usable de novo", expression: "\(deNovoCalls) && \(usable)", count: 17) {
      isUsable($0, .heterozygous, .reference, .reference)
    },
    Rule(testDescription: "usable recessive", expression: "\(recessiveCalls) && \(usable)", count: 328) {
      isUsable($0, .homozygous, .heterozygous, .heterozygous)
    },
    Rule(
      testDescription: "slivar's denovo",
      expression: "\(deNovoCalls) && \(slivarUsable) && \(balance(0)) && \(slivarClean) && (AD[1:1]+AD[2:1])<2",
      count: 3
    ) {
      isCalled($0, .heterozygous, .reference, .reference) && $0.genotypes.allSatisfy(slivarUsable)
        && isBalanced($0.child) && isClean($0.father) && isClean($0.mother)
        && ($0.father.alternateReads ?? 0) + ($0.mother.alternateReads ?? 0) < 2
    },
    Rule(
      testDescription: "slivar's recessive",
      expression:
        "\(recessiveCalls) && \(slivarUsable) && AD[0:1]/(AD[0:0]+AD[0:1])>0.98 && \(balance(1)) && \(balance(2))",
      count: 315
    ) {
      isCalled($0, .homozygous, .heterozygous, .heterozygous) && $0.genotypes.allSatisfy(slivarUsable)
        && ($0.child.alleleFraction ?? 0) > 0.98 && isBalanced($0.father) && isBalanced($0.mother)
    },
  ]

  @Test(arguments: rules)
  func records(rule: Rule) throws {
    let records = try Self.trio.get().records
    #expect(records.count == 9_940)
    let ours = records.filter(rule.fits).map(\.name)
    #expect(ours.count == rule.count)
    guard RealTrio.hasBCFtools else { return }
    #expect(ours == (try RealTrio.bcftools(rule.expression)), "\(rule.expression)")
  }

  /// What the model of new mutations says of each of the 31 strict genotypes, and why 28 of them are none.
  ///
  /// Those that PASS are the three that slivar's own function keeps.
  static let deNovoVerdicts: [(verdict: String, records: [String])] = [
    ("PASS", ["1-15752321-TCTGA-T", "1-155036260-C-T", "1-200080462-A-AT"]),
    // Balance below 0.20 in the child.
    (
      "POSSIBLE(mosaic in proband)",
      [
        "1-12907843-T-G", "1-16974454-T-TGGGC", "1-17085791-G-A", "1-17198381-T-G", "1-162560360-TTC-T",
        "1-229477725-GAAA-G", "1-248617028-T-C",
      ]
    ),
    // Reads of the allele in a parent who is called reference.
    (
      "POSSIBLE(parental mosaicism?)",
      ["1-156845492-A-AGT", "1-165712555-G-A", "1-200080464-C-A", "1-244803205-CTTT-C"]
    ),
    ("POSSIBLE(mosaic in proband; parental mosaicism?)", ["1-206944845-AT-A"]),
    // Balance above 0.80, or too few reads.
    (
      "POSSIBLE(genotype quality too low for a de novo call; parental mosaicism?)",
      ["1-158224575-CTGTGTGTGTGTGTGTGTGTG-C", "2-15491994-GCACACACACACA-G"]
    ),
    // A parent's genotype quality is below 20: that parent counts as not called.
    ("POSSIBLE(one parent missing)", ["1-237655254-A-C", "1-244993308-C-CT"]),
    (
      "POSSIBLE(mosaic in proband; one parent missing)",
      ["1-173961807-AACAC-A", "1-248617086-C-G"]
    ),
    // The lost parent's own reads show the allele.
    (
      "POSSIBLE(mosaic in proband; one parent missing; parental mosaicism?)",
      [
        "1-26608811-TCCAGGACAGGGACTGGGGCCGGGACCGGGACCGGGACTGGGGCCGGGACCGGGACCGGGACTGGGGCCGGGACCGGGA-T",
        "1-120612037-TCCTCCGCCG-T", "1-152760096-A-T",
      ]
    ),
    (
      "POSSIBLE(genotype quality too low for a de novo call; parental samples not available)", ["2-23907211-T-TA"]
    ),
    // So is the child's.
    (
      "FAIL(proband does not carry the allele)",
      [
        "1-16388875-GCCC-G", "1-39982088-G-A", "1-63044645-C-CA", "1-248802430-A-C", "1-248802431-G-A",
        "2-20867122-G-GGGCGGCGGCGGCGGCGGC",
      ]
    ),
  ]

  @Test func everyStrictDeNovoGenotypeIsExplained() throws {
    let family = try #require(
      Family(pedigree: RealTrio.pedigree, proband: "HG002", assembly: .grch37, settings: Settings(), refuted: []))
    let gene = TargetGene(id: "HGNC:1", hgncID: "HGNC:1", symbol: "GENE1", modes: [.autosomalDominant])
    var verdicts: [String: [String]] = [:]
    for record in try Self.trio.get().records
    where Self.isCalled(record, .heterozygous, .reference, .reference) {
      let allele = SegregatingAllele(allele: record.allele, genotypes: record.genotypes)
      let models = Inheritance(family).verdicts(of: allele, in: gene).allowed
      let verdict = try #require(models.first { $0.model == .deNovo }).verdict
      verdicts["\(verdict)", default: []].append(record.name)
    }
    #expect(verdicts.count == Self.deNovoVerdicts.count)
    for expected in Self.deNovoVerdicts {
      #expect(verdicts[expected.verdict] == expected.records, "\(expected.verdict)")
    }
    let slivars = try #require(Self.rules.first { $0.testDescription == "slivar's denovo" })
    #expect(try Self.trio.get().records.filter(slivars.fits).map(\.name) == verdicts["PASS"])
  }
}
