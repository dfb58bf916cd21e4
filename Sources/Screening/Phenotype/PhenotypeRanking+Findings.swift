public import Knowledge
public import Model

extension PhenotypeRanking {
  /// A disease with its account in words.
  ///
  /// - Parameter genes: names genes; those that it does not know are left out.
  public func finding(of disease: Int, genes: GeneTable) -> PhenotypeFinding {
    let known = model.index.diseases[disease]
    return PhenotypeFinding(
      id: known.id, name: known.name, modes: known.modes, genes: known.genes.compactMap { genes[$0] },
      entries: entries(of: disease), share: share(of: disease))
  }

  /// The account of a disease in words; the last line is what makes 0 points those of chance.
  func entries(of disease: Int) -> [PhenotypeEntry] {
    let account = account(of: disease)
    var entries = account.terms.map { entry in
      PhenotypeEntry(
        term: term(entry.term), isExcluded: entry.isExcluded, points: entry.points, reason: words(entry.match))
    }
    entries.append(
      PhenotypeEntry(
        label: "features shared", points: account.coverage,
        reason: "information that the disease's features share with the patient's terms, by frequency"))
    entries.append(
      PhenotypeEntry(
        label: "breadth of the disease", points: account.size,
        reason: "a disease with many features meets any patient's by chance"))
    entries += account.others.map { PhenotypeEntry(label: $0.label, points: $0.points, reason: $0.label) }
    entries.append(
      PhenotypeEntry(
        label: "all diseases", points: account.baseline,
        reason: "mean over \(model.index.diseases.count) diseases, so that 0 is chance"))
    return entries
  }

  private func term(_ term: TermGraph.Term) -> PhenotypeTerm {
    PhenotypeTerm(id: model.index.terms.id(term), label: model.index.terms.label(term))
  }

  private func words(_ match: PhenotypeAccount.Match) -> Wording {
    func name(_ term: TermGraph.Term) -> String { "\(model.index.terms.id(term)) \(model.index.terms.label(term))" }
    return switch match {
    case .same(let frequency):
      "annotated; frequency estimated at \(Int((frequency * 100).rounded())) % from what HPO states"
    case .narrower: "narrower features are annotated"
    case .broader(let term): "a broader feature is annotated: \(name(term))"
    case .similarDiseases(let term): "seen in similar diseases: \(name(term))"
    case .none: "not known of the disease"
    case .notInPatients: "looked for in patients with the disease, and absent"
    case .absent: "absent in patients with the disease too"
    case .characteristic: "nearly everybody with the disease has it"
    case .notDecisive: "its absence speaks neither for the disease nor against it"
    }
  }

  /// The best diseases and genes.
  ///
  /// - Parameter count: how many of each; nil for all.
  public func result(
    top count: Int?, genes table: GeneTable, notes: [Wording] = []
  ) -> PhenotypeRankingResult {
    let order = order.filter { points[$0] > -.infinity }
    let best = order.prefix(count ?? order.count).map { finding(of: $0, genes: table) }
    let known = genes.compactMap { share in table[share.hgncID].map { (gene: $0, share: share) } }
    let ranked = known.prefix(count ?? known.count).map { gene, found in
      let disease = model.index.diseases[found.disease]
      return PhenotypeGene(
        gene: gene, points: points(ofShare: found.share), share: found.share, diseaseID: disease.id,
        diseaseName: disease.name)
    }
    return PhenotypeRankingResult(
      observed: query.observed.map(term), excluded: query.excluded.map(term), diseases: best, genes: ranked,
      diseaseCount: order.count, release: model.index.version, notes: notes)
  }
}
