import Model

/// Finds the runs of homozygosity of one chromosome: at least 1 Mb, at least 50 variant SNVs, at most 2 % of them heterozygous.
///
/// Which stretches of a chromosome meet such a rule best has one answer when each homozygote counts +1 and each heterozygote
/// takes away a fixed number: the maximal scoring subsequences of Ruzzo and Tompa (1999, ISMB, pages 234–241), in which every
/// beginning and every end has a positive sum, found in linear time. So a wrong heterozygous call inside does not end a run, and
/// a run does not grow into its heterozygous surroundings until the 2 % are used up.
struct RunFinder {
  let runs: [HomozygousRun]
  /// Bases between sites that are near enough to each other to tell of what lies between them.
  let measured: Int
  let siteCount: Int

  /// A heterozygote takes away as much as this many homozygotes give. With 49 the sum is positive exactly below 2 %, but two
  /// runs of 40 sites around one wrong call, which meet the rule together, would both be lost; so half is tried first.
  private static let penalties = [24, 49]

  /// - Parameter sites: as `HomozygousSites` orders them.
  init(_ sites: [UInt32], on contig: Contig) {
    var runs: [HomozygousRun] = []
    var measured = 0
    for stretch in Self.stretches(of: sites) {
      measured +=
        HomozygousSites.position(sites[stretch.upperBound - 1]) - HomozygousSites.position(sites[stretch.lowerBound])
        + 1
      runs += Self.lawful(sites, stretch, penalties: Self.penalties[...]).compactMap { Self.run(sites, $0, contig) }
    }
    self.runs = runs
    self.measured = measured
    siteCount = sites.count
  }

  /// Cuts where no site tells of so many bases that they cannot count as homozygous: centromeres, regions without targets.
  private static func stretches(of sites: [UInt32]) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var start = 0
    for index in sites.indices {
      let isLast = index == sites.count - 1
      guard
        isLast
          || HomozygousSites.position(sites[index + 1]) - HomozygousSites.position(sites[index])
            > QualityCutoff.longestGap
      else { continue }
      stretches.append(start..<index + 1)
      start = index + 1
    }
    return stretches
  }

  /// The maximal segments of a stretch whose share of heterozygotes is allowed.
  private static func lawful(_ sites: [UInt32], _ range: Range<Int>, penalties: ArraySlice<Int>) -> [Range<Int>] {
    guard let penalty = penalties.first else { return [] }
    return segments(sites, range, penalty: penalty).flatMap { segment in
      let share = Double(heterozygous(sites, segment)) / Double(segment.count)
      return share <= QualityCutoff.runHeterozygotes
        ? [segment] : lawful(sites, segment, penalties: penalties.dropFirst())
    }
  }

  private static func heterozygous(_ sites: [UInt32], _ segment: Range<Int>) -> Int {
    sites[segment].count(where: HomozygousSites.isHeterozygous)
  }

  private static func run(_ sites: [UInt32], _ segment: Range<Int>, _ contig: Contig) -> HomozygousRun? {
    let region = Region(
      contig, HomozygousSites.position(sites[segment.lowerBound]) - 1,
      HomozygousSites.position(sites[segment.upperBound - 1]))
    guard region.length >= QualityCutoff.runLength, segment.count >= QualityCutoff.runSites else { return nil }
    return HomozygousRun(region: region, sites: segment.count, heterozygous: heterozygous(sites, segment))
  }

  private struct Segment {
    var sites: Range<Int>
    /// Sum of all scores before the segment, and up to its end.
    var before: Int
    var after: Int
    /// The last segment to the left with a smaller `before`; -1 for none.
    var lower = -1
  }

  /// All maximal scoring subsequences of a range.
  ///
  /// - Complexity: linear, since whoever looks to the left jumps over what earlier looks found to be too high.
  static func segments(_ sites: [UInt32], _ range: Range<Int>, penalty: Int) -> [Range<Int>] {
    var settled: [Range<Int>] = []
    var open: [Segment] = []
    var sum = 0
    for index in range {
      if HomozygousSites.isHeterozygous(sites[index]) {
        sum -= penalty
        continue
      }
      var segment = Segment(sites: index..<index + 1, before: sum, after: sum + 1)
      sum += 1
      while true {
        var left = open.count - 1
        while left >= 0, open[left].before >= segment.before { left = open[left].lower }
        if left < 0 {
          // Nothing to the left can ever be joined with what comes.
          settled += open.map(\.sites)
          open = [segment]
          break
        }
        if open[left].after >= segment.after {
          segment.lower = left
          open.append(segment)
          break
        }
        segment.sites = open[left].sites.lowerBound..<segment.sites.upperBound
        segment.before = open[left].before
        open.removeSubrange(left...)
      }
    }
    return settled + open.map(\.sites)
  }
}
