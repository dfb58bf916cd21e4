#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A POSIX regular expression of the system's C library (`regcomp`, `regexec`), the dialect of bcftools.
///
/// `@safe`, and shared between threads, because the compiled pattern is written once, in `init`, and `regexec` only reads it:
/// POSIX requires `regexec` to be thread-safe. The pattern is freed when its last owner goes.
@safe final class PosixPattern: Sendable {
  nonisolated(unsafe) private let compiled: UnsafeMutablePointer<regex_t>
  /// The pattern without its `/i`.
  let pattern: String

  struct Fault: Error {
    var reason: String
  }

  /// - Parameter text: basic regular expression; `/i` at its end asks for no regard to case.
  init(_ text: String) throws(Fault) {
    var text = text
    var flags = REG_NOSUB
    if text.utf8.count > 2, text.hasSuffix("/i"), !text.hasSuffix("\\/i") {
      text.removeLast(2)
      flags |= REG_ICASE
    }
    let pointer = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
    let code = unsafe regcomp(pointer, text, flags)
    if code != 0 {
      var message = [CChar](repeating: 0, count: 200)
      unsafe regerror(code, pointer, &message, message.count)
      unsafe pointer.deallocate()
      throw Fault(reason: String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    // Last, since an object that is whole would be freed once more by `deinit` when `init` throws.
    unsafe compiled = pointer
    pattern = text
  }

  deinit {
    unsafe regfree(compiled)
    unsafe compiled.deallocate()
  }

  /// Whether the pattern occurs in a stretch of text; as in bcftools, a zero byte ends the text.
  func matches(_ range: Range<Int>, in text: [UInt8]) -> Bool {
    var terminated = text[range].map { CChar(bitPattern: $0) }
    terminated.append(0)
    return unsafe regexec(compiled, terminated, 0, nil, 0) == 0
  }
}
