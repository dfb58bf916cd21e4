internal import Model

/// The figures of one allele while its record is being read, before they are weighed against each other.
struct FactNotes {
  /// Figures by ancestry group. Few files give any, and those that do give a handful, so a list is searched faster than a table.
  private struct GroupFigures {
    private(set) var entries: [(group: AncestryGroup, value: Double)] = []

    subscript(group: AncestryGroup) -> Double? { entries.first { $0.group == group }?.value }

    mutating func raise(_ group: AncestryGroup, to value: Double) {
      guard let place = entries.firstIndex(where: { $0.group == group }) else {
        entries.append((group, value))
        return
      }
      entries[place].value = max(entries[place].value, value)
    }
  }

  private struct DatabaseFigures {
    var count: Double?
    var number: Double?
    var frequency: Double?
    var populationMaximum: Double?
    var filteringFrequency: Double?
    var groupCounts = GroupFigures()
    var groupNumbers = GroupFigures()
    var groupFrequencies = GroupFigures()

    /// Whether anything but a number of chromosomes is told.
    var hasFigure: Bool {
      frequency != nil || count != nil || populationMaximum != nil || filteringFrequency != nil
        || !groupFrequencies.entries.isEmpty || !groupCounts.entries.isEmpty
    }

    /// Whether too few chromosomes are known to have been looked at.
    var isSmall: Bool { number.map { $0 < Double(PopulationFrequency.minimumAlleleNumber) } ?? false }

    func isSmall(_ group: AncestryGroup) -> Bool {
      groupNumbers[group].map { $0 < Double(PopulationFrequency.minimumAlleleNumber) } ?? isSmall
    }
  }

  private let contig: Contig?
  private let position: Int
  private var figures: [DatabaseFigures]
  private var populations: [PopulationFrequency.Population] = []
  private var homozygotes: Double?
  private var hemizygotes: Double?
  /// Numbers of the names of the fields that gave a figure.
  private var sources: [Int] = []
  private var significances: [(text: String, isOfAllele: Bool)] = []
  private var review: String?
  private var predictions = Predictions()
  private var localCount: Double?
  private var localNumber: Double?
  private var localFrequency: Double?

  init(databaseCount: Int, contig: Contig?, position: Int) {
    self.contig = contig
    self.position = position
    figures = Array(repeating: DatabaseFigures(), count: databaseCount)
  }

  /// Lets a release of ClinVar that the laboratory installed speak in place of the words in the file.
  mutating func forgetClinVar() {
    significances = []
    review = nil
  }

  /// Notes the frequency of a population that plays no role.
  mutating func add(population name: String, _ frequency: Double) {
    populations.append(.init(name: name, frequency: frequency))
  }

  mutating func add(words: String, as use: AnnotationLayout.FactUse) {
    guard !words.isEmpty, words != "." else { return }
    if use.role == .clinVarReview {
      review = review ?? words
    } else if !significances.contains(where: { $0.text == words }) {
      // A field of ClinVar itself comes before one of the position.
      significances.append((words, use.isOfAllele))
    }
  }

  mutating func add(_ value: Double?, as use: AnnotationLayout.FactUse) {
    guard let value, applies(use.scope) else { return }
    switch use.role {
    case .alleleFrequency, .populationMaximum, .filteringFrequency, .alleleCount, .alleleNumber, .homozygotes,
      .hemizygotes:
      addPopulation(value, as: use)
    case .revel: Self.raise(&predictions.revel, to: value)
    case .alphaMissense: Self.raise(&predictions.alphaMissense, to: value)
    case .cadd: Self.raise(&predictions.cadd, to: value)
    case .spliceAI: Self.raise(&predictions.spliceAI, to: value)
    case .localCount: Self.raise(&localCount, to: value)
    case .localNumber: Self.raise(&localNumber, to: value)
    case .localFrequency: Self.raise(&localFrequency, to: value)
    case .clinVarSignificance, .clinVarReview: break
    }
  }

  private func applies(_ scope: AnnotationFieldName.Scope) -> Bool {
    switch scope {
    case .everywhere: true
    case .nuclear: contig != .mitochondrion
    case .mitochondrial: contig == .mitochondrion
    case .hemizygousX:
      // Where either assembly has a pseudoautosomal region, males may carry two copies: better unknown than wrong.
      contig == .x && !Assembly.allCases.contains { $0.isPseudoautosomal(Locus(.x, position)) }
    }
  }

