import Foundation
import TestSupport
import Testing

/// Coverage by the reference blocks of a gVCF, where nobody gives reads. All calls are invented.
@Suite struct BlockCoverageTests {
  private static let header = [
    "##fileformat=VCFv4.2", "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">",
    "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: Allele|Consequence|IMPACT|SYMBOL|Feature_type\">",
    "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
    "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Reads\">",
    "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">",
    "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Genotype quality\">",
    "##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"Least depth\">",
    "##contig=<ID=chr2,length=242193529>", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCHILD",
  ]
  private static let start = 166_002_000

  private static func block(_ from: Int, _ to: Int, depth: Int, quality: Int) -> String {
    "chr2\t\(start + from)\t.\tA\t<NON_REF>\t.\t.\tEND=\(start + to)\tGT:DP:GQ:MIN_DP\t0/0:\(depth + 5):\(quality):\(depth)"
  }

  /// Runs a screen over two rows of 200 and 100 bases, and returns the folder.
  private static func screened(_ records: [String], rows: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let vcf = try folder.write("child.g.vcf", (header + records).joined(separator: "\n") + "\n")
    let panel = try folder.write(
      "rows.bed", "chr2\t\(start)\t\(start + 200)\tONE\nchr2\t\(start + 5_000)\t\(start + 5_100)\tTWO\n" + rows)
    let outcome = try Program.run(
      ["screen", "--vcf", vcf, "--proband", "CHILD", "--sex", "female", "--panel", panel, "--out", folder.file("out")])
    #expect(outcome.status == 0, "\(outcome.text)")
    return folder
  }

  @Test func blocksAndVariantsTellTheDepth() throws {
    let variant =
      "chr2\t\(Self.start + 101)\t.\tC\tT,<NON_REF>\t500\tPASS\tCSQ=T|stop_gained|HIGH|SCN1A|Transcript\tGT:AD:DP:GQ\t0/1:15,15,0:30:99"
    let folder = try Self.screened([
      Self.block(1, 100, depth: 25, quality: 60), variant, Self.block(102, 150, depth: 40, quality: 10),
      Self.block(151, 180, depth: 8, quality: 60),
    ])
    let rows = Rows(try folder.text("out/coverage.tsv"))
    let whole = rows.column("exon").indices.filter { rows.column("exon")[$0] == "all" }
    #expect(whole.map { rows.column("gene")[$0] } == ["ONE", "TWO"])
    // 100 bases of 25, the variant's 30, 49 unsure, 30 of 8, 20 of which the file says nothing.
    #expect(whole.map { rows.column("mean_depth")[$0] } == ["13.85", "0.00"])
    #expect(whole.map { rows.column("pct_20x")[$0] } == ["50.50", "0.00"])
    #expect(whole.map { rows.column("pct_callable")[$0] } == ["50.50", "0.00"])
    #expect(whole.map { rows.column("verdict")[$0] } == ["fail", "fail"])
    let gaps = Rows(try folder.text("out/gaps.bed"))
    // From the unsure block on it is one gap, of few reads over its whole length.
    #expect(gaps.column("end") == ["\(Self.start + 200)", "\(Self.start + 5_100)"])
    #expect(gaps.column("cause") == ["low_genotype_quality", "no_reads"])
    #expect(try folder.text("out/report.html").contains("reference blocks"))
  }

  @Test func aContigThatTheHeaderLacksIsNotAssessed() throws {
    let folder = try Self.screened(
      [Self.block(1, 200, depth: 25, quality: 60)], rows: "chrX\t50000000\t50000100\tXONE\n")
    let rows = Rows(try folder.text("out/coverage.tsv"))
    let row = try #require(rows.rows.first { $0[1] == "XONE" && $0[3] == "all" })
    #expect(Array(row[7...]) == ["100", ".", ".", ".", ".", ".", ".", ".", "not_assessed", ".", ".", "no_contig"])
    #expect(!(try folder.text("out/gaps.bed").contains("XONE")))
    let page = try folder.text("out/report.html")
    #expect(page.contains("the file has no contig X (1): XONE"))
    #expect(page.contains("Coverage of some genes of the panels was not assessed"))
    #expect(try folder.text("out/run.json").contains("the gVCF has no contig X (XONE)"))
    let document = try Document(folder.bytes("out/candidates.json"))
    let coverage = try #require((document["coverage"] as? [[String: Any]])?.first)
    let gene = try #require((coverage["genes"] as? [[String: Any]])?.first { $0["symbol"] as? String == "XONE" })
    #expect((gene["summary"] as? [String: Any])?["bases_callable"] is NSNull)
    #expect((gene["not_assessed"] as? [[String: Any]])?.map { $0["reason"] as? String } == ["no_contig"])
  }

  @Test func aFileOfVariantsAloneSaysNothingOfCoverage() throws {
    let variant =
      "chr2\t\(Self.start + 101)\t.\tC\tT\t500\tPASS\tCSQ=T|stop_gained|HIGH|SCN1A|Transcript\tGT:AD:DP:GQ\t0/1:15,15:30:99"
    let folder = try Self.screened([variant])
    #expect(!folder.exists("out/coverage.tsv"))
    #expect(try folder.text("out/report.html").contains("coverage not assessed"))
  }
}
