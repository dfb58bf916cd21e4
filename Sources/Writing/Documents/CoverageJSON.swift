internal import Model

extension SampleCoverage {
  /// The sample, how depths were counted, and each gene's sum; `coverage.tsv` has the exons.
  var json: JSONValue {
    .object([
      "sample": .string(sample), "source": source.json,
      "genes": .array(genes.map(\.json)), "unplaced": .strings(unplaced), "total": total.json,
    ])
  }
}

extension SampleCoverage.Source {
  fileprivate var json: JSONValue {
    switch self {
    case .reads(let mapping, let base):
      .object([
        "kind": .string("reads"), "min_mapq": .integer(mapping), "min_baseq": .integer(base), "min_gq": .null,
      ])
    case .referenceBlocks(let quality):
      .object([
        "kind": .string("reference_blocks"), "min_mapq": .null, "min_baseq": .null, "min_gq": .integer(quality),
      ])
    }
  }
}

extension DepthSummary {
  fileprivate var json: JSONValue {
    // Of no base nothing is told: a depth of 0 would be something else.
    let told = { (count: Int) -> JSONValue in length == 0 ? .null : .integer(count) }
    return .object([
      "length": .integer(length), "mean_depth": .optional(mean),
      "min_depth": told(minimum), "bases_10x": told(atLeast10), "bases_20x": told(atLeast20),
      "bases_30x": told(atLeast30), "bases_callable": told(callable),
    ])
  }
}

extension GeneCoverage {
  fileprivate var json: JSONValue {
    .object([
      "symbol": .string(symbol), "hgnc_id": .optional(hgncID), "transcript": .optional(transcript),
      "verdict": .string(verdict.rawValue), "needed_depth": .optional(needed), "summary": summary.json,
      "gaps": .array(gaps.map(\.json)), "not_assessed": .array(unread.map(\.json)),
    ])
  }
}

extension UnreadExon {
  fileprivate var json: JSONValue {
    .object([
      "chrom": .string(region.contig.name), "start": .integer(region.start), "end": .integer(region.end),
      "exon": .string(name), "reason": .string(reason.rawValue),
    ])
  }
}

extension CoverageGap {
  fileprivate var json: JSONValue {
    .object([
      "chrom": .string(region.contig.name), "start": .integer(region.start), "end": .integer(region.end),
      "exon": .string(exon), "min_depth": .integer(minimum), "mean_depth": .number(mean),
      "mean_depth_unfiltered": .number(meanUnfiltered), "cause": .string(cause.rawValue),
      "het_detection": .optional(detection),
    ])
  }
}

extension ReadEvidence {
  var json: JSONValue {
    .object([
      "method": .string(method.rawValue), "ref": .integer(reference), "alt": .integer(alternate),
      "other": .integer(other), "unclear": .integer(unclear), "alt_forward": .integer(alternateForward),
      "alt_reverse": .integer(alternateReverse), "alt_clipped": .integer(alternateClipped),
      "mean_base_quality": .optional(meanBaseQuality), "mean_mapping_quality": .optional(meanMappingQuality),
      "mean_end_distance": .optional(meanEndDistance), "error_rate": .number(errorRate),
    ])
  }
}