  private mutating func addPopulation(_ value: Double, as use: AnnotationLayout.FactUse) {
    let isFraction =
      switch use.role {
      case .alleleFrequency, .populationMaximum, .filteringFrequency: true
      default: false
      }
    guard !isFraction || value <= 1 else { return }
    if !sources.contains(use.name) { sources.append(use.name) }
    switch (use.role, use.group) {
    case (.alleleFrequency, let group?): figures[use.database].groupFrequencies.raise(group, to: value)
    case (.alleleCount, let group?): figures[use.database].groupCounts.raise(group, to: value)
    case (.alleleNumber, let group?): figures[use.database].groupNumbers.raise(group, to: value)
    case (.alleleFrequency, nil): Self.raise(&figures[use.database].frequency, to: value)
    case (.alleleCount, nil): Self.raise(&figures[use.database].count, to: value)
    case (.alleleNumber, nil): Self.raise(&figures[use.database].number, to: value)
    case (.populationMaximum, _): Self.raise(&figures[use.database].populationMaximum, to: value)
    case (.filteringFrequency, let group):
      if group?.isBottleneck != true, group.map({ !figures[use.database].isSmall($0) }) ?? true {
        Self.raise(&figures[use.database].filteringFrequency, to: value)
      }
    case (.homozygotes, _): Self.raise(&homozygotes, to: value)
    case (.hemizygotes, _): Self.raise(&hemizygotes, to: value)
    default: break
    }
  }

  private static func raise(_ slot: inout Double?, to value: Double) { slot = max(slot ?? value, value) }

  /// - Parameter names: names of all fields that play a role, by number, sorted.
  func facts(names: [String]) -> AlleleFacts {
    var localCount = localCount
    if localCount == nil, let localFrequency, let localNumber {
      localCount = (localFrequency * localNumber).rounded()
    }
    return AlleleFacts(
      frequency: frequency(sources: sources.sorted().map { names[$0] }), localCount: Self.integer(localCount),
      localNumber: Self.integer(localNumber), clinVar: clinVar, predictions: predictions)
  }

  private static func integer(_ value: Double?) -> Int? { value.flatMap { Int(exactly: $0.rounded()) } }

  private var clinVar: ClinVarRecord? {
    if significances.isEmpty { return nil }
    let stars = review.flatMap(clinVarStars(reading:))
    let read = significances.compactMap { entry in
      ClinVarRecord.Significance(reading: entry.text).map { (entry: entry, significance: $0) }
    }
    // ClinVar's own field before VEP's, and a class before a word beside the classes.
    guard let best = read.max(by: { Self.weight($0) < Self.weight($1) }) else { return nil }
    return ClinVarRecord(
      significance: best.significance, text: best.entry.text, stars: best.entry.isOfAllele ? stars : nil)
  }

  private static func weight(
    _ read: (entry: (text: String, isOfAllele: Bool), significance: ClinVarRecord.Significance)
  ) -> Int {
    (read.entry.isOfAllele ? 2 : 0) + (read.significance == .other ? 0 : 4)
  }

  // MARK: Frequency

  private func frequency(sources: [String]) -> PopulationFrequency {
    var result = PopulationFrequency(
      homozygotes: Self.integer(homozygotes), hemizygotes: Self.integer(hemizygotes), sources: sources)
    // The database with the most copies speaks; where nobody carries the allele, the largest one.
    var counted: Int?
    for (place, figure) in figures.enumerated() where figure.number != nil {
      if counted.map({ Self.speaksLouder(figure, than: figures[$0]) }) ?? true { counted = place }
    }
    if let counted {
      result.alleleCount = Self.integer(figures[counted].count ?? (isSeen ? nil : 0))
      result.alleleNumber = Self.integer(figures[counted].number)
    } else {
      result.alleleCount = Self.integer(figures.lazy.compactMap(\.count).max())
    }
    let heard = heardFigures
    result.alleleFrequency = heard.compactMap(Self.rawFrequency).max()
    result.populationMaximum = heard.compactMap(Self.groupMaximum(of:)).max()
    result.faf95 = heard.compactMap { $0.filteringFrequency ?? Self.computedFilteringFrequency(of: $0) }.max()
    result.populations = populations
    result.groups = Self.groups(of: heard)
    result.state = state(of: result)
    return result
  }

