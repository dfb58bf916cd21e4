/// How often the bases of a stretch are read.
///
/// Depths are reads after the filters of the run, mates that overlap counted once (clinical specification, section 10).
public struct DepthSummary: Sendable, Hashable {
  /// Bases.
  public var length = 0
  /// Sum of the depths.
  public var sum = 0
  /// Lowest depth; `Int.max` for no base.
  public var minimum = Int.max
  /// Bases with at least 10, 20 and 30 reads.
  public var atLeast10 = 0
  public var atLeast20 = 0
  public var atLeast30 = 0
  /// Bases with as many reads as the place needs.
  public var callable = 0

  public init() {}

  public var mean: Double? { length == 0 ? nil : Double(sum) / Double(length) }

  /// Fraction of the bases, 0…1.
  public func share(_ bases: Int) -> Double? { length == 0 ? nil : Double(bases) / Double(length) }

  public static func += (left: inout DepthSummary, right: DepthSummary) {
    left.length += right.length
    left.sum += right.sum
    left.minimum = min(left.minimum, right.minimum)
    left.atLeast10 += right.atLeast10
    left.atLeast20 += right.atLeast20
    left.atLeast30 += right.atLeast30
    left.callable += right.callable
  }
}

/// Neighbouring bases with fewer reads than the place needs.
public struct CoverageGap: Sendable, Hashable {
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    case noReads = "no_reads"
    /// Enough reads, most of which could lie elsewhere as well.
    case lowMappingQuality = "low_mapping_quality"
    /// Enough reads, the bases of which are unsure.
    case lowBaseQuality = "low_base_quality"
    /// Enough reads, of which the caller was not sure.
    case lowGenotypeQuality = "low_genotype_quality"
    case lowDepth = "low_depth"
  }

  public var region: Region
  /// Name of the exon that it lies in.
  public var exon: String
  public var minimum: Int
  public var mean: Double
  /// Mean depth without any limit of quality.
  public var meanUnfiltered: Double
  public var cause: Cause
  /// Probability, 0…1, that a heterozygote at the base with the fewest reads shows in enough of them; nil where the sample has one
  /// copy, and in the mitochondrion.
  public var detection: Double?

  public init(
    region: Region, exon: String, minimum: Int, mean: Double, meanUnfiltered: Double, cause: Cause, detection: Double?
  ) {
    self.region = region
    self.exon = exon
    self.minimum = minimum
    self.mean = mean
    self.meanUnfiltered = meanUnfiltered
    self.cause = cause
    self.detection = detection
  }
}

/// Depth classes along an exon, stretch by stretch: no read, below 10, below 20, below 30, and 30 and more.
///
/// A stretch takes four bytes, for a genome has many.
public struct DepthLevels: Sendable, Hashable {
  /// Names of the classes, as mosdepth's labels of a quantised BED are given.
  public static let names = ["NO_COVERAGE", "BELOW_10", "BELOW_20", "BELOW_30", "AT_LEAST_30"]

  /// Length << 3 | class.
  private var runs: [UInt32] = []

  public init() {}

  /// Goes on with the depths of bases.
  public mutating func add(_ depths: [Int32], _ places: Range<Int>) {
    var place = places.lowerBound
    while place < places.upperBound {
      let level = Self.level(of: depths[place])
      let first = place
      repeat { place += 1 } while place < places.upperBound && Self.level(of: depths[place]) == level
      add(UInt32(place - first), level)
    }
  }

  public mutating func add(_ later: DepthLevels) { for run in later.runs { add(run >> 3, run & 7) } }

  private mutating func add(_ length: UInt32, _ level: UInt32) {
    if let last = runs.last, last & 7 == level {
      runs[runs.count - 1] = last + length << 3
    } else {
      runs.append(length << 3 | level)
    }
  }

  private static func level(of depth: Int32) -> UInt32 {
    // Without a branch a base.
    (depth >= 1 ? 1 : 0) &+ (depth >= 10 ? 1 : 0) &+ (depth >= 20 ? 1 : 0) &+ (depth >= 30 ? 1 : 0)
  }

  /// The stretches with their classes.
  ///
  /// - Parameter region: of the exon.
  public func stretches(of region: Region) -> [(region: Region, level: Int)] {
    var start = region.start
    return runs.map { run in
      let end = start + Int(run >> 3)
      defer { start = end }
      return (Region(region.contig, start, end), Int(run & 7))
    }
  }
}

