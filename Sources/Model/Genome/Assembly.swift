/// A reference assembly that rarescreen knows: contig lengths, pseudoautosomal regions, RefSeq accessions.
///
/// Which one a file uses is decided by contig *lengths*, never by names: `chr1` occurs in both.
public enum Assembly: String, CaseIterable, Hashable, Sendable {
  case grch37 = "GRCh37"
  case grch38 = "GRCh38"

  /// Reads the usual spellings: `GRCh38`, `hg38`, `38`, `GRCh37`, `hg19`, `b37`, `37`.
  public init?(name: some StringProtocol) {
    switch name.lowercased() {
    case "grch38", "hg38", "38", "b38", "grch38.p14", "grch38.p13": self = .grch38
    case "grch37", "hg19", "37", "b37", "19", "grch37.p13", "hs37d5": self = .grch37
    default: return nil
    }
  }

  /// The one of both that this is not.
  public var other: Assembly { self == .grch37 ? .grch38 : .grch37 }

  /// Length in bases of each contig (the assembly reports of the Genome Reference Consortium).
  public func length(of contig: Contig) -> Int {
    let index = Int(contig.rawValue) - 1
    return switch self {
    case .grch37: Self.lengths37[index]
    case .grch38: Self.lengths38[index]
    }
  }

  /// The assembly that has a contig of this name and length, or nil when neither has or when both have (MT).
  public static func having(_ contig: Contig, length: Int) -> Assembly? {
    let matches = allCases.filter { $0.length(of: contig) == length }
    return matches.count == 1 ? matches[0] : nil
  }

  /// Length of the mitochondrial contig `chrM` in UCSC's first hg19, which is not the revised Cambridge sequence.
  public static let oldMitochondrionLength = 16_571

  /// Pseudoautosomal regions of X and Y: BED coordinates, 0-based half-open.
  public var pseudoautosomalRegions: [Region] {
    switch self {
    case .grch37:
      [
        Region(.x, 60_000, 2_699_520), Region(.x, 154_931_043, 155_260_560),
        Region(.y, 10_000, 2_649_520), Region(.y, 59_034_049, 59_363_566),
      ]
    case .grch38:
      [
        Region(.x, 10_000, 2_781_479), Region(.x, 155_701_382, 156_030_895),
        Region(.y, 10_000, 2_781_479), Region(.y, 56_887_902, 57_217_415),
      ]
    }
  }

  public func isPseudoautosomal(_ locus: Locus) -> Bool {
    (locus.contig == .x || locus.contig == .y) && pseudoautosomalRegions.contains { $0.contains(locus) }
  }

  /// Whether one copy is expected at this place in a male: X and Y outside the pseudoautosomal regions.
  public func isSexLinked(_ locus: Locus) -> Bool {
    (locus.contig == .x || locus.contig == .y) && !isPseudoautosomal(locus)
  }

  /// RefSeq accession with version for genomic HGVS names, for example `NC_000007.14`.
  public func refSeqAccession(of contig: Contig) -> String {
    if contig == .mitochondrion { return "NC_012920.1" }
    let versions = self == .grch37 ? Self.versions37 : Self.versions38
    let number = Int(contig.rawValue)
    return "NC_" + String(repeating: "0", count: number < 10 ? 5 : 4) + "\(number).\(versions[number - 1])"
  }

  private static let lengths37 = [
    249_250_621, 243_199_373, 198_022_430, 191_154_276, 180_915_260, 171_115_067, 159_138_663, 146_364_022, 141_213_431,
    135_534_747, 135_006_516, 133_851_895, 115_169_878, 107_349_540, 102_531_392, 90_354_753, 81_195_210, 78_077_248,
    59_128_983, 63_025_520, 48_129_895, 51_304_566, 155_270_560, 59_373_566, 16_569,
  ]
  private static let lengths38 = [
    248_956_422, 242_193_529, 198_295_559, 190_214_555, 181_538_259, 170_805_979, 159_345_973, 145_138_636, 138_394_717,
    133_797_422, 135_086_622, 133_275_309, 114_364_328, 107_043_718, 101_991_189, 90_338_345, 83_257_441, 80_373_285,
    58_617_616, 64_444_167, 46_709_983, 50_818_468, 156_040_895, 57_227_415, 16_569,
  ]
  private static let versions37 = [
    10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9,
  ]
  private static let versions38 = [
    11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10,
  ]
}

extension Assembly: CustomStringConvertible {
  public var description: String { rawValue }
}
