import Foundation
import TestSupport
import Testing

/// `coverage` on reads of sequencers, beside a plain count, samtools and mosdepth (as of Debian 12: 1.16.1 and 0.3.3).
@Suite(
  "Depth beside samtools and mosdepth",
  .enabled(if: RealData.isPresent && SmallAlignment.isPossible, RealData.absence))
struct CoverageOracleTests {
  /// A file, rows over it, and how many of them other programs count otherwise, with the reason.
  struct Input: Sendable, CustomTestStringConvertible {
    var file: String
    var reference: String?
    var contig: String
    var build: String
    var rows: StrideTo<Int>
    var width: Int
    /// Rows in which samtools loses a base that the first of two mates skips or has weak; without limits, and at 20 and 20.
    var firstMateAlone: (Int, Int)
    /// Rows in which mosdepth counts an overlap of mates twice, or takes away what lies behind the second; at 0 and 20.
    var properPairsOnly: (Int, Int)
    /// Rows at 20 and 20 in which samtools takes the qualities of a read seven bases off: a second mate of the form 7M1D89M, whose
    /// first seven bases lie within the first mate.
    var shiftedQualities = 0

    var testDescription: String { file }
  }

  static let inputs = [
    Input(
      file: "na12878_chr20_grch38/example.cram", reference: "na12878_chr20_grch38/chr20_1-1235000.fa", contig: "chr20",
      build: "GRCh38", rows: stride(from: 60_000, to: 300_000, by: 1_000), width: 1_000, firstMateAlone: (1, 86),
      properPairsOnly: (1, 0), shiftedQualities: 1),
    Input(
      file: "htsjdk-ceutrio-b37/CEUTrio.HiSeq.WGS.b37.NA12878.20.first.8000.bam", contig: "20", build: "GRCh37",
      rows: stride(from: 0, to: 9_000, by: 200), width: 200, firstMateAlone: (0, 2), properPairsOnly: (2, 2)),
    Input(
      file: "htsjdk-ceutrio-b37/NA12878.20.21.unmapped.orig.bam", contig: "20", build: "GRCh37",
      rows: stride(from: 10_000_000, to: 10_200_000, by: 500), width: 500, firstMateAlone: (0, 1),
      properPairsOnly: (2, 2)),
    Input(
      file: "mosdepth/tests/ovl.bam", contig: "MT", build: "GRCh37", rows: stride(from: 0, to: 100, by: 1), width: 1,
      firstMateAlone: (0, 0), properPairsOnly: (0, 0)),
    Input(
      file: "igv-reports/minigenome/alignments.bam", contig: "chr21", build: "GRCh38",
      rows: stride(from: 0, to: 264_000, by: 300), width: 300, firstMateAlone: (2, 50), properPairsOnly: (0, 0)),
  ]

  /// Links to the file and its index under names that a user would give; the contig of the small genome becomes chr21.
  private static func prepare(_ input: Input, in folder: TemporaryFolder) throws -> String {
    let source = RealData.path("align/" + input.file)
    if input.file.contains("minigenome") {
      let header = try Tool.lines("samtools", ["view", "-H", "--no-PG", source]).joined(separator: "\n")
      let renamed = try folder.write(
        "header.sam", header.replacingOccurrences(of: "SN:minigenome", with: "SN:chr21") + "\n")
      let path = try folder.file(
        "reads.bam", try #require(try Tool.output("samtools", ["reheader", "--no-PG", renamed, source])))
      try SmallAlignment.samtools("index", path)
      return path
    }
    let isCRAM = input.file.hasSuffix(".cram")
    let path = folder.file(isCRAM ? "reads.cram" : "reads.bam")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: source)
    let indexes = isCRAM ? [source + ".crai"] : [source + ".bai", String(source.dropLast(4)) + ".bai"]
    let index = try #require(indexes.first { FileManager.default.fileExists(atPath: $0) })
    try FileManager.default.createSymbolicLink(
      atPath: path + (isCRAM ? ".crai" : ".bai"), withDestinationPath: index)
    return path
  }