/// An exon, or a row of a BED, with its depth.
public struct ExonCoverage: Sendable, Hashable {
  /// Number in the order of the transcript, or the place of the row.
  public var name: String
  /// With its padding.
  public var region: Region
  public var summary: DepthSummary
  /// Mean depth of each of at most 64 parts, for a picture.
  public var profile: [Float]
  public var levels: DepthLevels

  public init(name: String, region: Region, summary: DepthSummary, profile: [Float], levels: DepthLevels) {
    self.name = name
    self.region = region
    self.summary = summary
    self.profile = profile
    self.levels = levels
  }
}

/// An exon, or a row of a BED, of which nobody could tell the depth: it is not a depth of 0.
public struct UnreadExon: Sendable, Hashable {
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The header of the file has no such contig.
    case noContig = "no_contig"
    /// A chromosome that the sample does not have.
    case noCopy = "no_copy"
  }

  public var name: String
  /// With its padding.
  public var region: Region
  public var reason: Reason

  public init(name: String, region: Region, reason: Reason) {
    self.name = name
    self.region = region
    self.reason = reason
  }
}

/// What was read of a gene of the panel in one sample.
public struct GeneCoverage: Sendable, Hashable {
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    case pass, borderline, fail
    /// No coordinates, a chromosome that the sample does not have, or a contig that the file does not have.
    case notAssessed = "not_assessed"
  }

  public var symbol: String
  public var hgncID: String?
  /// With version; nil for a row of a BED.
  public var transcript: String?
  public var exons: [ExonCoverage]
  /// Exons that count nowhere else.
  public var unread: [UnreadExon]
  /// Reads that a base needs, of the first exon that was read.
  public var needed: Int?
  public var summary: DepthSummary
  public var gaps: [CoverageGap]
  public var verdict: Verdict

  public init(
    symbol: String, hgncID: String?, transcript: String?, exons: [ExonCoverage], unread: [UnreadExon] = [],
    needed: Int? = nil, summary: DepthSummary, gaps: [CoverageGap], verdict: Verdict
  ) {
    self.symbol = symbol
    self.hgncID = hgncID
    self.transcript = transcript
    self.exons = exons
    self.unread = unread
    self.needed = needed
    self.summary = summary
    self.gaps = gaps
    self.verdict = verdict
  }

  /// Whether the file lacks the contig of an exon.
  public var lacksContig: Bool { unread.contains { $0.reason == .noContig } }
}

/// Coverage of the panel in one sample.
public struct SampleCoverage: Sendable, Hashable {
  /// What the depths come from.
  public enum Source: Sendable, Hashable {
    /// Reads of an alignment file, with the lowest qualities, Phred, of a read's place and of a base.
    case reads(minimumMappingQuality: Int, minimumBaseQuality: Int)
    /// Blocks in which the caller vouches for the reference, of at least this genotype quality, Phred.
    case referenceBlocks(minimumQuality: Int)
  }

  public var sample: String
  public var source: Source
  public var genes: [GeneCoverage]
  /// Genes without coordinates on the assembly.
  public var unplaced: [String]
  /// Sum and length over the exons on each contig, by raw value of the contig.
  public var contigs: [UInt8: DepthSummary]

  public init(
    sample: String, source: Source, genes: [GeneCoverage], unplaced: [String], contigs: [UInt8: DepthSummary]
  ) {
    self.sample = sample
    self.source = source
    self.genes = genes
    self.unplaced = unplaced
    self.contigs = contigs
  }

  public func genes(_ verdict: GeneCoverage.Verdict) -> [GeneCoverage] { genes.filter { $0.verdict == verdict } }

  /// Mean depth over the exons on autosomes; nil without one.
  public var autosomalMean: Double? {
    var total = DepthSummary()
    for (contig, summary) in contigs where Contig(rawValue: contig)?.isAutosome == true { total += summary }
    return total.mean
  }

  /// Contigs of the panels that the file does not have, in genome order.
  public var missingContigs: [Contig] {
    Set(genes.flatMap(\.unread).filter { $0.reason == .noContig }.map(\.region.contig)).sorted()
  }

  /// Over all exons of all genes.
  public var total: DepthSummary {
    var total = DepthSummary()
    for gene in genes { total += gene.summary }
    return total
  }
}
