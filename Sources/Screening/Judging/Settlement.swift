import Model

extension CaseAlleles {
  /// Enters into the tally what became of the alleles that the batches had left open, and of their records.
  func settle(_ outcome: CaseJudge.Outcome, into tally: inout Tally) {
    var open: [RecordKey: RecordState] = [:]
    for (index, entry) in entries.enumerated() {
      let removal = outcome.removals[index]
      for badge in entry.badges where removal == nil {
        if badge.outcome == .exempt { tally.exempted[badge.stage, default: 0] += 1 }
        if badge.outcome == .unknown { tally.unknowns[badge.stage, default: 0] += 1 }
      }
      for source in entry.sources {
        if let removal { tally.alleles[removal.stage, default: 0] += 1 } else { tally.allelesReported += 1 }
        open[RecordKey(source), default: RecordState()].note(removal?.stage, source)
      }
    }
    for source in duplicates {
      tally.alleles[.duplicate, default: 0] += 1
      open[RecordKey(source), default: RecordState()].note(.duplicate, source)
    }
    for state in open.values {
      if state.isReported {
        tally.recordsReported += 1
      } else if let stage = state.furthest {
        tally.records[stage, default: 0] += 1
      }
    }
  }

  private struct RecordKey: Hashable {
    let file: Int
    let record: Int

    init(_ source: Source) {
      file = source.file
      record = source.record
    }
  }

  private struct RecordState {
    var isReported = false
    var furthest: Removal?

    mutating func note(_ removal: Removal?, _ source: Source) {
      if removal == nil { isReported = true }
      furthest = [furthest, removal, source.siblingRemoval].compactMap { $0 }.max()
    }
  }
}
