import Foundation
import Model
import Reading
import TestSupport
import Testing

/// Indexes of a part of the file, of an earlier one, and cut ones: they would leave reads out in silence, or end htslib.
@Suite("Indexes of BAM and CRAM", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct AlignmentIndexTests {
  let folder: TemporaryFolder
  /// Enough reads for several containers and blocks.
  private let whole = Self.reads(0..<30_000)

  init() throws { folder = try TemporaryFolder() }

  private static func reads(_ starts: Range<Int>) -> SmallAlignment {
    SmallAlignment(contigs: [("chr21", 40_000)], reads: starts.map { .init("read\($0)", at: $0, cigar: "40M") })
  }

  private func count(_ path: String, _ region: Region = Region(.chr21, 29_000, 29_001)) throws -> Int {
    let file = try AlignmentFile(path: path, reference: nil)
    return try AlignmentReadingTests.reads(file, region, .depth(minimumBaseQuality: 0)).count
  }

  private func isRefused(_ path: String, location: SourceLocation = #_sourceLocation) throws {
    let error = try #require(throws: ReadError.self, sourceLocation: location) { try count(path) }
    guard case .index(let words) = error.reason else {
      Issue.record("\(error)", sourceLocation: location)
      return
    }
    #expect(words.contains("samtools index"), sourceLocation: location)
    #expect(error.kind == .malformed, sourceLocation: location)
  }

  private func inflated(_ path: String) throws -> [UInt8] {
    try #require(try Tool.output("gzip", ["-dc", path]))
  }

  private func cram(_ name: String, _ small: SmallAlignment) throws -> String {
    let genome = try SmallSequence(in: folder, length: 40_000)
    return try small.cram(name, in: folder, sequence: genome.bases, reference: genome.path)
  }

  @Test("The index of the first half of a BAM is refused, with and without counts", arguments: [".bai", ".csi"])
  func firstHalf(ending: String) throws {
    let path = try whole.bam("whole", in: folder, isIndexed: false)
    let half = try Self.reads(0..<15_000).bam("half", in: folder, isIndexed: false)
    let none = try SmallAlignment(contigs: [("chr21", 40_000)]).bam("none", in: folder, isIndexed: false)
    for path in [path, half, none] {
      if ending == ".csi" { try SmallAlignment.samtools("index", "-c", path) }
      if ending == ".bai" { try SmallAlignment.samtools("index", path) }
    }
    #expect(try count(path) == 40)
    #expect(try count(none) == 0)
    for other in [half, none] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: other + ending))
      _ = try folder.file("whole.bam" + ending, bytes)
      try isRefused(path)
    }
  }

  @Test("A CRAM's index without its last, its first or a middle container is refused")
  func containersLeftOut() throws {
    let path = try cram("whole", whole)
    #expect(try count(path) == 40)
    let lines = try inflated(path + ".crai").split(separator: UInt8(ascii: "\n"))
    #expect(lines.count >= 3)
    for place in lines.indices {
      var left = lines
      left.remove(at: place)
      _ = try folder.file("whole.cram.crai", left.flatMap { $0 + [10] })
      try isRefused(path)
    }
    _ = try folder.file("whole.cram.crai", lines.flatMap { $0 + [10] })
    #expect(try count(path) == 40)
    _ = try folder.file("whole.cram.crai", [])
    try isRefused(path)
  }

  @Test("A CRAM without reads has an empty index")
  func noReads() throws {
    let path = try cram("none", SmallAlignment(contigs: [("chr21", 40_000)]))
    #expect(try inflated(path + ".crai").isEmpty)
    #expect(try count(path) == 0)
  }

  @Test("Cut indexes are told, compressed or not, wherever they were cut", arguments: [".bai", ".csi", ".crai"])
  func cut(ending: String) throws {
    let path = try ending == ".crai" ? cram("a", whole) : whole.bam("a", in: folder, isIndexed: false)
    if ending == ".csi" { try SmallAlignment.samtools("index", "-c", path) }
    if ending == ".bai" { try SmallAlignment.samtools("index", path) }
    let name = "a" + (ending == ".crai" ? ".cram" : ".bam") + ending
    let stored = try folder.bytes(name)
    // Without its count of reads without a place an index is whole.
    let bytes = ending == ".bai" ? stored : try inflated(path + ending)
    for left in stride(from: 0, to: bytes.count - 9, by: max(1, bytes.count / 40)) {
      _ = try folder.file(name, bytes.prefix(left))
      try isRefused(path)
    }
    if ending == ".bai" { return }
    for left in stride(from: 1, to: stored.count - 28, by: max(1, stored.count / 20)) {
      _ = try folder.file(name, stored.prefix(left))
      try isRefused(path)
    }
  }

  @Test("A CRAM with a damaged byte is not blamed on the FASTA")
  func damagedBlock() throws {
    let genome = try SmallSequence(in: folder, length: 40_000)
    let path = try whole.cram("c", in: folder, sequence: genome.bases, reference: genome.path)
    let first = try #require(
      String(decoding: inflated(path + ".crai"), as: UTF8.self).split(separator: "\n").first?.split(separator: "\t"))
    let (container, slice) = (try #require(Int(first[3])), try #require(Int(first[4])))
    let bytes = try folder.bytes("c.cram")
    // In the container's header, in how it is compressed, and in the header of its slice, which lies some 20 bytes behind `slice`.
    for place in [container + 9, container + 40, container + slice + 40] {
      var changed = bytes
      changed[place] ^= 0x10
      _ = try folder.file("c.cram", changed)
      for reference in [nil, genome.path] {
        let error = try #require(throws: ReadError.self) {
          let file = try AlignmentFile(path: path, reference: reference)
          _ = try AlignmentReadingTests.reads(file, Region(.chr21, 0, 2_000), .bases)
        }
        #expect(error.reason == .damaged, "\(place): \(error)")
      }
    }
  }

  @Test("Which sequence of a FASTA is not the CRAM's is told, with both checksums")
  func otherSequence() throws {
    let path = try cram("c", whole)
    let other = try SmallSequence(in: folder, name: "other", seed: 12, length: 40_000)
    func words(_ reference: String) throws -> String {
      try #require(throws: ReadError.self) {
        let file = try AlignmentFile(path: path, reference: reference)
        _ = try AlignmentReadingTests.reads(file, Region(.chr21, 0, 2_000), .bases)
      }.description
    }
    let told = try words(other.path)
    #expect(told.contains("chr21 of ") && told.contains("other.fa is another sequence: its MD5 is "), "\(told)")
    let lacking = try folder.write("lacking.fa", ">chr22\nACGT\n")
    try SmallAlignment.samtools("faidx", lacking)
    #expect(try words(lacking).contains("lacking.fa has no sequence chr21"))
  }

  @Test("No index of a FASTA is made unasked, whether the user or the CRAM names it")
  func noIndexIsMade() throws {
    let genome = try SmallSequence(in: folder, length: 40_000)
    var small = whole
    small.sequenceFields = "UR:" + genome.path
    let path = try small.cram("c", in: folder, sequence: genome.bases, reference: genome.path)
    func read(_ reference: String?) throws {
      let file = try AlignmentFile(path: path, reference: reference)
      _ = try AlignmentReadingTests.reads(file, Region(.chr21, 0, 2_000), .bases)
    }
    try read(nil)
    try FileManager.default.removeItem(atPath: genome.path + ".fai")
    let error = try #require(throws: ReadError.self) { try read(genome.path) }
    #expect(error.description.contains("samtools faidx") && error.file == genome.path)
    let missing = try #require(throws: ReadError.self) { try read(nil) }
    guard case .noSequence = missing.reason else {
      Issue.record("\(missing)")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: genome.path + ".fai"))
  }

  @Test("A pipe is refused before it is waited for")
  func pipe() throws {
    let path = folder.file("pipe.bam")
    #expect(try Tool.output("mkfifo", [path]) != nil)
    for path in [path, "/dev/null", "-"] {
      let error = try #require(throws: ReadError.self) { try count(path) }
      #expect(error.description.contains("pipe or a device"), "\(error)")
    }
    let bam = try Self.reads(0..<10).bam("a", in: folder)
    let cram = try cram("c", Self.reads(0..<10))
    let error = try #require(throws: ReadError.self) { try AlignmentFile(path: cram, reference: path) }
    #expect(error.file == path && error.description.contains("pipe or a device"), "\(error)")
    try FileManager.default.removeItem(atPath: bam + ".bai")
    #expect(try Tool.output("mkfifo", [bam + ".bai"]) != nil)
    #expect(throws: ReadError.self) { try count(bam) }
  }
}
