import TestSupport
import Testing

@Suite("The funnel adds up")
struct LedgerTests {
  @Test("Records read are those that bcftools counts, and each is accounted for once")
  func funnel() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let run = try Document(folder.bytes("out/run.json"))
    let counted = try Program.shell("bcftools view -H '\(Demonstration.variants)' | wc -l")
    let records = Int(counted.stdout.filter(\.isNumber))
    #expect(run.number("funnel", "records", "read") == records)
    for unit in ["records", "alleles"] {
      let removed = try #require(run["funnel", unit, "removed"] as? [String: Int])
      let reported = try #require(run.number("funnel", unit, "reported"))
      #expect(run.number("funnel", unit, "read") == reported + removed.values.reduce(0, +), "\(unit)")
    }
  }

  @Test("What is reported is in every document")
  func documents() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let run = try Document(folder.bytes("out/run.json"))
    let table = Rows(try folder.text("out/candidates.tsv"))
    let alleles = Set(
      table.rows.indices.map { row in
        ["chrom", "pos", "ref", "alt"].map { table.column($0)[row] }.joined(separator: "-")
      })
    #expect(alleles.count == run.number("funnel", "alleles", "reported"))
    let records = try Program.shell("bcftools view -H '\(folder.file("out/candidates.vcf.gz"))' | wc -l")
    #expect(Int(records.stdout.filter(\.isNumber)) == run.number("funnel", "records", "reported"))
    let genes = Rows(try folder.text("out/genes.tsv"))
    #expect(Set(genes.column("gene")) == Set(table.column("gene")))
    #expect(genes.column("rank") == (1...genes.rows.count).map(String.init))
  }
}
