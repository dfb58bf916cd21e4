import Model
import Reading
import Synchronization

/// A variant file that several cases name: opened once, by the first that asks.
final class JointFile: Sendable {
  /// What makes two names those of one file: also an index found beside the one is found beside the other.
  struct Key: Hashable, Sendable {
    private let file: FileStatus.Identity
    private let indexes: [FileStatus.Identity?]

    /// Nil where there is no regular file.
    init?(path: String) {
      guard let status = FileStatus(path: path), status.isRegular else { return nil }
      file = status.identity
      indexes = [".tbi", ".csi"].map { FileStatus(path: path + $0)?.identity }
    }
  }

  /// What is known before the first record.
  struct Description: Sendable {
    var header: VariantHeader
    /// Bytes.
    var size: Int?
  }

  private struct Opening: ~Copyable {
    var file: VariantFile?
    var description: Result<Description, ReadError>?
  }

  private let opening = Mutex(Opening())

  /// - Parameter path: one of its names.
  func description(path: String, isStrict: Bool) throws(ReadError) -> Description {
    let known = opening.withLock { opening in
      let known = opening.description ?? Self.open(path, isStrict, &opening)
      opening.description = known
      return known
    }
    // The name by which this case knows it.
    do { return try known.get() } catch { throw error.renamed(from: error.file, to: path) }
  }

  private static func open(
    _ path: String, _ isStrict: Bool, _ opening: inout Opening
  ) -> Result<Description, ReadError> {
    do throws(ReadError) {
      let file = try VariantFile(path: path, isStrict: isStrict)
      let description = Description(header: file.header, size: file.size)
      opening.file = consume file
      return .success(description)
    } catch {
      return .failure(error)
    }
  }

  /// The opened file, to be read by whoever takes it; nil where it could not be opened or was taken.
  func take() -> VariantFile? { opening.withLock { $0.file.take() } }
}

extension ReadError {
  /// The same under another name of the file, which may be that of its index.
  func renamed(from opened: String, to path: String) -> ReadError {
    guard file.hasPrefix(opened) else { return self }
    var error = self
    error.file = path + file.dropFirst(opened.count)
    return error
  }
}
