/// A set of Sequence Ontology terms, a bit a severity rank: what one allele does to one transcript.
public struct ConsequenceTerms: OptionSet, Sendable, Hashable {
  public var rawValue: UInt64

  public init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(_ name: String) {
    rawValue = 1 << UInt64(SequenceOntologyTerm(name).rank)
  }

  public static let transcriptAblation = Self("transcript_ablation")
  public static let spliceAcceptor = Self("splice_acceptor")
  public static let spliceDonor = Self("splice_donor")
  public static let stopGained = Self("stop_gained")
  public static let frameshift = Self("frameshift")
  public static let stopLost = Self("stop_lost")
  public static let startLost = Self("start_lost")
  public static let inframeInsertion = Self("inframe_insertion")
  public static let inframeDeletion = Self("inframe_deletion")
  public static let missense = Self("missense")
  public static let proteinAltering = Self("protein_altering")
  public static let spliceDonorFifthBase = Self("splice_donor_5th_base")
  public static let spliceRegion = Self("splice_region")
  public static let spliceDonorRegion = Self("splice_donor_region")
  public static let polypyrimidineTract = Self("splice_polypyrimidine_tract")
  public static let incompleteTerminalCodon = Self("incomplete_terminal_codon")
  public static let startRetained = Self("start_retained")
  public static let stopRetained = Self("stop_retained")
  public static let synonymous = Self("synonymous")
  public static let codingSequence = Self("coding_sequence")
  public static let fivePrimeUTR = Self("5_prime_UTR")
  public static let threePrimeUTR = Self("3_prime_UTR")
  public static let nonCodingExon = Self("non_coding_transcript_exon")
  public static let intron = Self("intron")
  public static let decayTranscript = Self("NMD_transcript")
  public static let nonCodingTranscript = Self("non_coding_transcript")
  public static let upstreamGene = Self("upstream_gene")
  public static let downstreamGene = Self("downstream_gene")
  public static let intergenic = Self("intergenic")

  /// The terms, most severe first.
  public var terms: [SequenceOntologyTerm] {
    var rest = rawValue
    var terms: [SequenceOntologyTerm] = []
    while rest != 0 {
      if let term = SequenceOntologyTerm(rank: rest.trailingZeroBitCount) { terms.append(term) }
      rest &= rest - 1
    }
    return terms
  }
}
