internal import Model

extension Allele {
  /// Position 1-based.
  var json: JSONValue {
    .object([
      "name": .string(name), "chrom": .string(contig.name), "pos": .integer(position), "ref": .string(reference),
      "alt": .string(alternate), "end": .integer(end),
    ])
  }
}

extension CandidateVariant {
  /// Genomic HGVS. Of a single base it follows from the place; others must be shifted along the reference as HGVS asks (3′ rule), so
  /// that they have a name where an annotation or a reference tells one.
  func genomicName(on assembly: Assembly) -> String? {
    let allele = variant.allele
    guard allele.isSNV else { return consequence?.hgvsG ?? variant.consequences.lazy.compactMap(\.hgvsG).first }
    let kind = allele.contig == .mitochondrion ? "m" : "g"
    return "\(assembly.refSeqAccession(of: allele.contig)):\(kind)."
      + "\(allele.position)\(allele.reference)>\(allele.alternate)"
  }

  func json(of subject: Case) -> JSONValue {
    let source: JSONValue = .object([
      "file": .integer(variant.origin.file),
      "chrom": .string(variant.contigName), "pos": .integer(variant.origin.position),
      "ref": .string(variant.origin.reference), "alts": .strings(variant.origin.alternates),
      "alt_index": .integer(variant.origin.alternateIndex),
    ])
    return .object([
      "allele": variant.allele.json,
      "hgvs_g": .optional(genomicName(on: subject.assembly)),
      "source": source,
      "qual": .optional(variant.siteQuality),
      "filters": .strings(variant.filters),
      "ids": .strings(variant.identifiers),
      "consequence": consequence?.json ?? .null,
      "worse_consequence": worseConsequence?.json ?? .null,
      "consequences": .array(variant.consequences.map(\.json)),
      "frequency": variant.frequency.json(localCount: variant.localCount, localNumber: variant.localNumber),
      "clinvar": variant.clinVar?.json ?? .null,
      "predictions": .object([
        "revel": .optional(variant.predictions.revel), "alpha_missense": .optional(variant.predictions.alphaMissense),
        "cadd_phred": .optional(variant.predictions.cadd), "spliceai_max": .optional(variant.predictions.spliceAI),
      ]),
      "acmg": evidence.json,
      "remarks": .array(
        remarks.map {
          .object([
            "by": .string($0.signature), "note": .optional($0.note), "dismissed": .optional($0.dismissal),
          ])
        }),
      "parent_of_origin": .string(origin.rawValue),
      "genotypes": .array(zip(subject.pedigree.individuals, variant.genotypes).map { $1.json(sample: $0.id) }),
      "read_pairs": .array(
        variant.pairReads.sorted { $0.key < $1.key }.map { allele, pair in
          .object([
            "allele": .string(allele.name), "both": .integer(pair.both), "neither": .integer(pair.neither),
            "this_alone": .integer(pair.first), "other_alone": .integer(pair.second),
          ])
        }),
      "flags": .strings(variant.flags),
    ])
  }
}

extension Genotype {
  func json(sample: String) -> JSONValue {
    .object([
      "sample": .string(sample), "gt": .string(text), "state": .string(state.rawValue),
      "called_state": .string(calledState.rawValue), "depth": .optional(depth), "gq": .optional(quality),
      "ref_reads": .optional(referenceReads), "alt_reads": .optional(alternateReads),
      "vaf": .optional(alleleFraction),
      "phase": phase.map { .object(["haplotype": .integer($0.haplotype), "set": .string($0.set)]) } ?? .null,
      "notes": .strings(notes.map(\.rawValue)), "reads": reads?.json ?? .null,
    ])
  }
}

extension Consequence {
  var json: JSONValue {
    .object([
      "terms": .strings(terms.map(\.name)), "impact": .string(impact.rawValue), "source": .string(source.rawValue),
      "gene": .optional(gene), "symbol": .optional(symbol), "hgnc_id": .optional(hgncID),
      "transcript": .optional(transcript), "biotype": .optional(biotype), "exon": .optional(exon),
      "intron": .optional(intron), "hgvs_c": .optional(hgvsC), "hgvs_p": .optional(hgvsP),
      "protein_position": .optional(proteinPosition), "protein_length": .optional(proteinLength),
      "coding_position": .optional(codingPosition), "coding_length": .optional(codingLength),
      "amino_acids": .optional(aminoAcids), "codons": .optional(codons), "mane_select": .optional(maneSelect),
      "mane_plus_clinical": .optional(manePlusClinical), "is_canonical": .bool(isCanonical),
      "warnings": .optional(warnings),
    ])
  }
}

extension PopulationFrequency {
  func json(localCount: Int?, localNumber: Int?) -> JSONValue {
    .object([
      "state": .string(state.rawValue), "max_af": .optional(maximum), "filter_af": .optional(filtering),
      "faf95": .optional(faf95), "af": .optional(alleleFrequency), "population_max_af": .optional(populationMaximum),
      "ac": .optional(alleleCount), "an": .optional(alleleNumber), "homozygotes": .optional(homozygotes),
      "hemizygotes": .optional(hemizygotes), "sources": .strings(sources),
      "populations": .object(populations.map { JSONValue.Member($0.name, .number($0.frequency)) }),
      "groups": .object(groups.map { JSONValue.Member($0.name, .number($0.frequency)) }),
      "local_ac": .optional(localCount),
      "local_an": .optional(localNumber),
    ])
  }
}

extension ClinVarRecord {
  var json: JSONValue {
    .object([
      "significance": .string(significance.rawValue), "text": .string(text), "stars": .optional(stars),
    ])
  }
}

extension AutomatedEvidence {
  /// The hint is worded with its points, and says what is pending or who gave them; only `given_class` is a classification.
  var json: JSONValue {
    .object([
      "points": .integer(points), "class_hint": .string(classHint), "posterior": .optional(posterior),
      "wording": .string(wording), "given_class": given?.json ?? .null, "reviewed_points": .integer(reviewedPoints),
      "criteria": .array(criteria.map(\.json)),
    ])
  }
}

extension GivenClass {
  fileprivate var json: JSONValue {
    .object([
      "class": .string(value.rawValue), "by": .string(reviewer), "date": .optional(date),
      "signed": .optional(signed?.description),
    ])
  }
}

extension Criterion {
  fileprivate var json: JSONValue {
    .object([
      "code": .string(code), "name": .string(name), "strength": .string(strength.rawValue),
      "is_benign": .bool(isBenign), "points": .integer(points), "evidence": .said(evidence), "rule": .said(rule),
      "note": .said(note), "set_aside": .said(setAside), "by": .optional(reviewer),
      "removed_by": .optional(remover),
    ])
  }
}
