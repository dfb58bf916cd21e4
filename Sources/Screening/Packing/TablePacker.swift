public import Knowledge
public import Model

/// Makes rows of a store from the lines of a table: tab- or comma-separated, with a header that names chromosome, position,
/// reference and alternate base in one of the usual ways.
///
/// Known are REVEL, AlphaMissense, CADD and tables of population frequencies; other names are given as `wanted`.
public struct TablePacker: Sendable {
  /// Of so many rows one is held to the reference sequence, and each of the first so many.
  private static let checkedRows = 256

  private let packer: AllelePacker
  private let assembly: Assembly
  private let separator: UInt8
  private let width: Int
  private let contig: Int
  private let position: Int
  private let reference: Int
  private let alternate: Int
  /// For each column, what is read of it.
  private let uses: [[(reading: PackedField.Reading, field: Int)]]

  private static let contigNames = ["chr", "chrom", "#chrom", "chromosome", "#chr"]
  private static let referenceNames = ["ref", "reference", "ref_allele"]
  private static let alternateNames = ["alt", "alternate", "alt_allele", "allele"]

  private static func positionNames(on assembly: Assembly) -> [String] {
    switch assembly {
    case .grch37: ["hg19_pos", "grch37_pos", "pos_grch37", "hg19_pos(1-based)", "pos", "position", "pos(1-based)"]
    case .grch38: ["grch38_pos", "hg38_pos", "pos_grch38", "pos", "position", "pos(1-based)"]
    }
  }

  /// - Parameters:
  ///   - header: the line that names the columns.
  ///   - wanted: columns to take; nil for all that are known for the kind.
  /// - Throws: `missingColumn`, or `noFields` when no column holds what the kind of store holds.
  public init(
    _ kind: StoreMetadata.Kind, header: ArraySlice<UInt8>, assembly: Assembly, name: String, wanted: [String]? = nil,
    normaliser: AlleleNormaliser, file: String
  ) throws(KnowledgeError) {
    self.assembly = assembly
    separator = Self.separator(of: header)
    let columns = Self.columns(of: header)
    let lower = columns.map { $0.lowercased() }
    func column(_ names: [String]) throws(KnowledgeError) -> Int {
      for name in names {
        if let place = lower.firstIndex(of: name) { return place }
      }
      throw KnowledgeError(.store(.noColumn(names, found: columns)), at: .init(file: file))
    }
    contig = try column(Self.contigNames)
    position = try column(Self.positionNames(on: assembly))
    reference = try column(Self.referenceNames)
    alternate = try column(Self.alternateNames)
    let places = [contig, position, reference, alternate]
    let own = columns.enumerated().filter { !places.contains($0.offset) }.map(\.element)
    let wish = PackedFields(kind: kind, name: name, wanted: wanted)
    let known = own.map { SourceKey(name: $0) }
    if let absent = wish.absent(from: known).first {
      throw KnowledgeError(.store(.unknownField(absent, known: own)), at: .init(file: file))
    }
    let packed = wish.fields(of: known, hasFilter: false).filter { $0.reading != .recordID }
    if packed.isEmpty { throw KnowledgeError(.store(.noFields(known: own)), at: .init(file: file)) }
    packer = AllelePacker(packed, for: kind, of: name, assembly: assembly, normaliser: normaliser)
    uses = columns.map { [packer] name in
      packer.readings.filter { $0.key == name }.map { ($0.reading, $0.field) }
    }
    width = columns.count
  }

  public var fields: [StoreMetadata.Field] { packer.fields }

  public var resolution: DuplicateResolution { packer.resolution }

  /// The kinds of store that the columns speak for.
  public static func kinds(ofHeader header: ArraySlice<UInt8>) -> [StoreMetadata.Kind] {
    PackedFields.kinds(of: columns(of: header).map { SourceKey(name: $0) })
  }

  private static func separator(of header: ArraySlice<UInt8>) -> UInt8 {
    header.contains(UInt8(ascii: "\t")) ? UInt8(ascii: "\t") : UInt8(ascii: ",")
  }

  private static func columns(of header: ArraySlice<UInt8>) -> [String] {
    header.split(separator: separator(of: header), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  public func emptyRows() -> StoreRows { StoreRows(fields: packer.fields) }

  /// Adds the alleles of one line.
  ///
  /// - Throws: `cellCount` for a line of another width than the header.
  public func append(_ line: [UInt8], number: Int, file: String, to rows: inout StoreRows) throws(KnowledgeError) {
    var cells: [Range<Int>] = []
    cells.reserveCapacity(width)
    Bytes.forEachPart(of: 0..<line.count, in: line, separator: separator) { _, part in cells.append(part) }
    guard cells.count == width else {
      throw KnowledgeError(.cellCount(found: cells.count, expected: width), at: .init(file: file, line: number))
    }
    rows.countRead(1)
    guard let contig = Contig(name: Bytes.string(cells[contig], in: line)) else {
      rows.leaveOut(AllelePacker.Reason.contig)
      return
    }
    guard let position = Int(Bytes.string(cells[position], in: line)), position > 0 else {
      rows.leaveOut(AllelePacker.Reason.position)
      return
    }
    let (from, to) = (Bytes.capitals(line[cells[reference]]), Bytes.capitals(line[cells[alternate]]))
    guard AlternateKind(to) == .bases, AlternateKind(from) == .bases, from != to else {
      rows.leaveOut(AllelePacker.Reason.symbolic)
      return
    }
    // Every row would be slow, and a table of another build is wrong at most of them.
    if number % Self.checkedRows == 0 || number < Self.checkedRows, packer.isOnChromosome(contig, position, from),
      let expected = packer.normaliser.mismatch(contig, position, from)
    {
      throw KnowledgeError(
        .badCell(
          column: "reference", value: String(decoding: from.prefix(20), as: UTF8.self),
          expected:
            "\(expected), as the reference sequence has at \(Locus(contig, position)); give the FASTA of the table's build, or --build"
        ),
        at: .init(file: file, line: number))
    }
    guard packer.append(contig, position, from, to, to: &rows) else { return }
    var values = Array(repeating: Double?.none, count: packer.fields.count)
    for (cell, uses) in zip(cells, uses) {
      for use in uses where !Bytes.isMissing(cell, in: line) {
        switch use.reading {
        case .words: rows.set(use.field, Bytes.string(cell, in: line))
        case .stars:
          if let stars = clinVarStars(reading: Bytes.string(cell, in: line)) { rows.set(use.field, Double(stars)) }
        case .number, .recordID, .filter, .computedFAF95, .proteinChange:
          guard let value = highest(of: cell, in: line) else {
            rows.leaveOut(AllelePacker.Reason.notANumber)
            continue
          }
          packer.raise(use.field, to: value, &values, in: &rows)
        }
      }
    }
    packer.setComputed(values, in: &rows)
    rows.dropLastIfEmpty()
  }

  /// A number, or the highest of several with `;` between, as dbNSFP has one a transcript.
  private func highest(of cell: Range<Int>, in line: [UInt8]) -> Double? {
    if let value = Bytes.number(cell, in: line) { return value }
    var highest: Double?
    Bytes.forEachPart(of: cell, in: line, separator: UInt8(ascii: ";")) { _, part in
      if let value = Bytes.number(part, in: line) { highest = max(highest ?? value, value) }
    }
    return highest
  }
}
