/// A transcript as a gene model describes it, with all that its consequences need. Coordinates are BED: 0-based, half-open.
public struct TranscriptModel: Sendable, Hashable {
  /// With its version where the source gives one, for example `ENST00000335137.4` or `NM_005249.5`.
  public var id: String
  /// The gene's id in the source, for example `ENSG00000186092`.
  public var geneID: String?
  public var symbol: String?
  /// `HGNC:` and a number.
  public var hgncID: String?
  /// Ensembl's word, for example `protein_coding`, `nonsense_mediated_decay`, `lncRNA`.
  public var biotype: String
  public var region: Region
  public var isForward: Bool
  /// In the order of the genome, not of the transcript.
  public var exons: [Range<Int>]
  /// Coding range on the genome, introns and the stop codon included; nil for a non-coding transcript.
  public var coding: Range<Int>?
  /// Bases at the beginning of the coding sequence before the first whole codon, 0…2: not 0 only where the start is not known.
  public var startPhase: Int
  /// Whether the source says that the beginning of the coding sequence is not known.
  public var lacksStart: Bool
  /// Whether the source says that the end of the coding sequence is not known.
  public var lacksStop: Bool
  public var tag: Transcript.Tag
  public var isCanonical: Bool
  /// `ENSP…` or `NP_…` with version where known.
  public var proteinID: String?
  /// The same transcript in the other collection, RefSeq for Ensembl and Ensembl for RefSeq: MANE's pairs.
  public var counterpart: String?
  /// Sequence on which HGVS names of changes are told: the transcript itself, the genome for genes of the mitochondrion; nil for
  /// one of which only the extent is known.
  public var namingReference: String?

  public init(
    id: String, geneID: String? = nil, symbol: String? = nil, hgncID: String? = nil, biotype: String, region: Region,
    isForward: Bool, exons: [Range<Int>], coding: Range<Int>?, startPhase: Int = 0, lacksStart: Bool = false,
    lacksStop: Bool = false, tag: Transcript.Tag = .other, isCanonical: Bool = false, proteinID: String? = nil,
    counterpart: String? = nil
  ) {
    self.id = id
    self.geneID = geneID
    self.symbol = symbol
    self.hgncID = hgncID
    self.biotype = biotype
    self.region = region
    self.isForward = isForward
    self.exons = exons
    self.coding = coding
    self.startPhase = startPhase
    self.lacksStart = lacksStart
    self.lacksStop = lacksStop
    self.tag = tag
    self.isCanonical = isCanonical
    self.proteinID = proteinID
    self.counterpart = counterpart
    namingReference = id
  }

  public static let decayBiotype = "nonsense_mediated_decay"

  public var isSubjectToDecay: Bool { biotype == Self.decayBiotype }
}

/// Transcripts of an assembly, found by place.
public struct GeneModel: Sendable {
  /// By contig, start, end and id.
  public let transcripts: [TranscriptModel]
  /// What the model was made of, for provenance: file name, or the name of the bundled table.
  public let name: String
  public let assembly: Assembly?
  /// Where each contig's transcripts begin in the list; one more than there are contigs.
  private let bounds: [Int]
  /// The furthest end of a contig's transcripts so far: where a search backwards may stop.
  private let reach: [Int]

  public init(_ transcripts: [TranscriptModel], name: String, assembly: Assembly?) {
    let sorted = transcripts.sorted {
      ($0.region, $0.id) < ($1.region, $1.id)
    }
    var bounds = [0]
    for contig in Contig.allCases {
      var end = bounds[bounds.count - 1]
      while end < sorted.count, sorted[end].region.contig == contig { end += 1 }
      bounds.append(end)
    }
    var reach: [Int] = []
    reach.reserveCapacity(sorted.count)
    for (index, transcript) in sorted.enumerated() {
      let isFirst = index == 0 || sorted[index - 1].region.contig != transcript.region.contig
      reach.append(isFirst ? transcript.region.end : max(reach[index - 1], transcript.region.end))
    }
    self.transcripts = sorted
    self.name = name
    self.assembly = assembly
    self.bounds = bounds
    self.reach = reach
  }

  /// Numbers of the transcripts that overlap a region, in their order.
  ///
  /// - Complexity: a binary search and a walk over what overlaps, or lies between.
  public func indices(overlapping region: Region) -> [Int] {
    let slot = Int(region.contig.rawValue)
    let first = bounds[slot - 1]
    var low = first
    var high = bounds[slot]
    while low < high {
      let middle = (low + high) / 2
      if transcripts[middle].region.start < region.end { low = middle + 1 } else { high = middle }
    }
    var found: [Int] = []
    while low > first, reach[low - 1] > region.start {
      low -= 1
      if transcripts[low].region.end > region.start { found.append(low) }
    }
    return found.reversed()
  }
}
