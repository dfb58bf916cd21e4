public import Model

/// Reads who carries which allele, for the laboratory's own cohort: every allele of a file, whatever gene it lies in.
///
/// A call that fails the rules of quality is missing, not reference, and so is every call of a record whose FILTER or QUAL is
/// refused. One copy among two of a male's X or Y is missing as well (mosaic or mis-mapping), as it is in gnomAD's counts.
public struct CarriageReader: Sendable {
  /// One allele of a record with everybody who does not simply have the reference there.
  public struct Row: Sendable {
    public var allele: Allele
    /// By position in the list of individuals, ascending.
    public var carriers: [(member: Int, carriage: Carriage)]
  }

  /// Records of which nothing is counted, by the reason.
  public struct Tally: Sendable, Hashable {
    public var records = 0
    /// On contigs that are no chromosome, or on a mitochondrion of another sequence.
    public var otherContigs = 0
    /// Refused by FILTER or QUAL; their genotypes are kept as missing.
    public var refused = 0
    /// Alleles that somebody carries.
    public var alleles = 0
    /// Genotypes that are not known.
    public var missing = 0

    public init() {}

    public static func += (left: inout Tally, right: Tally) {
      left.records += right.records
      left.otherContigs += right.otherContigs
      left.refused += right.refused
      left.alleles += right.alleles
      left.missing += right.missing
    }
  }

  private let individuals: [Individual]
  /// Sample column and position in `individuals`, ascending by column.
  private let columns: [(column: Int, member: Int)]
  private let genotypes: GenotypeReader
  private let normaliser: AlleleNormaliser
  private let hasForeignMitochondrion: Bool

  private var settings: Settings { genotypes.settings }

  /// - Parameters:
  ///   - individuals: those who are asked for; whoever has no column in the file yields nothing.
  ///   - reference: for left-alignment and the check of REF; alleles are only trimmed without.
  public init(
    of file: InputFile, individuals: [Individual], assembly: Assembly, settings: Settings,
    reference: AlleleNormaliser.Reference? = nil
  ) {
    self.individuals = individuals
    let places = Dictionary(file.header.samples.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    columns = individuals.indices.compactMap { member in
      places[individuals[member].id].map { (column: $0, member: member) }
    }.sorted { $0.column < $1.column }
    genotypes = GenotypeReader(assembly: assembly, settings: settings)
    normaliser = AlleleNormaliser(reference: reference)
    hasForeignMitochondrion = file.hasForeignMitochondrion
  }

  /// - Parameter file: number of the file, for errors.
  /// - Throws: `referenceMismatch` where REF is not what the reference FASTA has.
  public func rows(in records: VariantBatch, of file: Int) throws(ScreenError) -> (rows: [Row], tally: Tally) {
    var tally = Tally()
    tally.records = records.count
    var selection = Selection(all: records.count)
    for record in 0..<records.count {
      let contig = records.contigs[record]
      if contig == nil || contig == .mitochondrion && hasForeignMitochondrion {
        selection.clear(record)
        tally.otherContigs += 1
      }
    }
    if settings.checkReference { try normaliser.checkReference(of: records, where: selection, file: file) }
    var rows: [Row] = []
    var layout = FormatLayout()
    let alleles = AlleleBatch.rows(splitting: records, where: selection, normaliser: normaliser)
    var start = 0
    while start < alleles.count {
      var end = start
      while end < alleles.count, alleles[end].record == alleles[start].record { end += 1 }
      read(alleles[start..<end], in: records, &layout, into: &rows, &tally)
      start = end
    }
    return (rows, tally)
  }

  /// Reads all alleles of one record.
  private func read(
    _ alleles: ArraySlice<AlleleBatch.Row>, in records: VariantBatch, _ layout: inout FormatLayout,
    into rows: inout [Row], _ tally: inout Tally
  ) {
    guard let record = alleles.first?.record else { return }
    let isRefused = isRefused(record, in: records)
    if isRefused { tally.refused += 1 }
    let told = calls(of: record, in: records, &layout, all: isRefused)
    if told.isEmpty { return }
    let alternates = records.alternates(of: record).map { String(decoding: $0, as: UTF8.self) }
    for allele in alleles {
      var carriers: [(member: Int, carriage: Carriage)] = []
      for (member, call) in told {
        let individual = individuals[member]
        let copies = ExpectedCopies(at: allele.allele.locus, sex: individual.sex, assembly: genotypes.assembly)
        guard copies != .none,
          let carriage = isRefused ? .missing : carriage(of: call, allele, among: alternates, for: individual)
        else { continue }
        carriers.append((member, carriage))
        if carriage == .missing { tally.missing += 1 }
      }
      if carriers.isEmpty { continue }
      if carriers.contains(where: { $0.carriage.isCarrier }) { tally.alleles += 1 }
      rows.append(Row(allele: allele.allele, carriers: carriers.sorted { $0.member < $1.member }))
    }
  }

  private func isRefused(_ record: Int, in records: VariantBatch) -> Bool {
    let quality = records.qualities[record]
    if !quality.isNaN, Double(quality) < settings.minimumSiteQuality { return true }
    return !settings.refusedFilters(in: records.string(.filter, of: record)).isEmpty
  }

  /// The calls of a record that are more than a good reference: most are that, and are left at the bytes.
  ///
  /// - Parameter all: whether the good ones are wanted as well.
  private func calls(
    of record: Int, in records: VariantBatch, _ layout: inout FormatLayout, all: Bool
  ) -> [(member: Int, call: GenotypeCall)] {
    let text = records.text
    let format = records.range(.format, of: record)
    let end = records.line(of: record).endIndex
    layout.adopt(text, format)
    let alleleCount = records.alternates(of: record).count + 1
    var decoder: GenotypeCallDecoder?
    var told: [(member: Int, call: GenotypeCall)] = []
    var start = format.upperBound + 1
    var column = 0
    for wanted in columns {
      while column < wanted.column, start < end {
        start = FormatLayout.columnEnd(text, from: start, lineEnd: end) + 1
        column += 1
      }
      guard start < end else {
        told.append((wanted.member, .missing))
        continue
      }
      let (call, next) = layout.decode(text, from: start, lineEnd: end)
      let isGood =
        call.genotype == .reference && !call.isHaploid
        && call.reaches(quality: Int(settings.minimumGenotypeQuality.rounded(.up)), depth: settings.minimumDepth)
      if all || !isGood {
        let known = decoder ?? GenotypeCallDecoder(format: text[format])
        decoder = known
        told.append((wanted.member, known.call(from: text[start..<next], alleleCount: alleleCount)))
      }
      start = next + 1
      column += 1
    }
    return told
  }

  /// Nil for the reference.
  private func carriage(
    of call: GenotypeCall, _ allele: AlleleBatch.Row, among alternates: [String], for individual: Individual
  ) -> Carriage? {
    let locus = allele.allele.locus
    let genotype = genotypes.genotype(
      of: call, alternate: allele.alternate, among: alternates, at: locus, for: individual, phaseScope: "")
    return switch genotype.state {
    case .reference, .hemizygousReference: nil
    case .heterozygous, .heterozygousOther: .heterozygous
    case .homozygous: .homozygous
    case .hemizygous: .hemizygous
    case .partial: .partial
    case .hemizygousConflict: locus.contig == .mitochondrion ? .heteroplasmic : .missing
    case .missing: .missing
    }
  }
}
