/// Every threshold of the profile. A case file sets any of them under `settings:`; `run.json` and the report print them all.
///
/// Frequencies are fractions 0…1, qualities Phred, depths reads. Sources are named at each value; `[E]` marks a default that
/// is rarescreen's own choice.
public struct Settings: Sendable, Hashable {
  // Site
  /// Lowest `QUAL` accepted, Phred; a missing QUAL passes with a badge. [E]
  public var minimumSiteQuality = 0.0
  /// FILTER values that are accepted beside `PASS` and `.`.
  public var acceptedFilters: [String] = []
  /// Whether REF must agree with the reference FASTA, where one is given.
  public var checkReference = true
  /// Bases around a gene that belong to it. [E]
  public var genePadding = 1_000

  // Population frequency (clinical specification, section 4)
  /// Ceiling for every model, compared with FAF95 where known.
  public var maximumFrequency = 0.01
  /// Dominant and de novo: at or above this the variant is penalised.
  public var maximumFrequencyDominant = 0.0001
  /// Dominant: at or above this the variant is dropped.
  public var maximumFrequencyDominantSoft = 0.001
  public var maximumFrequencyRecessive = 0.01
  public var maximumFrequencyXRecessive = 0.005
  public var maximumFrequencyXDominant = 0.0001
  /// Compared with the frequency of homoplasmic carriers.
  public var maximumFrequencyMitochondrial = 0.002
  /// Most homozygous individuals tolerated for a recessive model.
  public var maximumHomozygotes = 5
  /// Most homozygous individuals tolerated for a dominant model.
  public var maximumHomozygotesDominant = 0
  /// ClinVar P/LP variants are exempt from the frequency filters below this frequency.
  public var clinVarExemptionFrequency = 0.05
  /// The laboratory's own cohort: a variant is dropped when it is above both.
  public var maximumLocalCount = 10
  public var maximumLocalFrequency = 0.01

  // Genotype quality (section 5.1)
  public var minimumGenotypeQuality = 20.0
  public var minimumGenotypeQualityHemizygous = 10.0
  public var minimumDepth = 10
  public var minimumDepthHemizygous = 6
  public var minimumAlternateReads = 5
  public var minimumAlternateReadsHemizygous = 3
  /// Alternate fraction of a heterozygote, soft band for inherited variants (Exomiser).
  public var minimumHeterozygousFraction = 0.15
  public var maximumHeterozygousFraction = 0.85
  /// Hard band for de novo (slivar).
  public var minimumDeNovoFraction = 0.20
  public var maximumDeNovoFraction = 0.80
  public var minimumHomozygousFraction = 0.90
  /// A parent is clean below both (slivar).
  public var maximumParentalFraction = 0.02
  public var maximumParentalReads = 2
  /// A heterozygous call below this fraction, and above `minimumMosaicFraction`, may be mosaic.
  public var minimumMosaicFraction = 0.05
  /// Also apply the published rule of STAR Protocols 2021 (PMC7960548) to de novo calls.
  public var strictDeNovo = false

  // Mitochondrion
  public var minimumHeteroplasmy = 0.05
  public var homoplasmy = 0.95
  public var minimumMitochondrialDepth = 100

  // Reads (section 10)
  /// Lowest mapping quality of a read that counts, Phred (Genomics England asks for more than 10). [E]
  public var minimumMappingQuality = 20
  /// Lowest quality of a base that counts, Phred. [E]
  public var minimumBaseQuality = 20
  /// Bases around a coding exon that are to be covered too, for splicing. [E]
  public var coveragePadding = 10
  /// Reads that a base with two copies needs, for a heterozygote to be seen; one with a single copy; see also
  /// `minimumMitochondrialDepth`. [E]
  public var minimumCallableDepth = 20
  public var minimumCallableDepthHemizygous = 10

  // Family
  /// Whether unaffected carriers are possible in every gene, not only where the panel says so.
  public var incompletePenetrance = false
  /// Whether `|` without a phase set is trusted to span records.
  public var trustUnnamedPhase = false
  /// Whether a record that is absent from a single-sample file means reference.
  public var assumeReference = false

  // Consequence
  /// Lowest impact kept.
  public var minimumImpact = Impact.moderate
  /// Whether the splice terms of impact LOW (splice region, donor region, donor 5th base) are kept all the same.
  public var keepSpliceRegion = true
  /// A lower impact is kept too when SpliceAI's highest delta reaches this. (Walker 2023)
  public var minimumSpliceAI = 0.2

  // Panels
  /// Lowest confidence of panel genes used.
  public var minimumConfidence = PanelConfidence.green

  // Output
  /// Fewest points of variants and family together for the ranked list; a phenotype that fits lets a candidate pass.
  public var minimumPoints = 0.0
  public var maximumPairsPerGene = 50

  public init() {}
}
