import Model

/// Mendelian errors and uniparental disomy of a child with both parents.
struct TrioChecks {
  let child: String
  let father: String
  let mother: String
  /// One table for each autosome, from chromosome 1.
  let tables: [TrioTable]
  /// Why the trio cannot be judged, whatever the counts; nil when it can.
  let obstacle: Wording?

  private var samples: [String] { [child, father, mother] }
  private static let least: Wording = "at least \(QualityCutoff.sharedSites) variant sites called in all three"

  /// Chromosomes, numbered from 0, that seem to come from one parent alone.
  ///
  /// Such a chromosome is full of Mendelian errors although both parents are the parents, so it is set aside when descent
  /// is judged. When the flagged ones hold a large part of the genome, descent is what is wrong, and nothing is set aside.
  let uniparentalChromosomes: [Int]
  /// More chromosomes are flagged than uniparental disomy explains.
  let isFlaggedThroughout: Bool
  let errors: MendelianErrors

  init(child: String, father: String, mother: String, tables: [TrioTable], obstacle: Wording?) {
    self.child = child
    self.father = father
    self.mother = mother
    self.tables = tables
    self.obstacle = obstacle
    let flagged = tables.indices.filter {
      let origin = ParentalOrigin(tables[$0])
      return origin.informative >= QualityCutoff.uniparentalSites
        && origin.uniparentalShare >= QualityCutoff.uniparentalShare
    }
    var whole = MendelianErrors()
    var rest = MendelianErrors()
    for (chromosome, table) in tables.enumerated() {
      whole.add(table)
      if !flagged.contains(chromosome) { rest.add(table) }
    }
    let share = whole.sites == 0 ? 0 : Double(whole.sites - rest.sites) / Double(whole.sites)
    isFlaggedThroughout = share > QualityCutoff.uniparentalGenomeShare
    uniparentalChromosomes = isFlaggedThroughout ? [] : flagged
    errors = isFlaggedThroughout ? whole : rest
  }

  private var isEvaluable: Bool { obstacle == nil && errors.sites >= QualityCutoff.sharedSites }

  private var lack: Wording {
    let trio: Wording = "\(child), \(father) and \(mother)"
    if let obstacle { return "\(trio): \(obstacle)." }
    return "\(trio): only \(errors.sites) variant sites called in all three, \(QualityCutoff.sharedSites) are needed."
  }

  /// The parents whom a failing error rate speaks against; none while the rate is no failure.
  ///
  /// Errors where the child is heterozygous between two equal homozygotes point at nobody, so a parent whom relatedness or
  /// opposite homozygotes already refute explains them all. Otherwise the errors against one parent alone decide, and
  /// when they do not, both are in doubt.
  ///
  /// - Parameter refuted: parents whose own comparison with the child failed.
  func blamed(refuted: Set<String>) -> Set<String> {
    guard isEvaluable, errors.rate > QualityCutoff.mendelianFailure else { return [] }
    let known = refuted.intersection([father, mother])
    if !known.isEmpty { return known }
    if errors.father >= 3 * max(1, errors.mother) { return [father] }
    if errors.mother >= 3 * max(1, errors.father) { return [mother] }
    return [father, mother]
  }

  /// - Parameter blamed: the parents whom a failing rate speaks against.
  func mendelian(blamed: Set<String>) -> QualityCheck {
    var check = QualityCheck(
      kind: .mendelianErrors, samples: samples, value: nil,
      threshold: """
        impossible genotypes <= \(QualityText.percent(QualityCutoff.mendelianWarning, 0)), fail above \
        \(QualityText.percent(QualityCutoff.mendelianFailure, 0)), of the variant sites called in all three; \(Self.least)
        """,
      outcome: .notEvaluable,
      counts: [
        "sites": errors.sites, "errors": errors.total, "against_father": errors.father,
        "against_mother": errors.mother, "against_both": errors.both, "against_either": errors.either,
      ], message: lack)
    guard isEvaluable else { return check }
    check.value = errors.rate
    check.outcome =
      errors.rate > QualityCutoff.mendelianFailure
      ? .fail : errors.rate > QualityCutoff.mendelianWarning ? .warning : .pass
    check.message =
      """
      \(child): \(errors.total) of \(errors.sites) genotypes (\(QualityText.percent(errors.rate, 2))) cannot come from \
      \(father) and \(mother); \(errors.father) speak against \(father) alone, \(errors.mother) against \(mother) alone
      """
    if check.outcome == .fail {
      let names = [father, mother].filter(blamed.contains)
      check.message +=
        names.count == 1
        ? ": \(names[0]) is not the parent." : ": one of the three, or more, is someone else."
    } else {
      check.message += "."
    }
    if !uniparentalChromosomes.isEmpty {
      check.message +=
        " Left out: chromosome \(uniparentalChromosomes.map { "\($0 + 1)" }.joined(separator: ", "))."
    }
    return check
  }