  /// The databases that speak: those that looked at enough chromosomes, or do not say how many; where there are none, all.
  private var heardFigures: [DatabaseFigures] {
    let large = figures.filter { !$0.isSmall && $0.hasFigure }
    return large.isEmpty ? figures : large
  }

  /// Of equals the first one speaks.
  private static func speaksLouder(_ figure: DatabaseFigures, than other: DatabaseFigures) -> Bool {
    (figure.isSmall ? 0 : 1, figure.count ?? 0, figure.number ?? 0)
      > (other.isSmall ? 0 : 1, other.count ?? 0, other.number ?? 0)
  }

  /// Whether any figure shows the allele.
  private var isSeen: Bool {
    figures.contains {
      ($0.count ?? 0) > 0 || ($0.frequency ?? 0) > 0 || $0.groupFrequencies.entries.contains { $0.value > 0 }
        || ($0.populationMaximum ?? 0) > 0 || ($0.filteringFrequency ?? 0) > 0
    }
  }

  private func state(of result: PopulationFrequency) -> PopulationFrequency.State {
    let hasLargeNumber = figures.contains { $0.number != nil && !$0.isSmall }
    let hasSmallNumbersOnly =
      figures.contains { $0.number != nil }
      && !figures.contains { figure in
        !figure.isSmall && (figure.number != nil || figure.frequency != nil || !figure.groupFrequencies.entries.isEmpty)
      }
    if isSeen { return hasSmallNumbersOnly ? .noData : .value }
    // A frequency of 0 without the number of chromosomes may be a site that nobody looked at.
    return hasLargeNumber ? .zero : .noData
  }

  private static func rawFrequency(_ figure: DatabaseFigures) -> Double? {
    if let frequency = figure.frequency { return frequency }
    guard let count = figure.count, let number = figure.number, number > 0 else { return nil }
    return min(1, count / number)
  }

  private static func groupMaximum(of figure: DatabaseFigures) -> Double? {
    var highest = figure.populationMaximum
    for (group, frequency) in figure.groupFrequencies.entries where !group.isBottleneck && !figure.isSmall(group) {
      raise(&highest, to: frequency)
    }
    for (group, count) in figure.groupCounts.entries where !group.isBottleneck && !figure.isSmall(group) {
      if let number = figure.groupNumbers[group], number > 0 { raise(&highest, to: min(1, count / number)) }
    }
    return highest
  }

  /// The frequency of each ancestry group, in the order of the groups; those of too few chromosomes are left out.
  private static func groups(of figures: [DatabaseFigures]) -> [PopulationFrequency.Population] {
    if figures.allSatisfy({ $0.groupFrequencies.entries.isEmpty && $0.groupCounts.entries.isEmpty }) { return [] }
    return AncestryGroup.allCases.compactMap { group in
      var highest: Double?
      for figure in figures where !figure.isSmall(group) {
        if let frequency = figure.groupFrequencies[group] {
          raise(&highest, to: frequency)
        } else if let count = figure.groupCounts[group], let number = figure.groupNumbers[group], number > 0 {
          raise(&highest, to: min(1, count / number))
        }
      }
      return highest.map { PopulationFrequency.Population(name: group.rawValue, frequency: $0) }
    }
  }

  /// Highest over the groups, where counts by group are given; else over the whole database.
  private static func computedFilteringFrequency(of figure: DatabaseFigures) -> Double? {
    var ofGroups: Double?
    for (group, count) in figure.groupCounts.entries where !group.isBottleneck && !figure.isSmall(group) {
      if let value = filteringFrequency(count, figure.groupNumbers[group]) { raise(&ofGroups, to: value) }
    }
    return ofGroups ?? filteringFrequency(figure.count, figure.number)
  }

  private static func filteringFrequency(_ count: Double?, _ number: Double?) -> Double? {
    guard let count = integer(count), let number = integer(number) else { return nil }
    return filteringAlleleFrequency(count: count, number: number)
  }
}
