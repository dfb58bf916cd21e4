internal import CHTSlib
internal import Foundation
internal import Model

/// An open BAM or CRAM file of htslib's, with its header and, once it is asked for, its index.
///
/// Belongs to one thread.
@safe final class AlignmentHandle {
  let path: String
  let reference: String?
  let contigs: [VariantHeader.ContigLine]
  let isCRAM: Bool
  let headerText: String
  /// Numbers of the contigs that are chromosomes.
  private let numbers: [Contig: Int32]
  private let file: UnsafeMutablePointer<htsFile>
  private let header: UnsafeMutablePointer<sam_hdr_t>
  private let read: UnsafeMutablePointer<bam1_t>
  private var index: OpaquePointer?
  /// Of a CRAM.
  private var layout: SliceLayout?
  /// Containers of a CRAM that were looked at.
  private var seen: Set<Int> = []
  /// The sequence by its number, and where on it reads are looked for.
  private var place: (number: Int32, region: Region)?
  private var query: UnsafeMutablePointer<hts_itr_t>?

  init(path: String, reference: String?) throws(ReadError) {
    chts_log_off()
    Self.stayOffTheNetwork()
    try InputDescriptor.refusePipe(path, expected: "an indexed BAM or CRAM file")
    // Opening it tells a missing file from a wrong one.
    if try RawFile(path: path).peek(1).isEmpty { throw ReadError(.empty, file: path) }
    guard let file = unsafe hts_open(path, "r") else {
      throw ReadError(
        .wrongContent(expected: "a BAM or CRAM file", found: "its first bytes are of no such file"), file: path)
    }
    guard unsafe chts_is_bam(file) != 0 || chts_is_cram(file) != 0 else {
      unsafe hts_close(file)
      throw ReadError(.wrongContent(expected: "a BAM or CRAM file", found: "it is of another format"), file: path)
    }
    if let reference, unsafe chts_is_cram(file) != 0 {
      // htslib would make a missing index unasked, beside the FASTA.
      do { _ = try SequenceIndex(path: reference) } catch {
        unsafe hts_close(file)
        throw error
      }
      if unsafe hts_set_fai_filename(file, reference) != 0 {
        unsafe hts_close(file)
        throw ReadError(.index("make it with: samtools faidx \(printable(reference))"), file: reference)
      }
    }
    guard let header = unsafe sam_hdr_read(file), let read = unsafe bam_init1() else {
      unsafe hts_close(file)
      throw ReadError(.damaged, file: path)
    }
    self.path = path
    self.reference = reference
    isCRAM = unsafe chts_is_cram(file) != 0
    headerText = unsafe sam_hdr_str(header).map { unsafe String(cString: $0) } ?? ""
    var contigs: [VariantHeader.ContigLine] = []
    var numbers: [Contig: Int32] = [:]
    for number in 0..<(unsafe sam_hdr_nref(header)) {
      let name = unsafe sam_hdr_tid2name(header, number).map { unsafe String(cString: $0) } ?? ""
      let length = unsafe Int(sam_hdr_tid2len(header, number))
      contigs.append(VariantHeader.ContigLine(name: name, length: length))
      guard let contig = Contig(name: name), numbers[contig] == nil else { continue }
      // Positions on UCSC's first chrM are not those of the revised Cambridge sequence.
      if contig == .mitochondrion, length == Assembly.oldMitochondrionLength { continue }
      numbers[contig] = number
    }
    self.contigs = contigs
    self.numbers = numbers
    unsafe self.file = file
    unsafe self.header = header
    unsafe self.read = read
    if isCRAM { hidePlaces() }
  }

  deinit {
    if let query = unsafe query { unsafe hts_itr_destroy(query) }
    if let index = unsafe index { unsafe hts_idx_destroy(index) }
    unsafe bam_destroy1(read)
    unsafe sam_hdr_destroy(header)
    _ = unsafe hts_close(file)
  }

  /// Without a word from the user htslib asks an address for the sequences of a CRAM.
  private static func stayOffTheNetwork() {
    let given = ProcessInfo.processInfo.environment["REF_PATH"] ?? ""
    // Addresses hold colons too, which htslib lets be written twice.
    let isLocal = !given.isEmpty && !given.contains("//")
    if !isLocal { unsafe setenv("REF_PATH", "/nonexistent", 1) }
  }

  /// A header may name a place for a sequence (UR), which htslib goes to where no FASTA holds it: an address, or a file whose index
  /// it would make unasked.
  private func hidePlaces() {
    for line in headerText.split(whereSeparator: \.isNewline) where line.hasPrefix("@SQ") {
      let fields = line.split(separator: "\t")
      guard let place = fields.first(where: { $0.hasPrefix("UR:") })?.dropFirst(3),
        let name = fields.first(where: { $0.hasPrefix("SN:") })?.dropFirst(3)
      else { continue }
      let path = place.hasPrefix("file:") ? String(place.dropFirst(5)) : String(place)
      let isIndexed = !path.contains("://") && FileManager.default.isReadableFile(atPath: path + ".fai")
      if !isIndexed { _ = unsafe chts_set_sequence_place(file, String(name), "/nonexistent") }
    }
  }

