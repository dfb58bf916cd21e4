import Model

/// The surviving alleles of a case, each once, with the genotypes of all files put together.
struct CaseAlleles: Sendable {
  /// A record that an allele was read from.
  struct Source: Sendable, Hashable {
    var file: Int
    var record: Int
    /// Furthest stage at which another allele of the record left.
    var siblingRemoval: Removal?
  }

  struct Entry: Sendable {
    var variant: Variant
    /// Indices of its target genes.
    var genes: [Int]
    var badges: [Decision]
    var sources: [Source]
  }

  /// Sorted by allele.
  private(set) var entries: [Entry] = []
  /// Repeats of an allele within one file: the later records.
  private(set) var duplicates: [Source] = []

  /// - Parameter hits: in file order and, within a file, in record order.
  init(joining hits: [Hits], subject: Case) {
    var places: [Allele: Int] = [:]
    // What the affected members' files say of an allele is what the report shows; the others add genotypes.
    let survivors = hits.flatMap(\.survivors)
    for survivor in survivors.filter(\.isOfAffected) + survivors.filter({ !$0.isOfAffected }) {
      let origin = survivor.variant.origin
      let source = Source(file: origin.file, record: origin.record, siblingRemoval: survivor.siblingRemoval)
      guard let place = places[survivor.variant.allele] else {
        places[survivor.variant.allele] = entries.count
        entries.append(
          Entry(variant: survivor.variant, genes: survivor.genes, badges: survivor.badges, sources: [source]))
        continue
      }
      if entries[place].sources.contains(where: { $0.file == source.file }) {
        duplicates.append(source)
        entries[place].variant.addFlag("same allele again in another record")
      } else {
        entries[place].join(survivor, source)
      }
    }
    entries.sort { $0.variant.allele < $1.variant.allele }
    fillFromBlocks(hits, subject)
  }

  /// Lets the family's reads speak.
  mutating func hear(_ witnesses: Witnesses, subject: Case) { witnesses.hear(&entries, subject: subject) }

  /// Members without a record: reference where a caller vouches for it, or where the laboratory says that absence means that.
  private mutating func fillFromBlocks(_ hits: [Hits], _ subject: Case) {
    let blocks = ReferenceBlocks(hits.flatMap(\.blocks), members: subject.pedigree.individuals.count)
    for index in entries.indices {
      let allele = entries[index].variant.allele
      for member in entries[index].variant.genotypes.indices
      where entries[index].variant.genotypes[member].notes.contains(.noRecord) {
        let isSingleCopy =
          allele.contig == .mitochondrion
          || (subject.assembly.isSexLinked(allele.locus) && subject.pedigree.individuals[member].sex == .male)
        let state: GenotypeState = isSingleCopy ? .hemizygousReference : .reference
        if let block = blocks.block(covering: allele.region, member: member, settings: subject.settings) {
          entries[index].variant.genotypes[member] = Genotype(
            text: "0/0", state: state, depth: block.depth, quality: block.quality, referenceReads: block.depth,
            alternateReads: 0, notes: [.referenceBlock])
        } else if subject.settings.assumeReference {
          entries[index].variant.genotypes[member] = Genotype(text: "./.", state: state, notes: [.noRecord])
        }
      }
    }
  }
}

extension CaseAlleles.Entry {
  /// Takes over the genotypes of members whom the first file did not have.
  fileprivate mutating func join(_ other: Hits.Survivor, _ source: CaseAlleles.Source) {
    sources.append(source)
    for member in variant.genotypes.indices where variant.genotypes[member].notes.contains(.noRecord) {
      variant.genotypes[member] = other.variant.genotypes[member]
    }
  }
}

extension Variant {
  mutating func addFlag(_ flag: Wording) {
    if !flags.contains(flag) { flags.append(flag) }
  }
}

/// Reference blocks of gVCF files, ready to be asked whether one covers a place.
private struct ReferenceBlocks {
  /// Blocks by member, sorted by region.
  private let byMember: [[Hits.ReferenceBlock]]

  init(_ blocks: [Hits.ReferenceBlock], members: Int) {
    var byMember: [[Hits.ReferenceBlock]] = Array(repeating: [], count: members)
    for block in blocks where block.isReference { byMember[block.member].append(block) }
    self.byMember = byMember.map { $0.sorted { $0.region < $1.region } }
  }

  /// The block that covers the whole region with enough depth and quality.
  func block(covering region: Region, member: Int, settings: Settings) -> Hits.ReferenceBlock? {
    let blocks = byMember[member]
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      let other = blocks[middle].region
      if (other.contig, other.start) <= (region.contig, region.start) { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let block = blocks[low - 1]
    let isGood =
      (block.depth ?? 0) >= settings.minimumDepth && (block.quality ?? 0) >= settings.minimumGenotypeQuality
    return block.region.contig == region.contig && block.region.end >= region.end && isGood ? block : nil
  }
}
