public import Model

/// Where a source of knowledge looked: a BED file, in whose fourth column may stand the number of chromosomes looked at there, as
/// in a bedGraph of AN. Plain, gzip or BGZF.
///
/// Coordinates are 0-based and half-open (https://samtools.github.io/hts-specs/BEDv1.pdf).
public struct CoverageTrackFile: Sendable {
  public let stretches: [(region: Region, number: Int?)]
  /// Rows on contigs that are no assembled chromosomes.
  public let otherContigs: Int

  /// - Throws: `ReadError` for a row that is no region of the assembly, or whose number is none.
  public init(path: String, assembly: Assembly) throws(ReadError) {
    var stretches: [(region: Region, number: Int?)] = []
    var otherContigs = 0
    let lines = try LineFile(path: path)
    while let line = try lines.next() {
      let text = String(decoding: line, as: UTF8.self)
      if text.isEmpty || text.hasPrefix("#") || text.hasPrefix("track") || text.hasPrefix("browser") { continue }
      func wrong(_ expected: String, _ found: String) -> ReadError {
        ReadError(
          .wrongContent(expected: expected, found: printable(found)), file: path, place: ReadPlace(line: lines.number))
      }
      let cells = text.split { $0 == "\t" || $0 == " " }.map(String.init)
      guard cells.count >= 3, let start = Int(cells[1]), let end = Int(cells[2]), start >= 0, end >= start else {
        throw wrong("a row of BED: chromosome, start, end", text)
      }
      guard let contig = Contig(name: cells[0]) else {
        otherContigs += 1
        continue
      }
      guard end <= assembly.length(of: contig) else { throw wrong("a region of \(assembly)", text) }
      guard cells.count > 3 else {
        stretches.append((Region(contig, start, end), nil))
        continue
      }
      guard let number = Int(cells[3]), (0..<1_000_000_000).contains(number) else {
        throw wrong("a number of chromosomes in the fourth column", cells[3])
      }
      stretches.append((Region(contig, start, end), number))
    }
    self.stretches = stretches
    self.otherContigs = otherContigs
  }
}
