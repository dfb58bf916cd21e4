import Foundation
import Model
import Reading
import TestSupport
import Testing

@Suite struct VariantsHeaderTests {
  private static let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"

  private static func read(_ lines: String..., columns: String = columns) throws -> WholeFile {
    let folder = try TemporaryFolder()
    let text = (["##fileformat=VCFv4.2"] + lines + [columns, ""]).joined(separator: "\n")
    return try WholeFile(try folder.file("input.vcf", text.utf8))
  }

  @Test func quotedValuesMayHoldAnything() throws {
    let whole = try Self.read(
      #"##INFO=<ID=X,Number=R,Type=Float,Description="a, b=\"c\" \\ <d>",Source="s">"#)
    #expect(whole.header.info["X"]?.description == #"a, b="c" \ <d>"#)
    #expect(whole.header.info["X"]?.number == .perAllele)
    #expect(whole.header.info["X"]?.type == .float)
    #expect(whole.warnings.isEmpty)
  }

  @Test func everythingIsKept() throws {
    let whole = try Self.read(
      "##source=caller v1", "##FILTER=<ID=q10,Description=\"low\">", "##ALT=<ID=DEL,Description=\"Deletion\">",
      "##contig=<ID=chr1,length=10,assembly=x>", "##contig=<ID=chr2>", columns: Self.columns + "\tFORMAT\ta b\tc")
    #expect(whole.header.version == "4.2")
    #expect(whole.header.filters == ["q10": "low"])
    #expect(whole.header.symbolicAlleles == ["DEL"])
    #expect(whole.header.contigs == [.init(name: "chr1", length: 10), .init(name: "chr2", length: nil)])
    #expect(whole.header.samples == ["a b", "c"])
    #expect(whole.header.lines.count == 6)
  }

  @Test(arguments: [
    ("##nothing", FormatRule.metaSyntax),
    ("##INFO=<ID=X,Number=1,Type=Float,Description=\"a\"", .metaUnclosed),
    ("##INFO=<ID=X,Number=1,Type=Float,Description=\"a>", .metaUnclosed),
    ("##INFO=<ID=X,Number=1,Type=Float,Description=\"a \"b\" c\">", .metaQuote),
    ("##INFO=<Number=1,Type=Float,Description=\"a\">", .metaIdentifier),
    ("##INFO=<ID=X,Number=B,Type=Float,Description=\"a\">", .metaNumber),
    ("##INFO=<ID=X,Number=1,Type=Real,Description=\"a\">", .metaType),
    ("##INFO=<ID=X,Number=1,Type=Float,Description=a>", .metaDescription),
    ("##INFO=<ID=AC,Number=1,Type=Integer,Description=\"a\">", .metaReserved),
    ("##contig=<ID=1,length=x>", .metaValue),
  ])
  func oddLinesAreReadWithAWarning(line: String, rule: FormatRule) throws {
    let whole = try Self.read(line)
    #expect(whole.warnings.counts[rule] == 1, "\(whole.warnings.kept)")
    #expect(whole.warnings.kept.first?.place.line == 2)
  }

  @Test func firstOfTwoDeclarationsCounts() throws {
    let whole = try Self.read(
      "##INFO=<ID=X,Number=1,Type=Float,Description=\"a\">", "##INFO=<ID=X,Number=1,Type=String,Description=\"b\">")
    #expect(whole.header.info["X"]?.type == .float)
    #expect(whole.warnings.counts == [.metaDuplicate: 1])
  }

  @Test func columnsSeparatedBySpaces() throws {
    let folder = try TemporaryFolder()
    let text = "##fileformat=VCFv4.2\n#CHROM POS  ID REF ALT QUAL FILTER INFO\n1  5 . A   C . . .\n"
    let whole = try WholeFile(try folder.file("spaces.vcf", text.utf8))
    #expect(whole.lines == ["1\t5\t.\tA\tC\t.\t.\t."])
    #expect(whole.warnings.counts == [.columnSeparator: 1])
  }

  @Test(arguments: [
    ([("chr1", 248_956_422), ("chrM", 16_569)], AssemblyEvidence.Finding.assembly(.grch38)),
    ([("1", 249_250_621), ("X", 155_270_560)], .assembly(.grch37)),
    ([("1", 249_250_621), ("2", 242_193_529)], .mixed),
    ([("1", 249_250_621), ("2", 5)], .mixed),
    ([("chr1", 248_387_328)], .unsupported),
    ([("MT", 16_569), ("GL000220.1", 161_802)], .unknown),
    ([], .unknown),
  ])
  func assemblyIsFoundFromLengths(contigs: [(String, Int)], finding: AssemblyEvidence.Finding) {
    let evidence = AssemblyEvidence(contigs: contigs.map { VariantHeader.ContigLine(name: $0.0, length: $0.1) })
    #expect(evidence.finding == finding)
    if finding != .unknown { #expect(evidence.reasons.joined().contains(contigs[0].0)) }
  }

  @Test func mitochondrionIsToldApart() {
    func kind(_ length: Int?) -> AssemblyEvidence.Mitochondrion {
      AssemblyEvidence(contigs: [VariantHeader.ContigLine(name: "chrM", length: length)]).mitochondrion
    }
    #expect(kind(16_569) == .revisedCambridge)
    #expect(kind(16_571) == .oldHG19)
    #expect(kind(16_000) == .other(length: 16_000))
    #expect(kind(nil) == .unknown)
  }
}
