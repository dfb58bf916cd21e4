public import Model

/// What is to be counted for the coverage of a panel, cut into stretches that are read one by one, and how their depths are put
/// together.
///
///     let plan = CoveragePlan(targets, sex: .female, assembly: .grch38, settings: settings)
///     let yields = plan.stretches.indices.map { plan.yield(of: depths[$0], stretch: $0) }
///     plan.coverage(of: "CHILD", yields, source: …).genes[0].verdict
///
/// Results do not depend on where stretches are cut.
public struct CoveragePlan: Sendable {
  /// Stretches to read, in genome order, apart from each other.
  public let stretches: [Region]
  let targets: [CoverageTarget]
  private let unplaced: [String]
  let sex: Sex
  let assembly: Assembly
  private let settings: Settings
  /// All exons of all targets, one behind the other.
  private let exons: [Exon]
  /// For each stretch the exons that it touches.
  private let touched: [[Int]]

  private struct Exon: Sendable {
    var target: Int
    var name: String
    var region: Region
    /// Reads that each base needs; nil where nobody can read.
    var threshold: Int?
    /// Why nobody can.
    var reason: UnreadExon.Reason?
    /// Whether a heterozygote is to be expected.
    var hasTwoCopies: Bool
  }

  /// - Parameters:
  ///   - unplaced: genes that have no coordinates.
  ///   - contigs: those that the file has; nil for all. What lies on others is not assessed.
  ///   - isCRAM: whether the reads come in CRAM, which is decoded in larger pieces than BAM.
  public init(
    _ targets: [CoverageTarget], unplaced: [String] = [], sex: Sex, assembly: Assembly, settings: Settings,
    contigs: Set<Contig>? = nil, isCRAM: Bool = false
  ) {
    self.targets = targets
    self.unplaced = unplaced
    self.sex = sex
    self.assembly = assembly
    self.settings = settings
    exons = targets.enumerated().flatMap { target, item in
      item.exons.map { exon in
        let copies = ExpectedCopies(at: Locus(exon.region.contig, exon.region.start + 1), sex: sex, assembly: assembly)
        let threshold = CoverageRules.threshold(at: exon.region, sex: sex, assembly: assembly, settings: settings)
        let isThere = contigs?.contains(exon.region.contig) ?? true
        let reason: UnreadExon.Reason? = copies == .none ? .noCopy : isThere ? nil : .noContig
        return Exon(
          target: target, name: exon.name, region: exon.region, threshold: reason == nil ? threshold : nil,
          reason: reason, hasTwoCopies: copies == .two)
      }
    }
    stretches = Self.stretches(
      of: RegionSet(exons.filter { $0.threshold != nil }.map(\.region)),
      nearest: isCRAM ? CoverageRules.nearestJumpInCRAM : CoverageRules.nearestJump)
    var touched: [[Int]] = stretches.map { _ in [] }
    for (number, exon) in exons.enumerated() where exon.threshold != nil {
      var low = 0
      var high = stretches.count
      while low < high {
        let middle = (low + high) / 2
        let stretch = stretches[middle]
        if (stretch.contig, stretch.end) <= (exon.region.contig, exon.region.start) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      while low < stretches.count, stretches[low].overlaps(exon.region) {
        touched[low].append(number)
        low += 1
      }
    }
    self.touched = touched
  }

  /// Near regions joined, long ones cut.
  private static func stretches(of regions: RegionSet, nearest: Int) -> [Region] {
    var joined: [Region] = []
    for region in regions.regions {
      if let last = joined.last, last.contig == region.contig, region.start - last.end < nearest,
        region.end - last.start <= CoverageRules.longestStretch
      {
        joined[joined.count - 1].end = region.end
      } else {
        joined.append(region)
      }
    }
    return joined.flatMap { region in
      stride(from: region.start, to: region.end, by: CoverageRules.longestStretch).map {
        Region(region.contig, $0, min(region.end, $0 + CoverageRules.longestStretch))
      }
    }
  }
}

extension CoveragePlan {
  /// What one stretch says of the exons that it touches.
  public struct Yield: Sendable {
    fileprivate var parts: [ExonPart]
  }

  /// The depths of one stretch, summed up by exon.
  public func yield(of depths: Depths, stretch: Int) -> Yield {
    Yield(
      parts: touched[stretch].map { number in
        ExonPart(exon: number, region: exons[number].region, threshold: exons[number].threshold ?? 0, depths)
      })
  }

  /// Puts the yields of all stretches, in their order, together.
  public func coverage(of sample: String, _ yields: [Yield], source: SampleCoverage.Source) -> SampleCoverage {
    var parts: [ExonPart?] = exons.map { _ in nil }
    for part in yields.flatMap(\.parts) {
      if parts[part.exon] == nil { parts[part.exon] = part } else { parts[part.exon]?.join(part) }
    }
    var contigs: [UInt8: DepthSummary] = [:]
    var genes: [GeneCoverage] = targets.map {
      GeneCoverage(
        symbol: $0.symbol, hgncID: $0.hgncID, transcript: $0.transcript, exons: [], summary: DepthSummary(), gaps: [],
        verdict: .notAssessed)
    }
    // A caller tells of genotypes that it is not sure of, not of reads that it could not place.
    var unsure = CoverageGap.Cause.lowMappingQuality
    if case .referenceBlocks = source { unsure = .lowGenotypeQuality }
    for (exon, part) in zip(exons, parts) {
      if let reason = exon.reason {
        genes[exon.target].unread.append(UnreadExon(name: exon.name, region: exon.region, reason: reason))
      }
      guard let part else { continue }
      if genes[exon.target].needed == nil { genes[exon.target].needed = exon.threshold }
      contigs[exon.region.contig.rawValue, default: DepthSummary()] += part.summary
      genes[exon.target].summary += part.summary
      genes[exon.target].exons.append(
        ExonCoverage(
          name: exon.name, region: exon.region, summary: part.summary, profile: part.profile, levels: part.levels))
      genes[exon.target].gaps += part.gaps.map { gap(of: $0, in: exon, unsure: unsure) }
    }
    for place in genes.indices { genes[place].verdict = Self.verdict(on: genes[place].summary) }
    return SampleCoverage(sample: sample, source: source, genes: genes, unplaced: unplaced, contigs: contigs)
  }

