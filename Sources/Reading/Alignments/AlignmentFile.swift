internal import CHTSlib
internal import Foundation
public import Model

/// A BAM or CRAM file of one sample, sorted and indexed.
///
///     let file = try AlignmentFile(path: "child.cram", reference: "GRCh38.fa")
///     var reader = try file.reader(of: .depth(minimumBaseQuality: 20))
///     try reader.seek(to: Region(.chr7, 117_559_590, 117_559_600))
///     while try reader.fill(&batch) { … }
///
/// The index (`.bai`, `.csi` or `.crai`) lies beside the file. A CRAM is decoded with the FASTA that is given, or with the sequences
/// that `REF_CACHE` or folders of `REF_PATH` hold by their MD5; nothing is ever fetched from a network.
public struct AlignmentFile: Sendable {
  public let path: String
  public let reference: String?
  /// Sequences of the header, in its order and spelling.
  public let contigs: [VariantHeader.ContigLine]
  /// Names of the samples (`SM` of the read groups), each once, in the order of the header.
  public let samples: [String]
  public let isCRAM: Bool
  /// What the user should know, in words.
  public let warnings: [Wording]
  /// Where the index lies.
  public let indexPath: String
  private let layout: SliceLayout?

  /// Opens the file, reads its header and looks for its index.
  public init(path: String, reference: String?) throws(ReadError) {
    // htslib would take an address for a file, and a network for a disk.
    if path.contains("://") { throw ReadError(.missing, file: path) }
    let handle = try AlignmentHandle(path: path, reference: reference)
    self.path = path
    self.reference = reference
    contigs = handle.contigs
    samples = Self.samples(handle.headerText)
    isCRAM = handle.isCRAM
    if handle.contigs.isEmpty {
      throw ReadError(
        .wrongContent(expected: "a file of aligned reads", found: "its header names no sequence"), file: path)
    }
    guard let found = Self.index(of: path, isCRAM: handle.isCRAM) else {
      throw ReadError(.index("make it with: samtools index \(printable(path))"), file: path)
    }
    indexPath = found
    try handle.checkEnd()
    layout = try Self.layout(index: found, of: handle)
    let isSorted = handle.headerText.split(whereSeparator: \.isNewline).first { $0.hasPrefix("@HD") }
      .map { !$0.contains("\tSO:unsorted") && !$0.contains("\tSO:queryname") }
    var warnings: [Wording] = []
    if isSorted == false { warnings.append("\(path): the header says that the reads are not sorted by place") }
    if let age = Self.changed(path), let indexAge = Self.changed(found), indexAge < age {
      warnings.append("\(found): the index is older than the reads; make it again if they have changed")
    }
    warnings += Self.repeated(contigs).map {
      "\(path): the header names one chromosome twice, as \($0.first) and as \($0.second); reads on \($0.second) are not counted"
    }
    self.warnings = warnings
  }

  /// What the contig lengths say about the assembly.
  public var assemblyEvidence: AssemblyEvidence { AssemblyEvidence(contigs: contigs) }

  /// The chromosomes and the mitochondrion that the header names: of others the file cannot tell anything.
  public var knownContigs: Set<Contig> { Set(contigs.compactMap { Contig(name: $0.name) }) }

  /// A reader for one thread.
  ///
  /// - Parameter detail: what is taken of each read.
  public func reader(of detail: ReadBatch.Detail) throws(ReadError) -> AlignmentReader {
    let handle = try AlignmentHandle(path: path, reference: reference)
    try handle.open(index: indexPath, layout: layout, detail: detail)
    return AlignmentReader(handle: handle, detail: detail)
  }

  private static func index(of path: String, isCRAM: Bool) -> String? {
    var candidates = [path + ".csi"]
    let stem = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    candidates = isCRAM ? [path + ".crai", stem + ".crai"] : [path + ".bai", stem + ".bai"] + candidates
    return candidates.first { changed($0) != nil }
  }

  /// An index that is not whole, or not of these reads, would leave reads out in silence, or end htslib.
  ///
  /// - Returns: where the reads of a CRAM lie.
  private static func layout(index: String, of handle: AlignmentHandle) throws(ReadError) -> SliceLayout? {
    try InputDescriptor.refusePipe(index, expected: "an index of reads")
    guard let file = try RawFile(path: handle.path).anywhere else { throw AlignmentHandle.misfit(handle.path) }
    guard let bytes = try IndexShape.bytes(path: index) else { throw AlignmentHandle.misfit(handle.path) }
    guard handle.isCRAM else {
      guard let shape = IndexShape(bytes, fileSize: file.size), shape.kind != .tbi,
        shape.sequences <= handle.contigs.count
      else { throw AlignmentHandle.misfit(handle.path) }
      try handle.checkReads(endAt: shape.end)
      return nil
    }
    guard let slices = SliceIndex(bytes, sequences: handle.contigs.count, fileSize: file.size) else {
      throw AlignmentHandle.misfit(handle.path)
    }
    let chain = try ContainerChain(file)
    if let chain, try !slices.covers(chain) { throw AlignmentHandle.misfit(handle.path) }
    return SliceLayout(index: slices, chain: chain)
  }

  /// Contigs that are a chromosome which an earlier one is already.
  private static func repeated(_ contigs: [VariantHeader.ContigLine]) -> [(first: String, second: String)] {
    var names: [Contig: String] = [:]
    return contigs.compactMap { line in
      guard let contig = Contig(name: line.name) else { return nil }
      if contig == .mitochondrion, line.length == Assembly.oldMitochondrionLength { return nil }
      defer { names[contig] = names[contig] ?? line.name }
      return names[contig].map { (printable($0), printable(line.name)) }
    }
  }

  /// Seconds since 1970; nil where there is no such file.
  private static func changed(_ path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Int(status.st_mtim.tv_sec)
  }

  private static func samples(_ header: String) -> [String] {
    var samples: [String] = []
    for line in header.split(whereSeparator: \.isNewline) where line.hasPrefix("@RG") {
      for field in line.split(separator: "\t") where field.hasPrefix("SM:") {
        let name = String(field.dropFirst(3))
        if !name.isEmpty, !samples.contains(name) { samples.append(name) }
      }
    }
    return samples
  }
}
