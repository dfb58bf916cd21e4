internal import CHTSlib
internal import Foundation
public import Model

/// The containers that records are written in.
public enum RecordContainer: String, Sendable, Hashable, CaseIterable {
  case text = "v"
  case blockGzip = "z"
  case binary = "b"
}

/// Writes records in file order as VCF, BGZF VCF or BCF, by way of htslib; what it is given is ready to be written.
///
///     var writer = try RecordWriter(path: "out.vcf.gz", container: .blockGzip, header: lines, threads: 2)
///     try writer.write(encoder.encode(batch, rows: selection))
///     try writer.finish()
///
/// The same bytes in whatever pieces give the same file. Whoever needs it whole or not at all writes it aside and renames it.
@safe public final class RecordWriter {
  private let path: String
  private let container: RecordContainer
  private var file: UnsafeMutablePointer<htsFile>?
  /// The descriptor below.
  private let descriptor: Int32

  /// - Parameters:
  ///   - path: `-` is standard output.
  ///   - header: the lines of a VCF header, `#CHROM` among them, without line ends.
  ///   - threads: how many compress; the caller's own is not among them.
  public init(
    path: String, container: RecordContainer, header: [String], threads: Int
  ) throws(BlockGzipError) {
    chts_log_off()
    self.path = path
    self.container = container
    let number = path == "-" ? dup(STDOUT_FILENO) : unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    descriptor = number
    guard number >= 0 else { throw BlockGzipError(operation: .create, path: path, code: errno) }
    guard let raw = unsafe hdopen(number, "w") else {
      close(number)
      throw BlockGzipError(operation: .create, path: path, code: ENOMEM)
    }
    let mode =
      switch container {
      case .text: "w"
      case .blockGzip: "wz"
      case .binary: "wb"
      }
    guard let file = unsafe hts_hopen(raw, path, mode) else {
      unsafe hclose_abruptly(raw)
      throw BlockGzipError(operation: .create, path: path, code: ENOMEM)
    }
    unsafe self.file = file
    if threads > 1, container != .text { _ = unsafe hts_set_threads(file, Int32(threads)) }
    if container == .binary {
      let definition = try Self.definition(header, path: path)
      guard unsafe bcf_hdr_write(file, definition.header) == 0 else { throw error(.write) }
    } else {
      try write(Array((header.joined(separator: "\n") + "\n").utf8))
    }
  }

  /// The header as numbers; what is wrong with it is a fault of the input, told before.
  fileprivate static func definition(_ lines: [String], path: String) throws(BlockGzipError) -> BinaryHeader {
    do {
      return try BinaryHeader(text: Array((lines.joined(separator: "\n") + "\n").utf8), file: path)
    } catch {
      throw BlockGzipError(operation: .write, path: path, code: EINVAL)
    }
  }

  deinit { abandon() }

  /// Appends whole records as a `RecordEncoder` made them: lines of VCF, or BCF with its lengths.
  ///
  /// - Throws: `BlockGzipError` when the disk is full, the pipe is closed, or the writer was finished before.
  public func write(_ bytes: [UInt8]) throws(BlockGzipError) {
    guard let file = unsafe file, !bytes.isEmpty else { return }
    let written = unsafe bytes.withUnsafeBytes { bytes in
      container == .text
        ? unsafe hwrite(file.pointee.fp.hfile, bytes.baseAddress, bytes.count)
        : unsafe bgzf_write(file.pointee.fp.bgzf, bytes.baseAddress, bytes.count)
    }
    if written != bytes.count { throw error(.write) }
  }

  /// Writes what is held back, and the end-of-file block. Without it the file stays cut short, on purpose.
  public func finish() throws(BlockGzipError) {
    guard let file = unsafe file else { return }
    let flushed =
      container == .text
      ? unsafe hflush(file.pointee.fp.hfile)
      : unsafe bgzf_flush(file.pointee.fp.bgzf) | hflush(file.pointee.fp.bgzf.pointee.fp)
    if flushed != 0 { throw error(.write) }
    unsafe self.file = nil
    if unsafe hts_close(file) != 0 { throw BlockGzipError(operation: .close, path: path, code: errno) }
  }

  /// Closes the file without end-of-file block, so that nobody takes it for whole.
  ///
  /// `hts_close` would end it properly, but it alone waits for the threads that still compress; what it writes goes nowhere.
  private func abandon() {
    guard let file = unsafe file else { return }
    unsafe self.file = nil
    let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    if nowhere >= 0 {
      dup2(nowhere, descriptor)
      close(nowhere)
    }
    _ = unsafe hts_close(file)
  }

  private func error(_ operation: BlockGzipError.Operation) -> BlockGzipError {
    guard let file = unsafe file else { return BlockGzipError(operation: operation, path: path, code: 0) }
    let raw = container == .text ? unsafe file.pointee.fp.hfile : unsafe file.pointee.fp.bgzf.pointee.fp
    return BlockGzipError(operation: operation, path: path, code: unsafe raw.map { unsafe chts_file_error($0) } ?? 0)
  }

