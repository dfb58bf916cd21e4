import Glibc
import Model
import Reading
import Synchronization
import Writing

/// Where filtered records go: standard output, or a file that appears whole or not at all, with its index.
final class RecordTarget {
  /// What a worker needs to make records ready.
  struct Encoding: Sendable {
    var input: String
    var container: RecordContainer
    var header: [String]

    func encoder() throws -> RecordEncoder { try RecordEncoder(file: input, container: container, header: header) }
  }

  let encoding: Encoding
  private let path: String
  private let threads: Int
  /// The file while it is written; nil when what stands at `path` is a pipe or a device.
  private var aside: AsideFile?

  /// What a command changes of the header, besides telling that it was there.
  struct HeaderChange {
    /// Word of the command, for the lines of provenance.
    var command: String
    /// INFO lines that are added.
    var added: [String] = []
    /// INFO keys that are declared anew or no more.
    var dropped: Set<String> = []
    /// Whether records pass as they are, so that numbers of a BCF header must stay what they were.
    var keepsRecords: Bool
  }

  init(
    path: String, container: RecordContainer, layout: RecordLayout, change: HeaderChange, session: Session
  ) throws {
    self.path = path
    threads = session.options.workers
    encoding = Encoding(
      input: layout.file, container: container, header: Self.lines(of: layout, container, change))
    aside = path == "-" || Self.isDevice(path) ? nil : try AsideFile(path: path)
  }

  private func writer() throws -> sending RecordWriter {
    try RecordWriter(
      path: aside?.temporaryPath ?? path, container: encoding.container, header: encoding.header, threads: threads)
  }

  /// Puts the file in its place, with its index where its records are sorted.
  ///
  /// - Returns: a remark for the user.
  private func commit(isSorted: Bool) throws -> String? {
    guard let aside = aside.take() else { return nil }
    // An index of what stood here before would lead astray.
    for ending in [".tbi", ".csi"] { _ = unsafe unlink(path + ending) }
    if !isSorted || encoding.container == .text {
      try aside.commit()
      return nil
    }
    let index = try AsideFile(path: path + (encoding.container == .binary ? ".csi" : ".tbi"))
    do {
      try RecordWriter.index(aside.temporaryPath, container: encoding.container, to: index.temporaryPath)
    } catch {
      try aside.commit()
      return "\(path): no index could be made; a position may lie beyond 536,870,912, the last that an index holds"
    }
    try aside.commit()
    // After the file: an index without its file, or beside the file that stood here before, would lead astray.
    try index.commit()
    return nil
  }

  /// Whether there is something at the path that is not to be replaced by a file.
  private static func isDevice(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// The header as it was, with what is added and two lines that tell what was done.
  private static func lines(
    of layout: RecordLayout, _ container: RecordContainer, _ change: HeaderChange
  ) -> [String] {
    let arguments = PreparedCase.recorded(CommandLine.arguments).dropFirst().map { argument in
      argument.contains(where: { !$0.isLetter && !$0.isNumber && !"-_./=".contains($0) }) ? "'\(argument)'" : argument
    }
    let command = arguments.joined(separator: " ").map { $0.isNewline ? " " : $0 }
    let own = [
      "##rarescreen_\(change.command)Version=\(Version.number)",
      "##rarescreen_\(change.command)Command=\(String(command))",
    ]
    // The numbers in untouched records of BCF mean what they meant.
    if container == .binary, change.keepsRecords, let lines = layout.binaryHeaderLines, let columns = lines.last {
      return lines.dropLast() + own + [columns]
    }
    var columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    if !layout.header.samples.isEmpty { columns += ["FORMAT"] + layout.header.samples }
    let kept = layout.header.lines.filter { line in
      !change.dropped.contains { line.hasPrefix("##INFO=<ID=\($0),") }
    }
    return kept + change.added + own + [columns.joined(separator: "\t")]
  }

  /// Reads a file and writes what `body` makes of its batches, in the order of the file.
  ///
  /// - Parameters:
  ///   - tools: makes what a worker has for its own.
  ///   - drain: takes what is ready out of what was merged so far, and writes it.
  ///   - finish: writes what is left.
  /// - Returns: how many records there were, and what is left of what was merged.
  func receive<Yield: Mergeable, Tools>(
    from file: consuming sending VariantFile, plan: ReadPlan, session: Session,
    tools: @escaping @Sendable () throws -> Tools,
    drain: @escaping @Sendable (inout Yield, RecordWriter) throws -> Void,
    finish: @escaping @Sendable (RecordWriter) throws -> Void = { _ in },
    body: @escaping @Sendable (inout Tools, VariantBatch) throws -> Yield
  ) throws -> (records: Int, yield: Yield?) {
    let writer = Mutex(try writer())
    let scanned = try foldRecords(
      of: file, plan: plan, session: session, tools: tools,
      drain: { (yield: inout Yield) in try writer.withLock { try drain(&yield, $0) } }, body: body)
    session.warn(scanned.warnings)
    let remark = try session.interruption.whileWriting {
      try writer.withLock {
        try finish($0)
        try $0.finish()
      }
      return try commit(isSorted: scanned.warnings.isSorted)
    }
    session.warn([remark].compactMap { $0 })
    return (scanned.records, scanned.yield)
  }
}

/// Records on their way to the output, in file order.
struct KeptRecords: Mergeable {
  var bytes: [UInt8]
  var count: Int

  mutating func merge(_ later: KeptRecords) {
    if bytes.isEmpty { bytes = later.bytes } else { bytes += later.bytes }
    count += later.count
  }

  /// The bytes name no record numbers.
  mutating func shift(by records: Int) {}

  /// Writes the bytes, and keeps the count.
  mutating func drain(into writer: RecordWriter) throws {
    try writer.write(bytes)
    bytes.removeAll()
  }
}
