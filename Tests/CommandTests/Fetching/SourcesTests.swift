import Foundation
import TestSupport
import Testing

@Suite("knowledge sources")
struct SourcesTests {
  @Test("All sources in words, with licence and the command that takes them in")
  func text() throws {
    let outcome = try Program.run(["knowledge", "sources"])
    #expect(outcome.status == 0, "\(outcome.text)")
    for word in [
      "gnomad_exomes 4.1, GRCh38", "licence: CC0 1.0", "rarescreen knowledge fetch clinvar\n",
      "then: rarescreen knowledge build clinvar clinvar.vcf.gz ", "KHV",
    ] {
      #expect(outcome.stdout.contains(word))
    }
  }

  @Test("One source with every address, as text, table and JSON")
  func one() throws {
    let flags = ["knowledge", "sources", "gnomad_exomes", "--build", "GRCh38"]
    let text = try Program.run(flags)
    #expect(text.stdout.split(separator: "\n").count { $0.hasPrefix("  file: https://") } == 24, "\(text.text)")
    let table = Rows(try Program.run(flags + ["--format", "tsv"]).stdout)
    #expect(table.column("assembly") == ["GRCh38"])
    #expect(table.column("files").first?.split(separator: "|").last?.hasSuffix("sites.chrY.vcf.bgz") == true)
    let json = try Program.run(flags + ["--format", "json"]).stdout
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [[String: Any]]]
    let source = try #require(document?["sources"]?.first)
    #expect((source["files"] as? [Any])?.count == 24)
    #expect(source["licence"] as? String == "CC0 1.0")
  }

  @Test("Wrong names and builds", arguments: [["gnomad_exoms"], ["clinvar", "--build", "hg99"]])
  func wrong(arguments: [String]) throws {
    let outcome = try Program.run(["knowledge", "sources"] + arguments)
    #expect(outcome.status == 64, "\(outcome.text)")
    #expect(outcome.stdout.isEmpty)
  }
}
