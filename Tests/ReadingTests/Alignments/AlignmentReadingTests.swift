import Foundation
import Model
import Reading
import TestSupport
import Testing

/// What a reader takes of BAM and CRAM.
@Suite("Reads of BAM and CRAM", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct AlignmentReadingTests {
  static func reads(
    _ file: AlignmentFile, _ region: Region, _ detail: ReadBatch.Detail = .depth(minimumBaseQuality: 20),
    excluding excluded: UInt16 = ReadBatch.Flag.uncounted
  ) throws -> ReadBatch {
    var reader = try file.reader(of: detail)
    var batch = ReadBatch()
    try reader.seek(to: region)
    while try reader.fill(&batch, excluding: excluded) {}
    return batch
  }

  @Test("Names with and without a prefix are the same chromosome", arguments: ["chr21", "21"])
  func contigNames(name: String) throws {
    let folder = try TemporaryFolder()
    let path = try SmallAlignment(
      contigs: [("chr1_random", 500), (name, 46_709_983)], reads: [.init("a", on: name, at: 1_000)]
    ).bam("a", in: folder)
    let file = try AlignmentFile(path: path, reference: nil)
    #expect(file.contigs.map(\.name) == ["chr1_random", name])
    #expect(try Self.reads(file, Region(.chr21, 1_099, 1_100)).starts == [1_000])
    #expect(try Self.reads(file, Region(.chr21, 1_100, 1_200)).isEmpty)
    #expect(try Self.reads(file, Region(.chr21, 999, 1_000)).isEmpty)
  }

  @Test("A contig that the file does not have, and an empty region, have no reads")
  func absentContig() throws {
    let folder = try TemporaryFolder()
    let path = try SmallAlignment(contigs: [("chr21", 2_000)], reads: [.init("a", at: 100)]).bam("a", in: folder)
    let file = try AlignmentFile(path: path, reference: nil)
    #expect(try Self.reads(file, Region(.chr22, 0, 2_000)).isEmpty)
    #expect(try Self.reads(file, Region(.chr21, 150, 150)).isEmpty)
    #expect(try Self.reads(file, Region(.chr21, 0, 2_000)).count == 1)
  }

  @Test("chrM of 16,571 bases has other positions than the revised Cambridge sequence: it is not read")
  func oldMitochondrion() throws {
    let folder = try TemporaryFolder()
    for (length, count) in [(16_571, 0), (16_569, 1)] {
      let path = try SmallAlignment(contigs: [("chrM", length)], reads: [.init("a", on: "chrM", at: 100)])
        .bam("m\(length)", in: folder)
      let file = try AlignmentFile(path: path, reference: nil)
      #expect(try Self.reads(file, Region(.mitochondrion, 0, 500)).count == count)
    }
  }

  @Test("Samples are those of the read groups, each once, in their order")
  func samples() throws {
    let folder = try TemporaryFolder()
    var small = SmallAlignment(contigs: [("chr21", 2_000)])
    func samples(_ groups: [String]) throws -> [String] {
      small.readGroups = groups
      return try AlignmentFile(path: small.bam("s", in: folder), reference: nil).samples
    }
    #expect(try samples(["ID:1\tSM:B", "ID:2\tPL:x\tSM:A", "ID:3\tSM:B"]) == ["B", "A"])
    #expect(try samples(["ID:1\tLB:lib"]).isEmpty)
    #expect(try samples([]).isEmpty)
    #expect(try samples(["ID:1\tSM:DỨA 1"]) == ["DỨA 1"])
  }

  @Test("Flags, places, mates, CIGAR and weak bases")
  func columns() throws {
    let folder = try TemporaryFolder()
    let path = try SmallAlignment(
      contigs: [("chr21", 2_000), ("chr22", 2_000)],
      reads: [
        .init("pair", flag: 99, at: 100, mappingQuality: 7, cigar: "2H3S4M1I2D3M", qualities: "IIIII#IIII5", mate: 105),
        .init("pair", flag: 147, at: 105, cigar: "4M100N4M", qualities: "4", mate: 100),
        .init("lost", flag: 73, at: 110, cigar: "5=1X", mate: 110), .init("double", flag: 1_024, at: 111),
        .init("second", flag: 256, at: 112), .init("bad", flag: 512, at: 113), .init("part", flag: 2_048, at: 114),
      ]
    ).bam("a", in: folder)
    let file = try AlignmentFile(path: path, reference: nil)
    let batch = try Self.reads(file, Region(.chr21, 0, 2_000))
    #expect(batch.starts == [100, 105, 110, 114])
    #expect(batch.ends == [109, 213, 116, 214])
    #expect(batch.flags == [99, 147, 73, 2_048])
    #expect(batch.mappingQualities == [7, 60, 60, 60])
    #expect(batch.mateStarts == [105, 100, -1, -1])
    #expect(batch.nameHashes[0] == batch.nameHashes[1])
    #expect(Set(batch.nameHashes).count == 3)
    #expect(
      batch.cigars[batch.cigar(of: 0)].map { [Int($0 >> 4), Int($0 & 15)] } == [
        [2, 5], [3, 4], [4, 0], [1, 1], [2, 2], [3, 0],
      ])
    #expect(Array(batch.weakBases[batch.weak(of: 0)]) == [5])
    #expect(Array(batch.weakBases[batch.weak(of: 1)]) == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(batch.weak(of: 2).isEmpty)
    #expect(try Self.reads(file, Region(.chr21, 0, 2_000), excluding: ReadBatch.Flag.unmapped).count == 7)
    let bare = try Self.reads(file, Region(.chr21, 0, 2_000), .depth(minimumBaseQuality: 0))
    #expect(bare.weakBases.isEmpty && bare.bases.isEmpty)
  }

  @Test("CRAM says the same as BAM, of depth and of bases")
  func cramAsBAM() throws {
    let folder = try TemporaryFolder()
    let genome = try SmallSequence(in: folder)
    var numbers = SplitMix64(seed: 5)
    let reads = (0..<300).map { number in
      let letters = (0..<100).map { _ in numbers.next() % 5 == 0 ? "#" : "F" }.joined()
      return SmallAlignment.Read("r\(number)", at: Int(numbers.next() % 1_800), qualities: letters)
    }
    let small = SmallAlignment(contigs: [("chr21", 2_000)], reads: reads)
    let cram = try small.cram("c", in: folder, sequence: genome.bases, reference: genome.path)
    let text = try folder.write("b.sam", small.sam(sequence: genome.bases))
    try SmallAlignment.samtools("view", "-b", "-o", folder.file("b.bam"), text)
    try SmallAlignment.samtools("index", folder.file("b.bam"))
    let left = try AlignmentFile(path: folder.file("b.bam"), reference: nil)
    let right = try AlignmentFile(path: cram, reference: genome.path)
    #expect(!left.isCRAM && right.isCRAM)
    for detail in [ReadBatch.Detail.depth(minimumBaseQuality: 20), .bases] {
      for region in [Region(.chr21, 0, 2_000), Region(.chr21, 700, 701)] {
        let (one, other) = (try Self.reads(left, region, detail), try Self.reads(right, region, detail))
        #expect(!one.isEmpty)
        #expect(one.starts == other.starts && one.ends == other.ends && one.cigars == other.cigars)
        #expect(one.weakBases == other.weakBases && one.nameHashes == other.nameHashes)
        #expect(one.bases == other.bases && one.baseQualities == other.baseQualities)
      }
    }
    let batch = try Self.reads(left, Region(.chr21, 0, 2_000), .bases)
    let first = Int(batch.starts[0])
    #expect(Array(batch.bases[batch.sequence(of: 0)]) == Array(Array(genome.bases.utf8)[first..<first + 100]))
  }

  @Test("More reads than a batch holds come in the order of the file, each once")
  func manyBatches() throws {
    let folder = try TemporaryFolder()
    let count = AlignmentReader.batchSize + 100
    let path = try SmallAlignment(
      contigs: [("chr21", 100_000)], reads: (0..<count).map { .init("r\($0)", at: $0, cigar: "1M") }
    ).bam("a", in: folder)
    let batch = try Self.reads(AlignmentFile(path: path, reference: nil), Region(.chr21, 0, 100_000))
    #expect(batch.starts == (0..<Int32(count)).map { $0 })
  }
}

/// 2,000 invented bases of chr21 as a FASTA with its index.
struct SmallSequence {
  let bases: String
  let path: String

  init(in folder: TemporaryFolder, name: String = "genome", seed: UInt64 = 11, length: Int = 2_000) throws {
    var numbers = SplitMix64(seed: seed)
    bases = (0..<length).map { _ in ["A", "C", "G", "T"][Int(numbers.next() % 4)] }.joined()
    path = try folder.write(name + ".fa", ">chr21\n\(bases)\n")
    try SmallAlignment.samtools("faidx", path)
  }
}
