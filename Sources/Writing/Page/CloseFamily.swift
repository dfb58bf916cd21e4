internal import Model

/// The report as the page shows it: of a family too large to be read or drawn only those closest to the proband.
///
/// Every table, drawing and list of the page has a line for each member, so that a family of thousands would make a page of
/// many megabytes; `candidates.json` and `qc.json` stay complete.
struct CloseFamily {
  /// More people than this do not fit a drawing.
  static let most = 60

  let report: Report

  /// The report with the closest members alone and a warning that says so; the same report when the family is small.
  var shown: Report {
    let people = report.subject.pedigree.individuals
    guard people.count > Self.most else { return report }
    let kept = closest(in: people)
    let names = Set(kept.map { people[$0].id })
    var shown = report
    shown.subject.pedigree = Pedigree(kept.map { people[$0] })
    shown.result.candidates = report.result.candidates.map { candidate in
      var candidate = candidate
      for index in candidate.variants.indices { limit(&candidate.variants[index], to: kept) }
      for index in candidate.verdicts.indices {
        candidate.verdicts[index].members.removeAll { !names.contains($0.member) }
      }
      return candidate
    }
    for index in shown.result.nearMisses.indices { limit(&shown.result.nearMisses[index].variant, to: kept) }
    shown.result.quality.checks.removeAll { check in
      (check.outcome == .pass || check.outcome == .notEvaluable) && !check.samples.allSatisfy(names.contains)
    }
    shown.result.warnings.append(
      """
      this page shows the \(kept.count) members closest to \(report.subject.proband); \
      \(people.count - kept.count) more are in candidates.json and qc.json
      """)
    return shown
  }

  private func limit(_ variant: inout CandidateVariant, to kept: [Int]) {
    let genotypes = variant.variant.genotypes
    variant.variant.genotypes = kept.map { genotypes.indices.contains($0) ? genotypes[$0] : .missing }
  }

  /// Positions in the order of the pedigree: the proband, parents and children, then affected members, then others, the nearer
  /// first.
  private func closest(in people: [Individual]) -> [Int] {
    let distances = distances(in: people)
    func key(_ position: Int) -> (Int, Int, Int) {
      let distance = distances[position]
      return (distance <= 1 ? 0 : people[position].status == .affected ? 1 : 2, distance, position)
    }
    return people.indices.sorted { key($0) < key($1) }.prefix(Self.most).sorted()
  }

  /// Steps between parent and child from the proband to each member; `Int.max` for those who are not related.
  private func distances(in people: [Individual]) -> [Int] {
    let pedigree = report.subject.pedigree
    var neighbours = Array(repeating: [Int](), count: people.count)
    for (child, person) in people.enumerated() {
      for parent in [person.father, person.mother] {
        guard let position = parent.flatMap(pedigree.position) else { continue }
        neighbours[child].append(position)
        neighbours[position].append(child)
      }
    }
    var distances = Array(repeating: Int.max, count: people.count)
    var ring = [pedigree.position(of: report.subject.proband)].compactMap { $0 }
    var steps = 0
    while !ring.isEmpty {
      for position in ring { distances[position] = steps }
      steps += 1
      ring = Set(ring.flatMap { neighbours[$0] }).filter { distances[$0] == .max }.sorted()
    }
    return distances
  }
}
