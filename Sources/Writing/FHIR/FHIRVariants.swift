internal import Model

/// The reported alleles as observations, each once, with what they do to each gene.
struct FHIRVariants {
  /// The observation of an allele, by allele and record.
  private(set) var observations: [Key: FHIRResource] = [:]
  /// In the order of the report: each variant, and behind it its consequences where the guide has them apart.
  private(set) var resources: [FHIRResource] = []

  struct Key: Hashable {
    var allele: Allele
    var file: Int
    var record: Int

    init(_ variant: Variant) {
      allele = variant.allele
      file = variant.origin.file
      record = variant.origin.record
    }
  }

  private let common: FHIRObservations

  init(_ common: FHIRObservations) {
    self.common = common
    let rows = CandidateRow.rows(of: common.report.result.candidates)
    let byAllele = Dictionary(grouping: rows) { Key($0.variant.variant) }
    for key in distinctKeys(rows) {
      guard let rows = byAllele[key], let first = rows.first else { continue }
      let variant = variant(first.variant, genes: rows.map(\.best.gene))
      observations[key] = variant
      resources.append(variant)
      if common.guide == .stu3 { resources += rows.flatMap { consequences($0.variant, of: variant) } }
    }
  }

  private func distinctKeys(_ rows: [CandidateRow]) -> [Key] {
    var seen: Set<Key> = []
    return rows.map { Key($0.variant.variant) }.filter { seen.insert($0).inserted }
  }

  private func variant(_ seen: CandidateVariant, genes: [TargetGene]) -> FHIRResource {
    let subject = common.report.subject
    let variant = seen.variant
    let genotype = subject.pedigree.position(of: subject.proband).flatMap { position in
      variant.genotypes.indices.contains(position) ? variant.genotypes[position] : nil
    }
    let place = FHIRPlace(variant, in: common.report)
    return common.observation(
      "variant", .variant, value: Self.presence(genotype), method: .sequencing,
      components: genes.map { common.gene($0.symbol, $0.hgncID) } + names(seen) + place.components
        + calls(seen, genotype) + identifiers(variant) + effects(seen))
  }

  /// Whether the proband has the allele.
  private static func presence(_ genotype: Genotype?) -> FHIRCode {
    guard let state = genotype?.shownState, state != .missing else { return .noCall }
    return state.isCarrier ? .present : .absent
  }

  private func names(_ seen: CandidateVariant) -> [JSONValue?] {
    let transcript = seen.consequence?.transcript
    return [
      FHIRValue.component(.codingName, hgvs: seen.consequence?.hgvsC),
      FHIRValue.component(.proteinName, hgvs: seen.consequence?.hgvsP.map { VariantView.predicted($0) }),
      FHIRValue.component(.genomicName, hgvs: seen.genomicName(on: common.report.subject.assembly)),
      FHIRValue.component(
        .transcript, "valueCodeableConcept", FHIRValue.concept(FHIRCode(sequence: transcript), text: transcript)),
    ]
  }

  private func calls(_ seen: CandidateVariant, _ genotype: Genotype?) -> [JSONValue?] {
    let settings = common.report.subject.settings
    let counts = genotype?.decisiveCounts
    let state = genotype.flatMap { FHIRCode($0, on: seen.variant.allele.contig, homoplasmy: settings.homoplasmy) }
    let origin = FHIRCode(seen.origin)
    // Nothing is called sure here: that it is fit for a report is the laboratory's word.
    let isDoubtful = genotype.map { !$0.notes.filter { $0 != .fromReads }.isEmpty } ?? false
    let doubt = FHIRCode(
      FHIRGuide.codeSystem("variant-confidence-status-cs"), "intermediate", display: "Intermediate",
      text: genotype?.notes.map(\.rawValue).joined(separator: "; "))
    return [
      FHIRValue.component(.allelicState, state),
      FHIRValue.component(
        .fraction, "valueQuantity",
        counts?.fraction.map { FHIRValue.quantity($0, unit: "relative frequency of the allele") }),
      FHIRValue.component(
        .readDepth, "valueQuantity", counts?.alternate.map { FHIRValue.quantity(Double($0), unit: "reads") }),
      FHIRValue.component(.sourceClass, .germline), FHIRValue.component(.inheritance, origin),
      FHIRValue.component(.inheritanceBasis, origin == nil ? nil : .familyDNA),
      isDoubtful ? FHIRValue.component(.confidence, doubt) : nil,
    ]
  }

  private func identifiers(_ variant: Variant) -> [JSONValue?] {
    variant.identifiers.map { id in
      let isSNP = id.hasPrefix("rs") && id.count > 2 && id.dropFirst(2).allSatisfy { $0.isASCII && $0.isNumber }
      let isRecord = ["VCV", "RCV", "SCV"].contains { id.hasPrefix($0) }
      let system = isSNP ? FHIRCode.System.dbSNP : isRecord ? FHIRCode.System.clinVar : nil
      return FHIRValue.component(
        .variationCode, "valueCodeableConcept",
        FHIRValue.concept(system.flatMap { FHIRCode($0, input: id) }, text: id))
    }
  }

  // MARK: Effects

  /// The gravest effect within the variant, where the guide has it there.
  private func effects(_ seen: CandidateVariant) -> [JSONValue?] {
    guard common.guide == .stu2, let term = seen.consequence?.terms.first else { return [] }
    return [Self.effect(.consequence, term)]
  }

  private static func effect(_ code: FHIRCode, _ term: SequenceOntologyTerm) -> JSONValue? {
    FHIRValue.component(
      code, "valueCodeableConcept",
      FHIRValue.concept(term.accession.map { .ontology($0, term.name) }, text: term.name))
  }

  /// What the allele does to the chosen transcript, and to one that it hits harder.
  private func consequences(_ seen: CandidateVariant, of variant: FHIRResource) -> [FHIRResource] {
    [seen.consequence, seen.worseConsequence].compactMap { $0 }.map { consequence in
      let protein = consequence.hgvsP.flatMap { name in name.firstIndex(of: ":").map { String(name[..<$0]) } }
      return common.observation(
        "molecular-consequence", .consequence, derivedFrom: [variant],
        notes: consequence.warnings.map { [FHIRObservations.note($0)] } ?? [],
        components: [
          FHIRValue.component(.codingName, hgvs: consequence.hgvsC),
          FHIRValue.component(
            .transcript, "valueCodeableConcept",
            FHIRValue.concept(FHIRCode(sequence: consequence.transcript), text: consequence.transcript)),
          FHIRValue.component(.proteinName, hgvs: consequence.hgvsP.map { VariantView.predicted($0) }),
          FHIRValue.component(.proteinSequence, FHIRCode(sequence: protein)),
        ] + consequence.terms.map { Self.effect(.featureConsequence, $0) })
    }
  }
}
