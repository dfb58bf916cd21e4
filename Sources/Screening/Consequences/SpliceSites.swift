internal import Model

/// What a change within an intron, or at its edges, does to splicing.
///
/// The windows are those of the Sequence Ontology terms as Ensembl draws them: donor and acceptor are the two bases at either
/// end of the intron; the splice region is three bases of the exon and the third to eighth of the intron; the fifth base, and
/// the third to sixth, of the donor side have terms of their own, and so has the tract 3 to 17 bases before the acceptor's exon.
struct SpliceSites {
  /// Introns shorter than this are no introns but corrections of the reading frame, as Ensembl has it.
  private static let shortest = 13
  /// Bases of either end of an intron beyond which no window reaches.
  static let reach = 17

  /// Terms of a change in the coordinates of an intron: 0 is its first base along the transcript, `length` the first base of
  /// the next exon. An insertion is an empty range and counts where it stands strictly inside a window.
  static func terms(of change: Range<Int>, intronOf length: Int) -> ConsequenceTerms {
    guard length >= shortest else {
      let isInside = change.isEmpty ? 0 < change.lowerBound && change.lowerBound < length : change.overlaps(0..<length)
      return isInside ? .intron : []
    }
    var terms: ConsequenceTerms = []
    func touches(_ window: Range<Int>) -> Bool {
      change.isEmpty
        ? window.lowerBound < change.lowerBound && change.lowerBound < window.upperBound : change.overlaps(window)
    }
    if touches(0..<2) { terms.insert(.spliceDonor) }
    if touches(length - 2..<length) { terms.insert(.spliceAcceptor) }
    if touches(4..<5) { terms.insert(.spliceDonorFifthBase) }
    if touches(2..<6) { terms.insert(.spliceDonorRegion) }
    if touches(length - reach..<length - 2) { terms.insert(.polypyrimidineTract) }
    let isAtEdge = change.isEmpty && [0, 2, length - 2, length].contains(change.lowerBound)
    if isAtEdge || touches(-3..<0) || touches(2..<8) || touches(length - 8..<length - 2) || touches(length..<length + 3)
    {
      terms.insert(.spliceRegion)
    }
    let isInside = change.isEmpty && [2, length - 2].contains(change.lowerBound)
    if isInside || touches(2..<length - 2) { terms.insert(.intron) }
    return terms
  }
}
