internal import CHTSlib
internal import Model

/// The row pass over BCF: asks the plan of each record's bytes, and turns those that it lets through into lines of VCF, by way of
/// htslib's `vcf_format`.
@safe struct BinarySifter: ~Copyable {
  private let file: String
  private let header: BinaryHeader
  private let contigs: [Contig?]
  private var gate: RowGate
  private let test: BinarySiteTest?
  private let record: UnsafeMutablePointer<bcf1_t>
  private let hasLengths: Bool

  init(file: String, text: [UInt8], header described: VariantHeader, plan: ReadPlan) throws(ReadError) {
    let header = try BinaryHeader(text: text, file: file)
    guard let record = unsafe bcf_init() else { throw ReadError(.system("out of memory"), file: file) }
    self.file = file
    self.header = header
    contigs = header.contigs.map { $0.flatMap { Contig(name: $0) } }
    gate = RowGate(plan: plan, header: described)
    test = plan.test.map { BinarySiteTest(CompiledSiteTest($0, header: described), header) }
    hasLengths = described.info["SVLEN"] != nil
    unsafe self.record = record
  }

  deinit { unsafe bcf_destroy(record) }

  /// Whether the plan lets a record through; one that it refuses is counted.
  mutating func lets(_ row: BinaryRow, through tally: inout ScanTally) -> Bool {
    let number = row.contig
    let contig = contigs.indices.contains(number) ? contigs[number] : nil
    if !gate.isOpen, !(reachesRegion(row, contig)) {
      tally.refused.addOutside(contig)
      return false
    }
    if let test, !test.passes(row) {
      tally.refused.failedTest += 1
      return false
    }
    return true
  }

  private mutating func reachesRegion(_ row: BinaryRow, _ contig: Contig?) -> Bool {
    let start = row.position - 1
    guard let region = gate.nextRegion(contig, from: start) else { return false }
    if region <= start { return true }
    if gate.isByFirstBase { return false }
    // The length of the record follows END; a symbolic allele may reach further by SVLEN.
    return region < start + max(1, row.referenceLength) || hasLengths && row.isSymbolic()
  }

  /// Appends the record as a line.
  ///
  /// - Parameter ordinal: number of the record, for the error of one that is not sound.
  func append(_ row: BinaryRow, ordinal: Int, to lines: inout LineBuffer) throws(ReadError) {
    let place = ReadPlace(record: ordinal)
    guard row.isSound(header) else { throw ReadError(.damaged, file: file, place: place) }
    load(row)
    var text = unsafe kstring_t()
    defer { unsafe free(text.s) }
    guard unsafe vcf_format(header.header, record, &text) == 0, let start = unsafe text.s else {
      throw ReadError(.damaged, file: file, place: place)
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: text.l)
    unsafe lines.append(bytes.bindMemory(to: UInt8.self).span)
  }

  /// Fills htslib's record as `bcf_read` does.
  private func load(_ row: BinaryRow) {
    unsafe bcf_clear(record)
    unsafe record.pointee.rid = Int32(row.contig)
    unsafe record.pointee.pos = hts_pos_t(row.position - 1)
    unsafe record.pointee.rlen = hts_pos_t(row.referenceLength)
    unsafe record.pointee.qual = row.quality
    unsafe record.pointee.n_info = UInt32(row.infoCount)
    unsafe record.pointee.n_allele = UInt32(row.alleleCount)
    unsafe record.pointee.n_fmt = UInt32(row.formatCount)
    unsafe record.pointee.n_sample = UInt32(row.sampleCount)
    let site = row.sharedSize - BinaryRow.fixedSize
    unsafe record.pointee.shared.l = 0
    unsafe record.pointee.indiv.l = 0
    _ = unsafe kputsn(UnsafeRawPointer(row.bytes + BinaryRow.fixedSize).assumingMemoryBound(to: CChar.self), site, &record.pointee.shared)
    _ = unsafe kputsn(UnsafeRawPointer(row.bytes + row.sharedSize).assumingMemoryBound(to: CChar.self), row.individualSize, &record.pointee.indiv)
  }
}

/// A compiled site test with the numbers that a BCF header gives to its names.
struct BinarySiteTest: Sendable {
  private let test: CompiledSiteTest
  /// Number of each INFO key; nil for one that the header does not have, and no record either.
  private let keys: [Int?]
  private let filters: [(numbers: [Int], takesMissing: Bool)]

  init(_ test: CompiledSiteTest, _ header: BinaryHeader) {
    self.test = test
    let numbers = Dictionary(
      header.keys.enumerated().compactMap { number, name in name.map { ($0, number) } },
      uniquingKeysWith: { first, _ in first })
    keys = test.names.map { numbers[$0] }
    filters = test.filterNames.map { names in (names.compactMap { numbers[$0] }, names.contains(".")) }
  }

  /// Whether a record passes; one that is not sound does, so that its own check can refuse it.
  func passes(_ row: BinaryRow) -> Bool {
    guard let filters = row.filters() else { return true }
    var step = test.first
    while step >= 0 {
      let here = test.steps[step]
      let holds: Bool
      switch here.kind {
      case .filterOneOf: holds = hasFilter(row, filters, here.index)
      case .filterNoneOf: holds = !hasFilter(row, filters, here.index)
      case .quality:
        let quality = row.quality
        holds = !quality.isNaN && here.comparison.holds(Double(quality), here.limit)
      case .qualityMissing: holds = row.quality.isNaN
      case .info, .infoMissing, .infoPresent:
        guard let found = info(row, keys[here.index], from: filters.end) else { return true }
        holds = meets(here, row, found)
      }
      step = holds ? here.whenTrue : here.whenFalse
    }
    return step == CompiledSiteTest.accept
  }

  private enum Found {
    case absent
    case value(BinaryRow.Vector)
  }

  /// nil when INFO is not sound.
  private func info(_ row: BinaryRow, _ wanted: Int?, from start: Int) -> Found? {
    guard let wanted else { return .absent }
    var at = start
    for _ in 0..<(row.infoCount) {
      guard let key = row.vector(at: at, limit: row.sharedSize),
        let value = row.vector(at: key.end, limit: row.sharedSize)
      else { return nil }
      if key.count == 1, row.integer(key, 0) == wanted { return .value(value) }
      at = value.end
    }
    return .absent
  }

  private func meets(_ step: CompiledSiteTest.Step, _ row: BinaryRow, _ found: Found) -> Bool {
    guard case .value(let value) = found else { return step.kind == .infoMissing }
    switch step.kind {
    case .infoPresent: return true
    case .infoMissing:
      // A flag has no value to be missing; text is left to whoever reads the line.
      if value.type == 7 { return true }
      return (0..<value.count).contains { row.decimal(value, $0) == nil }
    default:
      if value.type == 7 { return true }
      return (0..<value.count).contains { index in
        row.decimal(value, index).map { step.comparison.holds($0, step.limit) } ?? false
      }
    }
  }

  private func hasFilter(_ row: BinaryRow, _ column: BinaryRow.Vector, _ index: Int) -> Bool {
    if column.count == 0 { return filters[index].takesMissing }
    return (0..<column.count).contains { place in
      row.integer(column, place).map { filters[index].numbers.contains($0) } ?? false
    }
  }
}
