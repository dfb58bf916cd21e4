public import Model

extension ResolvedCase {
  /// The case as it is screened, once the samples and the build of the variant files are known.
  ///
  /// The proband is the one given, else the only affected person with a sample, else the only sample. Of a PED file with
  /// several families, the proband's is used. A single sample without a pedigree becomes a pedigree of one affected person.
  ///
  /// - Parameters:
  ///   - sampleNames: Samples of each variant file, in the order of `inputs.variants`; a sample may be in several files.
  ///   - assembly: Build of the variant files by their contig lengths, nil when they do not tell.
  /// - Throws: all contradictions between case, pedigree and files at once.
  public func subject(
    sampleNames: [[String]], assembly: Assembly?
  ) throws(CaseError) -> (subject: Case, warnings: [Wording]) {
    var meeting = SampleMeeting(self, sampleNames: sampleNames)
    let found = meeting.assembly(foundInFiles: assembly)
    let family = meeting.family()
    guard meeting.faults.isEmpty, let found, let family else { throw CaseError(meeting.faults) }
    var subject = Case(
      id: id?.value ?? family.proband, pedigree: Pedigree(family.individuals), proband: family.proband,
      phenotypes: phenotypes, excludedPhenotypes: excludedPhenotypes, onset: onset, assembly: found, settings: settings,
      reviews: reviews)
    subject.signature = signature
    subject.secondaryConsent = family.consent
    return (subject, warnings + meeting.warnings)
  }
}

/// Brings the people of a case together with the samples of its variant files.
private struct SampleMeeting {
  let resolved: ResolvedCase
  /// Samples of all files, each once, in file order.
  let samples: [String]
  var faults: [CaseFault] = []
  var warnings: [Wording] = []

  init(_ resolved: ResolvedCase, sampleNames: [[String]]) {
    self.resolved = resolved
    var seen: Set<String> = []
    samples = sampleNames.joined().filter { seen.insert($0).inserted }
  }

  private mutating func add(
    _ fact: CaseFault.SampleFact, at place: SourcePlace? = nil, reason: CaseFault.Reason = .malformedInput
  ) {
    faults.append(CaseFault(.sample(fact), reason: reason, at: place ?? resolved.place))
  }

  private mutating func warn(_ sentence: Wording, at place: SourcePlace? = nil) {
    warnings.append("\(place ?? resolved.place): \(sentence)")
  }

  mutating func assembly(foundInFiles found: Assembly?) -> Assembly? {
    switch (resolved.build, found) {
    case (let written?, let found?) where written.value != found:
      add(.buildMismatch(written: written.value.rawValue, found: found.rawValue), at: written.place)
      return nil
    case (let written?, _): return written.value
    case (nil, let found?): return found
    case (nil, nil):
      add(.unknownAssembly, reason: .malformedCase)
      return nil
    }
  }

  mutating func family() -> (individuals: [Individual], proband: String, consent: [String])? {
    guard !samples.isEmpty else {
      add(.noSamples)
      return nil
    }
    let names = individualsToSamples()
    let probandName = resolved.proband.map { names[$0.value] ?? $0.value }
    var people = resolved.pedigree?.individuals.map { Self.renamed($0, names) } ?? []
    if people.isEmpty { people = singleton(probandName).map { [$0] } ?? [] }
    guard !people.isEmpty else { return nil }
    guard people.contains(where: { samples.contains($0.id) }) else {
      if resolved.pedigree == nil {
        probandHasNoSample(people[0].id)
      } else {
        add(.noCommonSample(pedigree: people.map(\.id), samples: samples), at: resolved.inputs.pedigree?.place)
      }
      return nil
    }
    guard let proband = proband(probandName, among: people) else { return nil }
    people = familyOf(proband, among: people)
    settleProband(proband, in: &people)
    nameStrangers(people)
    checkAlignments(people)
    return (people, proband, consent(of: people, names))
  }

  /// The members who agreed to secondary findings; a name that is nobody's must not pass for a no.
  private mutating func consent(of people: [Individual], _ names: [String: String]) -> [String] {
    let known = people.map(\.id)
    return resolved.secondaryConsent.compactMap { written in
      let id = names[written.value] ?? written.value
      if known.contains(id) { return id }
      add(
        .unknownConsent(written.value, known: known, nearest: nearest(to: written.value, in: known)), at: written.place,
        reason: .malformedCase)
      return nil
    }
  }

  /// Where a phenopacket says that files name an individual differently, the name of the files is used throughout.
  private mutating func individualsToSamples() -> [String: String] {
    var names: [String: String] = [:]
    for name in resolved.sampleNames where samples.contains(name.sample.value) {
      if let other = names[name.individual], other != name.sample.value {
        add(.severalSamplesOfOne(name.individual, samples: [other, name.sample.value]), at: name.sample.place)
      } else if samples.contains(name.individual) {
        continue
      } else if names.updateValue(name.sample.value, forKey: name.individual) == nil {
        warn("individual \(quoted(name.individual)) is sample \(quoted(name.sample.value))", at: name.sample.place)
      }
    }
    return names
  }

  private static func renamed(_ individual: Individual, _ names: [String: String]) -> Individual {
    var renamed = individual
    renamed.id = names[individual.id] ?? individual.id
    renamed.father = individual.father.map { names[$0] ?? $0 }
    renamed.mother = individual.mother.map { names[$0] ?? $0 }
    return renamed
  }