  /// What the informative sites of each chromosome show; nil when the trio cannot be judged.
  var origins: ChromosomeOrigins? {
    guard isEvaluable, !isFlaggedThroughout else { return nil }
    let chromosomes = tables.enumerated().compactMap { index, table -> ChromosomeOrigins.Chromosome? in
      let origin = ParentalOrigin(table)
      guard origin.informative >= QualityCutoff.uniparentalSites,
        let contig = UInt8(exactly: index + 1).flatMap(Contig.init(rawValue:))
      else { return nil }
      return ChromosomeOrigins.Chromosome(
        contig, biparental: origin.biparental, maternalOnly: origin.maternalOnly, paternalOnly: origin.paternalOnly)
    }
    return ChromosomeOrigins(child: child, father: father, mother: mother, chromosomes: chromosomes)
  }

  /// A warning for each chromosome that seems to come from one parent, else one check for the whole genome.
  ///
  /// - Parameter isRefuted: the genotypes contradict descent from a parent, so they say nothing of the origin of a chromosome.
  func uniparentalDisomy(isRefuted: Bool) -> [QualityCheck] {
    let threshold: Wording =
      """
      at >= \(QualityCutoff.uniparentalSites) sites of an autosome where the parents are opposite homozygotes, \
      >= \(QualityText.percent(QualityCutoff.uniparentalShare, 0)) show one parent only
      """
    let origins = tables.map(ParentalOrigin.init)
    let tested = origins.indices.filter { origins[$0].informative >= QualityCutoff.uniparentalSites }
    var whole = QualityCheck(
      kind: .uniparentalDisomy, samples: samples, value: nil, threshold: threshold, outcome: .notEvaluable,
      counts: [
        "chromosomes_tested": tested.count, "informative": origins.reduce(0) { $0 + $1.informative },
        "maternal_only": origins.reduce(0) { $0 + $1.maternalOnly },
        "paternal_only": origins.reduce(0) { $0 + $1.paternalOnly },
      ], message: "")
    if let obstacle {
      whole.message = "\(child), \(father) and \(mother): \(obstacle)."
      return [whole]
    }
    if isRefuted || isFlaggedThroughout {
      whole.message =
        "\(child): descent from the stated parents is contradicted, so no chromosome's origin can be told."
      return [whole]
    }
    if tested.isEmpty {
      whole.message =
        "\(child): no autosome has \(QualityCutoff.uniparentalSites) sites where the parents are opposite homozygotes."
      return [whole]
    }
    if uniparentalChromosomes.isEmpty {
      whole.value = tested.map { origins[$0].uniparentalShare }.max()
      whole.outcome = .pass
      whole.message =
        "\(child): both parents contributed to each of the \(tested.count) autosomes that could be tested."
      return [whole]
    }
    return uniparentalChromosomes.map { chromosome in
      let origin = origins[chromosome]
      let isMaternal = origin.maternalOnly > origin.paternalOnly
      return QualityCheck(
        kind: .uniparentalDisomy, samples: samples, value: origin.uniparentalShare, threshold: threshold,
        outcome: .warning,
        counts: [
          "chromosome": chromosome + 1, "informative": origin.informative, "maternal_only": origin.maternalOnly,
          "paternal_only": origin.paternalOnly, "biparental": origin.biparental,
        ],
        message: """
          \(child): chromosome \(chromosome + 1) shows only \(isMaternal ? mother : father)'s alleles at \
          \(max(origin.maternalOnly, origin.paternalOnly)) of \(origin.informative) informative sites: \
          \((isMaternal ? "maternal" : "paternal") as Wording) uniparental disomy, or a large deletion?
          """)
    }
  }
}

/// Homozygous autosomes of a proband whose parents are not both there: all that one sample can tell of uniparental disomy.
struct HomozygosityCheck {
  let id: String
  let sample: SampleTally

  var checks: [QualityCheck] {
    let threshold: Wording =
      """
      <= \(QualityText.percent(QualityCutoff.homozygousChromosomeShare, 0)) heterozygotes among \
      >= \(QualityCutoff.homozygousChromosomeSites) variant sites of an autosome
      """
    let tested = (0..<22).filter { variants(on: $0) >= QualityCutoff.homozygousChromosomeSites }
    let homozygous = tested.filter { share(on: $0) <= QualityCutoff.homozygousChromosomeShare }
    if homozygous.isEmpty {
      let lowest = tested.map(share).min()
      return [
        QualityCheck(
          kind: .uniparentalDisomy, samples: [id], value: lowest, threshold: threshold,
          outcome: .notEvaluable, counts: ["chromosomes_tested": tested.count],
          message: """
            \(id): without both parents only a wholly homozygous autosome could be seen; \
            none among the \(tested.count) that could be tested.
            """)
      ]
    }
    return homozygous.map { chromosome in
      QualityCheck(
        kind: .uniparentalDisomy, samples: [id], value: share(on: chromosome), threshold: threshold, outcome: .warning,
        counts: ["chromosome": chromosome + 1, "sites": variants(on: chromosome)],
        message: """
          \(id): chromosome \(chromosome + 1) is homozygous at nearly all of its \(variants(on: chromosome)) \
          variant sites: possible isodisomy or consanguinity.
          """)
    }
  }

  private func variants(on chromosome: Int) -> Int {
    sample.autosomal(.heterozygous, chromosome: chromosome) + sample.autosomal(.homozygous, chromosome: chromosome)
  }

  /// Share of heterozygotes, 0…1, among the variant sites.
  private func share(on chromosome: Int) -> Double {
    Double(sample.autosomal(.heterozygous, chromosome: chromosome)) / Double(max(1, variants(on: chromosome)))
  }
}
