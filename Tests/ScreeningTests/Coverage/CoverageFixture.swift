import Model
import Screening

/// Plans and depths for the tests of coverage.
enum CoverageFixture {
  static func target(_ symbol: String = "A", _ regions: Region...) -> CoverageTarget {
    let targets = TargetSet(
      assembly: .grch38, panels: [], genes: [], regions: regions.map { .init(region: $0, name: symbol) },
      screened: RegionSet([])
    ).coverageTargets(padding: 10)
    guard let target = targets.first else { preconditionFailure("no region") }
    return target
  }

  /// The coverage when every base has the depth that `depth` says.
  ///
  /// - Parameter any: reads whatever their place; nil for as many as pass.
  static func coverage(
    _ targets: [CoverageTarget], sex: Sex = .female, settings: Settings = Settings(), contigs: Set<Contig>? = nil,
    any: ((Region) -> Int)? = nil, depth: @escaping (Region) -> Int
  ) -> (coverage: SampleCoverage, stretches: [Region]) {
    let plan = CoveragePlan(targets, sex: sex, assembly: .grch38, settings: settings, contigs: contigs)
    let yields = plan.stretches.indices.map { number in
      plan.yield(of: depths(plan.stretches[number], any: any ?? depth, depth: depth), stretch: number)
    }
    let source = SampleCoverage.Source.reads(minimumMappingQuality: 20, minimumBaseQuality: 20)
    return (plan.coverage(of: "S", yields, source: source), plan.stretches)
  }

  /// Depths as they come from reads of one base each: doubtful ones first, then good ones.
  private static func depths(_ stretch: Region, any: (Region) -> Int, depth: (Region) -> Int) -> Depths {
    var counter = DepthCounter(region: stretch, minimumMappingQuality: 20)
    var batch = ReadBatch()
    var last: (depth: Int, any: Int, start: Int)?
    func close(at end: Int) {
      guard let run = last, end > run.start else { return }
      for number in 0..<run.any {
        let words = [UInt32(end - run.start) << 4]
        batch.add(operations: words.span)
        batch.close(
          start: Int32(run.start), end: Int32(end), flag: 0, mappingQuality: number < run.depth ? 60 : 0, mateStart: -1,
          nameHash: 0)
      }
    }
    for position in stretch.start..<stretch.end {
      let base = Region(stretch.contig, position, position + 1)
      let here = (depth: depth(base), any: any(base), start: position)
      if let run = last, run.depth == here.depth, run.any == here.any { continue }
      close(at: position)
      last = here
    }
    close(at: stretch.end)
    counter.count(&batch, from: 0)
    return counter.finish()
  }
}
