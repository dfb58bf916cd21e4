public import Knowledge
public import Model

/// The search for secondary findings: the screen of a case once more, with the genes of a list, for each member who agreed and with
/// the member's own genotypes alone, so that nobody else is looked at.
///
/// A finding is an allele that is pathogenic or likely pathogenic (``SecondaryRule``) in a number of copies that the gene's mode of
/// inheritance asks for: of a recessive gene two. Policy: ACMG SF v3.0, Miller et al. 2021 (doi:10.1038/s41436-021-01172-3).
public struct SecondaryScreen: Sendable {
  private let subject: Case
  private let targets: TargetSet
  private let list: Panel
  /// Of each member who agreed and has genotypes, in the order of the pedigree.
  private let screens: [Screen]

  /// - Parameters:
  ///   - subject: the case, which tells who agreed.
  ///   - targets: the genes of the list.
  ///   - files, knowledge, reference, geneModel: as for the screen of the case.
  public init(
    of subject: Case, list: Panel, targets: TargetSet, files: [InputFile], knowledge: ScreenKnowledge,
    reference: AlleleNormaliser.Reference? = nil, geneModel: GeneModel? = nil
  ) {
    self.subject = subject
    self.targets = targets
    self.list = list
    let samples = Set(files.flatMap(\.header.samples))
    var facts = knowledge
    // Neither the phenotype nor who the samples are has a say here.
    facts.phenotypes = nil
    facts.fingerprint = nil
    screens = subject.pedigree.individuals.filter {
      subject.secondaryConsent.contains($0.id) && samples.contains($0.id)
    }
    .map { [facts] person in
      var screen = Screen(
        of: Self.alone(person, in: subject), targets: targets, files: files, knowledge: facts, reference: reference,
        geneModel: geneModel)
      screen.countsQuality = false
      return screen
    }
  }

  /// The case of one person: whoever carries the allele is the one in question.
  private static func alone(_ person: Individual, in subject: Case) -> Case {
    var alone = person
    alone.father = nil
    alone.mother = nil
    alone.status = .affected
    return Case(
      id: subject.id, pedigree: Pedigree([alone]), proband: person.id, assembly: subject.assembly,
      settings: subject.settings, reviews: subject.reviews)
  }

  /// The plan of the case widened by the list's genes.
  public func readPlan(of file: Int, size: Int?, beside plan: ReadPlan) -> ReadPlan {
    guard let own = screens.first?.readPlan(of: file, size: size) else { return plan }
    guard let left = plan.regions, let right = own.regions else { return .all }
    let names = Set(plan.names + own.names).sorted()
    if names.count > QualityWindows.mostNames { return .all }
    return ReadPlan(regions: RegionSet(left.regions + right.regions), names: names)
  }

  /// Hits of each who is looked at.
  public func hits(
    in records: VariantBatch, of file: Int, with lookup: AlleleLookup?
  ) throws(ScreenError) -> [Hits] {
    var all: [Hits] = []
    for screen in screens {
      var hits = try screen.hits(in: records, of: file, with: lookup)
      // What ClinVar knows as pathogenic need not change a protein.
      hits.survivors += hits.rescued.filter { $0.decision.stage == .impact }.map {
        Hits.Survivor(variant: $0.variant, genes: $0.genes, badges: [], isOfAffected: true)
      }
      all.append(hits)
    }
    return all
  }

  /// - Parameter hits: by file, in the order of the case, and within it by person, as `hits` gave them.
  public func finish(_ hits: [[Hits]]) -> SecondaryFindings {
    var people = subject.pedigree.individuals.map { person in
      let hasAgreed = subject.secondaryConsent.contains(person.id)
      return SecondaryFindings.Person(sample: person.id, standing: hasAgreed ? .noGenotypes : .notConsented)
    }
    for (place, screen) in screens.enumerated() {
      guard let position = subject.pedigree.position(of: screen.subject.proband) else { continue }
      people[position].standing = .screened
      people[position].findings = Self.findings(hits.map { $0[place] }, of: screen)
    }
    return SecondaryFindings(list: list, genes: targets.genes.count, unplaced: targets.unplaced, people: people)
  }

  private static func findings(_ hits: [Hits], of screen: Screen) -> [SecondaryFinding] {
    let assembled = screen.assemble(hits)
    return assembled.judge.judge(assembled.alleles.entries).candidates.compactMap(SecondaryRule.finding)
  }
}
