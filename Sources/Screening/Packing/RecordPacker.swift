public import Knowledge
public import Model

/// Makes rows of a store from the records of a VCF or BCF file.
public struct RecordPacker: Sendable {
  /// The changes of the protein that an allele means, as text; nil for none. A closure of one worker.
  public typealias ProteinChanges = (_ contig: Contig, _ position: Int, ArraySlice<UInt8>, ArraySlice<UInt8>) -> String?

  private let packer: AllelePacker
  private let hasForeignMitochondrion: Bool
  private let keys: InfoKeys
  /// For each key, what is read of it.
  private let uses: [[(reading: PackedField.Reading, field: Int, number: VariantHeader.Number)]]

  /// - Parameters:
  ///   - wanted: INFO keys to take; nil for all that are known for the kind.
  ///   - normaliser: brings the alleles to the spelling by which they are looked up.
  ///   - hasForeignMitochondrion: whether the file's mitochondrion is the old hg19 sequence, whose positions mean something else.
  ///   - tellsProteins: whether changes of the protein will be told.
  /// - Throws: `noFields` when the header declares nothing that the kind of store holds.
  public init(
    _ kind: StoreMetadata.Kind, of header: VariantHeader, on assembly: Assembly, name: String, wanted: [String]? = nil,
    normaliser: AlleleNormaliser, tellsProteins: Bool, hasForeignMitochondrion: Bool, file: String
  ) throws(KnowledgeError) {
    self.hasForeignMitochondrion = hasForeignMitochondrion
    let wish = PackedFields(kind: kind, name: name, wanted: wanted)
    let known = Self.keys(of: header)
    if let absent = wish.absent(from: known).first {
      throw KnowledgeError(.store(.unknownField(absent, known: known.map(\.name))), at: .init(file: file))
    }
    var packed = wish.fields(
      of: known, hasFilter: !header.filters.filter { $0.key != "PASS" }.isEmpty)
    if packed.isEmpty { throw KnowledgeError(.store(.noFields(known: known.map(\.name))), at: .init(file: file)) }
    if kind == .clinvar, tellsProteins {
      packed.append(
        PackedField(
          PackedFields.proteinChange, .text, "changes of single residues, TRANSCRIPT:POSITION:FROM:TO", key: "",
          .proteinChange))
    }
    packer = AllelePacker(packed, for: kind, of: name, assembly: assembly, normaliser: normaliser)
    let keys = InfoKeys(packer.readings.map(\.key).filter { !$0.isEmpty })
    uses = keys.names.map { [packer] name in
      packer.readings.filter { $0.key == name }
        .map { ($0.reading, $0.field, header.info[name]?.number ?? .unbounded) }
    }
    self.keys = keys
  }

  /// The field of ClinVar's changes of residues, where they could be told.
  public static let proteinField = PackedFields.proteinChange

  public var fields: [StoreMetadata.Field] { packer.fields }

  public var resolution: DuplicateResolution { packer.resolution }

  /// INFO keys that hold values, in the order of the header, which groups what belongs together.
  private static func keys(of header: VariantHeader) -> [SourceKey] {
    let order = Dictionary(
      header.lines.enumerated().compactMap { line, text in id(ofInfo: text).map { ($0, line) } },
      uniquingKeysWith: { first, _ in first })
    return header.info.values.filter { $0.type != .flag }
      .sorted { (order[$0.id] ?? .max, $0.id) < (order[$1.id] ?? .max, $1.id) }
      .map { SourceKey(name: $0.id, isInteger: $0.type == .integer, description: $0.description) }
  }

  private static func id(ofInfo line: String) -> String? {
    guard line.hasPrefix("##INFO=<ID=") else { return nil }
    return line.dropFirst("##INFO=<ID=".count).split(separator: ",", maxSplits: 1).first.map(String.init)
  }

  /// The kinds of store that a header speaks for.
  public static func kinds(of header: VariantHeader) -> [StoreMetadata.Kind] {
    PackedFields.kinds(of: keys(of: header))
  }

