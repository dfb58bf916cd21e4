/// The cut-offs of sample quality control, each with its source.
///
/// peddy: Pedersen and Quinlan 2017, doi:10.1016/j.ajhg.2017.01.017. KING: Manichaikul et al. 2010,
/// doi:10.1093/bioinformatics/btq559. Those without a source are rarescreen's own defaults.
enum QualityCutoff {
  /// Lowest genotype quality, Phred, and depth of an autosomal call (slivar: GQ 20; Exomiser: depth 10).
  static let quality = 20
  static let depth = 10
  /// Depth of a call on X (peddy).
  static let depthX = 7
  /// Y is haploid in whoever has one: the limits of hemizygous calls.
  static let qualityY = 10
  static let depthY = 6
  /// Population frequencies that inform, where a population frequency is known.
  static let informativeFrequency = 0.05...0.95
  /// The same for X (peddy).
  static let informativeFrequencyX = 0.01...0.99

  /// Fewest variant sites of a sample for its own checks.
  static let sampleSites = 500
  /// Fewest variant sites on X: at 50 a woman's ratio of about 1.5 lies three standard errors above the cut-off.
  static let sitesX = 50
  static let sitesY = 20
  /// Fewest shared sites of a pair or trio.
  static let sharedSites = 200

  /// Heterozygous to homozygous calls on X: below is male (peddy), and near it uncertain.
  static let ratioX = 0.6
  static let uncertainRatioX = 0.4...0.8
  /// Share of Y sites called: at most this means no Y; at least `presentY` means that there is one.
  static let absentY = 0.05
  static let presentY = 0.5

  /// Largest difference of expected and observed relatedness (peddy).
  static let relatednessDifference = 0.17
  /// Kinship above which two samples are the same person or identical twins (KING).
  static let duplicateKinship = 0.354
  /// Largest share of opposite homozygotes between parent and child (peddy).
  static let parentChildIBS0 = 0.012
  /// Share at which parent and child are no longer certain: full siblings of mixed ancestry come down to it, wrong calls in
  /// real trios (0.3 % and less) do not come up to it.
  static let doubtfulIBS0 = 0.005
  /// Fewest opposite homozygotes that refute a parent: at few sites one or two wrong calls would pass these shares.
  static let fewestIBS0 = 5
  /// Expected kinship from which a value that is too low fails: first-degree relatives. KING-robust runs low between more
  /// distant relatives of mixed ancestry, and what they share varies.
  static let reliableKinship = 0.177

  static let mendelianWarning = 0.01
  static let mendelianFailure = 0.03

  /// Usual ranges in human exomes and genomes; outside is a warning only.
  static let heterozygosityRatio = 1.2...2.5
  /// Outside, one class of genotypes was removed from the file (lists of common variants cut out the homozygotes first), so
  /// the ratios say nothing of the sample. First-cousin marriage, admixture and contamination stay inside.
  static let plausibleHeterozygosityRatio = 0.6...5.0
  static let transitionRatioGenome = 1.9...2.2
  /// From 2.2, since capture of exon borders and untranslated regions brings a sound exome near a genome's ratio. [E]
  static let transitionRatioExome = 2.2...3.3
  /// Carried SNVs of one person: an exome has tens of thousands, a genome millions.
  static let genomeSites = 500_000

  /// Reference reads at homozygous alternate sites, and heterozygotes with few alternate reads, as hints of foreign DNA.
  static let foreignReads = 0.02
  static let lowBalanceFraction = 0.3
  static let lowBalanceShare = 0.10

  /// Fewest informative sites of a chromosome, and the share of one parent that is flagged.
  static let uniparentalSites = 20
  static let uniparentalShare = 0.8
  /// Isodisomy of one chromosome touches a small part of the genome; when more is flagged, the relationship is wrong instead.
  static let uniparentalGenomeShare = 0.25
  /// Fewest variant sites of a chromosome, and the share of heterozygotes at or below which it is homozygous throughout.
  static let homozygousChromosomeSites = 50
  static let homozygousChromosomeShare = 0.05

  /// A run of homozygosity: its bases, its variant SNVs, and the share of heterozygotes among them. [E]
  static let runLength = 1_000_000
  static let runSites = 50
  static let runHeterozygotes = 0.02
  /// Bases without a variant that end a run: longer than the gaps between the exons of most regions, shorter than the
  /// centromeres, which nobody looked at. [E]
  static let longestGap = 3_000_000
  /// Share of the autosomes in runs above which the parents may be related.
  static let consanguinity = 0.02
  /// Fewest variant sites of a sample: with so many the 50 of a run span 30 Mb, half of what 2 % of the autosomes are. [E]
  static let homozygositySites = 5_000
  /// A chromosome is homozygous from end to end when runs hold this share of what sites tell of, and this many bases. [E]
  static let wholeChromosomeShare = 0.9
  static let wholeChromosomeLength = 10_000_000
  /// Members whose sites are kept: those of a genome take 14 MB each.
  static let runMembers = 16

  /// Equal genotypes where two samples carry the allele: about 1 between copies of one sample. The most of any two of the 2,504
  /// people of 1000 Genomes is 0.79.
  static let duplicateConcordance = 0.9
  /// Kinship from which two samples of different families are relatives: second degree (KING), or first degree where a file
  /// lists only part of the homozygous references, since strangers then come near to 0.08.
  static let unexpectedKinship = 0.0884
  static let firstDegreeKinship = 0.177
  /// The same in standard errors: of ten thousand strangers none may reach it by chance. Of the 3.1 million pairs of 1000 Genomes
  /// 17 are told as relatives, 12 of them of the first degree.
  static let kinshipErrors = 5.0
  /// Homozygous references for each homozygous alternate at the sites of the fingerprint. By the frequencies of 1000 Genomes it is
  /// 1.3 to 1.7 where all are listed, 0.66 to 0.9 in the file of a trio, 0.4 to 0.6 in that of two people, and 0 in that of one.
  static let listedReferences = 1.1
  static let partlyListedReferences = 0.62
}
