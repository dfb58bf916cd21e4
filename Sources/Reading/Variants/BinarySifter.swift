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
    if !gate.isOpen, !reachesRegion(row, contig), unsafe !gate.isNamed(in: row.bytes, 0, row.sharedSize) {
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
    _ = unsafe kputsn(
      UnsafeRawPointer(row.bytes + BinaryRow.fixedSize).assumingMemoryBound(to: CChar.self), site,
      &record.pointee.shared)
    _ = unsafe kputsn(
      UnsafeRawPointer(row.bytes + row.sharedSize).assumingMemoryBound(to: CChar.self), row.individualSize,
      &record.pointee.indiv)
  }
}
