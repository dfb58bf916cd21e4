/// A change of a transcript's bases.
public struct TranscriptEdit: Sendable, Hashable {
  /// Offsets along the transcript, 0-based half-open; empty for an insertion.
  public var range: Range<Int>
  /// Along the transcript.
  public var alternate: [UInt8]

  public init(range: Range<Int>, alternate: [UInt8]) {
    self.range = range
    self.alternate = alternate
  }

  /// Bases that are added, less those removed.
  public var shift: Int { alternate.count - range.count }
}

/// What one allele does to one transcript, told by a gene model.
///
/// Positions are 1-based and count along the transcript, as VEP tells them. A position is nil where the change has no place of
/// its own there: the start of a deletion that begins in an intron has no place in the coding sequence.
public struct TranscriptEffect: Sendable, Hashable {
  /// First and last position of a change along a sequence; for an insertion the two bases that it stands between.
  public struct Extent: Sendable, Hashable {
    public var first: Int?
    public var last: Int?

    public init(_ first: Int?, _ last: Int?) {
      self.first = first
      self.last = last
    }
  }

  /// Whether a transcript with a premature stop is expected to be destroyed before it is translated.
  public enum Decay: String, Sendable, Hashable {
    case expected
    /// Behind the last junction of exons, or within 50 bases before it.
    case escapesNearEnd = "escapes_near_last_junction"
    case escapesSingleExon = "escapes_single_exon"
    /// Within the first 100 coding bases, where translation may begin again.
    case escapesNearStart = "escapes_near_start"
  }

  /// Number of the transcript in its gene model.
  public var transcript: Int
  public var terms: ConsequenceTerms
  /// Bases to the transcript for an allele beside it.
  public var distance: Int?
  /// Numbers of the exons and introns that the change touches, in the order of the transcript, from 1.
  public var exons: ClosedRange<Int>?
  public var introns: ClosedRange<Int>?
  public var transcriptPosition = Extent(nil, nil)
  public var codingPosition = Extent(nil, nil)
  public var proteinPosition = Extent(nil, nil)
  /// One-letter amino acids of the codons that change; empty where nothing stands on that side.
  public var referenceAminoAcids: String?
  public var alternateAminoAcids: String?
  /// Codons with the changed bases in capitals.
  public var referenceCodons: String?
  public var alternateCodons: String?
  /// HGVS without its reference sequence, for example `c.250del`, `n.44G>A`.
  public var transcriptName: String?
  /// HGVS without its reference sequence, for example `p.(Lys34Glu)`.
  public var proteinName: String?
  public var decay: Decay?
  /// The change of the coding sequence that the effect was told of; nil where it lies elsewhere, or bases are not known.
  public var edit: TranscriptEdit?
  /// The changes of one haplotype that this effect was told of together, as `POSREF>ALT`.
  public var haplotype: [String] = []

  public init(transcript: Int, terms: ConsequenceTerms) {
    self.transcript = transcript
    self.terms = terms
  }
}
