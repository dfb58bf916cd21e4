/// What a figure of an annotated file means, whatever the file calls it.
///
/// The raw values are the names by which a case file maps its own keys to roles.
public enum AnnotationRole: String, Sendable, Hashable, CaseIterable {
  /// Allele frequency in a population database, a fraction 0…1.
  case alleleFrequency = "af"
  /// Highest allele frequency of a single ancestry group, a fraction 0…1.
  case populationMaximum = "popmax"
  /// Filtering allele frequency at 95 % confidence, a fraction 0…1.
  case filteringFrequency = "faf95"
  /// Copies seen in a population database.
  case alleleCount = "ac"
  /// Chromosomes looked at in a population database.
  case alleleNumber = "an"
  /// Homozygous individuals.
  case homozygotes = "nhomalt"
  /// Males with the allele on their only X.
  case hemizygotes = "nhemi"
  case clinVarSignificance = "clinvar_sig"
  /// Review status in words, or stars as a number 0…4.
  case clinVarReview = "clinvar_stars"
  case revel
  case alphaMissense = "alphamissense"
  /// Phred-scaled CADD.
  case cadd
  /// A SpliceAI delta score, or SpliceAI's own `ALLELE|SYMBOL|DS_AG|…` entry.
  case spliceAI = "spliceai"
  /// Frequency in the laboratory's own cohort, a fraction 0…1.
  case localFrequency = "local_af"
  case localCount = "local_ac"
  case localNumber = "local_an"
}

/// Genetic-ancestry groups that population databases count apart.
public enum AncestryGroup: String, Sendable, Hashable, CaseIterable {
  case african = "afr"
  case africanAmerican = "aa"
  case amish = "ami"
  case admixedAmerican = "amr"
  case ashkenazi = "asj"
  case eastAsian = "eas"
  case european = "eur"
  case europeanAmerican = "ea"
  case finnish = "fin"
  case middleEastern = "mid"
  case nonFinnishEuropean = "nfe"
  case other = "oth"
  case remaining = "remaining"
  case southAsian = "sas"

  /// Groups with a population bottleneck, or without a common ancestry: they do not count for a highest group frequency.
  ///
  /// Source: gnomAD's definition of grpmax, which leaves out Ashkenazi Jewish, Finnish, Amish, Middle Eastern and remaining.
  public var isBottleneck: Bool {
    switch self {
    case .amish, .ashkenazi, .finnish, .middleEastern, .other, .remaining: true
    case .african, .africanAmerican, .admixedAmerican, .eastAsian, .european, .europeanAmerican, .nonFinnishEuropean,
      .southAsian:
      false
    }
  }
}
