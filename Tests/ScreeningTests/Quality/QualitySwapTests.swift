import Model
import Screening
import TestSupport
import Testing

/// Families bred from 1000 Genomes people by Mendelian transmission, with every exchange of samples that a laboratory fears.
///
/// Twenty families have founders of one population, twenty of different ones. A founder's alleles are dealt to two haplotypes
/// at random, a child gets a recombined haplotype of each parent, and calls are spoiled: 0.4 % heterozygous whatever
/// they should be, 1 % missing.
@Suite(.enabled(if: QualityOracle.isPresent, QualityOracle.absence)) struct QualitySwapTests {
  /// Columns of a bred family.
  enum Member: Int, CaseIterable {
    case grandfather, grandmother, mother, stranger, father, uncle, child, sibling
  }

  static let familyCount = 40

  struct Site: Sendable {
    var start: String
    var chromosome: Substring
    var position: Int
    /// Alternate allele count of each founder, as ASCII digit.
    var dosages: [UInt8]
  }

  /// Every eighth site of the table, for the founders of all families: four a family.
  static let sites: [Site] = {
    let path = QualityOracle.path("popfreq/kgp2504_exonic23k.grch38.bcf")
    guard QualityOracle.isPresent, let people = try? QualityOracle.lines("query -l \(path)") else { return [] }
    let half = familyCount / 2 * 4
    let founders = people.prefix(half) + (0..<half).map { people[half + ($0 * 29) % (people.count - half)] }
    let format = "%CHROM\\t%POS\\t.\\t%REF\\t%ALT\\t.\\tPASS\\t.\\tGT[\\t%GT]\\n"
    let all = (try? QualityOracle.lines("query -s \(founders.joined(separator: ",")) -f '\(format)' \(path)")) ?? []
    return all.enumerated().filter { $0.offset % 8 == 0 }.compactMap { _, line in
      let columns = line.split(separator: "\t")
      guard columns.count == 9 + founders.count, let position = Int(columns[1]) else { return nil }
      let dosages = columns[9...].map { UInt8($0.utf8.filter { $0 == UInt8(ascii: "1") }.count) }
      return Site(
        start: columns[..<9].joined(separator: "\t"), chromosome: columns[0], position: position,
        dosages: dosages)
    }
  }()

  /// A family's records, bred anew from its number alone.
  static func batch(family: Int) -> VariantBatch {
    var random = SplitMix64(seed: UInt64(family + 1))
    func deal(founder: Int) -> [[UInt8]] {
      var haplotypes: [[UInt8]] = [[], []]
      for site in sites {
        let dosage = site.dosages[family * 4 + founder]
        let first = dosage == 1 ? UInt8(random.next() & 1) : dosage / 2
        haplotypes[0].append(first)
        haplotypes[1].append(dosage - first)
      }
      return haplotypes
    }
    func gamete(_ parent: [[UInt8]]) -> [UInt8] {
      var side = Int(random.next() & 1)
      return sites.indices.map { index in
        // One crossover in 100 million bases, and free choice on each chromosome.
        let isNew = index == 0 || sites[index].chromosome != sites[index - 1].chromosome
        let distance = isNew ? 100_000_000 : sites[index].position - sites[index - 1].position
        if Double(random.next() >> 11) * 0x1p-53 < min(0.5, Double(distance) * 1e-8) { side = 1 - side }
        return parent[side][index]
      }
    }
    let founders = (0..<4).map(deal)
    let father = [gamete(founders[0]), gamete(founders[1])]
    let uncle = [gamete(founders[0]), gamete(founders[1])]
    let child = [gamete(father), gamete(founders[2])]
    let sibling = [gamete(father), gamete(founders[2])]
    let people = founders + [father, uncle, child, sibling]
    let genotypes = ["0/0", "0/1", "1/1"]
    let lines = sites.indices.map { index -> String in
      let calls = people.map { haplotypes in
        switch random.next() % 1_000 {
        case 0..<4: "0/1"
        case 2..<12: "./."
        default: genotypes[Int(haplotypes[0][index] + haplotypes[1][index])]
        }
      }
      return sites[index].start + "\t" + calls.joined(separator: "\t")
    }
    return VariantBatch(lines: lines)
  }

  /// Whose sample is in the tube of child, father and mother, and which links that must refute and confirm.
  struct Exchange: Sendable {
    var tubes: [Member]
    var refuted: Set<String>
    var confirmed: Set<String>
    /// Links that may be refuted or left unproven, but not confirmed.
    var doubtful: Set<String>

    init(
      _ child: Member, _ father: Member, _ mother: Member, refuted: Set<String>, confirmed: Set<String> = [],
      doubtful: Set<String> = []
    ) {
      tubes = [child, father, mother]
      self.doubtful = doubtful
      self.refuted = refuted
      self.confirmed = confirmed
    }
  }

  static let exchanges: [Exchange] = [
    Exchange(.child, .father, .mother, refuted: [], confirmed: ["father", "mother"]),
    Exchange(.sibling, .father, .mother, refuted: [], confirmed: ["father", "mother"]),
    Exchange(.child, .stranger, .mother, refuted: ["father"], confirmed: ["mother"]),
    Exchange(.child, .father, .stranger, refuted: ["mother"], confirmed: ["father"]),
    Exchange(.child, .uncle, .mother, refuted: ["father"], confirmed: ["mother"]),
    Exchange(.child, .grandfather, .mother, refuted: ["father"], confirmed: ["mother"]),
    Exchange(.child, .father, .grandmother, refuted: ["mother"], confirmed: ["father"]),
    Exchange(.child, .sibling, .mother, refuted: ["father"], confirmed: ["mother"]),
    Exchange(.child, .father, .sibling, refuted: ["mother"], confirmed: ["father"]),
    Exchange(.stranger, .father, .mother, refuted: ["father", "mother"]),
    // Brothers whose parents are of different populations are nearly as alike as father and son.
    Exchange(.uncle, .father, .mother, refuted: ["mother"], doubtful: ["father"]),
    Exchange(.child, .child, .mother, refuted: ["father"], confirmed: ["mother"]),
    Exchange(.child, .father, .child, refuted: ["mother"], confirmed: ["father"]),
    // Two tubes of one parent: genotypes cannot tell which of the two labels is right.
    Exchange(.child, .father, .father, refuted: ["father", "mother"]),
    // Child and father exchanged are still child and father; the other link breaks.
    Exchange(.father, .child, .mother, refuted: ["mother"], confirmed: ["father"]),
    Exchange(.mother, .father, .child, refuted: ["father"], confirmed: ["mother"]),
  ]

  @Test(arguments: 0..<familyCount) func everyExchangeIsCaughtAndNoTrueTrioAccused(family: Int) throws {
    try #require(Self.sites.count > 2_900)
    let batch = Self.batch(family: family)
    let pedigree = Pedigree.trio()
    for exchange in Self.exchanges {
      var tally = QualityTally(
        pedigree: pedigree, sampleColumns: exchange.tubes.map(\.rawValue), assembly: .grch38)
      tally.count(batch)
      let report = tally.report(for: pedigree, proband: "child")
      let refuted = Set(report.refutedLinks.map(\.parent)).subtracting(exchange.doubtful)
      #expect(refuted == exchange.refuted, "\(exchange.tubes)")
      #expect(Set(report.confirmedLinks.map(\.parent)) == exchange.confirmed, "\(exchange.tubes)")
      #expect((report.worst == .fail) == !exchange.refuted.isEmpty, "\(exchange.tubes)")
    }
    Self.expectTrueFamilyPasses(batch)
  }

  /// The whole family: parents are confirmed, siblings agree, and nobody is accused.
  private static func expectTrueFamilyPasses(_ batch: VariantBatch) {
    let pedigree = Pedigree([
      Individual(id: "grandfather", sex: .male), Individual(id: "grandmother", sex: .female),
      Individual(id: "mother", sex: .female), Individual(id: "stranger", sex: .female),
      Individual(id: "father", father: "grandfather", mother: "grandmother", sex: .male),
      Individual(id: "uncle", father: "grandfather", mother: "grandmother", sex: .male),
      Individual(id: "child", father: "father", mother: "mother", sex: .female),
      Individual(id: "sibling", father: "father", mother: "mother", sex: .male),
    ])
    var tally = QualityTally(
      pedigree: pedigree, sampleColumns: Member.allCases.map(\.rawValue), assembly: .grch38)
    tally.count(batch)
    let report = tally.report(for: pedigree, proband: "child")
    let failed = report.checks.filter { $0.outcome == .fail }
    #expect(failed.isEmpty, "\(failed.map(\.message))")
    #expect(report.checks.filter { $0.kind == .relatedness }.count == 28)
    #expect(report.confirmedLinks.count == 8)
  }
}
