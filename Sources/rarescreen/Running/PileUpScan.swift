import Model
import Reading
import Screening

extension PreparedCase {
  /// Candidates whose reads are drawn.
  private static let mostDrawn = 10

  /// The reads of the members who are heard around the alleles of the best candidates.
  func pileUps(around candidates: [Candidate], heard: Set<Int>, _ session: Session) throws -> [Allele: [PileUp]] {
    let alleles = Set(candidates.prefix(Self.mostDrawn).flatMap { $0.variants.map(\.variant.allele) })
      .filter { !$0.isSymbolic }.sorted()
    let windows = alleles.map { PileUpBuilder.window(of: $0, assembly: subject.assembly) }
    let bases = try bases(of: windows)
    let builders = alleles.indices.map { place in
      (
        window: windows[place],
        builder: PileUpBuilder(
          alleles[place], window: windows[place], reference: bases[place], settings: subject.settings)
      )
    }
    var pileUps: [Allele: [PileUp]] = [:]
    for member in alignments.members where heard.contains(member.position) {
      let name = subject.pedigree.individuals[member.position].id
      let scan = AlignmentScan(file: member.file, detail: .bases, session: session)
      let drawn = try scan.map(builders) { reader, desk, item in
        var builder = item.builder
        try AlignmentScan.forEachBatch(in: item.window, &reader, &desk) { builder.add($0) }
        return builder.pileUp(of: name)
      }
      for (allele, pileUp) in zip(alleles, drawn) { pileUps[allele, default: []].append(pileUp) }
    }
    return pileUps
  }

  /// The reference's bases; none of what a slice of a genome lacks, which is drawn without.
  private func bases(of windows: [Region]) throws -> [[UInt8]] {
    guard let path = inputs.reference?.value else { return windows.map { _ in [] } }
    let sequence = try ReferenceSequence(path: path)
    return windows.map { (try? sequence.bytes($0)) ?? [] }
  }
}
