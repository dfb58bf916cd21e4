public import Model

/// The ranks of a benchmark case by case, and their summary.
public struct PhenotypeBenchmarkReport {
  private let cases: [BenchmarkCase]

  public init(_ cases: [BenchmarkCase]) {
    self.cases = cases
  }

  /// One line a case; ranks of ties are the worst of them, `.` is not found.
  public var ranks: [UInt8] {
    let ways = BenchmarkRank.Way.allCases
    var table = Table(
      columns: ["file", "disease", "gene", "half", "annotated", "observed", "excluded"]
        + ways.flatMap { ["\($0.rawValue)_disease", "\($0.rawValue)_gene", "\($0.rawValue)_top_share"] })
    for item in cases {
      table.append(
        [
          item.file, item.disease, item.gene, item.isTest ? "test" : "tuning", item.isAnnotated ? "yes" : "no",
          "\(item.observedCount)", "\(item.excludedCount)",
        ]
          + ways.flatMap { way -> [String?] in
            let rank = item.rank(way)
            return [
              rank?.disease.map { "\($0)" }, rank?.gene.map { "\($0)" },
              rank?.topShare.map { Number.fixed($0, places: 4) },
            ]
          })
    }
    return table.bytes
  }

  /// Shares of cases among the first 1, 3, 5 and 10, with the mean reciprocal rank and a bootstrap interval of the first.
  public var summary: [UInt8] {
    var table = Table(columns: [
      "way", "cases_of", "target", "cases", "top1", "top1_low", "top1_high", "top3", "top5", "top10", "mrr",
      "not_found",
    ])
    for way in BenchmarkRank.Way.allCases {
      for (name, chosen) in Self.parts {
        let found = cases.filter { chosen($0) }.compactMap { $0.rank(way) }
        guard !found.isEmpty else { continue }
        table.append([way.rawValue, name, "disease"] + Self.figures(found.map(\.disease)))
        if !way.rawValue.hasPrefix("resnik") {
          table.append([way.rawValue, name, "disease_group"] + Self.figures(found.map(\.group)))
          table.append([way.rawValue, name, "gene"] + Self.figures(found.map(\.gene)))
        }
      }
    }
    return table.bytes
  }

  private static let parts: [(name: String, chosen: @Sendable (BenchmarkCase) -> Bool)] = [
    ("all", { _ in true }), ("annotated", { $0.isAnnotated }),
    ("test_half", { $0.isTest }), ("test_half_annotated", { $0.isTest && $0.isAnnotated }),
    ("tuning_half", { !$0.isTest }), ("tuning_half_annotated", { !$0.isTest && $0.isAnnotated }),
    ("up_to_3_terms", { $0.observedCount <= 3 }), ("4_to_10_terms", { (4...10).contains($0.observedCount) }),
    ("over_10_terms", { $0.observedCount > 10 }), ("with_excluded_terms", { $0.excludedCount > 0 }),
    ("without_excluded_terms", { $0.excludedCount == 0 }),
  ]

  private static func figures(_ ranks: [Int?]) -> [String?] {
    let count = Double(ranks.count)
    func share(_ limit: Int) -> Double { Double(ranks.count { ($0 ?? .max) <= limit }) / count }
    let interval = bootstrap(ranks.map { $0 == 1 })
    let reciprocal = ranks.reduce(0.0) { $0 + ($1.map { 1 / Double($0) } ?? 0) } / count
    return [
      "\(ranks.count)", percent(share(1)), percent(interval.low), percent(interval.high), percent(share(3)),
      percent(share(5)), percent(share(10)), Number.fixed(reciprocal, places: 4),
      percent(Double(ranks.count { $0 == nil }) / count),
    ]
  }

  private static func percent(_ share: Double) -> String { Number.fixed(100 * share, places: 1) }

  /// The 95 % interval of a share by 1,000 resamplings.
  private static func bootstrap(_ hits: [Bool]) -> (low: Double, high: Double) {
    var state: UInt64 = 0x2545_f491_4f6c_dd1d
    var shares: [Double] = []
    for _ in 0..<1_000 {
      var count = 0
      for _ in hits.indices {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        if hits[Int(state % UInt64(hits.count))] { count += 1 }
      }
      shares.append(Double(count) / Double(hits.count))
    }
    shares.sort()
    return (shares[25], shares[974])
  }
}
