import Foundation
import Model
import Reading
import TestSupport
import Testing

/// However a file is cut into blocks and stretches, the same records, numbers, counts and warnings come out.
@Suite struct VariantsStretchTests {
  private static let header = """
    ##fileformat=VCFv4.2
    ##contig=<ID=chr1,length=248956422>
    ##contig=<ID=chr2,length=242193529>
    ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
    ##INFO=<ID=END,Number=1,Type=Integer,Description="End">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO

    """

  /// Sixty records, one of which is long; `lineEnd` between them.
  private static func text(lineEnd: String = "\n", longest: Int = 700) -> String {
    let records = (1...60).map { number in
      let filler = number == 33 ? String(repeating: "x", count: longest) : "."
      let info = number % 7 == 0 ? "END=\(number * 100 + 50)" : "AF=0.\(number % 10)\(number)"
      let alternate = number % 7 == 0 ? "<DEL>" : "C"
      return "chr\(number <= 40 ? 1 : 2)\t\(number * 100)\t\(filler)\tA\t\(alternate)\t\(number)\tPASS\t\(info)"
    }
    return (header.replacingOccurrences(of: "\n", with: lineEnd) + records.joined(separator: lineEnd)) + lineEnd
  }

  private static let plans: [ReadPlan] = [
    .all,
    ReadPlan(regions: RegionSet([Region(.chr1, 730, 740), Region(.chr2, 4_100, 4_400)])),
    ReadPlan(regions: RegionSet([Region(.chr1, 0, 3_000)]), isByFirstBase: true, test: .quality(.greater, 10)),
    ReadPlan(test: .any([.info("AF", .less, 0.3), .infoMissing("AF")])),
  ]

  private func compare(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = try TemporaryFolder()
    let plain = try folder.file("plain.vcf", text.utf8)
    for plan in Self.plans {
      let expected = try WholeFile(plain, plan: plan)
      for blockSize in [13, 64, 1_000, 60_000] {
        let path = try folder.file("blocks.vcf.gz", blockGzip(Array(text.utf8), blockSize: blockSize))
        for stretchSize in [1, 200, 1 << 20] {
          // What is read before the first stretch would hide the cuts of so small a file.
          let whole = try WholeFile(path, plan: plan, stretchSize: stretchSize, leaderSize: 1)
          #expect(whole.lines == expected.lines, sourceLocation: sourceLocation)
          #expect(whole.ordinals == expected.ordinals, sourceLocation: sourceLocation)
          #expect(whole.count == expected.count && whole.refused == expected.refused, sourceLocation: sourceLocation)
          #expect(whole.warnings.isSorted == expected.warnings.isSorted, sourceLocation: sourceLocation)
        }
      }
    }
  }

  @Test func recordsLieAcrossBlocks() throws { try compare(Self.text()) }

  @Test func lineEndsOfWindows() throws { try compare(Self.text(lineEnd: "\r\n")) }

  @Test func aLineLongerThanManyStretches() throws { try compare(Self.text(longest: 400_000)) }

  @Test func noFinalNewline() throws { try compare(String(Self.text().dropLast())) }

  @Test func blankLines() throws { try compare(Self.text() + "\n\nchr2\t9000\t.\tA\tC\t9\tPASS\t.\n") }

  @Test func headerOnly() throws { try compare(Self.header) }

  @Test func unsortedRecordsAreNoticedAcrossTheCuts() throws {
    try compare(Self.text() + "chr2\t5\t.\tA\tC\t9\tPASS\tAF=0.1\nchr1\t5\t.\tA\tC\t9\tPASS\tAF=0.1\n")
  }

  /// A fault lies at the same line and record, whoever met it.
  @Test func faultsKeepTheirPlace() throws {
    let folder = try TemporaryFolder()
    var lines = Self.text().split(separator: "\n").map(String.init)
    lines[45] = "chr1\tnowhere\t.\tA\tC\t9\tPASS\t."
    let text = lines.joined(separator: "\n") + "\n"
    for blockSize in [13, 1_000] {
      let path = try folder.file("blocks.vcf.gz", blockGzip(Array(text.utf8), blockSize: blockSize))
      let error = #expect(throws: ReadError.self) { try WholeFile(path, stretchSize: 1, leaderSize: 1) }
      #expect(error?.place == ReadPlace(line: 46, record: 40, column: "POS"))
    }
  }

  /// The counts of what was left out add up with what was let through.
  @Test func everyRecordIsCounted() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("plain.vcf", Self.text().utf8)
    for plan in Self.plans {
      let whole = try WholeFile(path, plan: plan)
      #expect(whole.count == 60)
      #expect(whole.lines.count + whole.refused.total == 60)
    }
    let near = try WholeFile(path, plan: Self.plans[1])
    // A deletion reaches into the first region from 700 to 750.
    #expect(near.batches.flatMap(\.positions) == [700, 4_200, 4_300, 4_400])
  }
}
