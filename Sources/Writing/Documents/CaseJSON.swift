internal import Model

extension Case {
  var json: JSONValue {
    .object([
      "id": .string(id), "proband": .string(proband), "assembly": .string(assembly.rawValue),
      "structure": .string(pedigree.structure(around: proband).rawValue),
      "phenotypes": .array(phenotypes.map(\.json)), "excluded_phenotypes": .array(excludedPhenotypes.map(\.json)),
      "onset": .optional(onset.map { "\($0)" }),
      "pedigree": .array(pedigree.individuals.map(\.json)),
    ])
  }
}

extension PhenotypeTerm {
  var json: JSONValue { .object(["id": .string(id), "label": .optional(label)]) }
}

extension Individual {
  var json: JSONValue {
    .object([
      "id": .string(id), "family": .string(family), "father": .optional(father), "mother": .optional(mother),
      "sex": .string(sex.rawValue), "status": .string(status.rawValue),
    ])
  }
}

extension Panel {
  /// What the panel is; its genes are listed in `targets`.
  var summary: JSONValue {
    .object([
      "name": .string(name), "title": .string(title), "version": .string(version), "date": .string(date),
      "source": .string(source), "licence": .string(licence), "gene_count": .integer(genes.count),
      "region_count": .integer(regions.count),
    ])
  }
}

extension TargetSet {
  var summary: JSONValue {
    .object([
      "genes": .array(
        genes.map {
          .object([
            "symbol": .string($0.symbol), "hgnc_id": .optional($0.hgncID),
            "confidence": .string($0.confidence.rawValue),
            "modes": .strings($0.modes.map(\.rawValue)), "panels": .strings($0.panels), "notes": .strings($0.notes),
          ])
        }),
      "regions": .array(regions.map { .object(["name": .string($0.name), "region": $0.region.json]) }),
      "unplaced": .strings(unplaced),
      "unused": .object(
        PanelConfidence.allCases.compactMap { confidence in
          unused[confidence].map { JSONValue.Member(confidence.rawValue, .strings($0)) }
        }),
    ])
  }
}

extension Region {
  /// BED coordinates: 0-based, half-open.
  var json: JSONValue {
    .object(["chrom": .string(contig.name), "start": .integer(start), "end": .integer(end)])
  }
}

extension TargetGene {
  var json: JSONValue {
    .object([
      "symbol": .string(symbol), "hgnc_id": .optional(hgncID), "ensembl": .optional(ensembl),
      "confidence": .string(confidence.rawValue), "modes": .strings(modes.map(\.rawValue)),
      "mechanisms": .strings(mechanisms.map(\.rawValue)), "penetrance": .string(penetrance.rawValue),
      "diseases": .array(diseases.map(\.json)), "panels": .strings(panels), "notes": .strings(notes),
    ])
  }
}

extension Disease {
  var json: JSONValue {
    .object(["id": .optional(id), "name": .string(name), "mode": .string(mode.rawValue)])
  }
}

extension QualityReport {
  var json: JSONValue {
    .object([
      "verdict": .string(worst.rawValue),
      "checks": .array(checks.map(\.json)),
      "confirmed_links": Self.links(confirmedLinks),
      "refuted_links": Self.links(refutedLinks),
      "homozygosity": .array(homozygosity.map(\.json)),
      "parental_origins": .array(origins.map(\.json)),
    ])
  }

  private static func links(_ links: Set<ParentLink>) -> JSONValue {
    let sorted = links.sorted { ($0.child, $0.parent) < ($1.child, $1.parent) }
    return .array(sorted.map { .object(["child": .string($0.child), "parent": .string($0.parent)]) })
  }
}

extension Homozygosity {
  var json: JSONValue {
    .object([
      "sample": .string(sample), "total": .integer(total), "fraction": .number(fraction),
      "tested": .strings(tested.map(\.name)), "whole_chromosomes": .strings(wholeChromosomes.map(\.name)),
      "chromosomes": .array(
        chromosomes.map {
          .object([
            "chrom": .string($0.contig.name), "total": .integer($0.total), "largest": .integer($0.largest),
          ])
        }),
      "runs": .array(
        runs.map {
          .object([
            "region": $0.region.json, "sites": .integer($0.sites), "heterozygous": .integer($0.heterozygous),
          ])
        }),
    ])
  }
}

extension ChromosomeOrigins {
  var json: JSONValue {
    .object([
      "child": .string(child), "father": .string(father), "mother": .string(mother),
      "chromosomes": .array(
        chromosomes.map {
          .object([
            "chrom": .string($0.contig.name), "biparental": .integer($0.biparental),
            "maternal_only": .integer($0.maternalOnly), "paternal_only": .integer($0.paternalOnly),
          ])
        }),
    ])
  }
}

extension QualityCheck {
  var json: JSONValue {
    .object([
      "check": .string(kind.rawValue), "samples": .strings(samples), "value": .optional(value),
      "threshold": .said(threshold), "verdict": .string(outcome.rawValue),
      "counts": .object(counts.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .integer($0.value)) }),
      "message": .said(message),
    ])
  }
}

extension Tally {
  /// Counts by reason in the order of the stages; stages at which nothing was removed are left out.
  var json: JSONValue {
    .object([
      "records": Self.funnel(read: recordsRead, reported: recordsReported, records, imbalance: recordImbalance),
      "alleles": Self.funnel(read: allelesRead, reported: allelesReported, alleles, imbalance: alleleImbalance),
      "passed_without_data": Self.counts(unknowns),
      "kept_by_exemption": Self.counts(exempted),
    ])
  }

  private static func funnel(read: Int, reported: Int, _ removed: [Removal: Int], imbalance: Int) -> JSONValue {
    .object([
      "read": .integer(read), "removed": counts(removed), "reported": .integer(reported),
      "imbalance": .integer(imbalance), "is_balanced": .bool(imbalance == 0),
    ])
  }

  private static func counts(_ counts: [Removal: Int]) -> JSONValue {
    .object(counts.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key.rawValue, .integer($0.value)) })
  }
}

extension Provenance.InputFile {
  var json: JSONValue {
    .object([
      "role": .string(role), "name": .string(name), "bytes": .integer(bytes), "sha256": .string(digest),
      "samples": .strings(samples),
    ])
  }
}
