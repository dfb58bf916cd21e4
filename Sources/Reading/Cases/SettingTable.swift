import Model

extension SettingKey {
  /// Every setting, in the order of `Settings`.
  public static let all: [SettingKey] =
    site + frequency + genotype + deNovo + mitochondrion + reads + family + selection

  private static let site = [
    SettingKey("min_qual", .number(\.minimumSiteQuality, limit: 1e6), "Phred", "lowest QUAL; a missing one passes"),
    SettingKey("accept_filter", .words(\.acceptedFilters), "words", "FILTER values accepted beside PASS and `.`"),
    SettingKey("check_ref", .flag(\.checkReference), "true or false", "REF must agree with the reference FASTA"),
    SettingKey(
      "gene_padding", .count(\.genePadding, limit: 1_000_000), "bases", "bases around a gene that belong to it"),
  ]

  private static let frequency = [
    SettingKey("max_af", .fraction(\.maximumFrequency), "fraction", "ceiling of population frequency for every model"),
    SettingKey(
      "max_af_dominant", .fraction(\.maximumFrequencyDominant), "fraction",
      "dominant and de novo: penalised from here on"),
    SettingKey(
      "max_af_dominant_soft", .fraction(\.maximumFrequencyDominantSoft), "fraction", "dominant: dropped from here on"),
    SettingKey("max_af_recessive", .fraction(\.maximumFrequencyRecessive), "fraction", "ceiling for recessive models"),
    SettingKey(
      "max_af_x_recessive", .fraction(\.maximumFrequencyXRecessive), "fraction", "ceiling for X-linked recessive models"
    ),
    SettingKey(
      "max_af_x_dominant", .fraction(\.maximumFrequencyXDominant), "fraction", "ceiling for X-linked dominant models"),
    SettingKey(
      "max_af_mt", .fraction(\.maximumFrequencyMitochondrial), "fraction",
      "ceiling for the mitochondrion, against homoplasmic carriers"),
    SettingKey(
      "max_homozygotes", .count(\.maximumHomozygotes, limit: 1_000_000), "individuals",
      "most homozygous individuals for a recessive model"),
    SettingKey(
      "max_homozygotes_dominant", .count(\.maximumHomozygotesDominant, limit: 1_000_000), "individuals",
      "most homozygous individuals for a dominant model"),
    SettingKey(
      "clinvar_exempt_af", .fraction(\.clinVarExemptionFrequency), "fraction",
      "ClinVar P/LP variants pass the frequency filters below this"),
    SettingKey(
      "max_local_count", .count(\.maximumLocalCount, limit: 1_000_000), "alleles",
      "laboratory's cohort: dropped above this and max_local_af"),
    SettingKey(
      "max_local_af", .fraction(\.maximumLocalFrequency), "fraction",
      "laboratory's cohort: dropped above this and max_local_count"),
  ]

  private static let genotype = [
    SettingKey("min_gq", .number(\.minimumGenotypeQuality, limit: 1_000), "Phred", "lowest genotype quality"),
    SettingKey(
      "min_gq_hemizygous", .number(\.minimumGenotypeQualityHemizygous, limit: 1_000), "Phred",
      "lowest genotype quality where one copy is expected"),
    SettingKey("min_depth", .count(\.minimumDepth, limit: 1_000_000), "reads", "lowest depth of a genotype"),
    SettingKey(
      "min_depth_hemizygous", .count(\.minimumDepthHemizygous, limit: 1_000_000), "reads",
      "lowest depth where one copy is expected"),
    SettingKey(
      "min_alt_reads", .count(\.minimumAlternateReads, limit: 1_000_000), "reads",
      "fewest reads of the alternate allele"),
    SettingKey(
      "min_alt_reads_hemizygous", .count(\.minimumAlternateReadsHemizygous, limit: 1_000_000), "reads",
      "fewest alternate reads where one copy is expected"),
    SettingKey(
      "min_het_fraction", .fraction(\.minimumHeterozygousFraction), "fraction",
      "lowest alternate fraction of a heterozygote", source: "Exomiser"),
    SettingKey(
      "max_het_fraction", .fraction(\.maximumHeterozygousFraction), "fraction",
      "highest alternate fraction of a heterozygote", source: "Exomiser"),
    SettingKey(
      "min_hom_fraction", .fraction(\.minimumHomozygousFraction), "fraction",
      "lowest alternate fraction of a homozygote"),
    SettingKey(
      "min_mosaic_fraction", .fraction(\.minimumMosaicFraction), "fraction",
      "lowest alternate fraction that may be a mosaic"),
  ]

