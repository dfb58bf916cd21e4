internal import CHTSlib
internal import Foundation

/// Why a BGZF file or its index could not be written.
public struct BlockGzipError: Error, Sendable, Hashable {
  public enum Operation: String, Sendable, Hashable {
    case create, write, close, index
  }

  public var operation: Operation
  public var path: String
  /// The operating system's error number, for example `ENOSPC`; 0 when it gave none.
  public var code: Int32

  public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}

extension BlockGzipError: CustomStringConvertible {
  public var description: String {
    let reason = code == 0 ? "htslib gave no reason" : InputDescriptor.words(of: code)
    switch operation {
    case .create: return "\(printable(path)): the file cannot be made: \(reason); check the folder and its permissions"
    case .write, .close:
      return
        "\(path == "-" ? "standard output" : printable(path)): writing failed: \(reason); make room or choose another disk"
    case .index:
      return "\(printable(path)): no index could be made: the file must be BGZF and sorted, and its folder writable"
    }
  }
}

/// Writes bytes as BGZF (SAM specification, section 4.1), by way of htslib.
///
///     var writer = try BlockGzipWriter(path: "candidates.vcf.gz")
///     try writer.write(header)
///     try writer.finish()
///     try BlockGzipWriter.index("candidates.vcf.gz")
///
/// The same bytes written in whatever pieces give the same file. Whoever needs the file whole or not at all writes it aside
/// and renames it after `finish`.
public struct BlockGzipWriter: ~Copyable {
  private let stream: OutputStream

  /// Creates the file, or empties the one that is there.
  public init(path: String) throws(BlockGzipError) {
    chts_log_off()
    stream = try OutputStream(path: path)
  }

  public mutating func write(_ bytes: [UInt8]) throws(BlockGzipError) {
    try stream.write(bytes)
  }

  public mutating func write(_ text: String) throws(BlockGzipError) {
    try stream.write(Array(text.utf8))
  }

  /// Writes what is held back and the end-of-file block. Without it the file stays cut short, on purpose.
  public consuming func finish() throws(BlockGzipError) {
    try stream.finish()
  }

  /// Makes the tabix index (`.tbi`) of a sorted BGZF VCF, beside it unless told where.
  public static func index(_ path: String, to indexPath: String? = nil) throws(BlockGzipError) {
    chts_log_off()
    let target = indexPath ?? path + ".tbi"
    guard unsafe chts_index_vcf(path, target) == 0 else {
      throw BlockGzipError(operation: .index, path: target, code: 0)
    }
  }
}

/// The `BGZF` behind a writer.
@safe private final class OutputStream {
  private let path: String
  private var handle: UnsafeMutablePointer<BGZF>?

  init(path: String) throws(BlockGzipError) {
    self.path = path
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw BlockGzipError(operation: .create, path: path, code: errno) }
    guard let file = unsafe hdopen(number, "w") else {
      close(number)
      throw BlockGzipError(operation: .create, path: path, code: ENOMEM)
    }
    guard let handle = unsafe bgzf_hopen(file, "w") else {
      unsafe hclose_abruptly(file)
      throw BlockGzipError(operation: .create, path: path, code: ENOMEM)
    }
    unsafe self.handle = handle
  }

  deinit { abandon() }

  func write(_ bytes: [UInt8]) throws(BlockGzipError) {
    guard let handle = unsafe handle else { return }
    let written = unsafe bytes.withUnsafeBytes { unsafe bgzf_write(handle, $0.baseAddress, $0.count) }
    if written != bytes.count { throw error(.write) }
  }

  func finish() throws(BlockGzipError) {
    guard let handle = unsafe handle else { return }
    // bgzf_close frees nothing when its last write fails, so that write is tried before.
    guard unsafe bgzf_flush(handle) == 0, unsafe hflush(handle.pointee.fp) == 0 else { throw error(.write) }
    unsafe self.handle = nil
    if unsafe bgzf_close(handle) != 0 { throw BlockGzipError(operation: .close, path: path, code: errno) }
  }

  /// Closes the file without end-of-file block, so that nobody takes it for whole.
  ///
  /// `bgzf_close` would end it properly, so the `BGZF` itself is given up.
  private func abandon() {
    guard let handle = unsafe handle else { return }
    unsafe self.handle = nil
    unsafe hclose_abruptly(handle.pointee.fp)
  }

  private func error(_ operation: BlockGzipError.Operation) -> BlockGzipError {
    let code = unsafe handle.map { unsafe chts_system_error($0) } ?? 0
    return BlockGzipError(operation: operation, path: path, code: code)
  }
}
