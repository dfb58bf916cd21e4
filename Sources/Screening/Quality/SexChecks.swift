import Model

/// Sex of one sample from heterozygosity on X and calls on Y.
///
/// Neither chromosome alone decides a contradiction: two X with a clear Y suggest 47,XXY and one X without Y suggests 45,X,
/// both more likely in a patient than an exchanged tube, so these warn; everything else that contradicts the stated sex fails.
struct SexChecks {
  /// What X says of the number of copies.
  private enum Copies {
    case one, two, uncertain
    /// The caller was told that there is one X, so its calls are no evidence.
    case calledHaploid
    /// The file was cut down so that heterozygotes and homozygotes can no longer be compared.
    case selected
    case unknown
  }

  private enum ChromosomeY {
    case present, absent, uncertain, unknown
  }

  private let person: Individual
  private let sample: SampleTally
  private let ratio: Double?
  private let copies: Copies
  private let shareY: Double?
  private let y: ChromosomeY

  private static let thresholdX: Wording =
    """
    het/hom on X outside PAR < \(QualityCutoff.ratioX) is male, \(QualityText.range(QualityCutoff.uncertainRatioX)) uncertain \
    (peddy, doi:10.1016/j.ajhg.2017.01.017); at least \(QualityCutoff.sitesX) variant sites
    """
  private static let thresholdY: Wording =
    """
    share of Y sites called <= \(QualityCutoff.absentY) means no Y, >= \(QualityCutoff.presentY) a Y; \
    at least \(QualityCutoff.sitesY) Y sites in a file of several samples
    """

  init(_ person: Individual, _ sample: SampleTally) {
    self.person = person
    self.sample = sample
    let heterozygous = sample.x[GenotypeClass.heterozygous.rawValue]
    let homozygous = sample.x[GenotypeClass.homozygous.rawValue]
    let called = sample.x[GenotypeClass.reference.rawValue] + heterozygous + homozygous
    if heterozygous + homozygous < QualityCutoff.sitesX {
      (ratio, copies) = (nil, .unknown)
    } else if sample.haploidX * 2 > called {
      (ratio, copies) = (nil, .calledHaploid)
    } else if sample.isSelected {
      (ratio, copies) = (nil, .selected)
    } else {
      // No homozygote at all is more than any ratio; one stands in for none.
      let value = Double(heterozygous) / Double(max(1, homozygous))
      ratio = value
      let isUncertain = QualityCutoff.uncertainRatioX.contains(value)
      copies = isUncertain ? .uncertain : value < QualityCutoff.ratioX ? .one : .two
    }
    if sample.sitesY < QualityCutoff.sitesY {
      (shareY, y) = (nil, .unknown)
    } else {
      let share = Double(sample.calledY) / Double(sample.sitesY)
      shareY = share
      y = share <= QualityCutoff.absentY ? .absent : share >= QualityCutoff.presentY ? .present : .uncertain
    }
  }

  var checks: [QualityCheck] {
    let (outcomeX, messageX) = verdictX
    let (outcomeY, messageY) = verdictY
    return [
      QualityCheck(
        kind: .sexFromX, samples: [person.id], value: ratio, threshold: Self.thresholdX, outcome: outcomeX,
        counts: [
          "het": sample.x[GenotypeClass.heterozygous.rawValue], "hom": sample.x[GenotypeClass.homozygous.rawValue],
          "ref": sample.x[GenotypeClass.reference.rawValue], "haploid_calls": sample.haploidX,
        ], message: messageX),
      QualityCheck(
        kind: .sexFromY, samples: [person.id], value: shareY, threshold: Self.thresholdY, outcome: outcomeY,
        counts: ["sites": sample.sitesY, "called": sample.calledY, "called_alone": sample.lonelyY], message: messageY),
    ]
  }

  private var verdictX: (CheckOutcome, Wording) {
    let id = person.id
    let shown: Wording = ratio.map { QualityText.decimal($0) } ?? "unknown"
    switch (copies, person.sex) {
    case (.unknown, _):
      let sites = sample.x[GenotypeClass.heterozygous.rawValue] + sample.x[GenotypeClass.homozygous.rawValue]
      return (.notEvaluable, "\(id): only \(sites) variant sites on X outside PAR, too few to tell the sex.")
    case (.selected, _):
      return (
        .notEvaluable,
        "\(id): heterozygous or homozygous calls were cut out of this file, so X cannot tell the sex."
      )
    case (.calledHaploid, .female):
      return (.fail, "\(id) is stated female, but the caller wrote one allele on X, as for a male.")
    case (.calledHaploid, _):
      return (
        .notEvaluable, "\(id): the caller wrote one allele on X, so it was told the sex and X cannot confirm it."
      )
    case (.uncertain, _):
      return (.warning, "\(id): X heterozygosity ratio \(shown) lies between male and female.")
    case (.one, .unknown): return (.pass, "\(id): X looks male (ratio \(shown)); no sex is stated.")
    case (.two, .unknown): return (.pass, "\(id): X looks female (ratio \(shown)); no sex is stated.")
    case (.one, .male): return (.pass, "\(id): X agrees with the stated sex, male (ratio \(shown)).")
    case (.two, .female): return (.pass, "\(id): X agrees with the stated sex, female (ratio \(shown)).")
    case (.two, .male) where y == .present:
      return (
        .warning, "\(id) is stated male and has a Y, but X has two copies (ratio \(shown)): 47,XXY or foreign DNA?"
      )
    case (.two, .male): return (.fail, "\(id) is stated male, but X looks female (ratio \(shown)).")
    case (.one, .female) where y == .absent:
      return (
        .warning,
        "\(id) is stated female and has no Y, but X is homozygous (ratio \(shown)): 45,X, isodisomy or consanguinity?"
      )
    case (.one, .female): return (.fail, "\(id) is stated female, but X looks male (ratio \(shown)).")
    }
  }

  private var verdictY: (CheckOutcome, Wording) {
    let id = person.id
    let shown: Wording = "\(sample.calledY) of \(sample.sitesY) Y sites called"
    switch (y, person.sex) {
    case (.unknown, _) where sample.sitesY == 0 && sample.lonelyY > 0:
      return (
        .notEvaluable,
        "\(id): \(sample.lonelyY) Y sites called, but a file of one sample does not list those that are not called."
      )
    case (.unknown, _): return (.notEvaluable, "\(id): only \(sample.sitesY) Y sites outside PAR, too few to tell.")
    case (.uncertain, _): return (.warning, "\(id): \(shown), neither clearly with nor without a Y.")
    case (.present, .female): return (.warning, "\(id) is stated female, but \(shown).")
    case (.absent, .male): return (.warning, "\(id) is stated male, but \(shown).")
    case (.present, .male), (.absent, .female): return (.pass, "\(id): \(shown), as stated.")
    case (.present, .unknown), (.absent, .unknown): return (.pass, "\(id): \(shown); no sex is stated.")
    }
  }
}
