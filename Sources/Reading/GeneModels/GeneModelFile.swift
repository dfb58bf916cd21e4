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
    while let line = try lines.next() {
      if line.isEmpty || line[0] == UInt8(ascii: "#") {
        if line.starts(with: Array("##FASTA".utf8)) { break }
        continue
      }
      try assembler.add(GeneModelLine(line, path: path, number: lines.number))
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
}
