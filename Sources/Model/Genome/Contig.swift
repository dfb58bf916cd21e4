/// A chromosome of the human nuclear genome, or the mitochondrial genome.
///
/// Files spell the same chromosome in several ways; `Contig(name:)` reads them all, so that code never compares names.
///
///     Contig(name: "chrM") == Contig(name: "MT")  // .mitochondrion
///     Contig(name: "GL000220.1")                  // nil: no assembled chromosome
///
/// The raw value is the place in karyotype order (1…22, X 23, Y 24, mitochondrion 25) and is the sort order everywhere.
public enum Contig: UInt8, CaseIterable, Comparable, Hashable, Sendable {
  case chr1 = 1
  case chr2, chr3, chr4, chr5, chr6, chr7, chr8, chr9, chr10, chr11
  case chr12, chr13, chr14, chr15, chr16, chr17, chr18, chr19, chr20, chr21, chr22
  case x
  case y
  case mitochondrion

  /// Reads `1`, `chr1`, `CHR1`, `X`, `chrM`, `MT`, `chrMT` and RefSeq accessions such as `NC_000001.11` or `NC_012920.1`.
  ///
  /// Returns nil for anything else: decoys, alternate loci, HLA contigs, unplaced scaffolds.
  public init?(name: some StringProtocol) {
    var rest = Substring(name)
    if rest.hasPrefix("NC_") {
      self.init(refSeqAccession: rest)
      return
    }
    if rest.count > 3, rest.prefix(3).lowercased() == "chr" { rest = rest.dropFirst(3) }
    switch rest {
    case "X", "x": self = .x
    case "Y", "y": self = .y
    case "M", "MT", "m", "mt", "Mt": self = .mitochondrion
    default:
      // "01" and "+1" are no chromosome names, though UInt8 would read them.
      guard let first = rest.utf8.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first),
        let number = UInt8(rest), (1...22).contains(number)
      else { return nil }
      self.init(rawValue: number)
    }
  }

  private init?(refSeqAccession name: Substring) {
    let stem = name.dropFirst(3).prefix { $0 != "." }
    if stem == "012920" {
      self = .mitochondrion
    } else {
      guard stem.count == 6, let number = UInt8(stem), (1...24).contains(number) else { return nil }
      self.init(rawValue: number)
    }
  }

  /// The name without a prefix, as GRCh37 and Ensembl write it: `1`, `X`, `MT`.
  public var name: String {
    switch self {
    case .x: "X"
    case .y: "Y"
    case .mitochondrion: "MT"
    default: String(rawValue)
    }
  }

  public var isAutosome: Bool { rawValue <= 22 }

  public static func < (left: Contig, right: Contig) -> Bool { left.rawValue < right.rawValue }
}

extension Contig: CustomStringConvertible {
  public var description: String { name }
}
