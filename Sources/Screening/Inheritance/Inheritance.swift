public import Model

/// Judges alleles, and pairs of alleles, of one family by the modes in which a gene's disease is inherited.
///
///     let inheritance = Inheritance(family)
///     inheritance.verdicts(of: allele, in: gene).allowed     // [AD: FAIL(inherited…), de_novo: PASS, …]
public struct Inheritance: Sendable {
  /// Verdicts on one allele in one gene.
  public struct AlleleVerdicts: Sendable, Hashable {
    /// Every single-allele model that the gene's modes allow, FAIL included, in the order of `InheritanceModel`.
    public var allowed: [ModelVerdict]
    /// Models that the genotypes fit without reserve although the gene is not known for them; at best POSSIBLE(MOI mismatch).
    public var mismatched: [ModelVerdict]

    public init(allowed: [ModelVerdict], mismatched: [ModelVerdict]) {
      self.allowed = allowed
      self.mismatched = mismatched
    }
  }

  public let family: Family
  /// Alleles whose frequency says nothing against them, although they are common.
  public let commonExceptions: Set<Allele>
  private let models: [any AlleleModel]

  public init(_ family: Family, commonExceptions: Set<Allele> = []) {
    self.family = family
    self.commonExceptions = commonExceptions
    models = alleleModels
  }

  /// What every model says of the allele in this gene.
  public func verdicts(of allele: SegregatingAllele, in gene: TargetGene) -> AlleleVerdicts {
    let segregation = Segregation(allele.allele, allele.genotypes, in: family)
    let modes = ReadMode.modes(of: gene, at: segregation)
    var allowed: [ModelVerdict] = []
    var mismatched: [ModelVerdict] = []
    for model in models {
      if let best = best(model, modes, segregation, allele, gene) {
        allowed.append(best)
      } else if let other = best(model, ReadMode.all(at: segregation), segregation, allele, gene),
        other.verdict.isPass
      {
        var capped = other
        capped.verdict = other.verdict.capped(.modeMismatch)
        mismatched.append(capped)
      }
    }
    return AlleleVerdicts(
      allowed: allowed.sorted { $0.model < $1.model }, mismatched: mismatched.sorted { $0.model < $1.model })
  }

  /// The best verdict of a model over the modes that allow it; nil when none does.
  private func best(
    _ model: any AlleleModel, _ modes: [ReadMode], _ segregation: Segregation, _ allele: SegregatingAllele,
    _ gene: TargetGene
  ) -> ModelVerdict? {
    let outcome = frequencyOutcome(of: allele, for: model.model, at: segregation.transmission)
    return modes.filter { model.applies(to: $0.mode, segregation) }.map { mode in
      model.verdict(for: segregation, mode: mode.mode, isIncomplete: isIncomplete(gene))
        .capped(mode.cap).limited(by: outcome).inCanonicalOrder()
    }.reduce(nil) { (best: ModelVerdict?, next) in
      guard let best else { return next }
      return next.verdict.isBetter(than: best.verdict) ? next : best
    }
  }

  private func frequencyOutcome(
    of allele: SegregatingAllele, for model: InheritanceModel, at transmission: Transmission
  ) -> FrequencyLimit.Outcome {
    let outcome = FrequencyLimit(for: model, at: transmission, settings: family.settings)
      .outcome(of: allele.frequency, isKnownPathogenic: allele.isKnownPathogenic, settings: family.settings)
    return outcome == .tooCommon && commonExceptions.contains(allele.allele) ? .listed : outcome
  }

  private func isIncomplete(_ gene: TargetGene) -> Bool {
    family.settings.incompletePenetrance || gene.penetrance == .incomplete
  }

  /// Whether two altered alleles of this gene, at the place of this allele, can explain the disease.
  public func allowsPairs(with allele: Allele, in gene: TargetGene) -> Bool {
    let segregation = Segregation(allele, [], in: family)
    return ReadMode.modes(of: gene, at: segregation).contains {
      CompoundHeterozygous.applies(to: $0.mode, segregation)
    }
  }

  /// What the compound-heterozygous model says of two alleles of one gene.
  ///
  /// - Parameter isSameRecord: both are alternates of one record, so that `1/2` carries one on each copy.
  public func pairVerdict(
    _ first: SegregatingAllele, _ second: SegregatingAllele, in gene: TargetGene, isSameRecord: Bool = false
  ) -> (verdict: ModelVerdict, phase: PairPhase) {
    let segregations = [first, second].map { Segregation($0.allele, $0.genotypes, in: family) }
    let shared = segregations.map { segregation in
      ReadMode.modes(of: gene, at: segregation).filter { CompoundHeterozygous.applies(to: $0.mode, segregation) }
    }
    var (verdict, phase) = CompoundHeterozygous(
      first: segregations[0], second: segregations[1], isIncomplete: isIncomplete(gene), isSameRecord: isSameRecord,
      pairReads: first.pairReads[second.allele]
    ).verdict()
    if shared.contains(where: \.isEmpty) {
      verdict.verdict = verdict.verdict.and(.fail([.modeMismatch]))
    } else if shared.contains(where: { modes in modes.allSatisfy { $0.cap != nil } }) {
      verdict = verdict.capped(.modeUnknown)
    }
    for (allele, segregation) in zip([first, second], segregations) {
      verdict = verdict.limited(by: frequencyOutcome(of: allele, for: .recessiveCompound, at: segregation.transmission))
    }
    return (verdict.inCanonicalOrder(), phase)
  }