  /// A file without its end was cut short.
  func checkEnd() throws(ReadError) {
    if unsafe hts_check_EOF(file) == 0 { throw ReadError(.truncated("its last block is missing"), file: path) }
  }

  /// Loads the index, whose shape is known to be that of one.
  ///
  /// - Parameter layout: of a CRAM.
  func open(index path: String, layout: SliceLayout?, detail: ReadBatch.Detail) throws(ReadError) {
    self.layout = layout
    unsafe index = sam_index_load3(file, self.path, path, 0)
    if unsafe index == nil {
      throw ReadError(
        .index("it cannot be read; make it again with: samtools index \(printable(self.path))"), file: path)
    }
    if !isCRAM { return }
    var fields =
      SAM_QNAME.rawValue | SAM_FLAG.rawValue | SAM_RNAME.rawValue | SAM_POS.rawValue | SAM_MAPQ.rawValue
      | SAM_CIGAR.rawValue | SAM_RNEXT.rawValue | SAM_PNEXT.rawValue
    switch detail {
    case .depth(let minimum): if minimum > 0 { fields |= SAM_QUAL.rawValue }
    case .bases: fields |= SAM_QUAL.rawValue | SAM_SEQ.rawValue
    }
    _ = unsafe chts_require_fields(file, Int32(fields))
  }

  /// What is told of an index and reads that are not of one making.
  static func misfit(_ path: String) -> ReadError {
    ReadError(
      .index(
        "it does not fit the file, one of them was cut or is another's; copy both again, or make it with: "
          + "samtools index \(printable(path))"), file: path)
  }

  /// The index ends where the reads that have a place end. That of another file would leave reads out in silence.
  ///
  /// - Parameter end: an offset of BGZF, nil for an index of no reads: then the first read has no place.
  func checkReads(endAt end: UInt64?) throws(ReadError) {
    if let end, unsafe chts_seek_read(file, Int64(bitPattern: end)) < 0 { throw Self.misfit(path) }
    let code = unsafe sam_read1(file, header, read)
    let sequence = unsafe read.pointee.core.tid
    if code < -1 || code >= 0 && sequence >= 0 { throw Self.misfit(path) }
  }

  /// Turns to the reads that overlap a region; a contig that the file does not have has none.
  func seek(to region: Region) throws(ReadError) {
    if let old = unsafe query { unsafe hts_itr_destroy(old) }
    unsafe query = nil
    guard let number = numbers[region.contig], region.length > 0 else { return }
    place = (number, region)
    try checkContainers(of: number, region)
    unsafe query = sam_itr_queryi(index, number, hts_pos_t(region.start), hts_pos_t(region.end))
    if unsafe query == nil {
      throw ReadError(.index("it does not fit the file; make it again with: samtools index"), file: path)
    }
  }

  private func checkContainers(of number: Int32, _ region: Region) throws(ReadError) {
    guard let layout, let chain = layout.chain else { return }
    for offset in layout.index.containers(of: Int(number), from: region.start, to: region.end)
    where seen.insert(offset).inserted {
      if try !chain.isWhole(at: offset, isBrief: true) { throw ReadError(.damaged, file: path) }
    }
  }

  /// Adds the next read to the batch; false behind the last one.
  ///
  /// - Parameter excluded: FLAG bits of reads that are passed over.
  func next(
    into batch: inout ReadBatch, excluding excluded: UInt16, _ detail: ReadBatch.Detail, _ scratch: inout ReadScratch
  ) throws(ReadError) -> Bool {
    guard let query = unsafe query else { return false }
    while true {
      let code = unsafe sam_itr_next(file, query, read)
      if code == -1 { return false }
      if code < -1 { throw failure }
      let core = unsafe read.pointee.core
      if core.flag & excluded != 0 || core.tid < 0 { continue }
      let end = unsafe bam_endpos(read)
      unsafe batch.add(operations: UnsafeBufferPointer(start: chts_cigar(read), count: Int(core.n_cigar)).span)
      unsafe scratch.take(read, detail, into: &batch)
      let name = unsafe chts_read_name(read)
      let length = unsafe name.map { unsafe strlen($0) } ?? 0
      let mate = core.mtid == core.tid && core.flag & ReadBatch.Flag.mateUnmapped == 0 ? Int32(clamping: core.mpos) : -1
      batch.close(
        start: Int32(clamping: core.pos), end: Int32(clamping: end), flag: core.flag, mappingQuality: core.qual,
        mateStart: mate, nameHash: unsafe ReadScratch.hash(name, length))
      return true
    }
  }

  private var failure: ReadError {
    guard let layout, let (number, region) = place else { return ReadError(.damaged, file: path) }
    return DecodingFault(
      path: path, layout: layout, reference: reference, headerText: headerText, contigs: contigs
    ).error(in: Int(number), region)
  }
}
