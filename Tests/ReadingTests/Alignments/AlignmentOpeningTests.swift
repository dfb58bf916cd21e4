import Foundation
import Model
import Reading
import TestSupport
import Testing

/// Files that are not what they should be.
@Suite("Faults of BAM and CRAM", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct AlignmentOpeningTests {
  let folder: TemporaryFolder
  private let small = SmallAlignment(
    contigs: [("chr21", 2_000)], reads: (0..<1_500).map { .init("read\($0)", at: $0) })

  init() throws { folder = try TemporaryFolder() }

  private func fault(
    _ path: String, reference: String? = nil, _ detail: ReadBatch.Detail = .depth(minimumBaseQuality: 20)
  ) throws -> ReadError {
    try #require(throws: ReadError.self) {
      let file = try AlignmentFile(path: path, reference: reference)
      _ = try AlignmentReadingTests.reads(file, Region(.chr21, 0, 2_000), detail)
    }
  }

  private func copy(_ path: String, as name: String, index: String? = ".bai", _ change: ([UInt8]) -> [UInt8]) throws
    -> String
  {
    let copy = try folder.file(name, change(Array(try Data(contentsOf: URL(fileURLWithPath: path)))))
    if let index {
      try FileManager.default.copyItem(atPath: path + index, toPath: copy + index)
    }
    return copy
  }

  @Test("No such file, a folder, an empty file")
  func absent() throws {
    let error = try fault(folder.file("none.bam"))
    #expect(error.reason == .missing)
    #expect(error.kind == .missing)
    #expect(error.description.contains("none.bam"))
    #expect(try fault(folder.path).reason == .directory)
    #expect(try fault(folder.write("empty.bam", "")).kind == .malformed)
  }

  @Test(
    "An address is no file, and nobody is asked for it",
    arguments: [
      "https://example.org/a.bam", "http://127.0.0.1:9/a.cram", "ftp://example.org/a.bam", "s3://bucket/a.bam",
    ])
  func address(path: String) throws { #expect(try fault(path).reason == .missing) }

  @Test(
    "Other formats are told from a BAM",
    arguments: [
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\t1\t.\tA\tC\t.\t.\t.\n",
      "hello, this is no BAM\n", "chr21\t0\t100\n", ">chr21\nACGT\n", "@HD\tVN:1.6\n@SQ\tSN:chr21\tLN:2000\n",
    ])
  func otherFormat(text: String) throws {
    let error = try fault(folder.write("other.bam", text))
    guard case .wrongContent = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("BAM or CRAM"))
  }

  @Test("No index: the remedy is named; any of its names is found")
  func index() throws {
    let path = try small.bam("a", in: folder, isIndexed: false)
    let error = try fault(path)
    guard case .index = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("samtools index "))
    try SmallAlignment.samtools("index", path, folder.file("a.bai"))
    #expect(try AlignmentReadingTests.reads(AlignmentFile(path: path, reference: nil), Region(.chr21, 0, 1)).count == 1)
    try FileManager.default.removeItem(atPath: folder.file("a.bai"))
    try SmallAlignment.samtools("index", "-c", path)
    #expect(folder.exists("a.bam.csi"))
    #expect(try AlignmentReadingTests.reads(AlignmentFile(path: path, reference: nil), Region(.chr21, 0, 1)).count == 1)
  }

  @Test("An index that is none is told")
  func noIndexAtAll() throws {
    let path = try small.bam("a", in: folder, isIndexed: false)
    try folder.write("a.bam.bai", "this is no index")
    guard case .index = try fault(path).reason else {
      Issue.record("not told")
      return
    }
  }

  @Test("An index that is older than the reads is remarked upon")
  func oldIndex() throws {
    let path = try small.bam("a", in: folder)
    #expect(try AlignmentFile(path: path, reference: nil).warnings.isEmpty)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: path + ".bai")
    let warnings = try AlignmentFile(path: path, reference: nil).warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("older than the reads") == true)
  }

  @Test("The index of another file is told, not believed")
  func otherIndex() throws {
    let path = try small.bam("a", in: folder)
    let others = [
      SmallAlignment(contigs: [("chr21", 2_000)], reads: [.init("x", at: 10)]),
      SmallAlignment(contigs: [("chr1", 500), ("chr21", 2_000), ("chr22", 10)], reads: [.init("x", at: 10)]),
    ]
    for (number, other) in others.enumerated() {
      let name = try other.bam("other\(number)", in: folder)
      try FileManager.default.removeItem(atPath: path + ".bai")
      try FileManager.default.copyItem(atPath: name + ".bai", toPath: path + ".bai")
      #expect(try fault(path).kind == .malformed)
    }
  }

  @Test("A file that was cut is told, wherever it was cut")
  func cutShort() throws {
    let path = try small.bam("a", in: folder)
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    // The block that marks the end has 28 bytes: cut before it, in it, in the data, and behind the header.
    for left in [size - 28, size - 1, size - 27, size - 40, size / 2] {
      let cut = try copy(path, as: "cut\(left).bam") { Array($0.prefix(left)) }
      let error = try fault(cut)
      guard case .truncated = error.reason else {
        Issue.record("\(left) of \(size) bytes: \(error)")
        return
      }
      #expect(error.description.contains("copy it again"))
    }
  }

  @Test("Data that do not inflate are told, though the end is there")
  func damaged() throws {
    let path = try small.bam("a", in: folder)
    let hole = try copy(path, as: "hole.bam") { Array($0.prefix($0.count / 2)) + Array($0.suffix(28)) }
    guard case .index(let words) = try fault(hole).reason else {
      Issue.record("not told")
      return
    }
    #expect(words.contains("copy both again"))
    let flipped = try copy(path, as: "flipped.bam") { bytes in
      var bytes = bytes
      bytes[bytes.count - 60] ^= 0xFF
      return bytes
    }
    #expect(try fault(flipped).reason == .damaged)
  }

  @Test("Reads that are not aligned have no depth: a header without sequences is told")
  func unaligned() throws {
    let error = try fault(SmallAlignment(contigs: []).bam("u", in: folder))
    #expect(error.kind == .malformed)
    #expect(error.description.contains("names no sequence"))
  }

  @Test("A CRAM without its FASTA, with a wrong one or with one that is not there")
  func sequences() throws {
    let genome = try SmallSequence(in: folder)
    let other = try SmallSequence(in: folder, name: "other", seed: 12)
    let cram = try small.cram("c", in: folder, sequence: genome.bases, reference: genome.path)
    #expect(
      try AlignmentReadingTests.reads(AlignmentFile(path: cram, reference: genome.path), Region(.chr21, 0, 1)).count
        == 1)
    for reference in [nil, other.path] {
      let error = try fault(cram, reference: reference, .bases)
      guard case .noSequence = error.reason else {
        Issue.record("\(error)")
        return
      }
      #expect(error.description.contains("--reference"))
      #expect(error.description.contains("other.fa") == (reference != nil))
    }
    let missing = try fault(cram, reference: folder.file("none.fa"))
    #expect(missing.kind == .missing)
    #expect(missing.file.hasSuffix("none.fa"))
    // Places and qualities need no sequence; an absent index is told for CRAM as for BAM.
    try FileManager.default.removeItem(atPath: cram + ".crai")
    guard case .index = try fault(cram, reference: genome.path).reason else {
      Issue.record("not told")
      return
    }
  }

  @Test("A CRAM that was cut is told")
  func cutCRAM() throws {
    let genome = try SmallSequence(in: folder)
    let cram = try small.cram("c", in: folder, sequence: genome.bases, reference: genome.path)
    // The container that marks the end has 38 bytes, and stands there twice after the change of the header.
    let cut = try copy(cram, as: "cut.cram", index: ".crai") { Array($0.dropLast(2 * 38)) }
    guard case .truncated = try fault(cut, reference: genome.path).reason else {
      Issue.record("not told")
      return
    }
  }

  @Test("A header may name an address for a sequence: it is not asked")
  func addressOfASequence() throws {
    let genome = try SmallSequence(in: folder)
    let door = try Door()
    for scheme in ["http", "ftp"] {
      var named = small
      named.sequenceFields = "UR:\(scheme)://127.0.0.1:\(door.port)/genome.fa"
      let cram = try named.cram(scheme, in: folder, sequence: genome.bases, reference: genome.path)
      guard case .noSequence = try fault(cram, reference: nil, .bases).reason else {
        Issue.record("not told")
        return
      }
      #expect(!door.wasKnockedAt)
      #expect(try AlignmentFile(path: cram, reference: genome.path).isCRAM)
    }
  }
}
