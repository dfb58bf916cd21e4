public import Model

/// Coverage of a panel as tables: `coverage.tsv`, gaps and depth classes as BED.
public struct CoverageTable: Sendable {
  private let samples: [SampleCoverage]
  private let spelling: @Sendable (Contig) -> String

  /// - Parameter spelling: how the reads, or the variants, name a contig.
  public init(_ samples: [SampleCoverage], spelling: @escaping @Sendable (Contig) -> String) {
    self.samples = samples
    self.spelling = spelling
  }

  public var files: [OutputFile] {
    [
      OutputFile(name: "coverage.tsv", bytes: table), OutputFile(name: "gaps.bed", bytes: gaps),
      OutputFile(name: "depth_classes.bed", bytes: levels),
    ]
  }

  private static let columns = [
    "sample", "gene", "transcript", "exon", "chrom", "start", "end", "length", "mean_depth", "pct_10x", "pct_20x",
    "pct_30x", "min_depth", "pct_callable", "gaps", "verdict", "hgnc_id",
    "het_detection", "not_assessed",
  ]

  /// One row an exon, after one row for the whole gene, whose `exon` is `all`. BED coordinates.
  ///
  /// What nobody could read has no depth, and the reason in `not_assessed`. `het_detection` is that of the worst gap.
  public var table: [UInt8] {
    var table = Table(columns: Self.columns)
    for sample in samples {
      for gene in sample.genes {
        let regions = gene.exons.map(\.region) + gene.unread.map(\.region)
        let contigs = Set(regions.map(\.contig))
        let start = regions.map(\.start).min()
        let end = regions.map(\.end).max()
        let contig = contigs.count == 1 ? contigs.first : nil
        table.append(
          [sample.sample, gene.symbol, gene.transcript, "all", contig.map(spelling)]
            + [contig == nil ? nil : start, contig == nil ? nil : end].map { $0.map(String.init) }
            + (gene.summary.length == 0
              ? unknown(length: gene.unread.reduce(0) { $0 + $1.region.length }) : numbers(of: gene.summary))
            + [gene.summary.length == 0 ? nil : "\(gene.gaps.count)", gene.verdict.rawValue, gene.hgncID]
            + [detection(gene.gaps), gene.unread.first?.reason.rawValue])
        let own = Dictionary(grouping: gene.gaps, by: \.exon)
        let counter = OverlapCounter(gene.gaps.map(\.region))
        for exon in gene.exons {
          let gaps = counter.count(overlapping: exon.region)
          table.append(
            [sample.sample, gene.symbol, gene.transcript, exon.name, spelling(exon.region.contig)]
              + ["\(exon.region.start)", "\(exon.region.end)"] + numbers(of: exon.summary)
              + ["\(gaps)", nil, gene.hgncID, detection(own[exon.name] ?? []), nil])
        }
        for exon in gene.unread {
          table.append(
            [sample.sample, gene.symbol, gene.transcript, exon.name, spelling(exon.region.contig)]
              + ["\(exon.region.start)", "\(exon.region.end)"] + unknown(length: exon.region.length)
              + [nil, GeneCoverage.Verdict.notAssessed.rawValue, gene.hgncID, nil, exon.reason.rawValue])
        }
      }
    }
    return table.bytes
  }

  /// The least chance, 0…1, to see a heterozygote in one of the gaps; nil where none is expected, or there is no gap.
  private func detection(_ gaps: [CoverageGap]) -> String? {
    gaps.compactMap(\.detection).min().map { Number.fixed($0, places: 4) }
  }

  private func numbers(of summary: DepthSummary) -> [String?] {
    let shares = [summary.atLeast10, summary.atLeast20, summary.atLeast30].map { percent(summary, $0) }
    return ["\(summary.length)", summary.mean.map { Number.fixed($0, places: 2) }] + shares
      + ["\(summary.minimum)", percent(summary, summary.callable)]
  }

  /// Of bases that nobody could read only their number is known.
  private func unknown(length: Int) -> [String?] { ["\(length)"] + Array(repeating: nil, count: 6) }

  private func percent(_ summary: DepthSummary, _ bases: Int) -> String? {
    summary.share(bases).map { Number.fixed($0 * 100, places: 2) }
  }

  /// One row a gap: `chrom start end gene:exon cause sample min_depth mean_depth mean_unfiltered detection`.
  public var gaps: [UInt8] {
    var table = Table(columns: [
      "#chrom", "start", "end", "name", "cause", "sample", "min_depth", "mean_depth", "mean_depth_unfiltered",
      "het_detection",
    ])
    for sample in samples {
      for gene in sample.genes {
        for gap in gene.gaps {
          table.append([
            spelling(gap.region.contig), "\(gap.region.start)", "\(gap.region.end)", "\(gene.symbol):\(gap.exon)",
            gap.cause.rawValue, sample.sample, "\(gap.minimum)", Number.fixed(gap.mean, places: 2),
            Number.fixed(gap.meanUnfiltered, places: 2), gap.detection.map { Number.fixed($0, places: 4) },
          ])
        }
      }
    }
    return table.bytes
  }

  /// One row a stretch of one depth class, in genome order: `chrom start end class sample`.
  public var levels: [UInt8] {
    var table = Table(columns: ["#chrom", "start", "end", "class", "sample"])
    for sample in samples {
      let stretches = sample.genes.flatMap(\.exons).flatMap { $0.levels.stretches(of: $0.region) }
      for stretch in stretches.sorted(by: { ($0.region, $0.level) < ($1.region, $1.level) }) {
        table.append([
          spelling(stretch.region.contig), "\(stretch.region.start)", "\(stretch.region.end)",
          DepthLevels.names[stretch.level], sample.sample,
        ])
      }
    }
    return table.bytes
  }
}

/// How many regions of a list overlap another one.
///
/// - Complexity: sorts once, then two binary searches a question: a BED may give one name to all of its rows.
private struct OverlapCounter {
  /// By contig.
  private let starts: [Contig: [Int]]
  private let ends: [Contig: [Int]]

  init(_ regions: [Region]) {
    let grouped = Dictionary(grouping: regions, by: \.contig)
    starts = grouped.mapValues { $0.map(\.start).sorted() }
    ends = grouped.mapValues { $0.map(\.end).sorted() }
  }

  /// Those that begin before its end, without those that end before its start.
  func count(overlapping region: Region) -> Int {
    Self.count(below: region.end, in: starts[region.contig] ?? [])
      - Self.count(below: region.start + 1, in: ends[region.contig] ?? [])
  }

  private static func count(below limit: Int, in sorted: [Int]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
