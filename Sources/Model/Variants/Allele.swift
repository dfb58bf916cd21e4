/// One alternate allele of one place, normalised: the key by which an allele is known.
///
/// `position` is 1-based and is that of the first base of `reference`. Symbolic alleles keep their VCF text in `alternate`
/// (`<DEL>`, `N[chr2:321681[`) and their last base in `end`, so that two deletions of one start stay apart.
public struct Allele: Hashable, Comparable, Sendable {
  public var contig: Contig
  public var position: Int
  public var reference: String
  public var alternate: String
  /// Last base (1-based, inclusive) that the allele replaces.
  public var end: Int

  public init(_ contig: Contig, _ position: Int, _ reference: String, _ alternate: String, end: Int? = nil) {
    self.contig = contig
    self.position = position
    self.reference = reference
    self.alternate = alternate
    self.end = end ?? position + reference.utf8.count - 1
  }

  public var locus: Locus { Locus(contig, position) }

  /// The bases replaced, as BED coordinates.
  public var region: Region { Region(contig, position - 1, max(end, position)) }

  /// Whether `alternate` is a symbolic allele or a breakend rather than bases.
  public var isSymbolic: Bool { alternate.utf8.contains { "<[].".utf8.contains($0) } }

  /// One base replaced by one base.
  public var isSNV: Bool { reference.utf8.count == 1 && alternate.utf8.count == 1 && !isSymbolic }

  /// `CHROM-POS-REF-ALT`, the spelling of gnomAD and of `--variant`.
  public var name: String { "\(contig)-\(position)-\(reference)-\(alternate)" }

  public static func < (left: Allele, right: Allele) -> Bool {
    (left.contig, left.position, left.reference, left.alternate, left.end)
      < (right.contig, right.position, right.reference, right.alternate, right.end)
  }
}

extension Allele: CustomStringConvertible {
  public var description: String { name }
}
