internal import Model

/// The report as those outside the laboratory see it: without what relatives carry, as far as the patient's result does not need it.
///
/// At a candidate the proband, affected members and the proband's parents stand open, since the result says from whom the allele came;
/// whether any other member carries it is withheld. At a near miss only the proband and affected members stand open. Why a model
/// holds or fails stays, without names: it is part of the result.
struct WithheldCarriers {
  let report: Report

  /// The same report where nothing is to be withheld.
  var shown: Report {
    let people = report.subject.pedigree.individuals
    let samples = Set(report.headers.flatMap(\.samples))
    // Of a member without genotypes there is nothing to tell. An absent record of one with genotypes tells as much as a call.
    let tested = people.indices.filter { samples.contains(people[$0].id) && !isTested(people[$0]) }
    if tested.isEmpty { return report }
    var shown = report
    let closed = tested.filter { !isParent(people[$0]) }
    let names = closed.map { people[$0].id }
    for index in shown.result.candidates.indices { withhold(closed, names, of: &shown.result.candidates[index]) }
    for (allele, pileUps) in shown.result.pileUps {
      shown.result.pileUps[allele] = pileUps.filter { !names.contains($0.sample) }
    }
    let relatives = tested.map { people[$0].id }
    for index in shown.result.nearMisses.indices {
      withhold(tested, relatives, of: &shown.result.nearMisses[index])
    }
    shown.withheld = report.result.candidates.isEmpty ? [] : names
    return shown
  }

  /// Whose genotypes are looked at for the question itself.
  private func isTested(_ person: Individual) -> Bool {
    person.id == report.subject.proband || person.status == .affected
  }

  private func isParent(_ person: Individual) -> Bool {
    let proband = report.subject.pedigree[report.subject.proband]
    return person.id == proband?.father || person.id == proband?.mother
  }

  private func withhold(_ members: [Int], _ names: [String], of candidate: inout Candidate) {
    for index in candidate.variants.indices { withhold(members, names, of: &candidate.variants[index]) }
    candidate.flags.removeAll { Self.tells($0, of: names) }
    for index in candidate.verdicts.indices {
      candidate.verdicts[index].members.removeAll { names.contains($0.member) }
      candidate.verdicts[index].flags.removeAll { Self.tells($0, of: names) }
    }
  }

  private func withhold(_ members: [Int], _ names: [String], of seen: inout CandidateVariant) {
    for member in members where seen.variant.genotypes.indices.contains(member) {
      seen.variant.genotypes[member] = .withheld
    }
    seen.variant.flags.removeAll { Self.tells($0, of: names) }
  }

  private func withhold(_ members: [Int], _ names: [String], of miss: inout NearMiss) {
    withhold(members, names, of: &miss.variant)
    guard miss.kind == .contradictedByReads, case .text(let words) = miss.decision.value else { return }
    let parts = words.parts(separator: "; ")
    let kept = parts.filter { !Self.tells($0, of: names) }
    if kept.count < parts.count {
      miss.decision.value = .text((["the reads of a relative, who is not named here"] + kept).joined(separator: "; "))
    }
  }

  /// Whether a flag says which allele one of the members has.
  private static func tells(_ flag: Wording, of names: [String]) -> Bool {
    let text = flag.description
    return names.contains { name in
      text.hasPrefix("reads: \(name) ") || text == "obligate carrier: \(name)" || text == "de novo in \(name)"
        || text == "de novo in \(name), transmitted"
    }
  }
}