  /// A quotient with two decimals, halves rounded up.
  private static func hundredths(_ sum: Int, of count: Int) -> String {
    let rounded = (200 * sum + count) / (2 * count)
    let rest = rounded % 100
    return "\(rounded / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// The numbers of a row as they are printed.
  private static func row(_ depths: ArraySlice<Int>) -> [String] {
    [hundredths(depths.reduce(0, +), of: depths.count)]
      + [10, 20, 30].map { least in hundredths(100 * depths.count { $0 >= least }, of: depths.count) }
      + ["\(depths.min() ?? 0)"]
  }

  /// Depths of the range by `samtools depth -a -s`.
  private static func samtools(_ path: String, _ input: Input, _ range: Range<Int>, mapping: Int, base: Int) throws
    -> [Int]
  {
    let reference = input.reference.map { ["--reference", RealData.path("align/" + $0)] } ?? []
    let lines = try Tool.lines(
      "samtools",
      ["depth", "-a", "-s", "-q", "\(base)", "-Q", "\(mapping)", "-r"]
        + ["\(input.contig):\(range.lowerBound + 1)-\(range.upperBound)"] + reference + [path])
    var depths = Array(repeating: 0, count: range.count)
    for line in lines {
      let cells = line.split(separator: "\t").compactMap { Int($0) }
      guard cells.count >= 2, range.contains(cells[cells.count - 2] - 1) else { continue }
      depths[cells[cells.count - 2] - 1 - range.lowerBound] = cells[cells.count - 1]
    }
    return depths
  }

  /// Depths of the range by mosdepth, and the bases of each row with at least 10, 20 and 30 reads.
  private static func mosdepth(
    _ path: String, _ bed: String, _ input: Input, _ range: Range<Int>, mapping: Int, in folder: TemporaryFolder
  ) throws -> (depths: [Int], thresholds: [[Int]]) {
    let reference = input.reference.map { ["-f", RealData.path("align/" + $0)] } ?? []
    let prefix = folder.file("mosdepth\(mapping)")
    let output = try Tool.output(
      "mosdepth",
      ["-c", input.contig, "--by", bed, "--thresholds", "10,20,30", "-Q", "\(mapping)"] + reference + [prefix, path])
    try #require(output != nil)
    var depths = Array(repeating: 0, count: range.count)
    for line in try Tool.lines("gzip", ["-dc", prefix + ".per-base.bed.gz"]) {
      let cells = line.split(separator: "\t").suffix(3).compactMap { Int($0) }
      for position in (cells[0]..<cells[1]).clamped(to: range) { depths[position - range.lowerBound] = cells[2] }
    }
    let thresholds = try Tool.lines("gzip", ["-dc", prefix + ".thresholds.bed.gz"]).filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").suffix(3).compactMap { Int($0) } }
    return (depths, thresholds)
  }

  @Test(
    "Every row is what a plain count says; what others count otherwise is explained base by base", arguments: inputs)
  func rows(input: Input) throws {
    let folder = try TemporaryFolder()
    let path = try Self.prepare(input, in: folder)
    let starts = Array(input.rows)
    let first = try #require(starts.first)
    let range = first..<first + starts.count * input.width
    let bed = try folder.write(
      "rows.bed", starts.map { "\(input.contig)\t\($0)\t\($0 + input.width)\tr\($0)\n" }.joined())
    for (mapping, base) in [(0, 0), (20, 20), (20, 0)] {
      let reference = input.reference.map { RealData.path("align/" + $0) }
      let outcome = try Program.run(
        [
          "coverage", path, "--panel", bed, "--min-mapq", "\(mapping)", "--min-baseq", "\(base)", "--build",
          input.build,
        ]
          + (reference.map { ["--reference", $0] } ?? []))
      #expect(outcome.status == 0, "\(outcome.text)")
      let told = Rows(outcome.stdout)
      let ours = told.rows.filter { $0[3] != "all" }.map { [$0[8], $0[9], $0[10], $0[11], $0[12]] }
      let plain = try PlainDepths(
        (reference.map { ["-T", $0] } ?? []) + [path, input.contig], range: range, minimumMappingQuality: mapping)
      let counted = plain.depths(.union, minimumBaseQuality: UInt8(base))
      func slice(_ depths: [Int], _ row: Int) -> ArraySlice<Int> {
        depths[row * input.width..<(row + 1) * input.width]
      }
      func differing(_ one: [Int], _ other: [Int]) -> Int {
        starts.indices.count { slice(one, $0) != slice(other, $0) }
      }
      #expect(ours.count == starts.count)
      #expect(counted.contains { $0 > 0 })
      for row in ours.indices {
        #expect(ours[row] == Self.row(slice(counted, row)), "\(starts[row]) at \(mapping), \(base)")
      }

      let theirs = try Self.samtools(path, input, range, mapping: mapping, base: base)
      let expected = base == 0 ? input.firstMateAlone.0 : input.firstMateAlone.1
      #expect(differing(theirs, counted) == expected, "samtools at \(mapping), \(base)")
      #expect(
        differing(theirs, plain.depths(.firstMate, minimumBaseQuality: UInt8(base)))
          == (base == 0 ? 0 : input.shiftedQualities), "samtools at \(mapping), \(base)")

      // mosdepth knows no quality of bases.
      guard base == 0, Tool.isPresent("mosdepth") else { continue }
      let (depths, thresholds) = try Self.mosdepth(path, bed, input, range, mapping: mapping, in: folder)
      #expect(
        differing(depths, counted) == (mapping == 0 ? input.properPairsOnly.0 : input.properPairsOnly.1),
        "mosdepth at \(mapping)")
      #expect(depths == plain.depths(.properPairs, minimumBaseQuality: 0), "mosdepth at \(mapping)")
      #expect(thresholds.count == starts.count)
      for row in thresholds.indices where slice(depths, row) == slice(counted, row) {
        let shares = thresholds[row].map { Self.hundredths(100 * $0, of: input.width) }
        #expect(shares == Array(ours[row][1...3]), "\(starts[row]) at \(mapping)")
      }
    }
  }
}
