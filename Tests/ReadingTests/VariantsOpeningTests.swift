import Foundation
import Reading
import TestSupport
import Testing

@Suite struct VariantsOpeningTests {
  private static func reason(_ path: String) -> ReadError.Reason? {
    do throws(ReadError) {
      _ = try WholeFile(path)
      return nil
    } catch { return error.reason }
  }

  @Test func missingFile() {
    #expect(Self.reason("/no/such/file.vcf") == .missing)
    #expect(ReadError(.missing, file: "x.vcf").kind == .missing)
  }

  @Test func folder() throws {
    let folder = try TemporaryFolder()
    #expect(Self.reason(folder.path) == .directory)
  }

  @Test(.disabled(if: getuid() == 0, "root may read every file"))
  func withoutPermission() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("closed.vcf", "x".utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    #expect(Self.reason(path) == .notPermitted)
  }

  @Test func networkAddressIsAFileName() {
    #expect(Self.reason("http://127.0.0.1:9/x.vcf") == .missing)
  }

  @Test(arguments: [
    ("", "the file is empty"),
    ("chrom,pos\n1,2\n", "not a VCF or BCF file: it begins with 'chrom,pos'"),
    ("##fileformat=VCFv4.2\n", "the header has no #CHROM line"),
    ("##fileformat=VCFv4.2\n1\t2\t.\tA\tC\t.\t.\t.\n", "line 2: the #CHROM line is missing"),
    ("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\n", "line 2: the #CHROM line is missing or its columns are wrong"),
    ("##fileformat=VCFv4.2\n#CHROM\tPOSITION\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", "column POS"),
    (
      "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\tA\n",
      "two sample columns have the same name: 'A'"
    ),
    ("BZh91AY&SY", "bzip2"), ("PK\u{3}\u{4}", "ZIP"), ("CRAM\u{3}", "CRAM"),
  ])
  func whatIsNoVariantFile(content: String, message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("input", content.utf8)
    let error = #expect(throws: ReadError.self) { try WholeFile(path) }
    #expect(error?.description.contains(message) == true, "\(error.map(\.description) ?? "")")
    #expect(error?.kind == .malformed)
  }

  @Test func headerAloneIsAFileWithoutRecords() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "header.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n".utf8)
    let whole = try WholeFile(path)
    #expect(whole.lines.isEmpty && whole.warnings.isEmpty)
  }

  @Test func digestOfAKnownText() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("abc", "abc".utf8)
    // FIPS 180-2, appendix B.1.
    #expect(
      try FileDigest.sha256(of: path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(throws: ReadError.self) { try FileDigest.sha256(of: path + "x") }
  }

  @Test func messagesCannotDriveATerminal() {
    let error = ReadError(.format(.position, found: "\u{1b}[2J\u{9b}x\u{202e}"), file: "a\nb", place: .wholeFile)
    #expect(!error.description.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) })
    #expect(error.description.hasPrefix("a\\nb: POS is not"))
  }
}
