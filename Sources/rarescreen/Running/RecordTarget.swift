import Glibc
import Model
import Reading
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

  init(path: String, container: RecordContainer, layout: RecordLayout, session: Session) throws {
    self.path = path
    threads = session.options.workers
    encoding = Encoding(
      input: layout.file, container: container, header: Self.lines(of: layout, container))
    aside = path == "-" || Self.isDevice(path) ? nil : try AsideFile(path: path)
  }

  func writer() throws -> sending RecordWriter {
    try RecordWriter(
      path: aside?.temporaryPath ?? path, container: encoding.container, header: encoding.header, threads: threads)
  }

  /// Puts the file in its place, with its index where its records are sorted.
  ///
  /// - Returns: a remark for the user.
  func commit(isSorted: Bool) throws -> String? {
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

  /// The header as it was, with a line that tells what was done.
  private static func lines(of layout: RecordLayout, _ container: RecordContainer) -> [String] {
    let arguments = PreparedCase.recorded(CommandLine.arguments).dropFirst().map { argument in
      argument.contains(where: { !$0.isLetter && !$0.isNumber && !"-_./=".contains($0) }) ? "'\(argument)'" : argument
    }
    let command = arguments.joined(separator: " ").map { $0.isNewline ? " " : $0 }
    let own = [
      "##rarescreen_filterVersion=\(Version.number)", "##rarescreen_filterCommand=\(String(command))",
    ]
    // The numbers in untouched records of BCF mean what they meant.
    if container == .binary, let lines = layout.binaryHeaderLines, let columns = lines.last {
      return lines.dropLast() + own + [columns]
    }
    var columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    if !layout.header.samples.isEmpty { columns += ["FORMAT"] + layout.header.samples }
    return layout.header.lines + own + [columns.joined(separator: "\t")]
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
