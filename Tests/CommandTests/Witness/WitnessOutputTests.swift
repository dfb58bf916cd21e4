import Foundation
import TestSupport
import Testing

/// What a run with alignments leaves behind.
@Suite("Outputs of a run with reads", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct WitnessOutputTests {
  private static let further = ["coverage.tsv", "depth_classes.bed", "gaps.bed"]

  @Test("Without alignments nobody looked at the coverage, and the report says so")
  func without() throws {
    let family = try WitnessFamily(["0/1", "0/0", "0/0"], [:])
    #expect(try family.screen().status == 0)
    #expect(family.folder.names(in: "out") == Demonstration.files)
    #expect(try family.folder.text("out/report.html").contains("coverage not assessed"))
    let document = try Document(family.folder.bytes("out/candidates.json"))
    #expect((document["coverage"] as? [Any])?.isEmpty == true)
    #expect(try family.evidence().isEmpty)
  }

  @Test("With alignments: coverage of each gene in each member, gaps, depth classes, and the reads as pictures")
  func with() throws {
    let family = try WitnessFamily.solved()
    #expect(try family.screen().status == 0)
    let folder = family.folder
    #expect(folder.names(in: "out") == (Demonstration.files + Self.further).sorted())
    let table = Rows(try folder.text("out/coverage.tsv"))
    #expect(table.header.prefix(4) == ["sample", "gene", "transcript", "exon"])
    #expect(Set(table.column("sample")) == ["CHILD", "FATHER", "MOTHER"])
    #expect(Set(table.column("gene")) == ["SCN1A", "CLN3", "NPRL3"])
    #expect(table.column("exon").count { $0 == "all" } == 9)
    // SAM's chr2 is the name of the variants' contig too.
    #expect(try folder.text("out/gaps.bed").contains("chr2\t"))
    let page = try folder.text("out/report.html")
    #expect(!page.contains("coverage not assessed"))
    #expect(page.components(separatedBy: "<svg class=\"reads\"").count == 4)
    for word in ["src=", "http:", "{{"] { #expect(!page.contains(word)) }
    #expect(page.contains("Some genes of the panels were not read well enough"))
  }

  @Test(
    "candidates.json follows the published schema",
    .enabled(if: SchemaChecker.isPresent, "python3 with jsonschema not found"))
  func schema() throws {
    let schema = Array(
      try Data(contentsOf: URL(fileURLWithPath: Checkout.directory + "/Sources/Writing/Schemas/candidates.schema.json"))
    )
    var family = try WitnessFamily.solved()
    let pair = WitnessFamily.pair
    for change in pair { change.add(to: &family.variants, ["0/1", "./.", "./."], gene: "CLN3") }
    var child = MemberReads("CHILD")
    child.cover(WitnessFamily.stop, reference: 15, alternate: 15)
    child.span(pair[0], pair[1], together: 0, apart: 12)
    _ = try child.write("child", in: family.folder)
    let outcome = try family.screen()
    #expect(outcome.status == 0, "\(outcome.text)")
    let document = try family.folder.bytes("out/candidates.json")
    #expect(try SchemaChecker.faults(of: document, under: schema) == "")
    #expect(String(decoding: document, as: UTF8.self).contains("\"other_alone\": 6"))
  }

  @Test("run.json names each alignment and its index, with their checksums")
  func provenance() throws {
    let family = try WitnessFamily.solved()
    #expect(try family.screen().status == 0)
    let inputs = try #require(try Document(family.folder.bytes("out/run.json"))["inputs"] as? [[String: Any]])
    for name in ["child", "father", "mother"] {
      for (role, file) in [("alignment", name + ".bam"), ("alignment index", name + ".bam.bai")] {
        let input = try #require(inputs.first { $0["name"] as? String == file }, "\(file)")
        #expect(input["role"] as? String == role)
        let sum = try #require(try Tool.lines("sha256sum", [family.folder.file(file)]).first)
        #expect(sum.hasPrefix(try #require(input["sha256"] as? String)))
      }
    }
  }

  @Test("Contigs that the reads' header lacks are assessed neither for the sex nor for the coverage")
  func missingContigs() throws {
    let family = try WitnessFamily(["0/1", "0/0", "0/0"], [:])
    let path = try SmallAlignment(contigs: [("chr11", 135_086_622)]).bam("child", in: family.folder)
    let outcome = try family.screen(["--alignment", "CHILD=" + path])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stderr.contains("has no contig 2, 16 (SCN1A, NPRL3, CLN3)"), "\(outcome.text)")
    let quality = try family.folder.text("out/qc.json")
    #expect(quality.contains("CHILD: the file of reads has none of the autosomes that are asked"), "\(quality)")
    let rows = Rows(try family.folder.text("out/coverage.tsv"))
    #expect(!rows.rows.isEmpty && rows.column("not_assessed").allSatisfy { $0 == "no_contig" })
    #expect(rows.column("mean_depth").allSatisfy { $0 == "." })
    // Nothing was read: the page may not imply that it was.
    let page = try family.folder.text("out/report.html")
    #expect(page.contains("Coverage not assessed") && page.contains("CHILD: coverage not assessed."))
  }

  @Test("A link has its own name and the size of what it leads to")
  func links() throws {
    let family = try WitnessFamily(["0/1", "0/0", "0/0"], [:])
    var child = MemberReads("CHILD")
    child.cover(WitnessFamily.stop, reference: 15, alternate: 15)
    let path = try child.write("child", in: family.folder)
    let link = family.folder.file("link.bam")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    try FileManager.default.createSymbolicLink(atPath: link + ".bai", withDestinationPath: path + ".bai")
    #expect(try family.screen(["--alignment", "CHILD=" + link]).status == 0)
    let inputs = try #require(try Document(family.folder.bytes("out/run.json"))["inputs"] as? [[String: Any]])
    for (name, target) in [("link.bam", path), ("link.bam.bai", path + ".bai")] {
      let input = try #require(inputs.first { $0["name"] as? String == name })
      #expect(input["bytes"] as? Int == (try Data(contentsOf: URL(fileURLWithPath: target))).count)
    }
  }

  @Test("The same bytes with one thread and with two, and another time")
  func determinism() throws {
    let family = try WitnessFamily.solved()
    for (out, threads) in [("out", "1"), ("two", "2"), ("again", "2")] {
      #expect(try family.screen(["--threads", threads, "--quiet"], into: out).status == 0)
    }
    let names = try #require(family.folder.names(in: "out"))
    #expect(names.count == Demonstration.files.count + 3)
    for name in names where name != "run.json" {
      for other in ["two", "again"] {
        #expect(try family.folder.bytes(other + "/" + name) == family.folder.bytes("out/" + name), "\(name) differs")
      }
    }
    let told = try ["1", "2"].map { try family.explain("2-166002700-C-T", ["--threads", $0]).stdout }
    #expect(told[0] == told[1] && told[0].contains("fragments show it"))
  }
}
