import Foundation
import Model
import Reading
import TestSupport
import Testing

@Suite struct VariantsRulesTests {
  static let header = """
    ##fileformat=VCFv4.3
    ##contig=<ID=1,length=1000>
    ##FILTER=<ID=q10,Description="x">
    ##INFO=<ID=MY,Number=A,Type=Integer,Description="x">
    ##INFO=<ID=FL,Number=0,Type=Flag,Description="x">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
    ##FORMAT=<ID=RNC,Number=2,Type=Character,Description="x">
    ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="x">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\tS2

    """

  /// Reads the header above with one record or more, spaces standing for tabs.
  static func read(_ records: String..., header: String = header, isStrict: Bool = false) throws -> WholeFile {
    let folder = try TemporaryFolder()
    let text = records.map { $0.replacingOccurrences(of: " ", with: "\t") + "\n" }.joined()
    return try WholeFile(try folder.file("input.vcf", (header + text).utf8), isStrict: isStrict)
  }

  @Test(arguments: [
    "1 100 . A C . . . GT 0/1 0/0",
    "1 100 . A C,<DEL>,* 1e3 q10 MY=1,.,3;FL GT:PL 0|3:. ./.",
    "1 0 telomere N ]1:5]N . . . GT . .",
    "1 1001 telomere N A. . . . GT 0 0/0/1",
    "1 100 . A C . PASS DP=5 GT:PL 0/1:1,2,3 0:1,2",
    "1 100 . A . . PASS . . . .",
    // GLnexus writes its two characters without comma.
    "1 100 . A C . . . GT:RNC 0/1:.. ./.:II",
  ])
  func soundRecords(line: String) throws {
    let whole = try Self.read(line)
    #expect(whole.warnings.kept.map(\.description) == [])
    #expect(whole.lines.count == 1)
  }

  @Test(arguments: [
    ("1 100 a; A C . . . GT 0/1 0/0", FormatRule.identifier),
    ("1 100 a;a A C . . . GT 0/1 0/0", .identifierDuplicate),
    ("1 100 . R C . . . GT 0/1 0/0", .referenceAmbiguous),
    ("1 100 . A [1:5[ . . . GT 0/1 0/0", .alternate),
    ("1 100 . A C,C . . . GT 0/1 0/0", .alternateDuplicate),
    ("1 100 . A C -1 . . GT 0/1 0/0", .qualityNegative),
    ("1 100 . A C . 0 . GT 0/1 0/0", .filter),
    ("1 100 . A C . q10;. . GT 0/1 0/0", .filter),
    ("1 100 . A C . q20 . GT 0/1 0/0", .filterUndeclared),
    ("2 100 . A C . . . GT 0/1 0/0", .contigUndeclared),
    ("1 1002 . A C . . . GT 0/1 0/0", .positionBeyondContig),
    ("1 100 . A C . . XX=1 GT 0/1 0/0", .infoUndeclared),
    ("1 100 . A C . . MY=x GT 0/1 0/0", .infoType),
    ("1 100 . A C . . MY=2147483648 GT 0/1 0/0", .infoType),
    ("1 100 . A C . . MY=1,2 GT 0/1 0/0", .infoNumber),
    ("1 100 . A C . . FL=1 GT 0/1 0/0", .infoNumber),
    ("1 100 . A C . . DP=-1 GT 0/1 0/0", .infoRange),
    ("1 100 . A C . . MY=1;MY=1 GT 0/1 0/0", .infoDuplicate),
    ("1 100 . A C . . FL;;MY=1 GT 0/1 0/0", .infoKey),
    ("1 100 . A C . . . PL:GT 1,2,3:0/1 1,2,3:0/0", .genotypeFirst),
    ("1 100 . A C . . . GT:GT 0/1:0/1 0/0:0/0", .formatDuplicate),
    ("1 100 . A C . . . GT:XX 0/1:1 0/0", .formatUndeclared),
    ("1 100 . A C . . . GT:1X 0/1:1 0/0", .formatKey),
    ("1 100 . A C . . . GT 0/C 0/0", .genotype),
    ("1 100 . A C . . . GT 0/2 0/0", .genotypeRange),
    ("1 100 . A C . . . GT 0/1:5 0/0", .sampleFields),
    ("1 100 . A C . . . GT:PL 0/1:a,b,c 0/0", .sampleType),
    ("1 100 . A C . . . GT:PL 0/1:1,2 0/0", .sampleNumber),
    ("1 100 . A C\u{1} . . . GT 0/1 0/0", .controlCharacter),
  ])
  func oddRecordsAreReadWithAWarning(line: String, rule: FormatRule) throws {
    let whole = try Self.read("1 50 . G T . . . GT 0/1 0/0", line)
    #expect(whole.lines.count == 2)
    #expect(whole.warnings.counts[rule] == 1, "\(whole.warnings.kept)")
    let warning = whole.warnings.kept.first { $0.rule == rule }
    #expect(warning?.place.line == 11)
    #expect(warning?.place.record == 2)
    #expect(throws: ReadError.self) { try Self.read(line, isStrict: true) }
  }

