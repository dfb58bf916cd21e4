public import Knowledge
public import Model

/// Reads the genotypes of samples at the sites of a fingerprint, from variant records and from the reference blocks of a gVCF.
///
/// The rules of quality are those of the sample checks. A site that no record tells of is not called, which is not the reference.
public struct SketchReader: Sendable {
  private let sites: FingerprintSites
  /// Sample column and position among those asked for, ascending by column.
  private let columns: [(column: Int, member: Int)]
  private let memberCount: Int

  /// - Parameter sampleColumns: for each sample asked for its column (0 is the first behind FORMAT), or nil when the file does not
  ///   hold it.
  public init(sites: FingerprintSites, sampleColumns: [Int?]) {
    self.sites = sites
    memberCount = sampleColumns.count
    columns = sampleColumns.enumerated().compactMap { member, column in column.map { ($0, member) } }
      .sorted { $0.0 < $1.0 }
  }

  /// Sketches of nothing yet, one for each sample asked for.
  public var empty: [GenotypeSketch] { Array(repeating: GenotypeSketch(sites: sites.count), count: memberCount) }

  /// Adds what a batch tells.
  public func read(_ batch: VariantBatch, into sketches: inout [GenotypeSketch]) {
    if columns.isEmpty { return }
    var layout = FormatLayout()
    for row in 0..<batch.count {
      guard let contig = batch.contigs[row], contig.isAutosome else { continue }
      let alternate = batch.range(.alternate, of: row)
      if let site = site(of: row, contig, alternate, in: batch) {
        read(batch, row, [site], isVariant: true, &layout, into: &sketches)
      } else if Self.isReference(batch.text, alternate) {
        let start = batch.positions[row] - 1
        let end = batch.info("END", of: row).flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? start + 1
        let covered = sites.numbers(in: Region(contig, start, max(start + 1, end)))
        if !covered.isEmpty { read(batch, row, covered, isVariant: false, &layout, into: &sketches) }
      }
    }
  }

  /// The site that a record of one SNV tells of; `G,<NON_REF>` of a gVCF is one SNV too.
  private func site(of row: Int, _ contig: Contig, _ alternate: Range<Int>, in batch: VariantBatch) -> Int? {
    let reference = batch.range(.reference, of: row)
    guard reference.count == 1, !alternate.isEmpty else { return nil }
    let rest = alternate.lowerBound + 1..<alternate.upperBound
    guard
      rest.isEmpty
        || batch.text[rest.lowerBound] == UInt8(ascii: ",")
          && Self.isReference(batch.text, rest.lowerBound + 1..<rest.upperBound)
    else { return nil }
    return sites.number(
      at: Locus(contig, batch.positions[row]), reference: batch.text[reference.lowerBound],
      alternate: batch.text[alternate.lowerBound])
  }

  /// Whether ALT names no allele: `.`, and the "any other allele" of gVCFs.
  private static func isReference(_ text: [UInt8], _ field: Range<Int>) -> Bool {
    ["<NON_REF>", "<*>", "."].contains { text[field].elementsEqual($0.utf8) }
  }

  private func read(
    _ batch: VariantBatch, _ row: Int, _ sites: some Collection<Int>, isVariant: Bool, _ layout: inout FormatLayout,
    into sketches: inout [GenotypeSketch]
  ) {
    let filter = batch.range(.filter, of: row)
    let format = batch.range(.format, of: row)
    let lineEnd = batch.line(of: row).endIndex
    layout.adopt(batch.text, format)
    guard layout.hasGenotype, format.upperBound < lineEnd, FormatLayout.isPass(batch.text, filter) else { return }
    var column = 0
    var offset = format.upperBound + 1
    for (wanted, member) in columns {
      while column < wanted, offset <= lineEnd {
        offset = FormatLayout.columnEnd(batch.text, from: offset, lineEnd: lineEnd) + 1
        column += 1
      }
      guard offset <= lineEnd else { return }
      let call = layout.decode(batch.text, from: offset, lineEnd: lineEnd).call
      guard !call.isHaploid, call.reaches(quality: QualityCutoff.quality, depth: QualityCutoff.depth) else { continue }
      let genotype = call.genotype
      // A block knows no alternate, so a call of one is none of these sites' alleles.
      guard genotype != .missing, isVariant || genotype == .reference else { continue }
      for site in sites {
        sketches[member].set(site, reference: genotype != .homozygous, alternate: genotype != .reference)
      }
    }
  }
}

extension Screen {
  /// The fingerprints of the members who have a sample, nil for one without a genotype at the sites; none where samples are not
  /// compared.
  public func sketches(of hits: [Hits]) -> [CohortSketch] {
    guard knowledge.fingerprint != nil, var total = hits.first?.quality else { return [] }
    for other in hits.dropFirst() { total += other.quality }
    return zip(subject.pedigree.individuals, total.sketches).enumerated().compactMap { member, found in
      let (person, sketch) = found
      guard plans.contains(where: { $0.columns[member] != nil }) else { return nil }
      return CohortSketch(
        sample: person.id, family: person.familyOrSelf, caseID: subject.id, sketch: sketch.called == 0 ? nil : sketch)
    }
  }
}
