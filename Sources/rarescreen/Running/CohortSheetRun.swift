import Logging
import Reading

/// Adds the cases of a sheet to the cohort one after the other, each whole or not at all: the cohort has one writer.
///
/// What is there already with the same files is left alone, so that the same command goes on after whatever stopped it.
struct CohortSheetRun {
  let entries: [CaseSheet.Entry]
  let session: Session
  let add: (CaseSheet.Entry) throws -> CohortRun.Outcome

  struct Tally {
    var samples = 0
    /// Cases.
    var added = 0
    var alreadyThere = 0
    var failed: [(id: String, failure: Failure)] = []
    /// The cohort after the last addition.
    var cohort: CohortRun.Outcome?
  }

  /// - Throws: what no other case would fare better with: a disk that is full, a cohort that cannot be written, a signal.
  func run() throws -> Tally {
    var tally = Tally()
    let begin = ContinuousClock.now
    for (index, entry) in entries.enumerated() {
      try session.interruption.check()
      do {
        let outcome = try add(entry)
        tally.samples += outcome.samples.count
        if outcome.samples.isEmpty { tally.alreadyThere += 1 } else { tally.added += 1 }
        tally.cohort = outcome
      } catch let error as Interruption.Stopped {
        throw error
      } catch {
        let failure = Failure(error)
        guard [.usage, .malformedInput, .missingInput].contains(failure.code) else { throw failure }
        session.progress.finish()
        session.logger.error("\(entry.id) was not added (exit \(failure.code.rawValue)): \(failure.message)")
        tally.failed.append((entry.id, failure))
      }
      let minutes = max(1e-6, (ContinuousClock.now - begin) / .seconds(60))
      let rate = Double(index + 1) / minutes
      session.progress.advance(
        cases: index + 1, of: entries.count, failed: tally.failed.count, aMinute: rate,
        secondsLeft: Double(entries.count - index - 1) / rate * 60)
    }
    return tally
  }
}

extension CohortSheetRun.Tally {
  var summary: String {
    let count = added + alreadyThere + failed.count
    let there = alreadyThere == 0 ? "" : ", \(alreadyThere) were there already"
    let line =
      "\(count.cases): \(added) added with \(samples) samples\(there), \(failed.count) failed\n"
    return line + (cohort.map { "the cohort: \($0.summary)\n" } ?? "")
  }

  /// Nil where no case failed.
  var failure: Failure? {
    if failed.isEmpty { return nil }
    let named = Failure.named(failed.map { ($0.id, Int($0.failure.code.rawValue)) })
    return Failure(
      .malformedInput,
      "\(failed.count) cases were not added: \(named); mend them and give the same command again: the others are left alone"
    )
  }
}
