internal import Model

/// The candidates as interpretations of a phenopacket: each a disease with its variants. A program finds candidates; a class, and
/// that a variant is out of the question, only a human says.
struct PhenopacketInterpretations {
  let report: Report
  /// Programs read the explanation: English, as in `candidates.json`.
  private let phrases = Phrases(.english)

  init(report: Report) {
    self.report = report
  }

  private var candidates: [Candidate] { report.result.candidates.sorted { $0.rank < $1.rank } }

  var json: [JSONValue] { candidates.map(interpretation) }

  /// Of the ids that are used.
  var prefixes: [String] {
    let symbolic = candidates.flatMap(\.variants).contains { $0.variant.allele.isSymbolic }
    return candidates.map { candidate in String(PhenopacketCode(candidate.disease).id.prefix { $0 != ":" }) }
      + (symbolic ? ["SO"] : [])
  }

  private func interpretation(_ candidate: Candidate) -> JSONValue {
    let isSigned = candidate.variants.allSatisfy { $0.evidence.given?.signed != nil }
    return .present([
      ("id", .words("\(report.subject.id)-\(candidate.rank)")),
      // `SOLVED` would be a diagnosis.
      ("progressStatus", .string(isSigned ? "COMPLETED" : "IN_PROGRESS")),
      (
        "diagnosis",
        .object([
          "disease": PhenopacketCode(candidate.disease).json,
          "genomicInterpretations": .array(candidate.variants.map { finding($0, of: candidate) }),
        ])
      ),
      ("summary", .words(Explanation(candidate: candidate, phrases: phrases).line)),
    ])
  }

  private func finding(_ seen: CandidateVariant, of candidate: Candidate) -> JSONValue {
    let given = seen.evidence.given?.value
    let isRejected = given?.isBenignOrLikely == true || seen.remarks.contains { $0.dismissal != nil }
    return .object([
      "subjectOrBiosampleId": .string(report.subject.proband.shown),
      "interpretationStatus": .string(isRejected ? "REJECTED" : "CANDIDATE"),
      "variantInterpretation": .object([
        "acmgPathogenicityClassification": .string(given.map(Self.word) ?? "NOT_PROVIDED"),
        "therapeuticActionability": .string("UNKNOWN_ACTIONABILITY"),
        "variationDescriptor": variation(seen, in: candidate.gene),
      ]),
    ])
  }

  private static func word(_ value: VariantClass) -> String {
    switch value {
    case .pathogenic: "PATHOGENIC"
    case .likelyPathogenic: "LIKELY_PATHOGENIC"
    case .uncertain: "UNCERTAIN_SIGNIFICANCE"
    case .likelyBenign: "LIKELY_BENIGN"
    case .benign: "BENIGN"
    }
  }

  private func variation(_ seen: CandidateVariant, in gene: TargetGene) -> JSONValue {
    let subject = report.subject
    let variant = seen.variant
    let genotype = subject.pedigree.position(of: subject.proband).flatMap { position in
      variant.genotypes.indices.contains(position) ? variant.genotypes[position] : nil
    }
    let state = genotype.flatMap {
      PhenopacketCode($0, on: variant.allele.contig, homoplasmy: subject.settings.homoplasmy)
    }
    let kind = variant.allele.isSymbolic ? FHIRCode(variant.allele) : nil
    let snps = variant.identifiers.filter { $0.hasPrefix("rs") }.map { "dbSNP:" + $0.shown }
    return .present([
      ("id", .words(variant.allele.name)), ("label", .words(seen.consequence?.hgvsC)),
      (
        "geneContext",
        .present([("valueId", .words(gene.hgncID ?? gene.ensembl)), ("symbol", .words(gene.symbol))])
      ),
      ("expressions", .array(expressions(seen))), ("vcfRecord", record(variant)), ("xrefs", .strings(snps)),
      ("extensions", .array([evidence(seen.evidence)])), ("moleculeContext", .string("genomic")),
      (
        "structuralType",
        kind.map { .present([("id", .string($0.code)), ("label", .words($0.display))]) }
      ),
      ("allelicState", state?.json),
    ])
  }

  private func evidence(_ evidence: AutomatedEvidence) -> JSONValue {
    .present([("name", .string("automated points")), ("value", .words(evidence.wording))])
  }

  private func expressions(_ seen: CandidateVariant) -> [JSONValue] {
    let names = [
      ("hgvs.c", seen.consequence?.hgvsC), ("hgvs.p", seen.consequence?.hgvsP.map { VariantView.predicted($0) }),
      ("hgvs.g", seen.genomicName(on: report.subject.assembly)),
    ]
    return names.compactMap { syntax, name in
      JSONValue.words(name).map { .object(["syntax": .string(syntax), "value": $0]) }
    }
  }

  /// Normalised, on the contig as the file names it; the position is 1-based.
  private func record(_ variant: Variant) -> JSONValue {
    .present([
      ("genomeAssembly", .string(report.subject.assembly.rawValue)), ("chrom", .words(variant.contigName)),
      ("pos", .integer(variant.allele.position)), ("id", .words(variant.identifiers.first)),
      ("ref", .words(variant.allele.reference)), ("alt", .words(variant.allele.alternate)),
      ("qual", variant.siteQuality.map { .string(Number.short($0)) }),
      ("filter", .words(variant.filters.joined(separator: ";"))),
    ])
  }
}
