import Foundation
import Model
import Reading
import TestSupport
import Testing

@Suite struct VariantsWriterTests {
  private static let text =
    "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    + (1...9_000).map { "chr1\t\($0 * 100)\t.\tA\tC\t.\tPASS\tX=\($0 &* 7_919 % 10_007)\n" }.joined()

  private static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func sameBytesHoweverTheyAreWritten() throws {
    let folder = try TemporaryFolder()
    var whole = try BlockGzipWriter(path: folder.path + "/whole")
    try whole.write(Self.text)
    try whole.finish()
    var pieces = try BlockGzipWriter(path: folder.path + "/pieces")
    for line in Self.text.split(separator: "\n") { try pieces.write(line + "\n") }
    try pieces.finish()
    #expect(try Self.bytes(folder.path + "/whole") == Self.bytes(folder.path + "/pieces"))
  }

  @Test func comesBackAndCanBeIndexed() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/out.vcf.gz"
    var writer = try BlockGzipWriter(path: path)
    try writer.write(Self.text)
    try writer.finish()
    try BlockGzipWriter.index(path)
    #expect(try WholeFile(path).lines.count == 9_000)
    let index = try Self.bytes(path + ".tbi")
    try BlockGzipWriter.index(path, to: folder.path + "/other.tbi")
    #expect(try Self.bytes(folder.path + "/other.tbi") == index)
    if Tool.isPresent("bcftools") {
      let output = try Tool.output("bcftools", ["view", "-H", "-r", "chr1:1000-1200", path])
      #expect(output?.count { $0 == UInt8(ascii: "\n") } == 3)
    }
  }

  @Test func unfinishedFileStaysCutShort() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/out.vcf.gz"
    do {
      var writer = try BlockGzipWriter(path: path)
      try writer.write(Self.text)
    }
    #expect(throws: ReadError.self) { try WholeFile(path) }
  }

  @Test func indexOfAnUnsortedFileIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/out.vcf.gz"
    var writer = try BlockGzipWriter(path: path)
    try writer.write(Self.text + "chr1\t5\t.\tA\tC\t.\t.\t.\n")
    try writer.finish()
    let error = #expect(throws: BlockGzipError.self) { try BlockGzipWriter.index(path) }
    #expect(error?.operation == .index)
  }

  @Test func folderThatIsMissing() {
    let error = #expect(throws: BlockGzipError.self) { _ = try BlockGzipWriter(path: "/no/such/folder/x.gz") }
    #expect(error?.operation == .create && error?.code == ENOENT)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full"))
  func diskFull() {
    let error = #expect(throws: BlockGzipError.self) {
      var writer = try BlockGzipWriter(path: "/dev/full")
      for _ in 0..<20 { try writer.write(Self.text) }
      try writer.finish()
    }
    #expect(error?.isDiskFull == true)
    let late = #expect(throws: BlockGzipError.self) {
      var writer = try BlockGzipWriter(path: "/dev/full")
      try writer.write("a")
      try writer.finish()
    }
    #expect(late?.isDiskFull == true)
  }
}

@Suite struct ReferenceSequenceTests {
  /// Two contigs of 12 and 5 bases on lines of 10; the index is written by hand.
  private static func fasta(_ folder: TemporaryFolder) throws -> String {
    let path = try folder.file("tiny.fa", ">chr7 text\nACGTacgtNN\nTT\n>chrM\nGATTA\n".utf8)
    _ = try folder.file("tiny.fa.fai", "chr7\t12\t11\t10\t11\nchrM\t5\t31\t10\t11\n".utf8)
    return path
  }

  @Test func basesInUpperCase() throws {
    let folder = try TemporaryFolder()
    let reference = try ReferenceSequence(path: try Self.fasta(folder))
    #expect(try reference.bases(Region(.chr7, 0, 12)) == "ACGTACGTNNTT")
    #expect(try reference.bases(Region(.chr7, 9, 11)) == "NT")
    #expect(try reference.bases(Region(.mitochondrion, 4, 5)) == "A")
    #expect(try reference.bases(Region(.chr7, 3, 3)) == "")
    #expect(reference.length(of: .chr7) == 12)
    #expect(reference.length(of: .chr8) == nil)
    #expect(reference.assemblyEvidence.finding == .unsupported)
  }

