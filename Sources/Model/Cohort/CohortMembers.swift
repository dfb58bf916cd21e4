/// A member of the cohort who carries an allele, or whose genotype there is missing.
public struct CohortCarrier: Sendable, Hashable {
  /// Sample id.
  public var sample: String
  public var family: String
  public var carriage: Carriage

  public init(sample: String, family: String, carriage: Carriage) {
    self.sample = sample
    self.family = family
    self.carriage = carriage
  }
}

/// Somebody whose variants are in the cohort.
public struct CohortSample: Sendable, Hashable {
  public var sample: String
  public var family: String
  public var sex: Sex
  public var status: AffectedStatus
  /// Whether the member counts for `alleleCount` and `alleleNumber`.
  public var isCounted: Bool
  /// Name of the regions that were looked at; nil for the whole genome.
  public var regions: String?
  /// SHA-256 of the variant files, lower-case hexadecimal; several are joined by `+`.
  public var digest: String
  /// ISO 8601.
  public var added: String

  public init(
    sample: String, family: String, sex: Sex, status: AffectedStatus, isCounted: Bool, regions: String?,
    digest: String, added: String
  ) {
    self.sample = sample
    self.family = family
    self.sex = sex
    self.status = status
    self.isCounted = isCounted
    self.regions = regions
    self.digest = digest
    self.added = added
  }
}

/// Which state of which cohort answered, for provenance.
public struct CohortSummary: Sendable, Hashable {
  public var assembly: Assembly
  public var samples: Int
  public var families: Int
  /// Grows by one with every change: two answers of one generation agree.
  public var generation: Int
  /// Time of the last change, ISO 8601.
  public var changed: String

  public init(assembly: Assembly, samples: Int, families: Int, generation: Int, changed: String) {
    self.assembly = assembly
    self.samples = samples
    self.families = families
    self.generation = generation
    self.changed = changed
  }
}

extension CohortSummary: CustomStringConvertible {
  public var description: String {
    "\(samples) samples of \(families) families on \(assembly), generation \(generation) of \(changed)"
  }
}
