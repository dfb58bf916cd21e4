/// One file that another writer fills, beside the place where it will stand: it appears whole or not at all.
///
///     let aside = try AsideFile(path: "out.vcf.gz")
///     // … fill aside.temporaryPath …
///     try aside.commit()
///
/// What is not committed is removed.
public struct AsideFile: ~Copyable {
  private let file: AtomicFile
  /// Where the bytes are until `commit`.
  public var temporaryPath: String { file.temporaryPath }

  /// Makes an empty file in the folder of `path`, which must be there.
  public init(path: String) throws(WriteError) { file = try AtomicFile(path: path) }

  /// Writes `bytes` as the whole file.
  public static func write(_ bytes: [UInt8], to path: String) throws(WriteError) {
    let aside = try AsideFile(path: path)
    try aside.file.write(bytes)
    try aside.commit()
  }

  /// Brings the file to disk and puts it in its place; whatever stood there is replaced in one step.
  public consuming func commit() throws(WriteError) {
    try file.sync()
    try file.commit()
  }

  /// A committed file has no temporary name any more, so that this removes nothing.
  deinit { file.remove() }
}
