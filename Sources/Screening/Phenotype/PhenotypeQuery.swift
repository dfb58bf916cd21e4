public import Knowledge
public import Model

/// What is known of a patient's phenotype, in the numbers of an index.
public struct PhenotypeQuery: Sendable {
  public var observed: [TermGraph.Term]
  public var excluded: [TermGraph.Term]
  public var sex: Sex
  /// When the disease began; nil where nobody says.
  public var onset: OnsetClass?

  public init(
    observed: [TermGraph.Term], excluded: [TermGraph.Term] = [], sex: Sex = .unknown, onset: OnsetClass? = nil
  ) {
    self.observed = observed
    self.excluded = excluded
    self.sex = sex
    self.onset = onset
  }

  /// The terms of a case, which have been cleaned: ids that are no phenotypic abnormalities are passed over.
  public init(
    observed: [PhenotypeTerm], excluded: [PhenotypeTerm] = [], sex: Sex = .unknown, onset: OnsetClass? = nil,
    in index: PhenotypeIndex
  ) {
    self.init(
      observed: observed.compactMap { index.terms.term($0.id) },
      excluded: excluded.compactMap { index.terms.term($0.id) },
      sex: sex, onset: onset)
  }
}