  /// Which parent the proband has the allele from.
  public func origin(of allele: Allele, genotypes: [Genotype]) -> ParentOfOrigin {
    Segregation(allele, genotypes, in: family).origin(of: family.proband)
  }
}

/// A mode of inheritance as it is to be read at one place.
struct ReadMode: Hashable {
  var mode: ModeOfInheritance
  /// Why no verdict by this mode is better than POSSIBLE.
  var cap: VerdictReason?

  init(_ mode: ModeOfInheritance, cap: VerdictReason? = nil) {
    self.mode = mode
    self.cap = cap
  }

  /// The gene's modes that can hold at this place; when none can, every mode of the chromosome, capped.
  ///
  /// The mapping of panel sentences to models follows PanelApp's list and the Genomics England segregation rules.
  static func modes(of gene: TargetGene, at segregation: Segregation) -> [ReadMode] {
    let isPseudoautosomal = segregation.transmission == .autosomal && !segregation.allele.contig.isAutosome
    let stated = gene.modes.flatMap { read($0, segregation.transmission, isPseudoautosomal) }.map { ReadMode($0) }
    let open = gene.modes.contains(.unknown) || stated.isEmpty ? all(at: segregation) : []
    return stated + open.map { ReadMode($0.mode, cap: .modeUnknown) }
  }

  /// Every mode that can hold at this place.
  static func all(at segregation: Segregation) -> [ReadMode] {
    switch segregation.transmission {
    case .autosomal: [ReadMode(.autosomalDominant), ReadMode(.autosomalRecessive)]
    case .xLinked: [ReadMode(.xLinkedRecessive), ReadMode(.xLinkedDominant)]
    case .yLinked: [ReadMode(.yLinked)]
    case .mitochondrial: [ReadMode(.mitochondrial)]
    }
  }

  private static func read(
    _ mode: ModeOfInheritance, _ transmission: Transmission, _ isPseudoautosomal: Bool
  ) -> [ModeOfInheritance] {
    switch (mode, transmission) {
    case (.unknown, _): []
    case (.autosomalDominant, .autosomal), (.dominantMaternallyImprinted, .autosomal),
      (.dominantPaternallyImprinted, .autosomal), (.autosomalRecessive, .autosomal),
      (.dominantAndRecessive, .autosomal), (.xLinkedRecessive, .xLinked), (.xLinkedDominant, .xLinked),
      (.yLinked, .yLinked), (.mitochondrial, .mitochondrial):
      [mode]
    case (.xLinked, .xLinked): [.xLinkedRecessive, .xLinkedDominant]
    // Pseudoautosomal genes have two copies in both sexes, whatever chromosome a panel files them under.
    case (.xLinkedRecessive, .autosomal) where isPseudoautosomal: [.autosomalRecessive]
    case (.xLinkedDominant, .autosomal) where isPseudoautosomal: [.autosomalDominant]
    case (.xLinked, .autosomal) where isPseudoautosomal: [.dominantAndRecessive]
    default: []
    }
  }
}

extension ModelVerdict {
  func capped(_ reason: VerdictReason?) -> ModelVerdict {
    guard let reason else { return self }
    var capped = self
    capped.verdict = verdict.capped(reason)
    return capped
  }

  /// The same with reasons and flags sorted, so that the order of the pedigree and of a pair leaves no trace.
  func inCanonicalOrder() -> ModelVerdict {
    var sorted = self
    switch verdict {
    case .pass: break
    case .possible(let reasons): sorted.verdict = .possible(reasons.sorted())
    case .fail(let reasons): sorted.verdict = .fail(reasons.sorted())
    }
    sorted.flags = Set(flags).sorted()
    return sorted
  }
}

extension Verdict {
  private var rank: Int {
    switch self {
    case .pass: 0
    case .possible: 1
    case .fail: 2
    }
  }

  /// PASS before POSSIBLE before FAIL; of equal rank the one with fewer reasons.
  func isBetter(than other: Verdict) -> Bool { (rank, reasons.count) < (other.rank, other.reasons.count) }
}
