public import Knowledge
public import Model

/// Whether the reads of a member are those of the person whom the variant files describe: genotypes at common SNVs, read anew.
public struct ReadIdentity: Sendable {
  /// Most sites that are read: at three hundred a stranger, who agrees at about half of them, is ten standard errors away. [E]
  static let mostSites = 300
  /// Fewest sites with a genotype in both.
  static let fewestSites = 40
  /// Shares of equal genotypes. Two calls of one person differ at a few sites in a hundred, relatives at a quarter, strangers at half. [E]
  static let pass = 0.95
  static let fail = 0.85

  /// Fractions of the allele by which reads tell a genotype; between them they tell none. [E]
  private static let mostOfReference = 0.1
  private static let leastOfHomozygote = 0.9
  private static let heterozygote = 0.2...0.8

  /// Alleles to read, with their numbers in the fingerprint.
  public let sites: [WitnessSite]
  private let numbers: [Int]
  /// Genotypes of the variant files, by position in the pedigree.
  private let called: [GenotypeSketch]
  private let people: [Individual]
  private let settings: Settings

  /// - Parameters:
  ///   - tally: counts of all variant files of the case.
  ///   - settings: of the case.
  init?(_ tally: QualityTally, fingerprint: FingerprintSites, pedigree: Pedigree, settings: Settings) {
    let called = tally.sketches
    guard !called.isEmpty else { return nil }
    self.called = called
    people = pedigree.individuals
    self.settings = settings
    let members = (0..<fingerprint.count).map { site in called.count { $0.isCalled(site) } }
    let chosen = Self.chosen(calledMembers: members).map { (number: $0, allele: fingerprint.allele($0)) }
      .sorted { $0.allele < $1.allele }
    numbers = chosen.map(\.number)
    sites = chosen.map { WitnessSite(common: $0.allele) }
  }

  /// Sites that most members were called at, which tell them apart best; of equal ones some all over the genome, since relatives share
  /// long stretches of it.
  ///
  /// - Parameter calledMembers: members with a genotype at each site, in the order of the genome.
  static func chosen(calledMembers: [Int]) -> [Int] {
    var chosen: [Int] = []
    for count in Set(calledMembers).sorted(by: >) where count > 0 {
      let equal = calledMembers.indices.filter { calledMembers[$0] == count }
      let wanted = min(mostSites - chosen.count, equal.count)
      chosen += (0..<wanted).map { equal[$0 * equal.count / wanted] }
    }
    return chosen
  }

  /// The check of one member, from what the reads say at each site.
  public func check(of member: Int, _ testimonies: [AlleleReads.Testimony]) -> QualityCheck {
    var sketch = GenotypeSketch(sites: called[member].sites)
    for (number, testimony) in zip(numbers, testimonies) {
      let reads = testimony.evidence
      guard reads.depth >= settings.minimumDepth, let fraction = reads.fraction else { continue }
      if fraction < Self.mostOfReference {
        sketch.set(number, reference: true, alternate: false)
      } else if fraction > Self.leastOfHomozygote {
        sketch.set(number, reference: false, alternate: true)
      } else if Self.heterozygote.contains(fraction) {
        sketch.set(number, reference: true, alternate: true)
      }
    }
    let agreements = called.map { $0.agreement(with: sketch) }
    let own = agreements[member]
    let id = people[member].id
    var check = QualityCheck(
      kind: .readIdentity, samples: [id], value: own.share,
      threshold:
        """
        equal genotypes >= \(QualityText.percent(Self.pass, 0)), below \(QualityText.percent(Self.fail, 0)) another person; \
        at least \(Self.fewestSites) common SNVs
        """,
      outcome: .notEvaluable, counts: ["sites": own.shared, "equal": own.equal], message: "")
    guard own.shared >= Self.fewestSites, let share = own.share else {
      check.value = nil
      check.message =
        "\(id): reads and variants share \(own.shared) common SNVs, too few to tell whether they are of one person."
      return check
    }
    let shown: Wording = "\(QualityText.percent(share)) of \(own.shared) genotypes agree"
    if share >= Self.pass {
      check.outcome = .pass
      check.message = "\(id): reads and variants are of one person (\(shown))."
    } else if share >= Self.fail {
      check.outcome = .warning
      check.message = "\(id): \(shown) between reads and variants: foreign DNA, or poor calls?"
    } else {
      check.outcome = .fail
      let better = agreements.indices.filter { $0 != member && agreements[$0].shared >= Self.fewestSites }
        .first { (agreements[$0].share ?? 0) >= Self.pass }
      let whose: Wording = better.map { "; they fit \(people[$0].id)" } ?? ""
      check.message = "\(id): the reads are another person's than the variants (\(shown))\(whose). They are not asked."
    }
    return check
  }
}

extension GenotypeSketch {
  func isCalled(_ site: Int) -> Bool { (reference[site / 64] | alternate[site / 64]) >> UInt64(site % 64) & 1 == 1 }

  /// Sites called in both, and those with one genotype.
  func agreement(with other: GenotypeSketch) -> (shared: Int, equal: Int, share: Double?) {
    var shared = 0
    var equal = 0
    for word in reference.indices {
      let both = (reference[word] | alternate[word]) & (other.reference[word] | other.alternate[word])
      let different = (reference[word] ^ other.reference[word]) | (alternate[word] ^ other.alternate[word])
      shared += both.nonzeroBitCount
      equal += (both & ~different).nonzeroBitCount
    }
    return (shared, equal, shared == 0 ? nil : Double(equal) / Double(shared))
  }
}
