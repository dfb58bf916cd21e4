import Model

/// How common an allele may be for a model to explain a rare disease with it.
///
/// Compared is FAF95 where known (`PopulationFrequency.filtering`). An allele without data passes: missing is not common.
struct FrequencyLimit {
  /// Flag of a verdict whose variant is above the lower and below the upper dominant limit.
  static let softBandFlag: Wording = "frequency in soft band"

  enum Outcome: Equatable {
    case passed
    /// Above the strict dominant limit, below the soft one.
    case soft
    /// Above the limit, kept because ClinVar calls the allele pathogenic.
    case exempt
    /// Above the limit, kept because it is a listed exception: common, and known to cause disease all the same.
    case listed
    case tooCommon
  }

  var maximum: Double
  /// Upper end of a band that is kept with a flag; equal to `maximum` where there is none.
  var softMaximum: Double
  var homozygotes: Int?
  /// Hemizygous males, beside homozygotes.
  var hemizygotes: Int?
  /// Homozygotes and hemizygotes together: people without a normal copy.
  var withoutNormalCopy: Int?

  init(for model: InheritanceModel, at transmission: Transmission, settings: Settings) {
    let dominant = settings.maximumFrequencyDominant
    switch model {
    case .autosomalDominant, .deNovo, .yLinked:
      (maximum, softMaximum) = (dominant, settings.maximumFrequencyDominantSoft)
      homozygotes = settings.maximumHomozygotesDominant
    case .recessiveCompound where transmission == .xLinked:
      (maximum, softMaximum) = (settings.maximumFrequencyXRecessive, settings.maximumFrequencyXRecessive)
      withoutNormalCopy = settings.maximumHomozygotes
    case .recessiveHomozygous, .recessiveCompound:
      (maximum, softMaximum) = (settings.maximumFrequencyRecessive, settings.maximumFrequencyRecessive)
      homozygotes = settings.maximumHomozygotes
    case .xLinkedRecessive:
      (maximum, softMaximum) = (settings.maximumFrequencyXRecessive, settings.maximumFrequencyXRecessive)
      withoutNormalCopy = settings.maximumHomozygotes
    case .xLinkedDominant:
      (maximum, softMaximum) = (settings.maximumFrequencyXDominant, settings.maximumFrequencyXDominant)
      homozygotes = settings.maximumHomozygotesDominant
      // One hemizygous man in a population database may be an undiagnosed or mosaic one.
      hemizygotes = settings.maximumHomozygotesDominant + 1
    case .mitochondrial:
      (maximum, softMaximum) = (settings.maximumFrequencyMitochondrial, settings.maximumFrequencyMitochondrial)
    }
  }

  func outcome(of frequency: PopulationFrequency, isKnownPathogenic: Bool, settings: Settings) -> Outcome {
    // Counts speak for themselves, also where no frequency is known.
    let value = frequency.filtering ?? 0
    let isAbove =
      value >= softMaximum
      || Self.exceeds(frequency.homozygotes, homozygotes) || Self.exceeds(frequency.hemizygotes, hemizygotes)
      || Self.exceeds(frequency.withoutNormalCopy, withoutNormalCopy)
    if isAbove { return isKnownPathogenic && value < settings.clinVarExemptionFrequency ? .exempt : .tooCommon }
    return value >= maximum ? .soft : .passed
  }

  private static func exceeds(_ count: Int?, _ limit: Int?) -> Bool {
    guard let count, let limit else { return false }
    return count > limit
  }
}

extension ModelVerdict {
  /// The verdict after the model's own frequency limit.
  func limited(by outcome: FrequencyLimit.Outcome) -> ModelVerdict {
    var limited = self
    switch outcome {
    case .passed: break
    case .soft: limited.flags.append(FrequencyLimit.softBandFlag)
    case .exempt: limited.flags.append("above the frequency limit, kept: ClinVar P/LP")
    case .listed: limited.flags.append("above the frequency limit, kept: ClinGen's list of exceptions to BA1")
    case .tooCommon: limited.verdict = verdict.and(.fail([.tooCommon]))
    }
    return limited
  }
}
