internal import Model

/// What a setting has a say in.
enum SettingReach {
  case panels, sites, frequencies, cohort, genotypes, inheritance, consequences, points, reads, reference
  /// Not known here: a setting of another version.
  case anything

  init(_ key: String) {
    switch key {
    case "min_confidence", "gene_padding": self = .panels
    case "min_qual", "accept_filter": self = .sites
    case "check_ref": self = .reference
    case "min_impact", "keep_splice_region", "min_spliceai": self = .consequences
    case "min_points": self = .points
    case "min_mapq", "min_baseq", "coverage_padding", "min_callable_depth", "min_callable_depth_hemizygous":
      self = .reads
    case "strict_de_novo", "trust_unnamed_phase", "incomplete_penetrance", "assume_ref", "max_pairs_per_gene",
      "max_parental_fraction", "max_parental_reads", "min_de_novo_fraction", "max_de_novo_fraction":
      self = .inheritance
    case _ where key.hasPrefix("max_local_"): self = .cohort
    case _ where key.hasPrefix("max_af") || key.hasPrefix("max_homozygotes") || key == "clinvar_exempt_af":
      self = .frequencies
    case _
    where key.hasSuffix("_fraction") || key.hasSuffix("plasmy") || key.hasPrefix("min_gq")
      || key.hasPrefix("min_depth") || key.hasPrefix("min_alt_reads"):
      self = .genotypes
    default: self = .anything
    }
  }
}

/// Which inputs have a say in what: the table behind every cause.
extension ChangedInput {
  private var reach: SettingReach { SettingReach(name.description) }

  private func isSetting(_ reaches: SettingReach...) -> Bool {
    kind == .setting && (reaches.contains(reach) || reach == .anything)
  }

  /// Whether it can change the value of this aspect itself, all that the value is made of being the same.
  ///
  /// The program's version is left out here: whoever asks adds it where no data explain a change.
  func changes(_ aspect: EvidenceDifference.Aspect) -> Bool {
    switch aspect {
    case .clinVar: kind == .clinVarStore || kind == .variants
    case .frequency: kind == .frequencyStore || kind == .variants
    case .localCount: kind == .cohort || kind == .family
    case .prediction: kind == .scoreStore || kind == .variants
    case .consequence, .naming: kind == .variants || kind == .reference
    case .genotype:
      kind == .variants || kind == .alignment || kind == .reference || kind == .family || isSetting(.genotypes, .reads)
    case .inheritance:
      kind == .family || kind == .proband || kind == .panel || isSetting(.inheritance, .genotypes, .frequencies)
    case .disease, .phenotype:
      kind == .phenotypes || kind == .phenotypeRelease || kind == .panel || kind == .family
    case .criterion, .classHint: kind == .review || kind == .panel || kind == .geneStore
    case .givenClass, .dismissal: kind == .review
    case .total: kind == .panel
    }
  }

  /// Whether it can make an allele leave, or stay, at this stage (the raw value of a `Removal`).
  func decides(stage: String) -> Bool {
    // Another file of variants, or another program, may decide anything.
    if kind == .variants || kind == .program || kind == .htslib { return true }
    return switch Removal(rawValue: stage) {
    case .otherContig, .foreignMitochondrion, .noAlternate, .repeatLocus, .duplicate: kind == .reference
    case .outsidePanel, .otherGene: kind == .panel || isSetting(.panels)
    case .notCarried: kind == .family || kind == .proband || isSetting(.inheritance, .genotypes)
    case .siteFilter, .siteQuality: isSetting(.sites)
    case .populationFrequency:
      kind == .frequencyStore || kind == .clinVarStore || kind == .panel || isSetting(.frequencies)
    case .localFrequency: kind == .cohort || kind == .clinVarStore || isSetting(.cohort)
    case .noConsequence: kind == .reference || kind == .scoreStore || isSetting(.consequences)
    case .impact: kind == .reference || kind == .scoreStore || kind == .clinVarStore || isSetting(.consequences)
    case .genotypeQuality: kind == .alignment || kind == .family || isSetting(.genotypes, .reads)
    case .singleHeterozygous, .inheritance:
      kind == .family || kind == .proband || kind == .alignment || kind == .panel || kind == .frequencyStore
        || kind == .clinVarStore || isSetting(.inheritance, .genotypes, .frequencies, .reads)
    case .weakEvidence: kind != .setting || isSetting(.points)
    case nil: true
    }
  }
}
