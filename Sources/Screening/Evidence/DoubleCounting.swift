internal import Model

/// Criteria that look at the same fact twice: the weaker sight is set aside, visibly.
///
/// Sources: ClinGen SVI's general recommendations; Abou Tayoun et al. 2018 (doi:10.1002/humu.23626) for PVS1; Pejaver et al. 2022
/// (doi:10.1016/j.ajhg.2022.10.013) for PP3 with PM1.
enum DoubleCounting {
  /// A criterion, those that make it void, and why.
  private static let exclusions: [(code: String, by: [String], reason: Wording)] = [
    ("PP3", ["PVS1"], "PVS1 already counts the effect on the product"),
    ("PM4", ["PVS1"], "PVS1 already counts the effect on the product"),
    ("PM2", ["BA1", "BS1"], "too common for PM2"),
    ("BS1", ["BA1"], "BA1 already counts the frequency"),
  ]

  /// Two sights of one fact of which the stronger counts, of equals the first.
  private static let alternatives: [(first: String, second: String, fact: Wording)] = [
    ("PS1", "PM5", "the residue"),
    ("PS2", "PM6", "the de novo event"),
  ]

  /// Hot spot and prediction draw on the same conservation: together no more than one strong criterion.
  private static let mostOfHotSpotAndPrediction = 4

  private static let residueNote: Wording = "PS1 or PM5 counts the same residue: mind the overlap"

  /// - Parameter criteria: each code at most once among those that count.
  static func settled(_ criteria: [Criterion]) -> [Criterion] {
    var settled = criteria
    func place(_ code: String) -> Int? { settled.firstIndex { $0.code == code && $0.points != 0 } }
    func setAside(_ code: String, _ reason: Wording) {
      if let place = place(code) { settled[place].setAside(because: reason) }
    }

    for exclusion in exclusions where exclusion.by.contains(where: { place($0) != nil }) {
      setAside(exclusion.code, exclusion.reason)
    }
    for pair in alternatives {
      guard let first = place(pair.first), let second = place(pair.second) else { continue }
      let isFirst = settled[first].points >= settled[second].points
      setAside(
        isFirst ? pair.second : pair.first, "\(isFirst ? pair.first : pair.second) already counts \(pair.fact)")
    }
    if let prediction = place("PP3"), let hotSpot = place("PM1"),
      settled[prediction].points + settled[hotSpot].points > mostOfHotSpotAndPrediction
    {
      // A strength is 1, 2, 4 or 8 points: beyond 4 together nothing is left for the weaker.
      let isPrediction = settled[prediction].points >= settled[hotSpot].points
      setAside(
        isPrediction ? "PM1" : "PP3",
        "with \(isPrediction ? "PP3" : "PM1") more than \(mostOfHotSpotAndPrediction) points for one region")
    }
    if let prediction = place("PP3"), place("PS1") ?? place("PM5") != nil,
      !(settled[prediction].note?.sentences.contains { residueNote.sentences.contains($0) } ?? false)
    {
      settled[prediction].note = [settled[prediction].note, residueNote].compactMap { $0 }.joined(separator: "; ")
    }
    return settled
  }
}
