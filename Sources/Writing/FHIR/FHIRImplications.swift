internal import Model

/// What the findings may mean: for each variant of a candidate one implication, and for the halves of a pair their phase.
struct FHIRImplications {
  let common: FHIRObservations
  let variants: FHIRVariants
  /// Programs read it: English, as in `candidates.json`.
  private let phrases = Phrases(.english)

  init(_ common: FHIRObservations, _ variants: FHIRVariants) {
    self.common = common
    self.variants = variants
  }

  func resources(of candidate: Candidate) -> [FHIRResource] {
    [phase(of: candidate)].compactMap { $0 } + candidate.variants.compactMap { implication($0, of: candidate) }
  }

  /// Significance only by a human's class; what the program counted is a note.
  private func implication(_ seen: CandidateVariant, of candidate: Candidate) -> FHIRResource? {
    guard let variant = variants.observations[FHIRVariants.Key(seen.variant)] else { return nil }
    let given = seen.evidence.given
    let disease = candidate.disease
    let inheritance = disease.flatMap { FHIRCode($0.mode, of: candidate.models) }
    let known = seen.variant.clinVar.flatMap { record in
      record.isPathogenicOrLikely ? FHIRCode(stars: record.stars).map { ($0, record.text) } : nil
    }
    return common.observation(
      "diagnostic-implication", .implication, isFinal: given?.signed != nil, derivedFrom: [variant],
      notes: notes(seen.evidence),
      components: [
        common.gene(candidate.gene.symbol, candidate.gene.hgncID),
        FHIRValue.component(.significance, given.map { FHIRCode($0.value) }),
        FHIRValue.component(
          .predictedPhenotype, "valueCodeableConcept",
          disease.flatMap { FHIRValue.concept(FHIRCode(disease: $0), text: $0.name) }),
        FHIRValue.component(.conditionInheritance, inheritance),
        known.flatMap { code, words in
          FHIRValue.component(
            .evidenceLevel, "valueCodeableConcept", FHIRValue.concept(code, text: "ClinVar: \(words)"))
        },
        FHIRValue.component(
          .conclusion, "valueString", .words(Explanation(candidate: candidate, phrases: phrases).line)),
      ])
  }

  private func notes(_ evidence: AutomatedEvidence) -> [JSONValue] {
    let criteria = evidence.counted.map(\.name).joined(separator: ", ")
    let points = FHIRObservations.note(
      "automated points: \(evidence.wording)" + (criteria.isEmpty ? "" : "; criteria \(criteria)"))
    guard let given = evidence.given else { return [points] }
    let signature = JSONValue.present([
      ("authorString", .words(given.reviewer)), ("time", .words(given.signed?.description ?? given.date)),
      ("text", .string("class given by a reviewer" + (given.signed == nil ? "; not signed" : ""))),
    ])
    return [signature, points]
  }

  private func phase(of candidate: Candidate) -> FHIRResource? {
    guard let phase = candidate.phase, candidate.variants.count == 2 else { return nil }
    let halves = candidate.variants.compactMap { variants.observations[FHIRVariants.Key($0.variant)] }
    return common.observation(
      "sequence-phase-relationship", .phase, value: FHIRCode(phase), method: Self.method(candidate.variants),
      derivedFrom: halves, components: [])
  }

  /// How the phase is known: by the parents, else by reads over both; nil where neither tells.
  private static func method(_ halves: [CandidateVariant]) -> FHIRCode? {
    if halves.allSatisfy({ $0.origin != .unknown }) { return .familyDNA }
    return (halves[0].variant.pairReads[halves[1].variant.allele]?.total ?? 0) > 0 ? .measured : nil
  }
}
