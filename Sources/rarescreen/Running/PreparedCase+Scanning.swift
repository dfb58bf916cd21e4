import Model
import Screening

extension Hits: Mergeable {}

extension QualityTally: Mergeable {
  mutating func merge(_ later: QualityTally) { self += later }
  /// Counts know no record numbers.
  mutating func shift(by records: Int) {}
}

/// What a batch of records yields: for the case, and for each who agreed to secondary findings.
struct CaseHits: Mergeable {
  var own: Hits
  var secondary: [Hits]

  mutating func merge(_ later: CaseHits) {
    own.merge(later.own)
    for (place, hits) in later.secondary.enumerated() { secondary[place].merge(hits) }
  }

  mutating func shift(by records: Int) {
    own.shift(by: records)
    for place in secondary.indices { secondary[place].shift(by: records) }
  }
}

extension PreparedCase {
  /// The hits of every variant file, with the records that were left out on sight counted.
  func screened(_ session: Session) throws -> (results: [Hits], secondary: [[Hits]], warnings: [Wording]) {
    var sampling: [Wording] = []
    let scanned = try scan(
      session,
      plan: { file, size in
        sampling += screen.sampling(of: file, size: size)
        let plan = screen.readPlan(of: file, size: size)
        return secondary?.readPlan(of: file, size: size, beside: plan) ?? plan
      }, count: { screen.count($0, of: $1, in: &$2.own) }, joint: joint,
      body: { [secondary] screen, batch, file, lookup in
        CaseHits(
          own: try screen.hits(in: batch, of: file, with: lookup),
          secondary: try secondary?.hits(in: batch, of: file, with: lookup) ?? [])
      })
    return (scanned.results.map(\.own), scanned.results.map(\.secondary), sampling + scanned.warnings)
  }
}
