import Model
import Screening
import TestSupport

/// Records of a joint file written for one test: positions run on from record to record, so every site is its own.
struct QualityRecords {
  private(set) var lines: [String] = []
  private var position = 20_000_000

  /// Adds `count` equal records.
  ///
  /// - Parameter calls: one column a sample, as genotype alone (`0/1`), which gets good read counts, depth and quality, or
  ///   whole (`0/1:5,5:10:30`) in the order of `format`.
  mutating func add(
    _ count: Int, _ calls: [String], contig: String = "chr1", alleles: String = "A\tG", filter: String = "PASS",
    info: String = ".", format: String = "GT:AD:DP:GQ"
  ) {
    let columns = calls.map { $0.contains(":") || format == "GT" ? $0 : Self.goodCall($0) }
    for _ in 0..<count {
      position += 1_000
      let fixed = [contig, "\(position)", ".", alleles, "50", filter, info, format]
      lines.append((fixed + columns).joined(separator: "\t"))
    }
  }

  private static func goodCall(_ genotype: String) -> String {
    if genotype.contains(".") { return genotype }
    let alternates = genotype.filter { $0 == "1" }.count
    let alleles = genotype.filter(\.isNumber).count
    let reads = alternates * 30 / alleles
    return "\(genotype):\(30 - reads),\(reads):30:99"
  }

  func tally(_ pedigree: Pedigree, columns: [Int?]? = nil, frequencyKey: String? = nil) -> QualityTally {
    var tally = QualityTally(
      pedigree: pedigree, sampleColumns: columns ?? Array(pedigree.individuals.indices), assembly: .grch38,
      populationFrequencyKey: frequencyKey)
    tally.count(VariantBatch(lines: lines))
    return tally
  }

  func report(_ pedigree: Pedigree, columns: [Int?]? = nil) -> QualityReport {
    tally(pedigree, columns: columns).report(for: pedigree, proband: "child")
  }

  /// Genotypes of a family that obeys Mendel, over six autosomes: 2,400 sites where somebody carries the allele, 240 of
  /// them with opposite homozygous parents.
  static func lawfulTrio() -> QualityRecords {
    var records = QualityRecords()
    for chromosome in 1...6 {
      for (count, calls) in [
        (60, ["0/1", "0/1", "0/0"]), (60, ["0/0", "0/1", "0/0"]), (60, ["0/1", "0/0", "0/1"]),
        (60, ["0/0", "0/0", "0/1"]), (40, ["0/1", "0/1", "0/1"]), (20, ["1/1", "0/1", "0/1"]),
        (20, ["0/0", "0/1", "0/1"]), (20, ["0/1", "0/0", "1/1"]), (20, ["0/1", "1/1", "0/0"]),
        (40, ["1/1", "1/1", "1/1"]),
      ] { records.add(count, calls, contig: "chr\(chromosome)") }
    }
    return records
  }
}

extension QualityReport {
  /// The only check of a kind for these samples; nil when there is none or more than one.
  func check(_ kind: QualityCheck.Kind, _ samples: String...) -> QualityCheck? {
    let found = checks.filter { $0.kind == kind && $0.samples == samples }
    return found.count == 1 ? found[0] : nil
  }

  static func links(_ parents: String...) -> Set<ParentLink> {
    Set(parents.map { ParentLink(child: "child", parent: $0) })
  }
}
