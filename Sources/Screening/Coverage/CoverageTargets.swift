public import Model

/// What is to be covered of one gene, or one row of a BED.
public struct CoverageTarget: Sendable, Hashable {
  public struct Exon: Sendable, Hashable {
    public var name: String
    public var region: Region
  }

  public var symbol: String
  public var hgncID: String?
  public var transcript: String?
  public var exons: [Exon]
}

extension TargetSet {
  /// The coding exons of the genes' reported transcripts, padded, and the rows of BED panels as they are, in the order of the genes.
  ///
  /// No base of a target counts twice: rows of one name that overlap are one, and parts of exons that meet through their padding are cut apart in the middle. A gene of which only a BED's rows are screened has those.
  public func coverageTargets(padding: Int) -> [CoverageTarget] {
    let listed = Set(panels.flatMap(\.genes).isEmpty ? [] : panels.filter { !$0.genes.isEmpty }.map(\.name))
    var targets = genes.filter { !listed.isDisjoint(with: $0.panels) && !$0.transcripts.isEmpty }
      .map { coverageTarget(of: $0, padding: padding) }
    var rows: [String: Int] = [:]
    let known = Dictionary(genes.map { ($0.symbol, $0.hgncID) }, uniquingKeysWith: { first, _ in first })
    // Several panels may name the same rows.
    for row in regions.joiningOverlaps().rows {
      let exon = CoverageTarget.Exon(name: row.region.description, region: row.region)
      if let target = rows[row.label] {
        targets[target].exons.append(exon)
      } else {
        rows[row.label] = targets.count
        targets.append(
          CoverageTarget(symbol: row.label, hgncID: known[row.label] ?? nil, transcript: nil, exons: [exon]))
      }
    }
    return targets
  }

  private func coverageTarget(of gene: TargetGene, padding: Int) -> CoverageTarget {
    let wanted = gene.transcript.flatMap { name in
      gene.transcripts.first { [$0.refSeq, $0.ensembl].contains(name) }
    }
    guard let transcript = wanted ?? gene.transcripts.first else {
      return CoverageTarget(symbol: gene.symbol, hgncID: gene.hgncID, transcript: nil, exons: [])
    }
    let parts = transcript.targets.sorted()
    let numbers = transcript.exonNumbers
    var exons: [CoverageTarget.Exon] = []
    for part in parts {
      var region = part.padded(by: padding)
      region.end = min(region.end, assembly.length(of: region.contig))
      if let last = exons.last?.region, last.end > region.start {
        let middle = (last.end + region.start) / 2
        exons[exons.count - 1].region.end = middle
        region.start = middle
      }
      exons.append(
        CoverageTarget.Exon(name: numbers[part.start].map(String.init) ?? region.description, region: region))
    }
    return CoverageTarget(
      symbol: gene.symbol, hgncID: gene.hgncID, transcript: transcript.refSeq ?? transcript.ensembl, exons: exons)
  }
}

extension Transcript {
  /// Numbers of the exons in the order of the transcript, by the start of what of them is covered.
  fileprivate var exonNumbers: [Int: Int] {
    var numbers: [Int: Int] = [:]
    for (index, exon) in exons.sorted(by: { $0.lowerBound < $1.lowerBound }).enumerated() {
      let start = coding.map { max(exon.lowerBound, $0.lowerBound) } ?? exon.lowerBound
      numbers[start] = isForward ? index + 1 : exons.count - index
    }
    return numbers
  }
}
