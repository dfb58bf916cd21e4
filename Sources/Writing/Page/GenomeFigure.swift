internal import Model

/// The picture of the proband's chromosomes beside the checks, and the same in words.
struct GenomeFigure {
  let report: Report
  let phrases: Phrases

  /// Nil where runs could not be looked for.
  var svg: String? {
    let proband = report.subject.proband
    let quality = report.result.quality
    guard let homozygosity = quality.homozygosity.first(where: { $0.sample == proband }) else { return nil }
    let origins = quality.origins.first { $0.child == proband }
    return GenomeView(
      assembly: report.subject.assembly, homozygosity: homozygosity, origins: origins,
      title: text(homozygosity, origins), phrases: phrases
    ).svg
  }

  private func text(_ homozygosity: Homozygosity, _ origins: ChromosomeOrigins?) -> String {
    let runs = homozygosity.chromosomes.map { "\($0.contig.name): \(megabases($0.total)) Mb" }
    let words = phrases(
      "genome_runs", ["sample": homozygosity.sample, "runs": runs.isEmpty ? phrases("none") : list(runs)])
    guard let origins else { return words }
    let shares = origins.chromosomes.map { chromosome in
      let total = Double(max(1, chromosome.informative))
      let (maternal, paternal) = (Double(chromosome.maternalOnly) / total, Double(chromosome.paternalOnly) / total)
      return "\(chromosome.contig.name): \(percent(maternal)) / \(percent(paternal)) %"
    }
    return words + " " + phrases("genome_origins", ["shares": shares.isEmpty ? phrases("none") : list(shares)])
  }

  private func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

  private func megabases(_ bases: Int) -> String {
    phrases.localized(Number.fixed(Double(bases) / 1_000_000, places: 1))
  }

  private func percent(_ share: Double) -> String { phrases.localized(Number.fixed(100 * share, places: 0)) }
}
