internal import Knowledge
public import Model

/// One input file as the screen needs to know it.
public struct InputFile: Sendable {
  /// Name shown in messages.
  public var name: String
  public var header: VariantHeader
  /// Whether its mitochondrion is the old hg19 sequence of 16,571 bases, whose positions mean something else.
  public var hasForeignMitochondrion: Bool

  public init(name: String, header: VariantHeader, hasForeignMitochondrion: Bool = false) {
    self.name = name
    self.header = header
    self.hasForeignMitochondrion = hasForeignMitochondrion
  }
}

/// How the columns of one input file map onto the case: its annotation, its samples, and who of the family is in it.
struct FilePlan: Sendable {
  /// Number of the file in the case, from 0.
  let index: Int
  let name: String
  let annotation: AnnotationLayout
  /// What the stores of the laboratory add.
  let stores: StoreLayout
  /// Chromosomes and mitochondrion that the header names; empty where it names none.
  let contigs: Set<Contig>
  /// Sample column of each member, by position in the pedigree; nil for members whom the file does not have.
  let columns: [Int?]
  let memberNames: [String]
  /// Positions in the pedigree of the affected members that the file has.
  let affectedMembers: [Int]
  /// A tally of nothing yet, to be copied for each batch.
  let emptyTally: QualityTally
  private let probandColumn: Int?
  /// Sample columns of the affected members, ascending.
  private let affectedColumns: [Int]

  /// - Parameter genotyped: for each position of the pedigree, whether some file of the case holds that person.
  init(
    index: Int, file: InputFile, subject: Case, genotyped: [Bool], stores: [AlleleStore],
    fingerprint: FingerprintSites? = nil
  ) {
    self.index = index
    name = file.name
    contigs = Set(file.header.contigs.compactMap { Contig(name: $0.name) })
    annotation = AnnotationLayout(header: file.header)
    self.stores = StoreLayout(stores, beside: annotation)
    let people = subject.pedigree.individuals
    let places = Dictionary(file.header.samples.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let columns = people.map { places[$0.id] }
    self.columns = columns
    memberNames = people.map(\.id)
    emptyTally = QualityTally(
      pedigree: subject.pedigree, sampleColumns: columns, assembly: subject.assembly, genotyped: genotyped,
      fingerprint: fingerprint)
    probandColumn = file.header.samples.firstIndex(of: subject.proband)
    affectedMembers = people.indices.filter {
      columns[$0] != nil && (people[$0].status == .affected || people[$0].id == subject.proband)
    }
    affectedColumns = affectedMembers.compactMap { columns[$0] }.sorted()
  }

  var hasAffectedMember: Bool { !affectedMembers.isEmpty }

  func repeats(loci: [RepeatLocus]) -> RepeatReader {
    RepeatReader(loci: loci, column: probandColumn, annotation: annotation)
  }

  /// Whether an affected member carries an alternate, as `calls` would tell: by GT alone, with nothing else decoded.
  func isCarriedByAffected(_ alternate: Int, of record: Int, in records: VariantBatch) -> Bool {
    CarriedAllele(of: record, in: records).map { $0.isCarried(alternate, byAnyOf: affectedColumns) } ?? false
  }

  /// Decodes the members' calls of one record.
  func calls(of record: Int, in records: VariantBatch) -> [GenotypeCall?] {
    let decoder = GenotypeCallDecoder(format: records.bytes(.format, of: record))
    let samples = records.samples(of: record)
    let alleleCount = records.alternates(of: record).count + 1
    return columns.map { column in
      guard let column, column < samples.count else { return nil }
      return decoder.call(from: samples[column], alleleCount: alleleCount)
    }
  }

  /// What a gVCF vouches for among the selected records: stretches of `0/0`, and the variants between them.
  func referenceBlocks(in records: VariantBatch, where selection: Selection) -> [Hits.ReferenceBlock] {
    var blocks: [Hits.ReferenceBlock] = []
    for record in selection
    where records.text[records.range(.alternate, of: record)].contains(UInt8(ascii: "<")) {
      let alternates = records.alternates(of: record)
      guard let contig = records.contigs[record], alternates.contains(where: { AlternateKind($0) == .anyOther }) else {
        continue
      }
      let end = StructuralExtent(of: record, in: records).end
      for (member, call) in calls(of: record, in: records).enumerated() {
        guard let call, call.alleles.allSatisfy({ $0 != nil }) else { continue }
        let isReference = call.alleles.allSatisfy { $0 == 0 }
        let start = records.positions[record] - 1
        let last = isReference ? end : start + records.range(.reference, of: record).count
        blocks.append(
          Hits.ReferenceBlock(
            region: Region(contig, start, last), member: member, depth: call.minimumDepth ?? call.depth,
            quality: call.quality, isReference: isReference))
      }
    }
    return blocks
  }

  /// Small variants of the nuclear genome need somebody's word on what they do; structural and mitochondrial ones can be placed
  /// by coordinates.
  func requireConsequences(for selection: Selection, in alleles: AlleleBatch) throws(ScreenError) {
    if annotation.consequenceSource != nil || alleles.tellsConsequences { return }
    var needsThem = false
    for row in selection {
      let allele = alleles.rows[row].allele
      if !allele.isSymbolic, allele.contig != .mitochondrion { needsThem = true }
    }
    if needsThem { throw ScreenError(.noConsequenceSource(file: index)) }
  }

  /// The predictor of missense effects that PP3 and BP4 use for all alleles of the file.
  var missenseTool: MissenseTool? { MissenseTool(among: annotation.roles.union(stores.roles)) }

  /// What the reader must know about the file's annotation.
  ///
  /// - Parameter tellsConsequences: whether consequences are told where the file has none.
  func warnings(tellsConsequences: Bool) -> [Wording] {
    annotation.missing(beside: stores.roles, tellsConsequences: tellsConsequences).map { "\(name): \($0)" }
  }
}
