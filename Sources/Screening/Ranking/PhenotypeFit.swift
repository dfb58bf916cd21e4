import Knowledge
import Model

/// The disease of a gene that explains a phenotype best, weighed with whether its inheritance fits the genotype.
struct PhenotypeFit: Sendable {
  /// Points that a disease loses whose inheritance is another one than the genotype's (clinical specification 8.1).
  private static let modeMismatch = -2.0

  var disease: Disease?
  /// Lines of the account. One that the disease's inheritance does not fit the genotype stands among them, since another
  /// disease of the gene may fit: it says nothing of the family.
  var entries: [PointsEntry]

  init(of gene: TargetGene, models: [InheritanceModel], in ranking: PhenotypeRanking) {
    let index = ranking.model.index
    let release: Wording = "HPO \(index.version)"
    func fits(_ place: Int) -> Bool {
      index.diseases[place].modes.contains { mode in mode == .unknown || models.contains { mode.fits($0) } }
    }
    func points(_ place: Int) -> Double { ranking.points[place] + (fits(place) ? 0 : Self.modeMismatch) }
    let places = gene.hgncID.map { ranking.model.diseases(of: $0) } ?? []
    guard let best = places.max(by: { (points($0), $1) < (points($1), $0) }) else {
      entries = [PointsEntry("no features known", 0, rule: "\(release) has no disease of the gene with features: 0")]
      return
    }
    let known = index.diseases[best]
    disease = Disease(id: known.id, name: known.name, mode: known.modes.count == 1 ? known.modes[0] : .unknown)
    entries = ranking.entries(of: best).map { entry in
      PointsEntry(
        entry.name, entry.points, rule: "\(release), \(known.id): \(entry.reason)", term: entry.term,
        isExcluded: entry.isExcluded)
    }
    if !fits(best) {
      let modes = known.modes.map(\.rawValue).joined(separator: "+")
      entries.append(
        PointsEntry(
          "inheritance of the disease does not fit", Self.modeMismatch,
          rule: "the genotype is not of a mode of \(known.id) (\(modes)): -2"))
    }
  }
}
