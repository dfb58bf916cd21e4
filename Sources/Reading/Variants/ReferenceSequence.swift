public import Model

/// An indexed FASTA file of the reference genome, by its `.fai`.
///
///     let reference = try ReferenceSequence(path: "GRCh38.fa")
///     try reference.bases(Region(.chr7, 117_559_590, 117_559_593))  // "CTT"
///
/// Contigs are found in whatever dialect the file names them (`1`, `chr1`, `NC_000001.11`). The index (`.fai`, for BGZF
/// `.gzi` too) must lie beside the file. A value belongs to one thread at a time.
public struct ReferenceSequence: ~Copyable {
  public let path: String
  /// Contigs of the file with their lengths, in its order and spelling.
  public let contigs: [VariantHeader.ContigLine]
  private let names: [Contig: VariantHeader.ContigLine]
  private let index: SequenceIndex

  public init(path: String) throws(ReadError) {
    let index = try SequenceIndex(path: path)
    let contigs = index.contigs()
    var names: [Contig: VariantHeader.ContigLine] = [:]
    for line in contigs {
      guard let contig = Contig(name: line.name), names[contig] == nil else { continue }
      // Positions on UCSC's first chrM are not those of the revised Cambridge sequence.
      if contig == .mitochondrion, line.length == Assembly.oldMitochondrionLength { continue }
      names[contig] = line
    }
    self.path = path
    self.contigs = contigs
    self.names = names
    self.index = index
  }

  /// What the contig lengths say about the assembly.
  public var assemblyEvidence: AssemblyEvidence { AssemblyEvidence(contigs: contigs) }

  /// Length of a contig in bases; nil when the file does not hold it.
  public func length(of contig: Contig) -> Int? { names[contig]?.length }

  /// The bases of a region in upper case.
  ///
  /// Throws `contigAbsent` when the file lacks the contig and `outsideContig` when the region leaves it.
  public func bases(_ region: Region) throws(ReadError) -> String {
    String(decoding: try bytes(region), as: UTF8.self)
  }

  /// The bases of a region as bytes of upper case; throws as `bases` does.
  public func bytes(_ region: Region) throws(ReadError) -> [UInt8] {
    guard let line = names[region.contig], let length = line.length else {
      let present = contigs.prefix(5).map { printable($0.name) } + (contigs.count > 5 ? ["…"] : [])
      throw ReadError(.contigAbsent(region.contig.name, present: present), file: path)
    }
    guard region.start >= 0, region.start <= region.end, region.end <= length else {
      throw ReadError(.outsideContig(region.description, length: length), file: path)
    }
    if region.length == 0 { return [] }
    return try index.bases(of: line.name, region.start..<region.end)
  }
}
