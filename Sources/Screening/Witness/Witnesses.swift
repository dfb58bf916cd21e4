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
        if pair.together + pair.apart == 0 { continue }
        entries[index].variant.pairReads[second] = pair
        entries[next].variant.pairReads[first] = pair
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
      if shown == second { pair.together += 1 } else { pair.apart += 1 }
    }
    return pair
  }
}

extension Screen {
  /// Alleles whose reads are to be asked: all that passed the filters and are spelt out, in genome order.
  public func witnessSites(_ hits: [Hits]) -> [WitnessSite] {
    let entries = CaseAlleles(joining: hits, subject: subject).entries.filter { entry in
      let allele = entry.variant.allele
      return !allele.isSymbolic
        && max(allele.reference.utf8.count, allele.alternate.utf8.count) <= WitnessRules.longestAllele
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

  /// Whether the reads of a member show what the variant files say of the alleles of the case; nil where they do, or cannot tell.
  public func stranger(_ member: Int, at sites: [WitnessSite], _ testimonies: [AlleleReads.Testimony]) -> QualityCheck?
  {
    var (judged, unlike) = (0, 0)
    for (site, testimony) in zip(sites, testimonies) where site.allele.contig != .mitochondrion {
      let reads = testimony.evidence
      guard reads.depth >= subject.settings.minimumDepth, let fraction = reads.fraction else { continue }
      if site.carriers.contains(member) {
        judged += 1
        unlike += fraction < WitnessRules.absentFraction ? 1 : 0
      } else if site.others.contains(member) {
        judged += 1
        unlike += ReadJudge.isHalf(reads.alternate, beside: reads.reference, WitnessRules.heterozygoteChance) ? 1 : 0
      }
    }
    guard unlike >= WitnessRules.fewestUnlike, Double(unlike) > WitnessRules.mostUnlike * Double(judged) else {
      return nil
    }
    let id = subject.pedigree.individuals[member].id
    return QualityCheck(
      kind: .readIdentity, samples: [id], value: 1 - Double(unlike) / Double(judged),
      threshold:
        "at most \(QualityText.percent(WitnessRules.mostUnlike, 0)) of the case's alleles otherwise in the reads",
      outcome: .fail, counts: ["sites": judged, "equal": judged - unlike],
      message:
        "\(id): the reads contradict the variants at \(unlike) of \(judged) alleles: another person's reads? They are not asked."
    )
  }
}
