import Model

/// Runs of homozygosity of one sample: what they hint at is consanguinity of the parents, or isodisomy of a chromosome.
struct HomozygosityRuns {
  let person: Individual
  let sample: SampleTally
  /// Records of the file that were not counted.
  let recordsLeftOut: Int
  /// Nil when nothing can be told.
  let profile: Homozygosity?
  private let measured: Int

  init(_ person: Individual, _ sample: SampleTally, recordsLeftOut: Int) {
    self.person = person
    self.sample = sample
    self.recordsLeftOut = recordsLeftOut
    guard let sites = sample.homozygousSites, Self.obstacle(sample, recordsLeftOut) == nil else {
      (profile, measured) = (nil, 0)
      return
    }
    let autosomes = Contig.allCases.filter(\.isAutosome)
    let found = autosomes.map { RunFinder(sites.ordered(on: $0), on: $0) }
    measured = found.reduce(0) { $0 + $1.measured }
    let whole = zip(autosomes, found).filter { _, chromosome in
      let covered = chromosome.runs.reduce(0) { $0 + $1.region.length }
      return chromosome.siteCount >= QualityCutoff.homozygousChromosomeSites
        && Double(covered) >= QualityCutoff.wholeChromosomeShare * Double(max(1, chromosome.measured))
        && covered >= QualityCutoff.wholeChromosomeLength
    }
    // The X of a man has one copy, and so has that of whose sex nobody told, maybe.
    let x = person.sex == .female ? RunFinder(sites.ordered(on: .x), on: .x) : nil
    let tested = zip(autosomes + [.x], found + [x]).filter { ($1?.siteCount ?? 0) >= QualityCutoff.runSites }
    profile = Homozygosity(
      sample: person.id, runs: found.flatMap(\.runs) + (x?.runs ?? []), wholeChromosomes: whole.map(\.0),
      tested: tested.map(\.0))
  }

  /// Why nothing can be told; nil when there is enough.
  private static func obstacle(_ sample: SampleTally, _ recordsLeftOut: Int) -> Wording? {
    if recordsLeftOut > 0 {
      return "only windows of this large file were counted, and runs need every record ('rarescreen qc' reads all)."
    }
    if sample.homozygousSites == nil {
      return "runs are looked for in \(QualityCutoff.runMembers) members at most, the affected ones first."
    }
    if sample.variantSites < QualityCutoff.homozygositySites {
      return "only \(sample.variantSites) usable variant autosomal SNVs, \(QualityCutoff.homozygositySites) are needed."
    }
    if sample.isSelected {
      return "heterozygous or homozygous calls were cut out of this file, so runs cannot be told."
    }
    return nil
  }

  var check: QualityCheck {
    var check = QualityCheck(
      kind: .homozygosity, samples: [person.id], value: nil,
      threshold: """
        runs >= 1 Mb with >= \(QualityCutoff.runSites) variant SNVs, \
        <= \(QualityText.percent(QualityCutoff.runHeterozygotes, 0)) of them heterozygous, in <= \
        \(QualityText.percent(QualityCutoff.consanguinity, 0)) of the autosomes (2.88 Gb); at least \
        \(QualityCutoff.homozygositySites) variant sites over half of the autosomes
        """,
      outcome: .notEvaluable, message: "")
    guard let profile else {
      check.message = "\(person.id): \(Self.obstacle(sample, recordsLeftOut) ?? "")"
      return check
    }
    let largest = profile.largest
    check.counts = [
      "runs": profile.runs.count { $0.region.contig.isAutosome }, "bases": profile.total, "bases_measured": measured,
      "largest": largest?.region.length ?? 0,
    ]
    let isWide = Double(measured) >= 0.5 * Double(Homozygosity.autosomalBases)
    let isHigh = profile.fraction > QualityCutoff.consanguinity
    let hint = Self.hint(of: profile)
    guard isWide || isHigh || hint != nil else {
      check.message =
        "\(person.id): variants lie over \(Self.megabases(measured)) of the autosomes only, too little to tell."
      return check
    }
    check.value = profile.fraction
    check.outcome = hint == nil ? .pass : .warning
    check.message =
      """
      \(person.id): \(Self.megabases(profile.total)) of the autosomes in runs of homozygosity \
      (F about \(QualityText.percent(profile.fraction)))
      """
      + (largest.map { ", the largest \(Self.megabases($0.region.length)) on chromosome \($0.region.contig)" } ?? "")
      + (hint.map { ": \($0)." } ?? ".")
    return check
  }

  /// What the runs hint at. Chromosomes that are homozygous throughout have their own explanation and are no part of the sum.
  private static func hint(of profile: Homozygosity) -> Wording? {
    var rest = profile
    rest.runs.removeAll { profile.wholeChromosomes.contains($0.region.contig) }
    var hints: [Wording] = []
    if rest.fraction > QualityCutoff.consanguinity { hints.append("consider consanguinity") }
    if !profile.wholeChromosomes.isEmpty {
      let names = profile.wholeChromosomes.map(\.name).joined(separator: ", ")
      hints.append("chromosome \(names) from end to end, possible isodisomy")
    }
    return hints.isEmpty ? nil : hints.joined(separator: "; ")
  }

  private static func megabases(_ bases: Int) -> Wording { "\(QualityText.decimal(Double(bases) / 1_000_000, 1)) Mb" }
}
