internal import Model

/// Where an allele lies within the exons of a transcript.
struct ExonPlace {
  /// Number of the exon in transcript order, from 1.
  var exon: Int
  var exonCount: Int
  /// Bases of the exon before the allele's first base, in transcript order.
  var basesFromStart: Int
  /// Bases of the exon behind the allele's last base, in transcript order.
  var basesToEnd: Int
  var exonLength: Int
  /// Coding bases before the allele's first base; nil outside the coding sequence.
  var codingBefore: Int?
  var codingLength: Int

  /// nil when there is no transcript, or when the allele touches none of its exons.
  init?(of allele: Allele, on transcript: Transcript?) {
    guard let transcript, transcript.region.contig == allele.contig else { return nil }
    let exons = transcript.exons.sorted { $0.lowerBound < $1.lowerBound }
    let touched = allele.changedBases
    guard let index = exons.firstIndex(where: { $0.overlaps(touched) }) else { return nil }
    let part = exons[index].clamped(to: touched)
    exonCount = exons.count
    exonLength = exons[index].count
    if transcript.isForward {
      exon = index + 1
      basesFromStart = part.lowerBound - exons[index].lowerBound
      basesToEnd = exons[index].upperBound - part.upperBound
    } else {
      exon = exons.count - index
      basesFromStart = exons[index].upperBound - part.upperBound
      basesToEnd = part.lowerBound - exons[index].lowerBound
    }
    let codingParts = transcript.codingParts
    codingLength = codingParts.reduce(0) { $0 + $1.count }
    codingBefore = Self.codingBases(before: part, in: codingParts, isForward: transcript.isForward)
  }

  private static func codingBases(before part: Range<Int>, in coding: [Range<Int>], isForward: Bool) -> Int? {
    guard coding.contains(where: { $0.overlaps(part) }) else { return nil }
    return coding.reduce(0) { sum, range in
      let before =
        isForward
        ? range.clamped(to: Int.min..<part.lowerBound).count : range.clamped(to: part.upperBound..<Int.max).count
      return sum + before
    }
  }
}

extension Allele {
  /// The bases that change, 0-based half-open: without the first base that an indel shares with the reference. An insertion
  /// counts as the base behind which it stands.
  var changedBases: Range<Int> {
    let isAnchored =
      !isSymbolic && reference.utf8.count != alternate.utf8.count && reference.utf8.first == alternate.utf8.first
    let start = position - 1 + (isAnchored || isSymbolic ? 1 : 0)
    return start < end ? start..<end : position - 1..<max(end, position)
  }
}

extension Transcript {
  /// Coding parts of the exons in genome order; empty for a non-coding transcript.
  var codingParts: [Range<Int>] {
    guard let coding else { return [] }
    return exons.sorted { $0.lowerBound < $1.lowerBound }.map { $0.clamped(to: coding) }.filter { !$0.isEmpty }
  }
}

extension Transcript {
  /// Positions on the genome, 1-based, of the three bases that stand for a residue; fewer where the transcript ends before.
  ///
  /// - Parameter number: of the residue, from 1.
  func codon(ofResidue number: Int) -> [Int] {
    let parts = isForward ? codingParts : codingParts.reversed()
    var positions: [Int] = []
    for offset in (3 * (number - 1))..<(3 * number) where offset >= 0 {
      var skipped = 0
      for part in parts {
        if offset < skipped + part.count {
          let within = offset - skipped
          positions.append(isForward ? part.lowerBound + within + 1 : part.upperBound - within)
          break
        }
        skipped += part.count
      }
    }
    return positions
  }
}

extension TargetGene {
  /// The gene's own transcript that a consequence was told on, by RefSeq or Ensembl id; versions may differ.
  func transcript(of consequence: Consequence) -> Transcript? {
    guard let id = consequence.transcript else { return nil }
    let names = { (transcript: Transcript) in [transcript.refSeq, transcript.ensembl].compactMap { $0 } }
    return transcripts.first { names($0).contains(id) }
      ?? transcripts.first { names($0).contains { $0.withoutVersion == id.withoutVersion } }
  }
}
