internal import Knowledge
public import Model

/// Where the sample checks of a large file count: windows spread evenly over the genome, so that they need not read every record.
///
/// The checks want hundreds of sites and a genome has millions: peddy takes 25,000, somalier 17,000. Windows by place, not every
/// n-th record, are the same whether a file is read whole or through its index.
enum QualityWindows {
  /// Files of fewer bytes on the disk are counted whole: the exome of a family has 10 to 50 MB compressed, a genome ten times
  /// that. The same records without compression, or from a pipe, may be counted otherwise: a rule by size needs no second look.
  static let wholeFileLimit = 64 << 20
  /// A window of 50 kb in every 2.5 Mb: 2 % of a genome, about 90,000 of its variants.
  static let length = 50_000
  static let spacing = 2_500_000

  /// More names of genes without coordinates than these are not searched for in passing.
  static let mostNames = 24

  /// The windows of a build. Y is counted whole, since its sites are few.
  static func regions(of assembly: Assembly) -> [Region] {
    Contig.allCases.flatMap { contig -> [Region] in
      let end = assembly.length(of: contig)
      switch contig {
      case .mitochondrion: return []
      case .y: return [Region(contig, 0, end)]
      default:
        return stride(from: spacing / 2, to: end, by: spacing).map { Region(contig, $0, min(end, $0 + length)) }
      }
    }
  }
}

extension Screen {
  /// Which records of a file the screen wants to see.
  ///
  /// - Parameters:
  ///   - size: bytes of the file, nil when nobody knows, as of a pipe.
  ///   - allele: one that is asked about, whose surroundings are wanted too.
  public func readPlan(of file: Int, size: Int?, explaining allele: Allele? = nil) -> ReadPlan {
    guard let size, size >= QualityWindows.wholeFileLimit else { return .all }
    let names = gates[file].namesWithoutPlace
    // So many searches would take longer than looking at the records.
    guard names.count <= QualityWindows.mostNames else { return .all }
    let contigs = gates[file].isForeignMitochondrion ? [Contig.mitochondrion] : []
    let screened = targets.screened.regions.filter { !contigs.contains($0.contig) }
    let asked = allele.map { Region($0.contig, $0.position - 1, $0.position).padded(by: AlleleTrace.reach) }
    let compared = knowledge.fingerprint?.sites.regions ?? []
    return ReadPlan(
      regions: RegionSet(
        screened + compared + (asked.map { [$0] } ?? []) + QualityWindows.regions(of: subject.assembly)),
      names: names)
  }

  /// Adds the records that a read plan left out to the hits of a file, and tells the reader of the report.
  public func count(_ refused: RefusalCounts, of file: Int, in hits: inout Hits) {
    hits.count(refused, isForeignMitochondrion: gates[file].isForeignMitochondrion)
  }

  /// What a reader of the report must know of a file that was counted in windows.
  public func sampling(of file: Int, size: Int?) -> [Wording] {
    if readPlan(of: file, size: size).regions == nil { return [] }
    return [
      """
      \(plans[file].name): a large file; the sample checks count the records of the panels and of \(QualityWindows.length / 1_000) kb \
      in every \(Double(QualityWindows.spacing) / 1_000_000) Mb, which is thousands of sites; 'rarescreen qc' counts all
      """
    ]
  }
}
