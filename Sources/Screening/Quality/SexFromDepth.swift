public import Knowledge
public import Model

/// Sex and number of sex chromosomes from the depth of reads: medians over coding exons of X, Y and a few autosomes.
public struct SexFromDepth: Sendable {
  /// Depth below which X and Y cannot be told from noise. [E]
  private static let leastDepth = 8.0
  /// Depth of a chromosome as a share of the autosomes': one copy is a half. [E]
  private static let single = 0.35...0.65
  private static let double = 0.8...1.25
  private static let absentY = 0.1
  private static let presentY = 0.25
  /// Exons of each kind that are read.
  private static let autosomalExons = 60
  private static let sexExons = 60

  /// Where depth is measured: autosomes, X, Y.
  public let regions: [Region]
  private let assembly: Assembly

  public init(genes: GeneTable, assembly: Assembly) {
    self.assembly = assembly
    let contigs: [Contig] = [.chr1, .chr2, .chr7, .chr16, .x, .y]
    let whole = RegionSet(contigs.map { Region($0, 0, assembly.length(of: $0)) })
    var exons: [Region] = []
    for transcript in genes.geneModel(on: assembly, overlapping: whole).transcripts {
      guard let coding = transcript.coding else { continue }
      let parts = transcript.exons.map { $0.clamped(to: coding) }.filter { $0.count >= 120 }
      // One exon a gene, the longest up to a thousand bases: genes differ more than the exons of one.
      guard let part = parts.max(by: { ($0.count, $1.lowerBound) < ($1.count, $0.lowerBound) }) else { continue }
      let region = Region(transcript.region.contig, part.lowerBound, min(part.upperBound, part.lowerBound + 1_000))
      if !assembly.isPseudoautosomal(Locus(region.contig, region.start + 1)) { exons.append(region) }
    }
    let distinct = RegionSet(exons).regions
    let pick = { (regions: [Region], count: Int) in
      regions.count <= count ? regions : (0..<count).map { regions[$0 * regions.count / count] }
    }
    regions =
      pick(distinct.filter { $0.contig.isAutosome }, Self.autosomalExons)
      + pick(distinct.filter { $0.contig == .x }, Self.sexExons)
      + pick(distinct.filter { $0.contig == .y }, Self.sexExons)
  }

  /// - Parameter depths: mean depth of each region.
  public func check(of person: Individual, _ depths: [Double]) -> QualityCheck {
    let median = { (isWanted: (Contig) -> Bool) -> Double? in
      let values = zip(regions, depths).filter { isWanted($0.0.contig) }.map(\.1).sorted()
      return values.isEmpty ? nil : values[values.count / 2]
    }
    let autosomes = median { $0.isAutosome } ?? 0
    let x = (median { $0 == .x } ?? 0) / max(autosomes, 1)
    let y = (median { $0 == .y } ?? 0) / max(autosomes, 1)
    let id = person.id
    var check = QualityCheck(
      kind: .sexFromDepth, samples: [id], value: x,
      threshold: "depth of X and Y over that of autosomes: two X \(QualityText.range(Self.double)), one X "
        + "\(QualityText.range(Self.single)); no Y < \(Self.absentY), a Y >= \(Self.presentY)",
      outcome: .notEvaluable,
      counts: ["y_per_thousand": Int((1_000 * y).rounded()), "autosomal_depth": Int(autosomes.rounded())], message: "")
    guard autosomes >= Self.leastDepth else {
      check.value = nil
      check.message =
        "\(id): \(QualityText.decimal(autosomes, 1)) reads over the exons of autosomes, too few to tell the sex from depth."
      return check
    }
    let shown = "X \(QualityText.decimal(x)), Y \(QualityText.decimal(y)) of the autosomes' depth"
    let isTwo = Self.double.contains(x)
    let isOne = Self.single.contains(x)
    switch (isTwo, isOne, y >= Self.presentY, y < Self.absentY) {
    case (true, _, _, true): judge(&check, person, .female, shown)
    case (_, true, true, _): judge(&check, person, .male, shown)
    case (true, _, true, _):
      check.outcome = .warning
      check.message = "\(id): two X and a Y (\(shown)): 47,XXY or foreign DNA?"
    case (_, true, _, true):
      check.outcome = .warning
      check.message = "\(id): one X and no Y (\(shown)): 45,X?"
    default:
      check.outcome = .warning
      check.message =
        "\(id): depth fits neither a man nor a woman (\(shown)): sex chromosome aneuploidy, mosaicism or foreign DNA?"
    }
    return check
  }

  private func judge(_ check: inout QualityCheck, _ person: Individual, _ seen: Sex, _ shown: String) {
    let isContradicted = person.sex != .unknown && person.sex != seen
    check.outcome = isContradicted ? .fail : .pass
    check.message =
      isContradicted
      ? "\(person.id) is stated \(person.sex.rawValue), but the reads are of a \(seen.rawValue) (\(shown))."
      : "\(person.id): the reads are of a \(seen.rawValue) (\(shown))"
        + (person.sex == .unknown ? "; no sex is stated." : ", as stated.")
  }
}

extension Screen {
  /// Where the reads of the members tell their sex.
  public var sexFromDepth: SexFromDepth { SexFromDepth(genes: knowledge.genes, assembly: subject.assembly) }

  /// Where the reads of the members tell whether they are theirs; nil where nothing was asked.
  public func readIdentity(_ tallies: [QualityTally]) -> ReadIdentity? {
    guard let sites = knowledge.fingerprint?.sites, var total = tallies.first else { return nil }
    for tally in tallies.dropFirst() { total += tally }
    return ReadIdentity(total, fingerprint: sites, pedigree: subject.pedigree, settings: subject.settings)
  }
}
