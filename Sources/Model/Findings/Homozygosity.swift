/// A stretch of a chromosome in which a sample has hardly a heterozygous call: a run of homozygosity.
public struct HomozygousRun: Sendable, Hashable {
  /// From the first to the last homozygous SNV of the run.
  public var region: Region
  /// Variant SNVs of the sample inside, homozygous or heterozygous.
  public var sites: Int
  /// The heterozygous ones among them.
  public var heterozygous: Int

  public init(region: Region, sites: Int, heterozygous: Int) {
    self.region = region
    self.sites = sites
    self.heterozygous = heterozygous
  }
}

/// The runs of homozygosity of one sample, in genome order.
public struct Homozygosity: Sendable, Hashable {
  public var sample: String
  /// Runs on autosomes, and on X where two copies are expected.
  public var runs: [HomozygousRun]
  /// Autosomes that are homozygous from end to end.
  public var wholeChromosomes: [Contig]
  /// Chromosomes with enough sites for a run to be seen; of the others nothing is known.
  public var tested: [Contig]

  public init(sample: String, runs: [HomozygousRun], wholeChromosomes: [Contig], tested: [Contig]) {
    self.tested = tested
    self.sample = sample
    self.runs = runs
    self.wholeChromosomes = wholeChromosomes
  }

  /// Bases of the autosomes in which a run can lie, about: without gaps and short arms.
  public static let autosomalBases = 2_880_000_000

  private var autosomal: [HomozygousRun] { runs.filter { $0.region.contig.isAutosome } }

  /// Bases of all autosomal runs.
  public var total: Int { autosomal.reduce(0) { $0 + $1.region.length } }

  /// Share of the autosomes that lies in runs, 0…1: about the inbreeding coefficient F.
  public var fraction: Double { Double(total) / Double(Self.autosomalBases) }

  /// The longest autosomal run; of equal ones the first.
  public var largest: HomozygousRun? {
    autosomal.reduce(nil) { best, run in
      (best?.region.length ?? 0) < run.region.length ? run : best
    }
  }

  /// Bases in runs, and in the longest of them, of each chromosome that has any, in genome order.
  public var chromosomes: [(contig: Contig, total: Int, largest: Int)] {
    Dictionary(grouping: runs, by: \.region.contig).sorted { $0.key < $1.key }.map { contig, runs in
      let lengths = runs.map(\.region.length)
      return (contig, lengths.reduce(0, +), lengths.max() ?? 0)
    }
  }
}
