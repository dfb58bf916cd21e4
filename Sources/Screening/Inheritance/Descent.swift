import Model

/// What the transmission of an allele from parents to children adds to the members' own rows.
struct Descent {
  var verdicts: [Int: Verdict] = [:]
  var flags: [Wording] = []

  mutating func add(_ verdict: Verdict, to member: Int) {
    verdicts[member] = (verdicts[member] ?? .pass).and(verdict)
  }

  mutating func merge(_ other: [Int: Verdict]) {
    verdicts.merge(other) { $0.and($1) }
  }
}

// MARK: - One copy from one parent

extension Segregation {
  /// A carrier needs a carrier parent; one new mutation in the pedigree is allowed, and is judged as such.
  ///
  /// Brothers and sisters who carry what neither parent shows share one event in a parent's germline, so they count once
  /// and stay POSSIBLE. New mutations in two different sibships are one coincidence too many.
  func descent() -> Descent {
    var sibships: [[Parent: Int]: [Int]] = [:]
    for child in family.members where genotype(of: child).state.isCarrier {
      let parents = transmission.parents(ofChild: member(child).sex)
      guard parents.allSatisfy({ evidence($0, of: child).isReference }) else { continue }
      var key: [Parent: Int] = [:]
      for parent in Parent.allCases { key[parent] = family.parent(parent, of: child) }
      sibships[key, default: []].append(child)
    }
    let children = sibships.values.flatMap { $0 }.sorted()
    var descent = Descent()
    for child in children {
      if sibships.count > 1 {
        descent.add(.fail([.carrierWithoutCarrierParent, .secondDeNovo]), to: child)
      } else if children.count > 1 {
        descent.add(.possible([.parentalMosaicism]), to: child)
      } else {
        descent.merge(deNovoEvent(in: child))
        descent.flags.append(
          child == family.proband
            ? "de novo in \(family.name(of: child))" : "de novo in \(family.name(of: child)), transmitted")
      }
    }
    return descent
  }

  /// Whether the allele of this child is a new mutation: the table of de novo calls, by member.
  ///
  /// Sources: slivar (npj Genomic Medicine 2021, s41525-021-00227-3) for balance and clean parents; with
  /// `Settings.strictDeNovo` also the filters of STAR Protocols 2021 (PMC7960548).
  func deNovoEvent(in child: Int) -> [Int: Verdict] {
    let parents = transmission.parents(ofChild: member(child).sex)
    let evidences = parents.map { evidence($0, of: child) }
    let available = evidences.count { $0.isReference || $0.isCarrier }
    let sampled = zip(parents, evidences).compactMap { $1.isReference ? family.parent($0, of: child) : nil }
    let parentalReads = sampled.compactMap { genotype(of: $0).countedAlternate }.reduce(0, +)
    var verdicts: [Int: Verdict] = [child: deNovoCall(of: child)]
    for (parent, evidence) in zip(parents, evidences) {
      let position = family.parent(parent, of: child)
      let verdict: Verdict
      switch evidence {
      case .absent, .missing:
        // A parent's call may have lost its quality to the very reads that show the allele.
        let call = position.map { genotype(of: $0) }
        let isSuspect = call.map(hasAlternateReads) ?? false
        let isContradicted = call?.notes.contains(.notInReads) ?? false
        verdict = .possible(
          (isSuspect ? [.parentalMosaicism] : []) + (isContradicted ? [.notInReads] : [])
            + [missingReason(parent, of: parents, available: available)])
      case .refuted: verdict = .possible([.relatednessFailed])
      case .carrier:
        verdict =
          position.map { isMosaicCall(genotype(of: $0)) } ?? false
          ? .possible([.parentalMosaicism]) : .fail([.inherited])
      case .reference:
        verdict = position.map { deNovoParent(genotype(of: $0), parentalReads: parentalReads) } ?? .pass
      }
      // What a parent without a sample leaves open is the child's matter, and so is a refuted link.
      let place = evidence.isRefuted ? child : position ?? child
      verdicts[place] = (verdicts[place] ?? .pass).and(verdict)
    }
    return verdicts
  }

  private func missingReason(_ parent: Parent, of parents: [Parent], available: Int) -> VerdictReason {
    if parents.count > 1 { return available > 0 ? .oneParentMissing : .bothParentsMissing }
    return parent == .mother ? .motherMissing : .fatherMissing
  }