  private static let deNovo = [
    SettingKey(
      "min_de_novo_fraction", .fraction(\.minimumDeNovoFraction), "fraction",
      "lowest alternate fraction of a de novo call", source: "slivar, doi:10.1038/s41525-021-00227-3"),
    SettingKey(
      "max_de_novo_fraction", .fraction(\.maximumDeNovoFraction), "fraction",
      "highest alternate fraction of a de novo call", source: "slivar, doi:10.1038/s41525-021-00227-3"),
    SettingKey(
      "max_parental_fraction", .fraction(\.maximumParentalFraction), "fraction",
      "a parent is clean below this alternate fraction", source: "slivar, doi:10.1038/s41525-021-00227-3"),
    SettingKey(
      "max_parental_reads", .count(\.maximumParentalReads, limit: 1_000), "reads",
      "a parent is clean below this number of alternate reads", source: "slivar, doi:10.1038/s41525-021-00227-3"),
    SettingKey(
      "strict_de_novo", .flag(\.strictDeNovo), "", "also apply the de novo table of STAR Protocols 2021",
      source: "PMC7960548"),
  ]

  private static let mitochondrion = [
    SettingKey("min_heteroplasmy", .fraction(\.minimumHeteroplasmy), "fraction", "lowest heteroplasmy reported"),
    SettingKey("homoplasmy", .fraction(\.homoplasmy), "fraction", "heteroplasmy that counts as all copies"),
    SettingKey(
      "min_depth_mt", .count(\.minimumMitochondrialDepth, limit: 10_000_000), "reads",
      "lowest depth on the mitochondrion"),
  ]

  private static let reads = [
    SettingKey(
      "min_mapq", .count(\.minimumMappingQuality, limit: 255), "Phred", "lowest mapping quality of a read that counts"),
    SettingKey(
      "min_baseq", .count(\.minimumBaseQuality, limit: 93), "Phred", "lowest quality of a base that counts"),
    SettingKey(
      "coverage_padding", .count(\.coveragePadding, limit: 10_000), "bases",
      "bases around a coding exon that are to be covered"),
    SettingKey(
      "min_callable_depth", .count(\.minimumCallableDepth, limit: 100_000), "reads",
      "reads that a base with two copies needs"),
    SettingKey(
      "min_callable_depth_hemizygous", .count(\.minimumCallableDepthHemizygous, limit: 100_000), "reads",
      "reads that a base with one copy needs"),
  ]

  private static let family = [
    SettingKey(
      "incomplete_penetrance", .flag(\.incompletePenetrance), "", "unaffected carriers are possible in every gene"),
    SettingKey(
      "trust_unnamed_phase", .flag(\.trustUnnamedPhase), "", "`|` without a phase set is trusted across records"),
    SettingKey(
      "assume_ref", .flag(\.assumeReference), "", "a record absent from a single-sample file means reference"),
  ]

  private static let selection = [
    SettingKey(
      "min_impact", .impact(\.minimumImpact), "impact", "lowest consequence impact kept", source: "Ensembl VEP"),
    SettingKey(
      "keep_splice_region", .flag(\.keepSpliceRegion), "true or false",
      "splice terms of impact LOW are kept all the same"),
    SettingKey(
      "min_spliceai", .fraction(\.minimumSpliceAI), "delta score", "keeps lower impacts from this SpliceAI delta on",
      source: "Walker 2023, PMC10357475"),
    SettingKey(
      "min_confidence", .confidence(\.minimumConfidence), "panel colour", "lowest confidence of panel genes used"),
    SettingKey(
      "min_points", .points(\.minimumPoints), "points",
      "fewest points of variants and family for the ranked list, unless the phenotype fits; below, a near miss"),
    SettingKey(
      "max_pairs_per_gene", .count(\.maximumPairsPerGene, limit: 1_000_000), "pairs",
      "most compound heterozygous pairs listed for a gene"),
  ]
}
