internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A named file of a run.
public struct OutputFile: Sendable {
  /// Plain name within the output folder.
  public var name: String
  public var bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// The folder of one run: its files become visible together, `run.json` last.
///
///     let folder = try OutputFolder(path: "out")
///     var pending = folder.begin()
///     try pending.add(OutputFile(name: "candidates.tsv", bytes: table))
///     let path = try pending.reserve("candidates.vcf.gz")   // another writer fills this path
///     try pending.commit()
///
/// As long as `commit` has not returned, no file of the run is in place under its name, save when a rename fails half-way;
/// then `run.json` is missing, which marks the folder as incomplete.
public struct OutputFolder: Sendable {
  /// The file whose presence means a complete run.
  public static let completionMark = "run.json"

  public let path: String
  /// Folders that did not exist before, outermost first.
  private let made: [String]

  /// Makes the folder and its missing parents (mode 0700); a folder that exists is used as it is.
  public init(path: String) throws(WriteError) {
    var trimmed = path.isEmpty ? "." : path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    self.path = trimmed
    var made: [String] = []
    do throws(WriteError) {
      var prefix = trimmed.hasPrefix("/") ? "/" : ""
      for part in trimmed.split(separator: "/") {
        prefix += prefix.isEmpty || prefix.hasSuffix("/") ? "\(part)" : "/\(part)"
        if try Self.makeFolder(prefix, for: trimmed) { made.append(prefix) }
      }
    } catch {
      Self.remove(made)
      throw error
    }
    self.made = made
  }

  /// Whether the folder is there and files can be made in it, or its next parent that is there takes a new one; nothing is made.
  ///
  /// - Throws: what `init` or the first file would throw.
  public static func checkCanBeMade(at path: String) throws(WriteError) {
    var place = path.isEmpty ? "." : path
    while true {
      var status = stat()
      if unsafe stat(place, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFDIR else { throw WriteError(code: ENOTDIR, file: path, place: .folder) }
        if unsafe access(place, W_OK | X_OK) != 0 { throw WriteError(code: errno, file: path, place: .folder) }
        return
      }
      guard errno == ENOENT else { throw WriteError(code: errno, file: path, place: .folder) }
      let parent = AtomicFile.split(place.hasSuffix("/") ? String(place.dropLast()) : place).folder
      // A link that leads nowhere is no folder that could be made.
      if unsafe lstat(place, &status) == 0 { throw WriteError(code: EEXIST, file: path, place: .folder) }
      place = parent
    }
  }

  /// Starts a set of files that will appear together.
  public func begin() -> PendingOutput { PendingOutput(folder: self) }

  /// Writes all files aside, then puts all in place; on a failure none is left half-written.
  public func write(_ files: [OutputFile]) throws(WriteError) {
    var pending = begin()
    for file in files { try pending.add(file) }
    try pending.commit()
  }

  /// Brings the names in the folder to disk, so that a power cut cannot undo a rename.
  func sync() throws(WriteError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }  // a folder that may be entered but not read
    defer { _ = close(descriptor) }
    // Some network file systems cannot sync a folder; they say EINVAL.
    if fsync(descriptor) != 0, errno != EINVAL { throw WriteError(code: errno, file: path, place: .syncing) }
  }

  /// Removes the folders that this value made, as far as they are empty; for a run that failed.
  public func removeIfEmpty() { Self.remove(made) }

  private static func remove(_ folders: [String]) {
    for folder in folders.reversed() { _ = unsafe rmdir(folder) }
  }

  /// Whether the folder had to be made.
  private static func makeFolder(_ path: String, for whole: String) throws(WriteError) -> Bool {
    if unsafe mkdir(path, 0o700) == 0 { return true }
    let code = errno
    if isFolder(path) { return false }
    throw WriteError(code: code == EEXIST ? ENOTDIR : code, file: whole, place: .folder)
  }

  private static func isFolder(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 { _ = close(descriptor) }
    // A folder that may be entered but not listed is a folder still.
    return descriptor >= 0 || errno == EACCES
  }
}

/// Files written aside that wait to be put in place; whatever is not committed is removed.
public struct PendingOutput: ~Copyable {
  private let folder: OutputFolder
  private var names: Set<String> = []
  private var retired: [String] = []
  private var files: [AtomicFile] = []

  init(folder: OutputFolder) {
    self.folder = folder
  }

  /// Writes a file aside.
  public mutating func add(_ file: OutputFile) throws(WriteError) {
    try append(file.name).write(file.bytes)
  }

  /// Makes an empty file aside and returns its path, for a writer that needs one; `commit` brings it to disk.
  public mutating func reserve(_ name: String) throws(WriteError) -> String {
    try append(name).temporaryPath
  }

  /// Gives a file of another folder a second name aside, or copies it where that cannot be.
  public mutating func adopt(_ name: String, from source: String) throws(WriteError) {
    try append(name).adopt(source + "/" + name)
  }

  /// Names files that an earlier run may have left: of those that this run does not write, `commit` removes what is there, since
  /// it would be taken for a result of this run.
  public mutating func retire(_ names: [String]) { retired = names }

  private mutating func append(_ name: String) throws(WriteError) -> AtomicFile {
    guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 < 0x20 }),
      names.insert(name).inserted
    else { throw WriteError(.badName, file: name, place: .opening) }
    let file = try AtomicFile(path: folder.path + "/" + name)
    files.append(file)
    return file
  }

  /// Puts every file in place, `run.json` last.
  ///
  /// An older run's `run.json` goes first, so that a half-replaced folder never looks complete.
  public consuming func commit() throws(WriteError) {
    try sync()
    let mark = folder.path + "/" + OutputFolder.completionMark
    if unsafe unlink(mark) != 0, errno != ENOENT { throw WriteError(code: errno, file: mark, place: .renaming) }
    for name in retired where !names.contains(name) {
      let old = folder.path + "/" + name
      if unsafe unlink(old) != 0, errno != ENOENT { throw WriteError(code: errno, file: old, place: .renaming) }
    }
    // Each committed file leaves the list, so that a failure removes just the others.
    files.sort { ($0.path == mark ? 1 : 0, $0.path) > ($1.path == mark ? 1 : 0, $1.path) }
    while let file = files.last {
      if file.path == mark { try folder.sync() }
      try file.commit()
      files.removeLast()
    }
    try folder.sync()
  }

  /// Brings all files to disk, side by side: the file system then writes its journal for several at once.
  private borrowing func sync() throws(WriteError) {
    let files = files
    let failures = Mutex<[Int: WriteError]>([:])
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      do throws(WriteError) { try files[index].sync() } catch { failures.withLock { $0[index] = error } }
    }
    if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
  }

  deinit {
    for file in files { file.remove() }
  }
}