  /// The one person of a case without a pedigree.
  private mutating func singleton(_ proband: String?) -> Individual? {
    guard let id = proband ?? (samples.count == 1 ? samples[0] : nil) else {
      add(.noPedigree(samples: samples), reason: .malformedCase)
      return nil
    }
    return Individual(id: id, family: resolved.id?.value ?? id, sex: resolved.sex?.value ?? .unknown, status: .affected)
  }

  private mutating func proband(_ given: String?, among people: [Individual]) -> String? {
    if let given {
      guard people.contains(where: { $0.id == given }) else {
        let known = people.map(\.id)
        add(
          .unknownProband(given, known: known, nearest: nearest(to: given, in: known)), at: resolved.proband?.place,
          reason: .malformedCase)
        return nil
      }
      guard samples.contains(given) else {
        probandHasNoSample(given)
        return nil
      }
      return given
    }
    let affected = people.filter { $0.status == .affected }
    let candidates = affected.map(\.id).filter(samples.contains)
    if candidates.count == 1 { return candidates[0] }
    if candidates.isEmpty, samples.count == 1, people.contains(where: { $0.id == samples[0] }), affected.isEmpty {
      return samples[0]
    }
    if candidates.isEmpty, affected.count == 1 {
      probandHasNoSample(affected[0].id)
    } else {
      add(.undecidedProband(candidates: candidates), reason: .malformedCase)
    }
    return nil
  }

  private mutating func probandHasNoSample(_ id: String) {
    add(
      .probandWithoutSample(id, samples: samples, nearest: nearest(to: id, in: samples)),
      at: resolved.proband?.place ?? resolved.pedigree?.places[id])
  }

  /// Leaves out, and names, the people of other families.
  private mutating func familyOf(_ proband: String, among people: [Individual]) -> [Individual] {
    let family = people.first { $0.id == proband }?.family
    let others = people.filter { $0.family != family }
    if !others.isEmpty {
      warn(
        Wording(
          others.count, one: "\(others.count) individual of another family is left out: \(listed(others.map(\.id)))",
          other: "\(others.count) individuals of other families are left out: \(listed(others.map(\.id)))"),
        at: resolved.inputs.pedigree?.place)
    }
    return people.filter { $0.family == family }
  }

  /// The proband is affected, and has the sex that the case tells where the pedigree does not.
  private mutating func settleProband(_ proband: String, in people: inout [Individual]) {
    guard let position = people.firstIndex(where: { $0.id == proband }) else { return }
    if people[position].status != .affected {
      warn(
        "proband \(quoted(proband)) is \(people[position].status.rawValue) in the pedigree and taken as affected",
        at: resolved.pedigree?.places[proband] ?? resolved.proband?.place)
      people[position].status = .affected
    }
    if let sex = resolved.sex {
      if people[position].sex == .unknown {
        people[position].sex = sex.value
      } else if people[position].sex != sex.value {
        faults.append(
          CaseFault(
            .pedigree(.sexContradiction(proband, written: sex.value, pedigree: people[position].sex)),
            reason: .malformedInput, at: sex.place))
      }
    }
    if people[position].sex == .unknown {
      warn("the sex of proband \(quoted(proband)) is unknown; X and Y cannot be judged; add `sex:`")
    }
  }

  private mutating func nameStrangers(_ people: [Individual]) {
    for person in people where !samples.contains(person.id) {
      warn(
        "\(quoted(person.id)) has no sample in the variant files; their genotypes count as missing",
        at: resolved.pedigree?.places[person.id])
    }
    let known = Set(people.map(\.id)).union(resolved.pedigree?.individuals.map(\.id) ?? [])
    let strangers = samples.filter { !known.contains($0) }
    if !strangers.isEmpty {
      warn(
        Wording(
          strangers.count, one: "\(strangers.count) sample of the variant files is not in the pedigree and is ignored",
          other: "\(strangers.count) samples of the variant files are not in the pedigree and are ignored"))
    }
  }

  private mutating func checkAlignments(_ people: [Individual]) {
    let ids = people.map(\.id)
    var files: [String: String] = [:]
    for alignment in resolved.inputs.alignments {
      let id = alignment.sample.value
      // A phenopacket may name individual and sample, or list a file twice.
      let member = resolved.sampleNames.first { $0.individual == id }?.sample.value ?? id
      if let other = files.updateValue(alignment.path.value, forKey: member), other != alignment.path.value {
        faults.append(
          CaseFault(.key(.severalAlignments(id)), reason: .malformedCase, at: alignment.sample.place))
      }
      let isRenamed = resolved.sampleNames.contains { $0.individual == id }
      if ids.contains(id) || isRenamed { continue }
      if samples.contains(id) || resolved.pedigree?.places[id] != nil {
        warn("the alignment of \(quoted(id)), who is not of the family, is not used", at: alignment.sample.place)
      } else {
        let fact = CaseFault.SampleFact.unknownAlignmentSample(id, known: ids, nearest: nearest(to: id, in: ids))
        add(fact, at: alignment.sample.place, reason: .malformedCase)
      }
    }
  }
}
