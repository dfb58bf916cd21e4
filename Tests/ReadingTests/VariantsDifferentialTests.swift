import Foundation
import Model
import Reading
import Synchronization
import TestSupport
import Testing

/// Our lines against those of `bcftools view -H`, on files of every container.
@Suite(.enabled(if: Tool.isPresent("bcftools"), "bcftools not found")) struct VariantsDifferentialTests {
  /// A small file with the columns that a container could spoil; floats as htslib prints them.
  static let sample = """
    ##fileformat=VCFv4.3
    ##FILTER=<ID=PASS,Description="All filters passed">
    ##contig=<ID=chr1,length=248956422>
    ##contig=<ID=HLA-A*01:01:01:01,length=3503>
    ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
    ##INFO=<ID=DB,Number=0,Type=Flag,Description="In dbSNP, \\"quoted\\"">
    ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence. Format: Allele|Consequence">
    ##FILTER=<ID=q10,Description="Quality below 10">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Depths">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tchild\tmother
    chr1\t100\trs1;rs2\tA\tC,<*>\t29.5\tPASS\tAF=0.25,0;DB\tGT:AD\t0/1:10,9,0\t0|0:20,0,0
    chr1\t100\t.\tat\tA\t.\t.\tCSQ=-|frameshift_variant,-|intron_variant\tGT:AD\t./.:.\t1/1:0,7
    HLA-A*01:01:01:01\t7\t.\tG\t.\t3\tq10\t.\tGT:AD\t0/0:9\t0/0:8

    """

  private static let records = sample.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)

  @Test(arguments: ["v", "z", "b", "u"])
  func everyContainerGivesTheSameLines(container: String) throws {
    let folder = try TemporaryFolder()
    let plain = try folder.file("plain", Self.sample.utf8)
    let target = folder.path + "/target"
    _ = try #require(try Tool.output("bcftools", ["view", "--no-version", "-O", container, "-o", target, plain]))
    let whole = try WholeFile(target)
    #expect(whole.lines == Self.records)
    #expect(whole.header.samples == ["child", "mother"])
    #expect(whole.header.info["DB"]?.description == "In dbSNP, \"quoted\"")
    #expect(whole.warnings.isEmpty)
  }

  @Test(
    .enabled(if: RealData.isPresent, RealData.absence),
    arguments: [
      "parsing/cyvcf2/multi-contig.bcf", "parsing/cyvcf2/test.snpeff.bcf", "parsing/cyvcf2/multi-contig.vcf.gz",
      "parsing/htsjdk/NA12891.vcf.gz", "parsing/cyvcf2/test.snpeff.vcf",
    ])
  func realFilesGiveTheSameRecords(name: String) throws {
    let path = RealData.path(name)
    let output = try #require(try Tool.output("bcftools", ["view", "-H", path]))
    let expected = String(decoding: output, as: UTF8.self).split(separator: "\n")
    let lines = try WholeFile(path).lines
    try #require(lines.count == expected.count)
    for (ours, theirs) in zip(lines, expected) {
      if name.hasSuffix(".bcf") {
        #expect(ours == theirs)
      } else {
        // bcftools prints numbers anew; ours stay as written.
        #expect(ours.split(separator: "\t").prefix(5) == theirs.split(separator: "\t").prefix(5))
      }
    }
  }

  /// The columns that are decoded, against bcftools' own reading of them.
  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func decodedColumnsAgree() throws {
    let path = RealData.path("parsing/htsjdk/NA12891.vcf.gz")
    let output = try #require(try Tool.output("bcftools", ["query", "-f", "%CHROM\\t%POS\\t%QUAL\\n", path]))
    let expected = String(decoding: output, as: UTF8.self).split(separator: "\n").map { $0.split(separator: "\t") }
    var row = 0
    for batch in try WholeFile(path).batches {
      for index in 0..<batch.count {
        #expect(batch.contigs[index] == Contig(name: expected[row][0]))
        #expect(batch.positions[index] == Int(expected[row][1]))
        #expect(batch.ordinals[index] == row + 1)
        let quality = batch.qualities[index]
        #expect(quality.isNaN ? expected[row][2] == "." : abs(quality - (Float(expected[row][2]) ?? -1)) < 0.01)
        row += 1
      }
    }
    #expect(row == expected.count)
  }
}
