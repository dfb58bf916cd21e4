import Model

/// What the reads of one member change in the genotype that the file has.
struct ReadJudge {
  private let settings: Settings
  private let name: String
  private let isSingleCopy: Bool
  private let isMitochondrial: Bool

  init(subject: Case, member: Int, allele: Allele) {
    let person = subject.pedigree.individuals[member]
    settings = subject.settings
    name = person.id
    isMitochondrial = allele.contig == .mitochondrion
    isSingleCopy = ExpectedCopies(at: allele.locus, sex: person.sex, assembly: subject.assembly) == .one
  }

  private var minimumDepth: Int { isSingleCopy ? settings.minimumDepthHemizygous : settings.minimumDepth }
  private var minimumAlternate: Int {
    isSingleCopy ? settings.minimumAlternateReadsHemizygous : settings.minimumAlternateReads
  }

  /// Resolves a genotype that the file leaves open and corrects or doubts one that it has.
  ///
  /// - Returns: what changed, for the reader; nil when nothing did.
  func resolve(_ genotype: inout Genotype, by reads: ReadEvidence) -> String? {
    guard reads.depth >= minimumDepth, let fraction = reads.fraction else { return nil }
    let share = "\(reads.alternate) of \(reads.depth) fragments show the allele"
    if genotype.calledState.isCarrier {
      guard fraction < WitnessRules.absentFraction else { return nil }
      genotype.notes.append(.notInReads)
      return "reads: \(name) \(genotype.text) is doubtful, \(share)"
    }
    // The level of a mitochondrial allele is the caller's matter.
    if isMitochondrial { return nil }
    let isOpen = genotype.state == .missing
    let least = isOpen ? WitnessRules.heterozygoteChance : WitnessRules.heterozygoteChanceAgainstCall
    if reads.alternate >= minimumAlternate, Self.isHalf(reads.alternate, beside: reads.reference, least) {
      return carry(&genotype, reads, fraction, share)
    }
    let isError = Self.tail(reads.alternate, of: reads.depth, rate: reads.errorRate) > WitnessRules.significance
    // What the caller counted stands: reads that errors explain must not take a suspicion away that the file itself raises.
    if isError, !isOpen { return nil }
    genotype.state = isSingleCopy ? .hemizygousReference : .reference
    genotype.calledState = genotype.state
    take(&genotype, reads, alternate: isError ? 0 : reads.alternate)
    if !isError { return "reads: \(name) may be mosaic, \(share)" }
    return isOpen ? "reads: \(name) \(genotype.text) is taken as reference, \(share)" : nil
  }

  /// Whether one half of the fragments would be so few with more than this probability.
  static func isHalf(_ count: Int, beside others: Int, _ chance: Double) -> Bool {
    // That so few are of one half is as likely as that so many are of the other.
    tail(others, of: count + others, rate: 0.5) > chance
  }

  private func carry(
    _ genotype: inout Genotype, _ reads: ReadEvidence, _ fraction: Double, _ share: String
  ) -> String {
    let isWhole = fraction >= settings.minimumHomozygousFraction
    if isSingleCopy {
      genotype.state = isWhole ? .hemizygous : .hemizygousConflict
    } else if isWhole {
      // No copy of the reference; but perhaps one of yet another allele.
      let isShared =
        reads.other >= minimumAlternate
        && Self.isHalf(reads.other, beside: reads.alternate, WitnessRules.heterozygoteChance)
      genotype.state = isShared ? .heterozygousOther : .homozygous
    } else {
      genotype.state = .heterozygous
    }
    genotype.calledState = genotype.state
    take(&genotype, reads, alternate: reads.alternate)
    return "reads: \(name) \(genotype.text) is taken as a carrier, \(share)"
  }

  private func take(_ genotype: inout Genotype, _ reads: ReadEvidence, alternate: Int) {
    genotype.depth = reads.depth
    genotype.referenceReads = reads.reference
    genotype.alternateReads = alternate
    genotype.alleleFraction = Double(alternate) / Double(max(1, reads.reference + alternate))
    genotype.notes.removeAll { $0 == .noRecord }
    if !genotype.notes.contains(.fromReads) { genotype.notes.append(.fromReads) }
  }

  /// A homozygote over half the reads that the sample has elsewhere.
  func deletion(_ genotype: Genotype, _ reads: ReadEvidence, _ mean: Double) -> String? {
    let depth = Double(reads.depth + reads.other + reads.unclear)
    guard genotype.calledState == .homozygous, mean >= Double(settings.minimumCallableDepth),
      depth < WitnessRules.halfDepth * mean
    else { return nil }
    let percent = Int((depth / mean * 100).rounded())
    return "reads: \(name) is homozygous with \(percent) % of the sample's mean depth, deletion of the other copy?"
  }

  /// Probability that at least so many fragments show what each of them shows at a rate.
  static func tail(_ count: Int, of depth: Int, rate: Double) -> Double {
    if count == 0 { return 1 }
    // The power of 1 - rate alone may be too small for a number: its factors are taken in where the sum grows large.
    var left = depth
    var term = 1.0
    var below = 0.0
    func takeFactors(while isWanted: () -> Bool) {
      while left > 0, isWanted() {
        term *= 1 - rate
        below *= 1 - rate
        left -= 1
      }
    }
    for hit in 0..<count {
      below += term
      term *= Double(depth - hit) / Double(hit + 1) * rate / (1 - rate)
      takeFactors { term > 1 || below > 1 }
    }
    takeFactors { below > 0 }
    return max(0, 1 - below)
  }
}