  private static func verdict(on summary: DepthSummary) -> GeneCoverage.Verdict {
    guard let share = summary.share(summary.callable) else { return .notAssessed }
    if share >= CoverageRules.pass { return .pass }
    return share >= CoverageRules.borderline ? .borderline : .fail
  }

  private func gap(of part: ExonPart.Gap, in exon: Exon, unsure: CoverageGap.Cause) -> CoverageGap {
    let length = part.region.length
    let needed = (exon.threshold ?? 0) * length
    let cause: CoverageGap.Cause
    if part.any == 0 {
      cause = .noReads
    } else if part.placed >= needed {
      cause = .lowBaseQuality
    } else {
      cause = part.any >= needed ? unsure : .lowDepth
    }
    return CoverageGap(
      region: part.region, exon: exon.name, minimum: part.minimum, mean: Double(part.passing) / Double(length),
      meanUnfiltered: Double(part.any) / Double(length), cause: cause,
      detection: exon.hasTwoCopies
        ? CoverageRules.detection(depth: part.minimum, needed: settings.minimumAlternateReads) : nil)
  }
}

/// What one stretch says of one exon; parts of an exon join in their order.
private struct ExonPart: Sendable {
  struct Gap: Sendable {
    var region: Region
    var minimum: Int
    /// Sums over its bases.
    var passing: Int
    var placed: Int
    var any: Int
  }

  let exon: Int
  var summary = DepthSummary()
  var gaps: [Gap] = []
  var levels = DepthLevels()
  /// Sums of the depths over the parts of the profile.
  private var sums: [Int]
  private let region: Region

  init(exon: Int, region: Region, threshold: Int, _ depths: Depths) {
    self.exon = exon
    self.region = region
    sums = Array(repeating: 0, count: Self.profileParts(of: region))
    let start = max(region.start, depths.region.start)
    let end = min(region.end, depths.region.end)
    guard start < end else { return }
    let places = start - depths.region.start..<end - depths.region.start
    summary = DepthSummary(of: depths.passing, places, threshold: threshold)
    if summary.callable < summary.length { findGaps(depths, places, threshold: Int32(threshold)) }
    levels.add(depths.passing, places)
    addProfile(depths.passing, places, from: start)
  }

  private mutating func findGaps(_ depths: Depths, _ places: Range<Int>, threshold: Int32) {
    var place = places.lowerBound
    while place < places.upperBound {
      guard depths.passing[place] < threshold else {
        place += 1
        continue
      }
      let first = place
      while place < places.upperBound, depths.passing[place] < threshold { place += 1 }
      let sum = { (column: [Int32]) in column[first..<place].reduce(0) { $0 + Int($1) } }
      gaps.append(
        Gap(
          region: Region(region.contig, depths.region.start + first, depths.region.start + place),
          minimum: Int(depths.passing[first..<place].min() ?? 0), passing: sum(depths.passing),
          placed: sum(depths.placed), any: sum(depths.any)))
    }
  }

  private mutating func addProfile(_ depths: [Int32], _ places: Range<Int>, from start: Int) {
    var place = places.lowerBound
    var base = start - region.start
    while place < places.upperBound {
      let part = base * sums.count / region.length
      // The first base of the next part.
      let next = ((part + 1) * region.length + sums.count - 1) / sums.count
      let count = min(next - base, places.upperBound - place)
      sums[part] += depths[place..<place + count].reduce(0) { $0 + Int($1) }
      place += count
      base += count
    }
  }

  mutating func join(_ later: ExonPart) {
    summary += later.summary
    levels.add(later.levels)
    for part in sums.indices { sums[part] += later.sums[part] }
    var later = later.gaps[...]
    if let last = gaps.last, let first = later.first, last.region.end == first.region.start {
      let place = gaps.count - 1
      gaps[place].region.end = first.region.end
      gaps[place].minimum = min(last.minimum, first.minimum)
      gaps[place].passing += first.passing
      gaps[place].placed += first.placed
      gaps[place].any += first.any
      later.removeFirst()
    }
    gaps += later
  }

  /// Mean depth of each part.
  var profile: [Float] {
    sums.indices.map { part in
      let first = (part * region.length + sums.count - 1) / sums.count
      let next = ((part + 1) * region.length + sums.count - 1) / sums.count
      return Float(sums[part]) / Float(max(1, next - first))
    }
  }

  /// Enough for a picture: a part for every ten bases, 64 at most.
  private static func profileParts(of region: Region) -> Int { min(64, max(1, region.length / 10)) }
}

extension DepthSummary {
  /// - Parameter places: bases that count.
  fileprivate init(of depths: [Int32], _ places: Range<Int>, threshold: Int) {
    self.init()
    length = places.count
    let needed = Int32(clamping: threshold)
    var least = Int32.max
    // In one pass of plain additions, which the compiler makes of many bases at once.
    for depth in depths[places] {
      sum &+= Int(depth)
      least = Swift.min(least, depth)
      atLeast10 &+= depth >= 10 ? 1 : 0
      atLeast20 &+= depth >= 20 ? 1 : 0
      atLeast30 &+= depth >= 30 ? 1 : 0
      callable &+= depth >= needed ? 1 : 0
    }
    minimum = Int(least)
  }
}
