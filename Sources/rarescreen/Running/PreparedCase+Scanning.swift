import Model
import Screening

extension Hits: Mergeable {}

extension QualityTally: Mergeable {
  mutating func merge(_ later: QualityTally) { self += later }
  /// Counts know no record numbers.
  mutating func shift(by records: Int) {}
}

extension PreparedCase {
  /// The hits of every variant file, with the records that were left out on sight counted.
  func screened(_ session: Session) throws -> (results: [Hits], warnings: [String]) {
    var sampling: [String] = []
    let scanned = try scan(
      session,
      plan: { file, size in
        sampling += screen.sampling(of: file, size: size)
        return screen.readPlan(of: file, size: size)
      }, count: { screen.count($0, of: $1, in: &$2) },
      body: { screen, batch, file, lookup in try screen.hits(in: batch, of: file, with: lookup) })
    return (scanned.results, sampling + scanned.warnings)
  }
}