  private func deNovoCall(of child: Int) -> Verdict {
    let genotype = genotype(of: child)
    switch genotype.state {
    case .partial: return .possible([.affectedHalfCall])
    case .hemizygousConflict: return .possible([.hemizygousConflict])
    case .homozygous: return .possible([.doubleEvent])
    case .heterozygous, .heterozygousOther, .hemizygous: break
    case .reference, .hemizygousReference, .missing: return .fail([.probandNotCarrier])
    }
    if genotype.state != .hemizygous, let fraction = genotype.decisiveCounts.fraction {
      if fraction < settings.minimumDeNovoFraction {
        return .possible([fraction >= settings.minimumMosaicFraction ? .mosaicProband : .deNovoQuality])
      }
      if fraction > settings.maximumDeNovoFraction { return .possible([.deNovoQuality]) }
    }
    if genotype.notes.contains(.fewReads), !genotype.notes.contains(.fromReads) { return .possible([.deNovoQuality]) }
    return settings.strictDeNovo && !isStrictCall(genotype) ? .possible([.deNovoQuality]) : .pass
  }

  private func deNovoParent(_ genotype: Genotype, parentalReads: Int) -> Verdict {
    let reads = genotype.countedAlternate ?? 0
    let fraction = genotype.alleleFraction ?? 0
    if genotype.reads?.isSuspicious(settings) == true { return .possible([.parentalMosaicism]) }
    if fraction >= settings.maximumParentalFraction || reads >= settings.maximumParentalReads
      || (reads > 0 && parentalReads >= settings.maximumParentalReads)
    {
      return .possible([.parentalMosaicism])
    }
    guard settings.strictDeNovo else { return .pass }
    let isDeep = max(genotype.referenceReads ?? 0, genotype.reads?.reference ?? 0) >= Self.strictParentReads
    return isDeep && fraction < Self.strictParentFraction ? .pass : .possible([.deNovoQuality])
  }

  // PMC7960548: child depth at least 10, at least 5 alternate reads, fraction at least 0.20 (0.28 below 10 alternate
  // reads); each parent at least 10 reference reads and less than 3.5 % alternate.
  private static let strictParentReads = 10
  private static let strictParentFraction = 0.035

  private func isStrictCall(_ genotype: Genotype) -> Bool {
    let counts = genotype.decisiveCounts
    guard let depth = counts.depth, let reads = counts.alternate, let fraction = counts.fraction else { return false }
    return depth >= 10 && reads >= 5 && fraction >= (reads < 10 ? 0.28 : 0.20)
  }
}

extension Genotype {
  /// Reads with the allele as the caller counted them, else as the alignment file shows them; nil where nobody counted.
  fileprivate var countedAlternate: Int? { alternateReads ?? reads?.alternate }
}

// MARK: - Two copies, one from each parent

extension Segregation {
  /// Whether the parents explain two copies in a child: each should carry one.
  func recessiveDescent(of child: Int) -> Verdict {
    let mother = evidence(.mother, of: child)
    let father = evidence(.father, of: child)
    var reasons: [VerdictReason] = []
    switch (mother, father) {
    case (.carrier, .carrier): return .pass
    case (.reference, .reference): return .possible([.inconsistentParents])
    case (.reference, _), (_, .reference): reasons.append(.deletionOrIsodisomy)
    default: break
    }
    if mother.isRefuted || father.isRefuted { reasons.append(.relatednessFailed) }
    let known = [mother, father].count { $0.isCarrier || $0.isReference }
    let open = [mother, father].count { $0.isOpen }
    if known == 1, open == 1 { reasons.append(.oneParentMissing) }
    return reasons.isEmpty ? .pass : .possible(reasons)
  }

  /// Whether neither parent of the proband can be asked, so that two copies rest on the proband's call alone.
  var probandHasNoParents: Bool {
    evidence(.mother, of: family.proband).isOpen && evidence(.father, of: family.proband).isOpen
  }
}

extension Segregation.ParentEvidence {
  var isReference: Bool { if case .reference = self { true } else { false } }
  var isCarrier: Bool { if case .carrier = self { true } else { false } }
  var isRefuted: Bool { if case .refuted = self { true } else { false } }
  /// Not sampled, or not called.
  var isOpen: Bool {
    switch self {
    case .absent, .missing: true
    case .refuted, .reference, .carrier: false
    }
  }
}
