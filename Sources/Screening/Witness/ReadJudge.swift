public import Model

/// What the reads of one member change in the genotype that the file has.
///
/// Only the state that the models use changes. What the file says, its text, its counts and the state as called, stays as it is beside
/// what the reads say.
struct ReadJudge {
  private let settings: Settings
  private let name: String
  private let isProband: Bool
  private let isAffected: Bool
  /// A parent who is not known to be ill, who may have the allele in few cells and hand it on.
  private let isHealthyParent: Bool
  private let copies: ExpectedCopies
  private let isMitochondrial: Bool

  init(subject: Case, member: Int, allele: Allele) {
    let person = subject.pedigree.individuals[member]
    settings = subject.settings
    name = person.id
    isProband = person.id == subject.proband
    isAffected = isProband || person.status == .affected
    isHealthyParent =
      !isAffected && subject.pedigree.individuals.contains { $0.father == person.id || $0.mother == person.id }
    isMitochondrial = allele.contig == .mitochondrion
    copies = ExpectedCopies(at: allele.locus, sex: person.sex, assembly: subject.assembly)
  }

  private var isSingleCopy: Bool { copies == .one }
  private var minimumDepth: Int { isSingleCopy ? settings.minimumDepthHemizygous : settings.minimumDepth }
  private var minimumAlternate: Int {
    isSingleCopy ? settings.minimumAlternateReadsHemizygous : settings.minimumAlternateReads
  }

  /// Resolves a genotype that the file leaves open and corrects or doubts one that it has.
  ///
  /// - Returns: what changed, for the reader; nil when nothing did.
  func resolve(_ genotype: inout Genotype, by reads: ReadEvidence) -> Wording? {
    // Reads on the Y of a woman are of X, or of somebody else.
    guard copies != .none, reads.depth >= minimumDepth, let fraction = reads.fraction else { return nil }
    let share = Wording(
      reads.alternate, one: "\(reads.alternate) of \(reads.depth) fragments shows the allele",
      other: "\(reads.alternate) of \(reads.depth) fragments show the allele")
    if genotype.state.isCarrier { return doubt(&genotype, reads, fraction, share) }
    // The level of a mitochondrial allele is the caller's matter.
    if isMitochondrial { return nil }
    return genotype.state == .missing
      ? settle(&genotype, reads, fraction, share) : contradict(&genotype, reads, fraction, share)
  }

  /// A called carrier: stands unless hardly a read shows the allele. A relative is open then, for a carrier who is none would take a new
  /// mutation off the list; the proband's call is judged with the doubt.
  private func doubt(_ genotype: inout Genotype, _ reads: ReadEvidence, _ fraction: Double, _ share: Wording)
    -> Wording?
  {
    // Reads that show something else, or cannot tell, may be of the very copy with the allele.
    let isHidden = Self.isHalf(reads.other + reads.unclear, beside: reads.reference, WitnessRules.heterozygoteChance)
    guard fraction < WitnessRules.absentFraction, reads.isExplainedByErrors, !isHidden else { return nil }
    genotype.notes.append(.notInReads)
    if isProband { return "reads: \(name) \(genotype.text) is doubtful, \(share)" }
    genotype.state = .missing
    return "reads: \(name) \(genotype.text) is doubtful and left open, \(share)"
  }

  /// A genotype that the file leaves open, or that failed its quality check.
  private func settle(
    _ genotype: inout Genotype, _ reads: ReadEvidence, _ fraction: Double, _ share: Wording
  ) -> Wording? {
    // An aligner may place a gap elsewhere, so that its gaps confirm an allele but do not exclude one.
    if reads.method == .alignment { return nil }
    let isFiltered = genotype.notes.contains(.sampleFilter) || genotype.notes.contains(.siteFilter)
    if Self.isHalf(reads.alternate, beside: reads.reference, WitnessRules.heterozygoteChance) {
      // What the caller's own filter says of an affected member's allele, no count of reads unsays.
      if reads.alternate < minimumAlternate || (isAffected && isFiltered) { return nil }
      return carry(&genotype, reads, fraction, share)
    }
    let isClean = reads.isExplainedByErrors && !reads.isSuspicious(settings)
    guard isClean || isHealthyParent else {
      return "reads: \(name) \(genotype.text) stays open, \(share): mosaic?"
    }
    genotype.state = isSingleCopy ? .hemizygousReference : .reference
    genotype.notes.append(.fromReads)
    return isClean
      ? "reads: \(name) \(genotype.text) is taken as reference, \(share)" : "reads: \(name) may be mosaic, \(share)"
  }

  /// A member called without the allele. More is asked than where the caller said nothing.
  private func contradict(
    _ genotype: inout Genotype, _ reads: ReadEvidence, _ fraction: Double, _ share: Wording
  ) -> Wording? {
    if reads.alternate >= minimumAlternate,
      Self.isHalf(reads.alternate, beside: reads.reference, WitnessRules.heterozygoteChanceAgainstCall)
    {
      return carry(&genotype, reads, fraction, share)
    }
    if isAffected, !reads.isExplainedByErrors {
      genotype.state = .missing
      genotype.notes.append(.fromReads)
      return "reads: \(name) \(genotype.text) is left open, \(share): mosaic?"
    }
    return reads.isSuspicious(settings) ? "reads: \(name) may be mosaic, \(share)" : nil
  }

  /// Whether one half of the fragments would be so few with more than this probability.
  static func isHalf(_ count: Int, beside others: Int, _ chance: Double) -> Bool {
    // That so few are of one half is as likely as that so many are of the other.
    ReadEvidence.tail(others, of: count + others, rate: 0.5) > chance
  }

  private func carry(
    _ genotype: inout Genotype, _ reads: ReadEvidence, _ fraction: Double, _ share: Wording
  ) -> Wording {
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
    genotype.notes.append(.fromReads)
    return "reads: \(name) \(genotype.text) is taken as a carrier, \(share)"
  }

  /// A homozygote over half the reads that the sample has elsewhere.
  func deletion(_ genotype: Genotype, _ reads: ReadEvidence, _ mean: Double) -> Wording? {
    let depth = Double(reads.depth + reads.other + reads.unclear)
    guard genotype.shownState == .homozygous, mean >= Double(settings.minimumCallableDepth),
      depth < WitnessRules.halfDepth * mean
    else { return nil }
    let percent = Int((depth / mean * 100).rounded())
    return "reads: \(name) is homozygous with \(percent) % of the sample's mean depth, deletion of the other copy?"
  }
}

extension Wording {
  /// Whether it tells what the reads show of a member.
  public var isOfReads: Bool { sentences.first?.key.hasPrefix("reads:") ?? false }
}
