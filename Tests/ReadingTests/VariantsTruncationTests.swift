import Foundation
import Reading
import TestSupport
import Testing

/// A file cut short is an error, never a shorter answer.
@Suite struct VariantsTruncationTests {
  private static let header =
    "##fileformat=VCFv4.2\n##contig=<ID=1,length=249250621>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"

  /// Text of several BGZF blocks that compresses badly enough to have them.
  private static func text(records: Int) -> String {
    var state: UInt32 = 7
    var text = header
    for record in 1...records {
      state = state &* 1_664_525 &+ 1_013_904_223
      text += "1\t\(record * 10)\trs\(state)\tA\tC\t\(state % 1000)\tPASS\tDP=\(state >> 20)\n"
    }
    return text
  }

  private static func isTruncation(_ error: any Error) -> Bool {
    guard let error = error as? ReadError else { return false }
    switch error.reason {
    case .truncated, .empty, .damaged: return error.kind == .malformed
    // One byte of a file says nothing about the rest.
    case .wrongContent(_, let found): return found.contains("'\\u{1f}'")
    default: return false
    }
  }

  /// Offsets spread over a file, its last bytes all among them.
  private static func offsets(_ count: Int) -> [Int] {
    Set(stride(from: 0, to: count, by: max(1, count / 60))).union(max(0, count - 40)..<count)
      .union(0..<min(30, count)).sorted()
  }

  @Test func blockGzipCutAnywhere() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/whole.vcf.gz"
    var writer = try BlockGzipWriter(path: path)
    try writer.write(Self.text(records: 8_000))
    try writer.finish()
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(try WholeFile(path).lines.count == 8_000)
    for offset in Self.offsets(bytes.count) {
      let cut = try folder.file("cut", bytes.prefix(offset))
      #expect(
        "cut at \(offset)", performing: { _ = try WholeFile(cut) }, throws: Self.isTruncation)
    }
  }

  @Test(.enabled(if: Tool.isPresent("gzip"), "gzip not found"))
  func gzipCutAnywhere() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.file("plain", Self.text(records: 500).utf8)
    let bytes = try #require(try Tool.output("gzip", ["-nc", plain]))
    let whole = try folder.file("whole", bytes)
    #expect(try WholeFile(whole).lines.count == 500)
    for offset in Self.offsets(bytes.count) {
      let cut = try folder.file("cut", bytes.prefix(offset))
      #expect(
        "cut at \(offset)", performing: { _ = try WholeFile(cut) }, throws: Self.isTruncation)
    }
  }

  @Test(.enabled(if: Tool.isPresent("bcftools"), "bcftools not found"))
  func binaryCutAnywhere() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.file("plain", VariantsDifferentialTests.sample.utf8)
    let bytes = try #require(try Tool.output("bcftools", ["view", "-Ob", plain]))
    for offset in Self.offsets(bytes.count) {
      let cut = try folder.file("cut", bytes.prefix(offset))
      #expect(
        "cut at \(offset)", performing: { _ = try WholeFile(cut) }, throws: Self.isTruncation)
    }
  }

  @Test func plainTextCutInAColumn() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("cut.vcf", (Self.header + "1\t10\t.\tA\tC\t5\tPASS\tDP=1\n1\t20\t.\tA\tC").utf8)
    let error = #expect(throws: ReadError.self) { try WholeFile(path) }
    #expect(error?.reason == .truncated("the last line has 5 of 8 columns"))
    #expect(error?.place.line == 5)
  }

  @Test func lastLineWithoutNewlineIsReadWithAWarning() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("open.vcf", (Self.header + "1\t10\t.\tA\tC\t5\tPASS\tDP=1").utf8)
    let whole = try WholeFile(path)
    #expect(whole.lines.count == 1)
    #expect(whole.warnings.counts == [.finalNewline: 1])
    #expect(throws: ReadError.self) { try WholeFile(path, isStrict: true) }
  }

  @Test func damagedBlockIsToldFromATruncatedOne() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/whole.vcf.gz"
    var writer = try BlockGzipWriter(path: path)
    try writer.write(Self.text(records: 8_000))
    try writer.finish()
    var bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[bytes.count / 2] ^= 0xff
    let damaged = try folder.file("damaged.vcf.gz", bytes)
    let error = #expect(throws: ReadError.self) { try WholeFile(damaged) }
    #expect(error?.reason == .damaged)
  }
}
