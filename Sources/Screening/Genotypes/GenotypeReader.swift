public import Model

/// Reads what a caller wrote for one sample into what it says of one alternate allele, and judges its quality.
///
///     let reader = GenotypeReader(assembly: .grch38, settings: Settings())
///     reader.genotype(of: call, alternate: 1, among: ["T", "*"], at: locus, for: child, phaseScope: "trio.vcf.gz")
///     // GT 1/2: state H2, note "other copy deleted"
///
/// A call that fails the quality check keeps its text and `calledState`; its `state` becomes `missing`, so that no model
/// builds on it. A quality field that the file does not have is no failure: the call passes with a note.
public struct GenotypeReader: Sendable {
  public let assembly: Assembly
  public let settings: Settings

  public init(assembly: Assembly, settings: Settings) {
    self.assembly = assembly
    self.settings = settings
  }

  /// The genotype of one individual at one alternate allele of a record.
  ///
  /// - Parameters:
  ///   - alternate: which alternate of the record, from 1.
  ///   - alternates: all alternates of the record as written; tells `*` from other alleles.
  ///   - locus: place of the allele; decides how many copies the individual should have.
  ///   - phaseScope: names the file, since phase sets of two files have nothing in common. The chromosome is added here.
  public func genotype(
    of call: GenotypeCall, alternate: Int, among alternates: [String], at locus: Locus, for individual: Individual,
    phaseScope: String
  ) -> Genotype {
    let copies = ExpectedCopies(at: locus, sex: individual.sex, assembly: assembly)
    var genotype = Genotype(
      text: call.text, state: .missing, depth: depth(of: call), quality: call.quality,
      referenceReads: call.alleleDepths.first ?? nil, alternateReads: call.reads(of: alternate),
      alleleFraction: call.fraction(of: alternate, among: alternates.count),
      phase: call.phase(of: alternate, scope: "\(phaseScope)|\(locus.contig)", settings: settings))
    let called = Self.state(of: call.alleles, alternate: alternate, copies: copies)
    genotype.calledState = called.state
    genotype.notes = called.notes
    if called.state == .heterozygousOther, call.alleles.contains(where: { Self.isSpanningDeletion($0, alternates) }) {
      genotype.notes.append(.spanningDeletion)
    }
    if copies != .one, individual.sex == .unknown, assembly.isSexLinked(locus) { genotype.notes.append(.sexUnknown) }
    judge(&genotype, call, isMale: copies == .one && locus.contig != .mitochondrion, at: locus)
    return genotype
  }

  private static func isSpanningDeletion(_ allele: Int?, _ alternates: [String]) -> Bool {
    guard let allele, allele > 0, allele <= alternates.count else { return false }
    return alternates[allele - 1] == "*"
  }

  /// DP; for a reference block its lowest depth; else the reads counted for the alleles.
  private func depth(of call: GenotypeCall) -> Int? {
    if let lowest = call.minimumDepth { return lowest }
    if let depth = call.depth { return depth }
    let reads = call.alleleDepths.compactMap { $0 }
    return reads.isEmpty ? nil : reads.reduce(0, +)
  }
}

// MARK: - State

extension GenotypeReader {
  static func state(of alleles: [Int?], alternate: Int, copies: ExpectedCopies) -> (
    state: GenotypeState, notes: [Genotype.Note]
  ) {
    let carried = alleles.count { $0 == alternate }
    let called = alleles.count { $0 != nil }
    switch copies {
    case .none:
      return (.missing, carried > 0 ? [.ploidyConflict] : [])
    case .one:
      if carried == 0 { return (called == alleles.count && called > 0 ? .hemizygousReference : .missing, []) }
      // `./1` on a single copy: the copy that was called is the allele.
      if carried == called { return (.hemizygous, called < alleles.count ? [.ploidyConflict] : []) }
      return (.hemizygousConflict, [.ploidyConflict])
    case .two:
      if alleles.count == 1 {
        return (carried == 1 ? .partial : .missing, called == 1 ? [.ploidyConflict] : [])
      }
      let notes: [Genotype.Note] = alleles.count > 2 ? [.ploidyConflict] : []
      if called < alleles.count { return (carried > 0 ? .partial : .missing, notes) }
      if carried == 0 { return (called > 0 ? .reference : .missing, notes) }
      if carried == called { return (.homozygous, notes) }
      return (alleles.contains(0) ? .heterozygous : .heterozygousOther, notes)
    }
  }
}

// MARK: - Quality