  /// Makes the index of a sorted file that was written: tabix (`.tbi`) of BGZF text, CSI (`.csi`) of BCF.
  public static func index(_ path: String, container: RecordContainer, to target: String) throws(BlockGzipError) {
    chts_log_off()
    let status =
      switch container {
      case .text: Int32(0)
      case .blockGzip: unsafe chts_index_vcf(path, target)
      case .binary: unsafe bcf_index_build3(path, target, 14, 0)
      }
    if status != 0 { throw BlockGzipError(operation: .index, path: target, code: 0) }
  }
}

/// A worker's own encoder: turns selected rows of batches into the bytes of a container.
@safe public final class RecordEncoder {
  private let file: String
  private let container: RecordContainer
  private let definition: BinaryHeader?
  private let declared: (keys: Int32, contigs: Int32)
  private let record: UnsafeMutablePointer<bcf1_t>?

  /// - Parameters:
  ///   - file: name of the file that the records come from, for messages.
  ///   - header: the lines that the writer was given.
  public init(file: String, container: RecordContainer, header: [String]) throws(BlockGzipError) {
    self.file = file
    self.container = container
    guard container == .binary else {
      definition = nil
      declared = (0, 0)
      unsafe record = nil
      return
    }
    let definition = try RecordWriter.definition(header, path: file)
    self.definition = definition
    declared = unsafe (definition.header.pointee.n.0, definition.header.pointee.n.1)
    unsafe record = bcf_init()
  }

  deinit {
    if let record = unsafe record { unsafe bcf_destroy(record) }
  }

  /// The selected rows, ready to be written; text as text and BCF as BCF are passed on byte for byte.
  ///
  /// - Throws: when BCF cannot hold a record, whose place counts from the batch's numbers.
  public func encode(_ batch: VariantBatch, rows: Selection) throws(ReadError) -> [UInt8] {
    var bytes: [UInt8] = []
    if container != .binary, rows.selectedCount == batch.count, batch.isWholeText { return batch.text }
    for row in rows {
      if container == .binary, let untouched = batch.binary(of: row) {
        bytes += untouched
      } else if container == .binary {
        try append(batch.line(of: row), ordinal: batch.ordinals[row], to: &bytes)
      } else {
        bytes += batch.line(of: row)
        bytes.append(Byte.newline)
      }
    }
    return bytes
  }

  /// Makes the line that `bytes` ends with ready to be written.
  ///
  /// - Parameters:
  ///   - start: where the line begins; what stands before it is ready.
  ///   - ordinal: number of its record, for messages.
  /// - Throws: when BCF cannot hold it.
  public func finish(_ bytes: inout [UInt8], from start: Int, ordinal: Int) throws(ReadError) {
    if container == .binary {
      let line = Array(bytes[start...])
      bytes.removeSubrange(start...)
      return try append(line[...], ordinal: ordinal, to: &bytes)
    }
    bytes.append(Byte.newline)
  }

  private func append(_ text: ArraySlice<UInt8>, ordinal: Int, to bytes: inout [UInt8]) throws(ReadError) {
    guard let definition, let record = unsafe record else { return }
    var line = Array(text)
    let count = line.count
    line.append(0)
    let status = unsafe line.withUnsafeMutableBufferPointer { line in
      // vcf_parse writes into the text; it neither grows nor frees it.
      var text = unsafe kstring_t(
        l: count, m: count + 1, s: UnsafeMutableRawPointer(line.baseAddress)?.assumingMemoryBound(to: CChar.self))
      return unsafe vcf_parse(&text, definition.header, record)
    }
    let place = ReadPlace(record: ordinal)
    guard status == 0 else {
      throw ReadError(
        .format(.notBinary, found: String(decoding: text.prefix(60), as: UTF8.self)), file: file,
        place: place)
    }
    let now = unsafe (definition.header.pointee.n.0, definition.header.pointee.n.1)
    if now != declared {
      // htslib declares unknown names as it meets them, but the header is written already.
      throw ReadError(.format(.undeclaredInBinary, found: newest(definition, now)), file: file, place: place)
    }
    unsafe Self.append(record, to: &bytes)
  }

  private func newest(_ definition: BinaryHeader, _ now: (Int32, Int32)) -> String {
    let kind = now.0 != declared.keys ? BCF_DT_ID : BCF_DT_CTG
    let number = kind == BCF_DT_ID ? now.0 : now.1
    guard let name = unsafe chts_name(definition.header, Int32(kind), number - 1) else { return "" }
    return unsafe String(cString: name)
  }

  /// The record as BCF lays it out (BCF2 specification, section 6.3).
  private static func append(_ record: UnsafeMutablePointer<bcf1_t>, to bytes: inout [UInt8]) {
    let shared = unsafe record.pointee.shared
    let individual = unsafe record.pointee.indiv
    func add(_ number: UInt32) {
      for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    unsafe add(UInt32(shared.l) + 24)
    unsafe add(UInt32(individual.l))
    unsafe add(UInt32(bitPattern: record.pointee.rid))
    unsafe add(UInt32(truncatingIfNeeded: record.pointee.pos))
    unsafe add(UInt32(truncatingIfNeeded: record.pointee.rlen))
    unsafe add(record.pointee.qual.bitPattern)
    unsafe add(UInt32(record.pointee.n_allele) << 16 | UInt32(record.pointee.n_info))
    unsafe add(UInt32(record.pointee.n_fmt) << 24 | UInt32(record.pointee.n_sample))
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: shared.s, count: shared.l))
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: individual.s, count: individual.l))
  }
}
