internal import Model

/// How well the panels were read: in words for page one, and gene by gene.
struct CoverageView {
  let report: Report
  let phrases: Phrases

  /// Genes of a sample that are shown with their picture; the tables hold all.
  private static let mostPictures = 40
  private static let mostGaps = 6

  private var samples: [SampleCoverage] { report.result.coverage }
  private var proband: SampleCoverage? { samples.first { $0.sample == report.subject.proband } ?? samples.first }

  var members: [String: View] {
    [
      "coverage_assessed": .flag(!samples.isEmpty),
      "coverage_lines": .texts(samples.map(sentence)),
      "coverage_samples": .list(samples.map(row)),
      "coverage_method": .optional(proband.map(method)),
      "coverage_genes": .list(shown.map(gene)),
      "has_coverage_genes": .flag(!shown.isEmpty),
      "more_coverage_genes": .optional(
        left > 0 ? phrases("more_coverage_genes", count: left) : nil),
    ]
  }

  /// What was read, and what could not be since the file lacks the contig.
  private func sentence(_ sample: SampleCoverage) -> String {
    let absent = sample.genes.filter(\.lacksContig).map(\.symbol)
    guard !absent.isEmpty else { return readSentence(sample) }
    let contigs = sample.missingContigs.map(\.name).joined(separator: ", ")
    return readSentence(sample) + " "
      + phrases("coverage_absent", ["count": phrases.count(absent.count), "contigs": contigs, "genes": named(absent)])
  }

  private func named(_ genes: [String]) -> String {
    genes.prefix(12).joined(separator: ", ") + (genes.count > 12 ? ", …" : "")
  }

  /// `CHILD: 98.7 % of the coding bases … 12 of 13 genes; below: SCN1A`.
  private func readSentence(_ sample: SampleCoverage) -> String {
    let total = sample.total
    let assessed = sample.genes.count - sample.genes(.notAssessed).count
    guard assessed > 0 else { return phrases("coverage_sentence_none", ["sample": sample.sample]) }
    let weak = (sample.genes(.fail) + sample.genes(.borderline)).map(\.symbol)
    let key = weak.isEmpty ? "coverage_sentence_whole" : "coverage_sentence"
    return phrases(
      key, count: assessed,
      [
        "sample": sample.sample, "percent": percent(total, total.callable),
        "passed": phrases.count(sample.genes(.pass).count), "genes": named(weak),
      ])
  }

  private func method(_ sample: SampleCoverage) -> String {
    let needed = report.subject.settings.minimumCallableDepth
    return switch sample.source {
    case .reads(let mapping, let base):
      phrases(
        "coverage_by_reads", count: needed,
        [
          "mapq": "\(mapping)", "baseq": "\(base)",
          "mitochondrion": "\(report.subject.settings.minimumMitochondrialDepth)",
          "single": "\(report.subject.settings.minimumCallableDepthHemizygous)",
          "padding": "\(report.subject.settings.coveragePadding)",
        ])
    case .referenceBlocks(let quality):
      phrases("coverage_by_blocks", count: needed, ["gq": "\(quality)"])
    }
  }

  private func row(_ sample: SampleCoverage) -> View {
    let total = sample.total
    return .object([
      "sample": .text(sample.sample),
      "mean": .text(total.mean.map { phrases.localized(Number.fixed($0, places: 1)) } ?? "–"),
      "x10": .text(percent(total, total.atLeast10)), "x20": .text(percent(total, total.atLeast20)),
      "x30": .text(percent(total, total.atLeast30)), "callable": .text(percent(total, total.callable)),
      "pass": .text(phrases.count(sample.genes(.pass).count)),
      "borderline": .text(phrases.count(sample.genes(.borderline).count)),
      "fail": .text(phrases.count(sample.genes(.fail).count)),
      "open": .text(phrases.count(sample.genes(.notAssessed).count + sample.unplaced.count)),
    ])
  }

  private func percent(_ summary: DepthSummary, _ bases: Int) -> String {
    summary.share(bases).map { phrases.localized(Number.fixed(100 * $0, places: 1)) + " %" } ?? "–"
  }

  /// Genes of candidates, and those of the panels that were not read well, the worst first; all of them where they are few.
  private var wanted: [GeneCoverage] {
    guard let proband else { return [] }
    let assessed = proband.genes.filter { $0.verdict != .notAssessed }
    let candidates = Set(report.result.candidates.prefix(Self.mostPictures).map(\.gene.symbol))
    let share = { (gene: GeneCoverage) in gene.summary.share(gene.summary.callable) ?? 0 }
    let sorted = assessed.enumerated().sorted { (share($0.element), $0.offset) < (share($1.element), $1.offset) }
      .map(\.element)
    if sorted.count <= Self.mostPictures { return sorted }
    return sorted.filter { $0.verdict != .pass || candidates.contains($0.symbol) }
  }

  private var shown: [GeneCoverage] { Array(wanted.prefix(Self.mostPictures)) }
  private var left: Int { (proband?.genes.count { $0.verdict != .notAssessed } ?? 0) - shown.count }

  private func gene(_ gene: GeneCoverage) -> View {
    let threshold = gene.needed ?? report.subject.settings.minimumCallableDepth
    let callable = percent(gene.summary, gene.summary.callable)
    let mean = gene.summary.mean.map { phrases.localized(Number.fixed($0, places: 1)) } ?? "–"
    let title = phrases("coverage_picture", ["gene": gene.symbol, "mean": mean, "percent": callable])
    return .object([
      "symbol": .text(gene.symbol), "transcript": .optional(gene.transcript), "mean": .text(mean),
      "callable": .text(callable), "verdict": .text(phrases("coverage.\(gene.verdict.rawValue)")),
      "outcome": .text(gene.verdict == .pass ? "pass" : gene.verdict == .fail ? "fail" : "warning"),
      "picture": .markup(GeneDepthPicture(gene: gene, threshold: threshold, title: title).svg),
      "gaps": .texts(gene.gaps.prefix(Self.mostGaps).map(gap)),
      "more_gaps": .optional(
        gene.gaps.count > Self.mostGaps
          ? phrases("more_gaps", ["count": phrases.count(gene.gaps.count - Self.mostGaps)]) : nil),
    ])
  }

  private func gap(_ gap: CoverageGap) -> String {
    let place = phrases(
      "coverage_gap",
      [
        "exon": gap.exon, "region": gap.region.description, "bases": phrases("counted.bases", count: gap.region.length),
        "minimum": phrases("counted.reads", count: gap.minimum),
        "mean": phrases.localized(Number.fixed(gap.mean, places: 1)),
        "cause": phrases("gap.\(gap.cause.rawValue)"),
      ])
    guard let detection = gap.detection else { return place }
    let percent = phrases.localized(Number.fixed(100 * detection, places: 1))
    return place + phrases("coverage_gap_detection", ["detection": percent])
  }
}
