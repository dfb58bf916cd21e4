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
  /// Less than a half already is a Y: much of it is read badly, since X has the like.
  private static let presentY = 0.25
  /// From here on there are two Y. [E]
  private static let secondY = 0.75
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

  /// - Parameter depths: mean depth of each region; nil where the file of reads does not have the contig, which is not a depth of 0.
  public func check(of person: Individual, _ depths: [Double?]) -> QualityCheck {
    let autosomes = median(depths) { $0.isAutosome }
    let x = median(depths) { $0 == .x }.map { $0 / max(autosomes ?? 0, 1) }
    let y = median(depths) { $0 == .y }.map { $0 / max(autosomes ?? 0, 1) }
    let id = person.id
    var counts = ["autosomal_depth": Int((autosomes ?? 0).rounded())]
    if let y { counts["y_per_thousand"] = Int((1_000 * y).rounded()) }
    var check = QualityCheck(
      kind: .sexFromDepth, samples: [id], value: x,
      threshold: """
        depth of X and Y over that of autosomes: two X \(QualityText.range(Self.double)), one X \
        \(QualityText.range(Self.single)); no Y < \(Self.absentY), a Y >= \(Self.presentY), two Y >= \(Self.secondY)
        """,
      outcome: .notEvaluable, counts: counts, message: "")
    guard let autosomes, autosomes >= Self.leastDepth else {
      check.value = nil
      check.message =
        autosomes.map {
          "\(id): \(QualityText.decimal($0, 1)) reads over the exons of autosomes, too few to tell the sex from depth."
        } ?? "\(id): the file of reads has none of the autosomes that are asked; the sex is not told from depth."
      return check
    }
    let shares = [(Contig.x, x), (.y, y)].map { contig, share -> Wording in
      share.map { "\(contig.name) \(QualityText.decimal($0))" } ?? "no contig \(contig.name) in the file of reads"
    }
    let shown: Wording = "\(shares.joined(separator: ", ")) of the autosomes' depth"
    guard let x, let y else {
      judgeHalf(&check, person, x: x, y: y, shown)
      return check
    }
    judge(&check, person, x: x, y: y, shown)
    return check
  }

  /// Median over the regions of some contigs; nil where the file has none of them.
  private func median(_ depths: [Double?], _ isWanted: (Contig) -> Bool) -> Double? {
    let values = zip(regions, depths).filter { isWanted($0.0.contig) }.compactMap(\.1).sorted()
    return values.isEmpty ? nil : values[values.count / 2]
  }

  private func judge(_ check: inout QualityCheck, _ person: Individual, x: Double, y: Double, _ shown: Wording) {
    let id = person.id
    let isTwo = Self.double.contains(x)
    let isOne = Self.single.contains(x)
    check.outcome = .warning
    switch (isTwo, isOne, y >= Self.presentY, y < Self.absentY) {
    case (true, _, _, true): judge(&check, person, .female, shown)
    case (_, true, true, _) where y >= Self.secondY:
      check.message = "\(id): one X and two Y (\(shown)): 47,XYY?"
    case (_, true, true, _): judge(&check, person, .male, shown)
    case (true, _, true, _): check.message = "\(id): two X and a Y (\(shown)): 47,XXY or foreign DNA?"
    case (_, true, _, true): check.message = "\(id): one X and no Y (\(shown)): 45,X?"
    default:
      check.message =
        "\(id): depth fits neither a man nor a woman (\(shown)): sex chromosome aneuploidy, mosaicism or foreign DNA?"
    }
  }

  /// Where the file lacks X or Y no sex is confirmed; what is there may contradict the stated one all the same.
  private func judgeHalf(_ check: inout QualityCheck, _ person: Individual, x: Double?, y: Double?, _ shown: Wording) {
    let isAgainstMale = x.map(Self.double.contains) ?? (y.map { $0 < Self.absentY } ?? false)
    let isAgainstFemale = x.map(Self.single.contains) ?? (y.map { $0 >= Self.presentY } ?? false)
    if person.sex == .male && isAgainstMale || person.sex == .female && isAgainstFemale {
      check.outcome = .warning
      check.message =
        "\(person.id) is stated \(person.sex), which the depth of the reads does not fit (\(shown))."
    } else {
      check.message = "\(person.id): the sex is not told from depth (\(shown))."
    }
  }

  private func judge(_ check: inout QualityCheck, _ person: Individual, _ seen: Sex, _ shown: Wording) {
    let isContradicted = person.sex != .unknown && person.sex != seen
    check.outcome = isContradicted ? .fail : .pass
    check.message =
      isContradicted
      ? "\(person.id) is stated \(person.sex), but the reads are of a \(seen) (\(shown))."
      : "\(person.id): the reads are of a \(seen) (\(shown))"
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