  /// The rows of a batch.
  public func rows(of records: VariantBatch, proteinChanges: ProteinChanges? = nil) -> StoreRows {
    var rows = StoreRows(fields: packer.fields)
    rows.countRead(records.count)
    let fields = InfoFields(of: records, where: Selection(all: records.count), keys: keys)
    var values = Array(repeating: Double?.none, count: packer.fields.count)
    for record in 0..<records.count {
      guard let contig = records.contigs[record] else {
        rows.leaveOut(AllelePacker.Reason.contig)
        continue
      }
      if contig == .mitochondrion, hasForeignMitochondrion {
        rows.leaveOut(AllelePacker.Reason.foreignMitochondrion)
        continue
      }
      let spelled = SpelledAlleles(of: record, in: records)
      let written = spelled.writtenCount
      if written == 0 { rows.leaveOut(AllelePacker.Reason.noAlternate) }
      for _ in spelled.alternates.count..<max(spelled.alternates.count, written) {
        rows.leaveOut(AllelePacker.Reason.symbolic)
      }
      for alternate in spelled.alternates {
        for place in values.indices { values[place] = nil }
        guard packer.append(contig, records.positions[record], spelled.reference, alternate.bases, to: &rows) else {
          continue
        }
        for field in fields.of(record) {
          for use in uses[field.key] {
            set(use, field.value, alternate, of: written, in: records, &values, &rows)
          }
        }
        setOwn(record, of: records, &rows)
        if let proteinChanges {
          setProtein(contig, records.positions[record], spelled, alternate, proteinChanges, &rows)
        }
        packer.setComputed(values, in: &rows)
        rows.dropLastIfEmpty()
      }
    }
    return rows
  }

  private func set(
    _ use: (reading: PackedField.Reading, field: Int, number: VariantHeader.Number), _ value: Range<Int>,
    _ alternate: SpelledAlleles.Alternate, of count: Int, in records: VariantBatch, _ values: inout [Double?],
    _ rows: inout StoreRows
  ) {
    let text = records.text
    guard !Bytes.isMissing(value, in: text) else { return }
    switch use.reading {
    case .words:
      let own = use.number == .perAlternate ? part(of: value, use.number, alternate.number, count, text) : value
      if let own { rows.set(use.field, Bytes.string(own, in: text)) }
    case .stars:
      if let stars = clinVarStars(reading: Bytes.string(value, in: text)) { rows.set(use.field, Double(stars)) }
    case .number where value.contains(where: { text[$0] == Bytes.bar }):
      Bytes.forEachPart(of: value, in: text, separator: Bytes.comma) { _, entry in
        var isOwn = false
        Bytes.forEachPart(of: entry, in: text, separator: Bytes.bar) { index, part in
          if index == 0 { isOwn = Bytes.capitals(text[part]) == alternate.bases }
          if isOwn, (2...5).contains(index) { raise(use.field, Bytes.number(part, in: text), &values, &rows) }
        }
      }
    case .number:
      guard let own = part(of: value, use.number, alternate.number, count, text) else {
        rows.leaveOut(AllelePacker.Reason.unsplit)
        return
      }
      if Bytes.isMissing(own, in: text) { return }
      var highest: Double?
      Bytes.forEachPart(of: own, in: text, separator: Bytes.comma) { _, part in
        if let number = Bytes.number(part, in: text) { highest = max(highest ?? number, number) }
      }
      if highest == nil { rows.leaveOut(AllelePacker.Reason.notANumber) }
      raise(use.field, highest, &values, &rows)
    case .recordID, .filter, .computedFAF95, .proteinChange: break
    }
  }

  private func raise(_ field: Int, _ number: Double?, _ values: inout [Double?], _ rows: inout StoreRows) {
    if let number { packer.raise(field, to: number, &values, in: &rows) }
  }

  /// The part of a list that belongs to an allele; nil when the list cannot be split by allele.
  private func part(
    of value: Range<Int>, _ number: VariantHeader.Number, _ alternate: Int, _ count: Int, _ text: [UInt8]
  ) -> Range<Int>? {
    if count == 1, number != .perAllele { return value }
    let parts = Bytes.partCount(of: value, in: text, separator: Bytes.comma)
    switch number {
    case .perAllele:
      return parts == count + 1 ? Bytes.part(alternate, of: value, in: text, separator: Bytes.comma) : nil
    case .count(1): return value
    default:
      return parts == 1 && count > 1
        ? value : parts == count ? Bytes.part(alternate - 1, of: value, in: text, separator: Bytes.comma) : nil
    }
  }

  /// What is read of the record's own columns.
  private func setOwn(_ record: Int, of records: VariantBatch, _ rows: inout StoreRows) {
    for reading in packer.readings {
      switch reading.reading {
      case .recordID:
        if let number = Int(records.string(.id, of: record)) { rows.set(reading.field, Double(number)) }
      case .filter:
        let text = records.string(.filter, of: record)
        if text != ".", text != "PASS", !text.isEmpty { rows.set(reading.field, text) }
      case .number, .words, .stars, .computedFAF95, .proteinChange: break
      }
    }
  }

  private func setProtein(
    _ contig: Contig, _ position: Int, _ spelled: SpelledAlleles, _ alternate: SpelledAlleles.Alternate,
    _ changes: ProteinChanges, _ rows: inout StoreRows
  ) {
    guard let reading = packer.readings.first(where: { $0.reading == .proteinChange }),
      let text = changes(contig, position, spelled.reference, alternate.bases)
    else { return }
    rows.set(reading.field, text)
  }
}
