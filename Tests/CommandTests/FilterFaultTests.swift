import Foundation
import TestSupport
import Testing

/// Inputs and outputs that go wrong while several workers are at it, and records that are written oddly.
@Suite("Filter: faults and oddities") struct FilterFaultTests {
  private static let header = """
    ##fileformat=VCFv4.2
    ##contig=<ID=chr1,length=248956422>
    ##FILTER=<ID=q,Description="Quality">
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
    ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
    ##INFO=<ID=END,Number=1,Type=Integer,Description="End">
    ##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">
    ##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type">
    ##ALT=<ID=DEL,Description="Deletion">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO

    """

  /// Far more stretches of one block than may be under way at once.
  private static func many(_ change: (Int) -> String? = { _ in nil }) -> String {
    header + (1...6_000).map { change($0) ?? "chr1\t\($0 * 10)\t.\tA\tC\t50\tPASS\tDP=\($0);AF=0.1\n" }.joined()
  }

  private static func run(_ line: String, in folder: TemporaryFolder) throws -> Program.Outcome {
    // A run that hangs is ended, with 124.
    try Program.shell("timeout 60 \"$RARESCREEN\" filter \(line) --quiet --threads 2", directory: folder.path)
  }

  private static func identifiers(_ text: String) -> [String] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0.split(separator: "\t")[2]) }
  }

  @Test(
    "A fault met while results are merged ends the run",
    arguments: [
      ("good", "> /dev/full", Int32(74), "room"), ("fault", "> /dev/null", 65, "line 5010, column REF"),
      ("unsorted", "--strict > /dev/null", 65, "line 5010"),
    ])
  func endsOnFaults(name: String, rest: String, status: Int32, words: String) throws {
    let folder = try TemporaryFolder()
    let text =
      switch name {
      case "fault": Self.many { $0 == 5_000 ? "chr1\t50000\t.\t1\tC\t50\tPASS\t.\n" : nil }
      case "unsorted": Self.many { $0 == 5_000 ? "chr1\t5\t.\tA\tC\t50\tPASS\tDP=1\n" : nil }
      default: Self.many()
      }
    _ = try folder.file("in.vcf", text.utf8)
    _ = try folder.file("in.vcf.gz", blockGzip(Array(text.utf8), blockSize: 3_000))
    for input in ["in.vcf", "in.vcf.gz"] {
      let outcome = try Self.run("\(input) --stretch 1000 \(rest)", in: folder)
      #expect(outcome.status == status && outcome.stderr.contains(words), "\(input): \(outcome.text)")
    }
  }

  @Test("Numbers that are written oddly are read as bcftools reads them", .enabled(if: Tool.isPresent("bcftools")))
  func oddNumbers() throws {
    let folder = try TemporaryFolder()
    let values = [
      "DP=3", "DP=3.7", "DP=5abc", "DP=+3", "DP=.", "DP=", "DP=99999999999", "DP=-16777217", "DP=16777217", "AF=0.1",
      "AF=0.1x", "AF=nan", "AF=inf", "AF=1e-1", "AF=.1", "AF=", ".",
    ]
    let records = values.enumerated().map { "chr1\t\($0 + 1)\tr\($0)\tA\tC\t50\tPASS\t\($1)\n" }
    let input = try folder.file("odd.vcf", (Self.header + records.joined()).utf8)
    for test in [
      "INFO/DP==3", "INFO/DP>2", "INFO/DP==5", "INFO/DP=\".\"", "INFO/DP<0", "INFO/AF>0.05", "INFO/AF<0.2",
      "INFO/AF=\".\"", "INFO/DP>3 || INFO/AF<0.2", "INFO/DP==-16777217",
    ] {
      let ours = try Self.run("odd.vcf --where '\(test)'", in: folder)
      // The same question, in a form that the reader cannot ask.
      let whole = try Self.run("odd.vcf --where '(\(test)) || ID=\"zz\"'", in: folder)
      #expect(Self.identifiers(ours.stdout) == Self.identifiers(whole.stdout), "\(test)")
      let theirs = try Tool.lines("bcftools", ["query", "-i", test, "-f", "%ID\\n", input])
      if theirs != Self.identifiers(ours.stdout) {
        // Values that are no numbers at all: bcftools warns and keeps what its buffer held.
        let noNumbers: Set = ["r5", "r6", "r11", "r12", "r15"]
        #expect(
          theirs.filter { !noNumbers.contains($0) } == Self.identifiers(ours.stdout).filter { !noNumbers.contains($0) },
          "\(test)")
      }
    }
  }

  @Test("A line that the quick way does not take is asked all the same")
  func slowLines() throws {
    let folder = try TemporaryFolder()
    let records = "chr1\t00000000000100\tslow\tA\tC\t50\tq\tDP=1\nchr1\t200\tgood\tA\tC\t50\tPASS\tDP=1\n"
    _ = try folder.file("in.vcf", (Self.header + records).utf8)
    #expect(Self.identifiers(try Self.run("in.vcf --where 'FILTER=\"PASS\"'", in: folder).stdout) == ["good"])
    try folder.write("a.bed", "chr1\t199\t200\n")
    #expect(Self.identifiers(try Self.run("in.vcf --regions a.bed", in: folder).stdout) == ["good"])
    _ = try folder.file("nameless.vcf", (Self.header + "\t100\t.\tA\tC\t50\tPASS\t.\n").utf8)
    let nameless = try Self.run("nameless.vcf", in: folder)
    #expect(nameless.status == 65 && nameless.stderr.contains("column CHROM"), "\(nameless.text)")
  }

  @Test("Regions hold for every kind of record, in VCF as in BCF", .enabled(if: Tool.isPresent("bcftools")))
  func structuralRegions() throws {
    let folder = try TemporaryFolder()
    let records = """
      chr1\t1000\tshort\tA\t<DEL>\t50\tPASS\tSVTYPE=DEL;SVLEN=-50
      chr1\t1100\tlong\tA\t<DEL>\t50\tPASS\tSVTYPE=DEL;SVLEN=-600000
      chr1\t1200\tunknown\tA\t<DEL>\t50\tPASS\tSVTYPE=DEL;END=.
      chr1\t1300\tblock\tA\t.\t50\tPASS\tEND=500005
      chr1\t499999\treference\tACGT\tA\t50\tPASS\tDP=3
      chr1\t500000\tat\tA\tC\t50\tPASS\tDP=3
      chr1\t500010\tbehind\tA\tC\t50\tPASS\tDP=3

      """
    let input = try folder.file("in.vcf", (Self.header + records).utf8)
    _ = try #require(
      try Tool.output("bcftools", ["view", "--no-version", "-Ob", "-o", folder.path + "/in.bcf", input]))
    try folder.write("a.bed", "chr1\t499999\t500001\n")
    for name in ["in.vcf", "in.bcf"] {
      let outcome = try Self.run("\(name) --regions a.bed", in: folder)
      #expect(Self.identifiers(outcome.stdout) == ["long", "block", "reference", "at"], "\(name): \(outcome.text)")
    }
  }

  @Test("BCF that nests lengths, or has a genotype of text, is refused", .enabled(if: Tool.isPresent("bcftools")))
  func hostileBinary() throws {
    let folder = try TemporaryFolder()
    let input = try folder.file("in.vcf", (Self.header + "chr1\t1\t.\tA\tC\t5\tPASS\tDP=1\n").utf8)
    let whole = try #require(try Tool.output("bcftools", ["view", "--no-version", "-Ou", input]))
    // The record's lengths are eight bytes from the end of the header; its ID is the first vector.
    let size = 9 + (0..<4).reduce(0) { $0 | Int(whole[5 + $1]) << (8 * $1) }
    var record = Array(whole[size...])
    let nested = [UInt8](repeating: 0xF1, count: 200_000)
    record.replaceSubrange(32..., with: nested)
    let length = UInt32(24 + nested.count)
    for index in 0..<4 { record[index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index))) }
    _ = try folder.file("nested.bcf", Array(whole[..<size]) + record)
    let outcome = try Self.run("nested.bcf --where 'QUAL>1'", in: folder)
    #expect(outcome.status == 65 && outcome.stderr.contains("record 1"), "\(outcome.text)")
  }

  @Test("Records of BCF keep their numbers, whatever is filtered", .enabled(if: Tool.isPresent("bcftools")))
  func numbers() throws {
    let folder = try TemporaryFolder()
    let input = try folder.file(
      "in.vcf", Self.many { $0 == 5_000 ? "chr1\t5\t.\tA\tC\t50\tPASS\tDP=5001\n" : nil }.utf8)
    _ = try #require(
      try Tool.output("bcftools", ["view", "--no-version", "-Ob", "-o", folder.path + "/in.bcf", input]))
    for question in ["", "--where 'INFO/DP>3000'", "--where 'INFO/DP>4990'"] {
      for stretch in [1, 1 << 20] {
        let outcome = try Program.shell(
          "\"$RARESCREEN\" filter in.bcf \(question) --stretch \(stretch) > /dev/null", directory: folder.path)
        #expect(outcome.stderr.contains("record 5000:"), "\(question): \(outcome.text)")
      }
    }
  }
}
