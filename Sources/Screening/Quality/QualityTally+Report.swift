public import Model

extension QualityTally {
  /// Judges the counts: every check that applies, and which parent–child links the genotypes confirm or contradict.
  ///
  /// A check without enough sites is `notEvaluable`, never a pass. A link is refuted when relatedness, opposite homozygotes or
  /// the Mendelian errors of the trio fail; it is confirmed when relatedness and opposite homozygotes pass and nothing refutes
  /// it; a link in neither set is unproven. The checks come in the order proband, other members, pairs, trios, families
  /// too large to compare everybody.
  ///
  /// - Parameter earlier: everybody who was sequenced before; nil where nobody asked.
  /// - Precondition: `pedigree` is the one that the tally was made for.
  public func report(for pedigree: Pedigree, proband: String, earlier: [CohortSketch]? = nil) -> QualityReport {
    precondition(pedigree == self.pedigree, "a tally reports on the pedigree that it was made for")
    let people = pedigree.individuals
    let order = people.indices.filter { people[$0].id == proband } + people.indices.filter { people[$0].id != proband }
    var report = QualityReport()
    for position in order where samples[position].isGenotyped {
      report.checks += SexChecks(people[position], samples[position]).checks
      report.checks +=
        SampleChecks(
          id: people[position].id, sample: samples[position], records: records, recordsLeftOut: recordsLeftOut
        )
        .checks
      let runs = HomozygosityRuns(people[position], samples[position], recordsLeftOut: recordsLeftOut)
      report.checks.append(runs.check)
      if let profile = runs.profile { report.homozygosity.append(profile) }
    }
    let trioChecks = trios.indices.map { checks(ofTrio: $0) }
    var confirmed: Set<QualityReport.ParentLink> = []
    for pair in pairChecks(trioChecks) {
      let checks = pair.checks
      report.checks += checks
      guard case .parentChild(let child, let parent) = pair.relation else { continue }
      let link = QualityReport.ParentLink(child: child, parent: parent)
      if checks.contains(where: { $0.outcome == .fail }) { report.refutedLinks.insert(link) }
      if checks.allSatisfy({ $0.outcome == .pass }) { confirmed.insert(link) }
    }
    for trio in trioChecks {
      let links = [trio.father, trio.mother].map { QualityReport.ParentLink(child: trio.child, parent: $0) }
      let blamed = trio.blamed(refuted: Set(links.filter(report.refutedLinks.contains).map(\.parent)))
      report.refutedLinks.formUnion(links.filter { blamed.contains($0.parent) })
      report.checks.append(trio.mendelian(blamed: blamed))
      let isRefuted = links.contains(where: report.refutedLinks.contains)
      report.checks += trio.uniparentalDisomy(isRefuted: isRefuted)
      if !isRefuted, let origins = trio.origins { report.origins.append(origins) }
    }
    if let position = pedigree.position(of: proband), samples[position].isGenotyped,
      !trioChecks.contains(where: { $0.child == proband && $0.obstacle == nil })
    {
      report.checks += HomozygosityCheck(id: proband, sample: samples[position]).checks
    }
    report.confirmedLinks = confirmed.subtracting(report.refutedLinks)
    report.checks += uncomparedFamilyChecks
    if let earlier {
      let comparing = EarlierSamples(pedigree: pedigree, earlier: earlier)
      for position in order where samples[position].isGenotyped && !sketches.isEmpty {
        report.checks += comparing.checks(of: people[position].id, sketches[position])
      }
    }
    if recordsLeftOut > 0 {
      for index in report.checks.indices {
        report.checks[index].counts["records_counted"] = records
        report.checks[index].counts["records_left_out"] = recordsLeftOut
      }
    }
    return report
  }

  private var uncomparedFamilyChecks: [QualityCheck] {
    uncomparedFamilies.map { family in
      QualityCheck(
        kind: .relatedness, samples: [], value: nil,
        threshold: "all pairs of a family of up to \(ComparedPairs.mostOfOneFamily) genotyped members",
        outcome: .notEvaluable,
        message:
          "Family \(family.name): \(family.members) members have genotypes; only parents and children were compared.")
    }
  }

  private func checks(ofTrio index: Int) -> TrioChecks {
    let trio = trios[index]
    let members = [trio.child, trio.father, trio.mother]
    var obstacle = obstacle(among: members)
    if obstacle == nil, !isTrioTogether[index] { obstacle = Self.separateFiles }
    return TrioChecks(
      child: pedigree.individuals[trio.child].id, father: pedigree.individuals[trio.father].id,
      mother: pedigree.individuals[trio.mother].id,
      tables: (0..<22).map { table(ofTrio: index, chromosome: $0) }, obstacle: obstacle)
  }

  private static let separateFiles: Wording =
    "not in one joint-called file, and what a file of one sample does not list is unknown"

  /// Who of these has no genotypes at all; nil when all have.
  private func obstacle(among members: [Int]) -> Wording? {
    let absent = members.filter { !samples[$0].isGenotyped }.map { pedigree.individuals[$0].id }
    return absent.isEmpty ? nil : "no genotypes of \(absent.map { "\($0)" }.joined(separator: " and "))"
  }

  private func pairChecks(_ trioChecks: [TrioChecks]) -> [PairChecks] {
    var kinship = PedigreeKinship(pedigree)
    return pairs.indices.compactMap { index in
      let pair = pairs[index]
      let relation = relation(of: pair)
      var obstacle = obstacle(among: [pair.first, pair.second])
      var uniparental: Set<Int> = []
      if case .parentChild(let child, _) = relation {
        uniparental = Set(trioChecks.first { $0.child == child }?.uniparentalChromosomes ?? [])
      } else if obstacle != nil {
        return nil  // a relative without genotypes is no gap in the evidence; a parent without genotypes is
      }
      if obstacle == nil, !isTogether[index] { obstacle = Self.separateFiles }
      return PairChecks(
        first: pedigree.individuals[pair.first].id, second: pedigree.individuals[pair.second].id, relation: relation,
        expected: kinship.coefficient(pair.first, pair.second), table: table(ofPair: index, excluding: uniparental),
        obstacle: obstacle)
    }
  }

  private func relation(of pair: Pair) -> PairChecks.Relation {
    let (first, second) = (pedigree.individuals[pair.first], pedigree.individuals[pair.second])
    if first.father == second.id || first.mother == second.id {
      return .parentChild(child: first.id, parent: second.id)
    }
    if second.father == first.id || second.mother == first.id {
      return .parentChild(child: second.id, parent: first.id)
    }
    let sharesFather = first.father != nil && first.father == second.father
    let sharesMother = first.mother != nil && first.mother == second.mother
    return switch (sharesFather, sharesMother) {
    case (true, true): .fullSiblings
    case (true, false), (false, true): .halfSiblings
    case (false, false): .other
    }
  }
}