  @Test(arguments: [
    ("1 x . A C . . . GT 0/1 0/0", "line 10, column POS: POS is not a whole number from 0 to 2147483647: 'x'"),
    ("1 -1 . A C . . . GT 0/1 0/0", "column POS"),
    ("1 2147483648 . A C . . . GT 0/1 0/0", "column POS"),
    ("1 100 .  C . . . GT 0/1 0/0", "column REF: REF is empty"),
    ("1 100 . A,C C . . . GT 0/1 0/0", "column REF"),
    ("1 100 . A C,,T . . . GT 0/1 0/0", "column ALT: ALT holds an empty allele: 'C,,T'"),
    ("1 100 . A  . . . GT 0/1 0/0", "column ALT"),
    ("1 100 . A C high . . GT 0/1 0/0", "column QUAL: QUAL is neither a number nor '.': 'high'"),
    (
      "1 100 . A C . . . GT 0/1",
      "line 10: the number of columns differs from the #CHROM line's: '10 columns, expected 11'"
    ),
    ("##fileformat=VCFv4.3", "line 10: the number of columns"),
  ])
  func brokenRecordsAreErrors(line: String, message: String) throws {
    let error = #expect(throws: ReadError.self) { try Self.read(line) }
    #expect(error?.description.contains(message) == true, "\(error.map(\.description) ?? "")")
    #expect(error?.kind == .malformed)
  }

  @Test func orderIsCheckedAcrossTheFile() throws {
    let header = Self.header.replacingOccurrences(of: "##FILTER", with: "##contig=<ID=2>\n##FILTER")
    let end = " . A C . . . GT 0/1 0/0"
    let whole = try Self.read("1 20" + end, "1 10" + end, "2 5" + end, "1 30" + end, header: header)
    #expect(whole.warnings.counts == [.unsorted: 1, .contigScattered: 1])
    #expect(whole.warnings.kept.map(\.place.record) == [2, 4])
  }

  @Test func sameChangeInAnotherSpellingIsADuplicate() throws {
    let end = " . . . GT 0/1 0/0"
    let whole = try Self.read("1 10 . TAT TGT" + end, "1 11 . A G" + end, "1 11 . A T" + end)
    #expect(whole.warnings.counts == [.recordDuplicate: 1])
    #expect(whole.warnings.kept.first?.place.record == 2)
  }

  @Test func lineEndsOfWindowsAndBlankLinesAreTolerated() throws {
    let folder = try TemporaryFolder()
    let text = (Self.header + "1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\t0/0\n\n1\t6\t.\tA\tC\t.\t.\t.\tGT\t0/1\t0/0\n")
      .replacingOccurrences(of: "\n", with: "\r\n")
    let whole = try WholeFile(try folder.file("windows.vcf", text.utf8))
    #expect(whole.lines.count == 2 && whole.lines.allSatisfy { !$0.contains("\r") })
    #expect(whole.header.samples == ["S1", "S2"])
    #expect(whole.warnings.counts == [.blankLine: 1])
  }

  @Test func warningsDoNotDependOnHowTheFileIsCut() throws {
    let lines = (1...40).map { "1\t\(100 - $0)\t.\tA\tC\t.\tqq\(($0 % 3))\tX\($0 % 7)=1\tGT\t0/9\t0/0\n" }
    let folder = try TemporaryFolder()
    let file = try VariantFile(path: try folder.file("input.vcf", Self.header.utf8))
    func tally(linesAChunk size: Int) throws -> WarningTally {
      var tally = WarningTally()
      var order = RecordOrder()
      let parser = RecordParser(header: file.header)
      for start in stride(from: 0, to: lines.count, by: size) {
        let text = Array(lines[start..<min(start + size, lines.count)].joined().utf8)
        let chunk = RecordChunk(file: "f", firstOrdinal: start + 1, firstLine: start + 10, text: text)
        let parsed = try parser.parse(chunk)
        tally.merge(parsed.warnings)
        try order.check(parsed.runs, into: &tally)
      }
      return tally
    }
    // Undeclared keys are told once a chunk, hence differ in number; nothing else may.
    let whole = try tally(linesAChunk: 40)
    for size in [1, 7, 13] {
      let cut = try tally(linesAChunk: size)
      for rule in FormatRule.allCases where rule != .infoUndeclared {
        #expect(cut.counts[rule] == whole.counts[rule], "\(rule)")
        #expect(cut.kept.filter { $0.rule == rule } == whole.kept.filter { $0.rule == rule })
      }
    }
  }
}
