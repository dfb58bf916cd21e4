public import Model

/// Transcripts of a GFF3 or GTF file of Ensembl, GENCODE or RefSeq, plain or compressed.
///
///     let file = try GeneModelFile(path: "Homo_sapiens.GRCh38.gff3.gz")
///     file.model.transcripts.count
///
/// The dialect is told by the attributes of each line, never by the name of the file. What hangs on no assembled chromosome is
/// counted by contig; a transcript whose parts contradict each other is an error.
public struct GeneModelFile: Sendable {
  public let model: GeneModel
  /// Lines on contigs that are no assembled chromosome, by contig.
  public let otherContigs: [String: Int]
  /// Transcripts without a single exon line, which count as one exon.
  public let withoutExons: Int

  /// - Throws: `ReadError` when the file is absent, damaged, no gene model, or holds a line that cannot be understood.
  public init(path: String, assembly: Assembly?) throws(ReadError) {
    let lines = try LineFile(path: path)
    var assembler = GeneModelAssembler(path: path)
    var last: [UInt8] = []
    while let line = try lines.next() {
      if line.isEmpty || line[0] == UInt8(ascii: "#") {
        if line.starts(with: Array("##FASTA".utf8)) { break }
        try Self.checkBuild(ofRemark: line, path, lines.number, assembly)
        continue
      }
      let parsed = try GeneModelLine(line, path: path, number: lines.number)
      if !parsed.contigName.elementsEqual(last) {
        last = Array(parsed.contigName)
        try Self.checkBuild(ofContig: String(decoding: last, as: UTF8.self), path, lines.number, assembly)
      }
      try assembler.add(parsed)
    }
    let transcripts = try assembler.transcripts()
    if transcripts.isEmpty {
      throw ReadError(
        .wrongContent(expected: "a gene model in GFF3 or GTF", found: "no transcript on an assembled chromosome"),
        file: path)
    }
    model = GeneModel(transcripts, name: path, assembly: assembly)
    otherContigs = assembler.otherContigs
    withoutExons = assembler.withoutExons
  }

  /// `#!genome-build GRCh38.p14` and its like.
  private static func checkBuild(
    ofRemark line: [UInt8], _ path: String, _ number: Int, _ assembly: Assembly?
  ) throws(ReadError) {
    guard let assembly, line.starts(with: Array("#!genome-build ".utf8)) else { return }
    let name = String(decoding: line.dropFirst("#!genome-build ".utf8.count), as: UTF8.self)
    let build = name.split { $0 == "." || $0 == " " }.last { Assembly(name: $0) != nil }.flatMap { Assembly(name: $0) }
    if let build, build != assembly { throw otherBuild(printable(name), path, number, assembly) }
  }

  /// RefSeq's accessions tell the build by their version.
  private static func checkBuild(
    ofContig name: String, _ path: String, _ number: Int, _ assembly: Assembly?
  ) throws(ReadError) {
    guard let assembly, name.hasPrefix("NC_"), let contig = Contig(name: name), contig != .mitochondrion,
      name != assembly.refSeqAccession(of: contig),
      Assembly.allCases.contains(where: { $0.refSeqAccession(of: contig) == name })
    else { return }
    throw otherBuild(name, path, number, assembly)
  }

  private static func otherBuild(
    _ found: String, _ path: String, _ number: Int, _ assembly: Assembly
  ) -> ReadError {
    ReadError(
      .wrongContent(expected: "a gene model on \(assembly), the build of the input", found: found), file: path,
      place: ReadPlace(line: number))
  }
}
