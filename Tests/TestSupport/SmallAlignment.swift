public import Testing

/// Alignment files of a test's own, written as SAM and turned into BAM or CRAM by samtools.
///
///     let bam = try SmallAlignment(contigs: [("chr21", 2_000)], reads: [.init("a", at: 100, cigar: "50M")]).bam("a", in: folder)
public struct SmallAlignment {
  public static let isPossible = Tool.isPresent("samtools")
  public static let absence: Comment = "samtools not found"

  /// A read; its bases are not known, its qualities are all the same unless they are given.
  public struct Read {
    var name: String
    var flag: Int
    var contig: String
    /// 0-based.
    var start: Int
    var mappingQuality: Int
    var cigar: String
    /// Letters of SAM, or one that stands for all.
    var qualities: String
    var mate: Int?

    /// - Parameters:
    ///   - start: 0-based.
    ///   - qualities: letters of SAM, or one that stands for all.
    ///   - mate: 0-based start of the mate on the same contig.
    public init(
      _ name: String, flag: Int = 0, on contig: String = "chr21", at start: Int, mappingQuality: Int = 60,
      cigar: String = "100M", qualities: String = "I", mate: Int? = nil
    ) {
      self.name = name
      self.flag = flag
      self.contig = contig
      self.start = start
      self.mappingQuality = mappingQuality
      self.cigar = cigar
      self.qualities = qualities
      self.mate = mate
    }

    /// Bases of the read: those of M, I, S, = and X.
    var length: Int {
      var (length, number) = (0, 0)
      for letter in cigar {
        if let digit = letter.wholeNumberValue {
          number = number * 10 + digit
        } else {
          if "MIS=X".contains(letter) { length += number }
          number = 0
        }
      }
      return length
    }
  }

  public struct Failed: Error {
    public var arguments: [String]
  }

  public var contigs: [(name: String, length: Int)]
  public var readGroups: [String]
  public var reads: [Read]
  /// Further fields of each @SQ line.
  public var sequenceFields: String

  /// - Parameter readGroups: `@RG` lines, without the `@RG`.
  public init(
    contigs: [(name: String, length: Int)], readGroups: [String] = ["ID:1\tSM:CHILD"], reads: [Read] = [],
    sequenceFields: String = ""
  ) {
    self.contigs = contigs
    self.readGroups = readGroups
    self.reads = reads
    self.sequenceFields = sequenceFields
  }

  /// - Parameter sequence: the bases of the only contig, for reads that shall have them.
  public func sam(sequence: String? = nil) -> String {
    let letters = sequence.map { Array($0) }
    var lines = ["@HD\tVN:1.6\tSO:coordinate"]
    lines += contigs.map { "@SQ\tSN:\($0.name)\tLN:\($0.length)\(sequenceFields.isEmpty ? "" : "\t" + sequenceFields)" }
    lines += readGroups.map { "@RG\t" + $0 }
    let order = Dictionary(uniqueKeysWithValues: contigs.enumerated().map { ($1.name, $0) })
    for read in reads.sorted(by: { (order[$0.contig] ?? 0, $0.start) < (order[$1.contig] ?? 0, $1.start) }) {
      let length = read.length
      let bases = letters.map { String($0[read.start..<read.start + length]) } ?? String(repeating: "A", count: length)
      let qualities = read.qualities.count == 1 ? String(repeating: read.qualities, count: length) : read.qualities
      lines.append(
        [
          read.name, "\(read.flag)", read.contig, "\(read.start + 1)", "\(read.mappingQuality)", read.cigar,
          read.mate == nil ? "*" : "=", "\(read.mate.map { $0 + 1 } ?? 0)", "0", bases, qualities,
        ].joined(separator: "\t"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes `NAME.bam` and its index, and returns the path.
  public func bam(_ name: String, in folder: TemporaryFolder, isIndexed: Bool = true) throws -> String {
    try Self.bam(name, of: sam(), in: folder, isIndexed: isIndexed)
  }

  /// The same of a text of SAM.
  public static func bam(
    _ name: String, of sam: String, in folder: TemporaryFolder, isIndexed: Bool = true
  ) throws -> String {
    let text = try folder.write(name + ".sam", sam)
    let path = folder.file(name + ".bam")
    try samtools("view", "--no-PG", "-b", "-o", path, text)
    if isIndexed { try samtools("index", path) }
    return path
  }

  /// Writes `NAME.cram` and its index, and returns the path. What the file says of where its FASTA lies is taken away.
  ///
  /// - Parameter reference: the path of a FASTA of `sequence`.
  public func cram(_ name: String, in folder: TemporaryFolder, sequence: String, reference: String) throws -> String {
    let text = try folder.write(name + ".sam", sam(sequence: sequence))
    let whole = folder.file(name + ".whole.cram")
    let path = folder.file(name + ".cram")
    try Self.samtools("view", "-C", "-T", reference, "-o", whole, text)
    let header = String(decoding: try Tool.output("samtools", ["view", "-H", "--no-PG", whole]) ?? [], as: UTF8.self)
    let lines = header.split(separator: "\n").map { line in
      let fields = line.split(separator: "\t").filter { !$0.hasPrefix("UR:") }.joined(separator: "\t")
      return line.hasPrefix("@SQ") && !sequenceFields.isEmpty ? fields + "\t" + sequenceFields : fields
    }
    let changed = try folder.write(name + ".header", lines.joined(separator: "\n") + "\n")
    guard let bytes = try Tool.output("samtools", ["reheader", "--no-PG", changed, whole]) else {
      throw Failed(arguments: ["reheader"])
    }
    _ = try folder.file(name + ".cram", bytes)
    try Self.samtools("index", path)
    return path
  }

  public static func samtools(_ arguments: String...) throws {
    guard try Tool.output("samtools", arguments) != nil else { throw Failed(arguments: arguments) }
  }
}
