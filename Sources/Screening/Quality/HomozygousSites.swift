import Model

/// Where a sample has variant SNVs, and which of them are heterozygous: all that runs of homozygosity need.
///
/// Only sites where the sample itself carries the allele are kept. A joint file lists a homozygous reference wherever somebody
/// else has a variant, so that their number tells how many people were called together, and would thin out every
/// heterozygote. Four bytes a site: a genome of 3.5 million variant SNVs takes 14 MB.
struct HomozygousSites: Sendable, Equatable, Codable {
  /// By contig, autosomes and X: position × 2, plus 1 when heterozygous. In the order in which they came.
  private var sites: [[UInt32]] = Array(repeating: [], count: Int(Contig.x.rawValue))

  /// - Parameter position: 1-based.
  mutating func add(_ contig: Contig, _ position: Int, isHeterozygous: Bool) {
    sites[Int(contig.rawValue) - 1].append(UInt32(truncatingIfNeeded: position) << 1 | (isHeterozygous ? 1 : 0))
  }

  /// The sites of a chromosome in genome order, each once, though two files or two records may tell the same.
  func ordered(on contig: Contig) -> [UInt32] {
    let found = sites[Int(contig.rawValue) - 1]
    // Batches are joined in the order of the file, so that there is hardly ever anything to sort.
    let isOrdered = zip(found, found.dropFirst()).allSatisfy { $0 < $1 }
    return isOrdered ? found : Set(found).sorted()
  }

  /// Whether there is a list for each chromosome, as a document may not have.
  var isWhole: Bool { sites.count == Int(Contig.x.rawValue) }

  static func += (left: inout HomozygousSites, right: HomozygousSites) {
    for index in left.sites.indices where !right.sites[index].isEmpty { left.sites[index] += right.sites[index] }
  }

  static func position(_ site: UInt32) -> Int { Int(site >> 1) }
  static func isHeterozygous(_ site: UInt32) -> Bool { site & 1 == 1 }
}
