public import Model

extension Screen {
  /// Coverage of the panels by what a gVCF says of every place, for members whom nobody has reads of.
  ///
  /// Depth is the least of a block (MIN_DP, else DP), and counts where the caller is sure of the genotype (`min_gq`). Members
  /// without a block are left out: a file that lists variants alone says nothing of what lies between them. Contigs that the header of
  /// the gVCF does not name are not assessed; a header that names none tells by the blocks.
  ///
  /// - Parameter covered: members with reads, by position in the pedigree.
  public func blockCoverage(_ hits: [Hits], besides covered: Set<Int>) -> [SampleCoverage] {
    let settings = subject.settings
    let targets = targets.coverageTargets(padding: settings.coveragePadding)
    let blocks = Dictionary(grouping: hits.flatMap(\.blocks)) { $0.member }
    var contigs: [Int: Set<Contig>] = [:]
    for yield in hits {
      for member in Set(yield.blocks.map(\.member)) {
        contigs[member, default: []].formUnion(plans[yield.file].contigs)
      }
      // A header that names no contig, or not all, is told by the records.
      for block in yield.blocks { contigs[block.member, default: []].insert(block.region.contig) }
    }
    return blocks.keys.sorted().filter { !covered.contains($0) }.compactMap { member in
      guard let own = blocks[member], own.contains(where: \.isReference) else { return nil }
      let person = subject.pedigree.individuals[member]
      let plan = CoveragePlan(
        targets, unplaced: self.targets.unplaced, sex: person.sex, assembly: subject.assembly, settings: settings,
        contigs: contigs[member])
      let depths = BlockDepths(own, minimumQuality: settings.minimumGenotypeQuality)
      let yields = plan.stretches.indices.map { plan.yield(of: depths.depths(of: plan.stretches[$0]), stretch: $0) }
      return plan.coverage(
        of: person.id, yields, source: .referenceBlocks(minimumQuality: Int(settings.minimumGenotypeQuality)))
    }
  }
}

/// Depths that the blocks of one member vouch for.
private struct BlockDepths {
  /// By region.
  private let blocks: [Hits.ReferenceBlock]
  /// The furthest end on the contig so far, where a search backwards may stop.
  private let reach: [Int]
  private let minimumQuality: Double

  init(_ blocks: [Hits.ReferenceBlock], minimumQuality: Double) {
    self.blocks = blocks.sorted { $0.region < $1.region }
    self.minimumQuality = minimumQuality
    var reach: [Int] = []
    for (place, block) in self.blocks.enumerated() {
      let isFirst = place == 0 || self.blocks[place - 1].region.contig != block.region.contig
      reach.append(isFirst ? block.region.end : max(reach[place - 1], block.region.end))
    }
    self.reach = reach
  }

  func depths(of stretch: Region) -> Depths {
    var any = [Int32](repeating: 0, count: stretch.length)
    var sure = any
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      let other = blocks[middle].region
      if (other.contig, other.start) < (stretch.contig, stretch.end) { low = middle + 1 } else { high = middle }
    }
    while low > 0, blocks[low - 1].region.contig == stretch.contig, reach[low - 1] > stretch.start {
      low -= 1
      let block = blocks[low]
      let depth = Int32(clamping: block.depth ?? 0)
      let isSure = (block.quality ?? 0) >= minimumQuality
      let places = max(block.region.start, stretch.start)..<max(stretch.start, min(block.region.end, stretch.end))
      for place in places where places.lowerBound < places.upperBound {
        any[place - stretch.start] = max(any[place - stretch.start], depth)
        if isSure { sure[place - stretch.start] = max(sure[place - stretch.start], depth) }
      }
    }
    return Depths(region: stretch, passing: sure, placed: sure, any: any)
  }
}
