import Model
import Reading
import Screening
import Synchronization

/// Variant files opened for their headers, each to be taken once for its records.
///
/// They stay open between the two, since a pipe can be opened only once, and a file may be replaced by another.
final class OpenedFiles: Sendable {
  private final class Held: Sendable {
    private let file: Mutex<VariantFile?>

    init(_ file: consuming sending VariantFile) {
      self.file = Mutex(consume file)
    }

    func take() -> VariantFile? { file.withLock { $0.take() } }
  }

  let headers: [VariantHeader]
  /// Bytes; nil where nobody knows.
  let sizes: [Int?]
  /// Nil for those that are read for several cases.
  private let files: [Held?]

  /// - Parameters:
  ///   - joint: where files are shared with other cases.
  ///   - shard: where others read the rest of the files.
  init(_ paths: [String], isStrict: Bool, joint: JointReading<CaseHits>.Member?, shard: Batch.Shard?) throws {
    if paths.count(where: { $0 == "-" }) > 1 {
      throw Failure(.usage, "standard input can be read only once; name '-' for one variant file only")
    }
    var headers: [VariantHeader] = []
    var sizes: [Int?] = []
    var files: [Held?] = []
    for path in paths {
      if let shared = try joint?.description(of: path) {
        headers.append(shared.header)
        sizes.append(shared.size)
        files.append(nil)
        continue
      }
      let file = try VariantFile(
        path: path, isStrict: isStrict,
        stretchSize: shard.map { Self.stretchSize(of: path, for: $0) } ?? VariantFile.stretchSize)
      headers.append(file.header)
      sizes.append(file.size)
      files.append(Held(file))
    }
    self.headers = headers
    self.sizes = sizes
    self.files = files
  }

  /// So small that each shard gets several pieces of the file, which need not be equally full.
  private static func stretchSize(of path: String, for shard: Batch.Shard) -> Int {
    let share = (FileStatus(path: path)?.bytes ?? 0) / shard.count / 16
    return min(max(share, 16 << 10), VariantFile.stretchSize)
  }

  func take(_ index: Int) throws -> VariantFile {
    guard let file = files[index]?.take() else {
      throw Failure.readTwice("variant file \(index + 1)")
    }
    return file
  }
}
