public import Model

/// What the reads of the family say of the alleles of a case.
public struct Witnesses: Sendable {
  public let sites: [WitnessSite]
  /// For each member with reads, by position in the pedigree, what they say at each site.
  private let testimonies: [Int: [AlleleReads.Testimony]]
  /// Mean depth over the panel of each member with reads, sex chromosomes left out.
  private let meanDepths: [Int: Double]
  private let places: [Allele: Int]

  public init(
    sites: [WitnessSite], testimonies: [Int: [AlleleReads.Testimony]], meanDepths: [Int: Double]
  ) {
    self.sites = sites
    self.testimonies = testimonies
    self.meanDepths = meanDepths
    places = Dictionary(sites.enumerated().map { ($1.allele, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Lets the reads speak: genotypes that the file leaves open are resolved, those that it has are checked.
  func hear(_ entries: inout [CaseAlleles.Entry], subject: Case) {
    let proband = subject.pedigree.position(of: subject.proband)
    for index in entries.indices {
      guard let site = places[entries[index].variant.allele] else { continue }
      for (member, testimony) in testimonies.sorted(by: { $0.key < $1.key }) {
        let judge = ReadJudge(subject: subject, member: member, allele: sites[site].allele)
        let evidence = testimony[site].evidence
        entries[index].variant.genotypes[member].reads = evidence
        if let flag = judge.resolve(&entries[index].variant.genotypes[member], by: evidence) {
          entries[index].variant.addFlag(flag)
        }
        if let mean = meanDepths[member],
          let flag = judge.deletion(entries[index].variant.genotypes[member], evidence, mean)
        {
          entries[index].variant.addFlag(flag)
        }
      }
    }
    guard let proband, let own = testimonies[proband] else { return }
    for index in entries.indices {
      let first = entries[index].variant.allele
      guard let site = places[first], sites[site].hasNeighbour else { continue }
      // Entries are in the order of the genome.
      for next in entries[(index + 1)...].indices {
        let second = entries[next].variant.allele
        guard Self.areNear(first, second) else { break }
        guard let other = places[second] else { continue }
        let pair = Self.pair(own[site].fragments, own[other].fragments)
        if pair.total == 0 { continue }
        entries[index].variant.pairReads[second] = pair
        entries[next].variant.pairReads[first] = pair.mirrored
      }
    }
  }

  static func areNear(_ one: Allele, _ other: Allele) -> Bool {
    one.contig == other.contig && abs(one.position - other.position) <= WitnessRules.fragmentReach
  }

  private static func pair(_ one: [UInt64: Bool], _ other: [UInt64: Bool]) -> PairReads {
    var pair = PairReads()
    for (name, shown) in one {
      guard let second = other[name] else { continue }
      switch (shown, second) {
      case (true, true): pair.both += 1
      case (false, false): pair.neither += 1
      case (true, false): pair.first += 1
      case (false, true): pair.second += 1
      }
    }
    return pair
  }
}

extension Screen {
  /// Alleles whose reads are to be asked: all that passed the filters and are spelt out, in genome order.
  public func witnessSites(_ hits: [Hits]) -> [WitnessSite] {
    let entries = CaseAlleles(joining: hits, subject: subject).entries.filter {
      WitnessSite.canBeTold($0.variant.allele)
    }
    return entries.enumerated().map { place, entry in
      let near = [place - 1, place + 1].filter(entries.indices.contains).contains {
        Witnesses.areNear(entries[$0].variant.allele, entry.variant.allele)
      }
      var site = WitnessSite(entry.variant.allele, hasNeighbour: near, assembly: subject.assembly)
      for (member, genotype) in entry.variant.genotypes.enumerated() {
        if genotype.state.isCarrier { site.carriers.insert(member) }
        if genotype.state.isReference, !genotype.notes.contains(.noRecord) { site.others.insert(member) }
      }
      return site
    }
  }
}