extension GenotypeReader {
  /// Fills in `state` and the notes on quality.
  ///
  /// GQ, depth and FT decide; balance and read counts only leave notes, since mosaics must stay visible to the models.
  private func judge(_ genotype: inout Genotype, _ call: GenotypeCall, isMale: Bool, at locus: Locus) {
    guard genotype.calledState != .missing else { return }
    var isUsable = true
    if let filter = call.filter, !settings.refusedFilters(in: filter).isEmpty {
      genotype.notes.append(.sampleFilter)
      isUsable = false
    }
    let lowestQuality = isMale ? settings.minimumGenotypeQualityHemizygous : settings.minimumGenotypeQuality
    if let quality = genotype.quality, quality < lowestQuality {
      genotype.notes.append(.lowQuality)
      isUsable = false
    }
    if let depth = genotype.depth, depth < (isMale ? settings.minimumDepthHemizygous : settings.minimumDepth) {
      genotype.notes.append(.lowDepth)
      isUsable = false
    }
    if isImbalanced(genotype, at: locus) { genotype.notes.append(.imbalance) }
    let fewest = isMale ? settings.minimumAlternateReadsHemizygous : settings.minimumAlternateReads
    if genotype.calledState.isCarrier, let reads = genotype.alternateReads, reads < fewest {
      genotype.notes.append(.fewReads)
    }
    if genotype.quality == nil || genotype.depth == nil
      || (genotype.alternateReads == nil && genotype.alleleFraction == nil)
    {
      genotype.notes.append(.noQualityField)
    }
    if call.minimumDepth != nil, genotype.calledState.isReference { genotype.notes.append(.referenceBlock) }
    genotype.state = isUsable ? genotype.calledState : .missing
  }

  private func isImbalanced(_ genotype: Genotype, at locus: Locus) -> Bool {
    // Any fraction is possible for a mitochondrial allele.
    guard locus.contig != .mitochondrion, let fraction = genotype.alleleFraction else { return false }
    switch genotype.calledState {
    case .heterozygous, .heterozygousOther:
      return fraction < settings.minimumHeterozygousFraction || fraction > settings.maximumHeterozygousFraction
    case .homozygous, .hemizygous:
      return fraction < settings.minimumHomozygousFraction
    case .reference, .hemizygousReference, .partial, .missing, .hemizygousConflict:
      return false
    }
  }
}

extension GenotypeCall {
  fileprivate func reads(of alternate: Int) -> Int? {
    alternate < alleleDepths.count ? alleleDepths[alternate] : nil
  }

  /// The allele's share of all reads (AD), else what the caller says (VAF, AF).
  fileprivate func fraction(of alternate: Int, among alternateCount: Int) -> Double? {
    if let reads = reads(of: alternate) {
      let total = alleleDepths.compactMap { $0 }.reduce(0, +)
      return total > 0 ? Double(reads) / Double(total) : nil
    }
    // Clair3 writes one AF for a record of several alternates: nobody can say whose it is.
    guard alleleFractions.count >= alternateCount, alternate <= alleleFractions.count else { return nil }
    return alleleFractions[alternate - 1]
  }

  /// The side as the case's settings have it: `|` without a set is trusted on request only, since many tools write it as a matter
  /// of form.
  fileprivate func phase(of alternate: Int, scope: String, settings: Settings) -> Phase? {
    guard let (side, set) = side(of: alternate) else { return nil }
    if let set { return Phase(haplotype: side, set: "\(scope)|\(set)") }
    return settings.trustUnnamedPhase ? Phase(haplotype: side, set: scope) : nil
  }

  /// The side of the `|` that the allele is on, with its phase set; a nil set is a `|` without one. Only a single copy has a side.
  ///
  /// A phased GT counts with its set (PS); an unphased GT with GATK's PGT and PID. PS on an unphased GT says nothing (VCF
  /// specification, section 1.6.2).
  func side(of alternate: Int) -> (side: Int, set: String?)? {
    guard alleles.count == 2, alleles.count(where: { $0 == alternate }) == 1 else { return nil }
    if isPhased, let side = alleles.firstIndex(of: alternate) { return (side, phaseSet) }
    guard let phaseSet, let physicalPhase else { return nil }
    let sides = physicalPhase.split(separator: "|", omittingEmptySubsequences: false).map { Int($0) }
    // PGT of a multi-allelic call is written for another allele pair at times: believe it when it is that of GT.
    guard sides.count == 2, Set(sides) == Set(alleles), let side = sides.firstIndex(of: alternate) else { return nil }
    return (side, phaseSet)
  }
}
