internal import Foundation

/// A file mapped into memory for reading: its pages are the kernel's, shared by all processes, and none of the program's own.
///
/// The address is kept as a number, since a file that is never written to may be read by any thread at once. Every read is checked
/// against the length at the time of mapping, in release builds too. A file that is cut short in place while it is mapped ends the
/// process: stores are replaced by renaming.
@safe final class MappedFile: Sendable {
  let path: String
  let count: Int
  private let address: UInt

  /// - Throws: `unreadable`, or a store fault for an empty file.
  init(path: String) throws(KnowledgeError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw KnowledgeError(.unreadable, at: .init(file: path)) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw KnowledgeError(.unreadable, at: .init(file: path))
    }
    let size = Int(status.st_size)
    guard size > 0 else { throw KnowledgeError(.store(.cut), at: .init(file: path)) }
    guard let base = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe base != MAP_FAILED else {
      throw KnowledgeError(
        .store(.inputOutput(String(describing: POSIXErrorCode(rawValue: errno) ?? .EIO))), at: .init(file: path))
    }
    self.path = path
    count = size
    address = UInt(bitPattern: base)
  }

  deinit { _ = unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count) }

  private var all: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }

  /// The bytes of a range of the file.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range beyond the file")
    return unsafe UnsafeRawBufferPointer(rebasing: all[range])
  }

  func load<Value: BitwiseCopyable>(_ offset: Int, as type: Value.Type) -> Value {
    precondition(offset >= 0 && offset <= count &- MemoryLayout<Value>.size, "an offset beyond the file")
    return unsafe all.loadUnaligned(fromByteOffset: offset, as: type)
  }

  func text(_ range: Range<Int>) -> String { unsafe String(decoding: bytes(range), as: UTF8.self) }

  /// Checksum of a range whose length is a multiple of 8.
  func checksum(_ range: Range<Int>) -> UInt64 { unsafe StoreChecksum.of(bytes(range)) }
}