  @Test func absentContigsAndPlacesAreNamed() throws {
    let folder = try TemporaryFolder()
    let reference = try ReferenceSequence(path: try Self.fasta(folder))
    func message(_ region: Region) -> String {
      do throws(ReadError) {
        _ = try reference.bases(region)
        return ""
      } catch { return error.description }
    }
    #expect(message(Region(.chr8, 0, 1)).contains("no contig '8'; the file holds chr7, chrM"))
    #expect(message(Region(.chr7, 11, 13)).contains("7:12-13 lies outside the contig, which has 12 bases"))
    #expect(message(Region(.chr7, -1, 3)).contains("outside"))
  }

  @Test func aFileThatWasChangedAfterItsIndexIsTold() throws {
    let folder = try TemporaryFolder()
    let path = try Self.fasta(folder)
    _ = try folder.file("tiny.fa", ">chr7 text\nACGTacg\ntNNTT\n>chrM\nGAT".utf8)
    let reference = try ReferenceSequence(path: path)
    for region in [Region(.chr7, 0, 12), Region(.mitochondrion, 0, 5)] {
      let error = #expect(throws: ReadError.self) { _ = try reference.bases(region) }
      #expect(error?.description.contains("is not whole") == true)
    }
    for line in ["chr7\t12\tx\t10\t11", "chr7\t12\t11\t0\t1", "chr7\t99\t11\t1\t999999999999999999", "chr7\t12"] {
      _ = try folder.file("tiny.fa.fai", (line + "\n").utf8)
      let index = #expect(throws: ReadError.self, "\(line)") { _ = try ReferenceSequence(path: path) }
      #expect(index?.description.contains("samtools faidx") == true)
    }
  }

  /// Long enough for several blocks.
  @Test(.enabled(if: Tool.isPresent("bgzip") && Tool.isPresent("samtools"), "bgzip or samtools is not installed"))
  func compressedBasesAreThoseOfTheText() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: 5)
    let bases = (0..<200_000).map { _ in Array("ACGTacgtN".utf8)[Int.random(in: 0...8, using: &random)] }
    let lines = stride(from: 0, to: bases.count, by: 61).map { bases[$0..<min(bases.count, $0 + 61)] }
    let path = try folder.file("long.fa", Array(">chr1\n".utf8) + Array(lines.joined(separator: [10])) + [10])
    _ = try #require(try Tool.output("samtools", ["faidx", path]))
    _ = try #require(try Tool.output("bgzip", ["-k", path]))
    _ = try #require(try Tool.output("samtools", ["faidx", path + ".gz"]))
    let plain = try ReferenceSequence(path: path)
    let packed = try ReferenceSequence(path: path + ".gz")
    for _ in 0..<200 {
      let start = Int.random(in: 0..<bases.count, using: &random)
      let region = Region(.chr1, start, Int.random(in: start...min(bases.count, start + 3_000), using: &random))
      let expected = String(decoding: bases[region.start..<region.end], as: UTF8.self).uppercased()
      #expect(try plain.bases(region) == expected && packed.bases(region) == expected, "\(region)")
    }
    let ordinary = try folder.file("ordinary.fa.gz", try #require(try Tool.output("gzip", ["-c", path])))
    _ = try folder.file("ordinary.fa.gz.fai", "chr1\t200000\t6\t61\t62\n".utf8)
    let error = #expect(throws: ReadError.self) { _ = try ReferenceSequence(path: ordinary) }
    #expect(error?.description.contains("samtools faidx") == true)
  }

  @Test func missingIndexIsToldFromAMissingFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("bare.fa", ">1\nACGT\n".utf8)
    let error = #expect(throws: ReadError.self) { _ = try ReferenceSequence(path: path) }
    #expect(error?.description.contains("samtools faidx") == true)
    let missing = #expect(throws: ReadError.self) { _ = try ReferenceSequence(path: path + "x") }
    #expect(missing?.reason == .missing)
  }
}
