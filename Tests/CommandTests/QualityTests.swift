import Foundation
import TestSupport
import Testing

@Suite("qc")
struct QualityTests {
  /// The demonstration with a fourth sample, a man who is nobody's relative: in turn the genotypes of sites further on.
  private static func withStranger(in folder: TemporaryFolder) throws -> String {
    let lines = try Demonstration.text().split(separator: "\n").map(String.init)
    let header = lines.filter { $0.hasPrefix("#") }
    let records = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t").map(String.init) }
    // Places that nobody shares: sites with one alternate and the same FORMAT can lend each other their calls.
    let lenders = records.indices.filter { !records[$0][4].contains(",") }
    let next = Dictionary(
      uniqueKeysWithValues: zip(lenders, lenders.dropFirst(lenders.count / 3) + lenders.prefix(lenders.count / 3)))
    let text = records.indices.map { index in
      let lender = next[index].flatMap { records[$0][8] == records[index][8] ? records[$0].last : nil }
      return (records[index] + [lender ?? "./."]).joined(separator: "\t")
    }
    let names = (header.last ?? "") + "\tSTRANGER"
    return try folder.write("four.vcf", (header.dropLast() + [names] + text).joined(separator: "\n") + "\n")
  }

  private static func pedigree(father: String, in folder: TemporaryFolder) throws -> String {
    try folder.write(
      "\(father).ped", "F\tCHILD\t\(father)\tMOTHER\t1\t2\nF\tMOTHER\t0\t0\t2\t1\nF\t\(father)\t0\t0\t1\t1\n")
  }

  @Test("The checks are a table on standard output, and the same in qc.json")
  func table() throws {
    let outcome = try Program.run(["qc", Demonstration.caseFile])
    #expect(outcome.status == 0, "\(outcome.text)")
    let rows = Rows(outcome.stdout)
    #expect(rows.header == ["check", "samples", "value", "verdict", "threshold", "message"])
    #expect(rows.rows.allSatisfy { $0.count == 6 })
    #expect(!rows.column("verdict").contains("fail"))
    let folder = try TemporaryFolder()
    #expect(try Program.run(["qc", Demonstration.caseFile, "--out", folder.file("out")]).status == 0)
    #expect(folder.names(in: "out") == ["qc.json", "qc_mqc.json"])
    let document = try Document(folder.bytes("out/qc.json"))
    let checks = try #require(document["checks"] as? [[String: Any]])
    #expect(checks.compactMap { $0["check"] as? String } == rows.column("check"))
    #expect(checks.compactMap { $0["verdict"] as? String } == rows.column("verdict"))
  }

  @Test("A stranger in the father's place is caught, and de novo can no longer be told")
  func exchangedFather() throws {
    let folder = try TemporaryFolder()
    let variants = try Self.withStranger(in: folder)
    func run(_ command: String, father: String, _ more: [String] = []) throws -> Program.Outcome {
      let pedigree = try Self.pedigree(father: father, in: folder)
      return try Program.run([command, "--vcf", variants, "--ped", pedigree, "--panel", "epilepsy"] + more)
    }
    let right = Rows(try run("qc", father: "FATHER").stdout)
    #expect(!right.column("verdict").contains("fail"))
    let wrong = Rows(try run("qc", father: "STRANGER").stdout)
    let failed = wrong.rows.filter { $0[3] == "fail" }.map { "\($0[0]) \($0[1])" }
    #expect(failed.contains("relatedness CHILD,STRANGER"), "\(failed)")
    #expect(failed.contains { $0.hasPrefix("mendelian_errors") }, "\(failed)")
    for (father, isTold) in [("FATHER", true), ("STRANGER", false)] {
      let explained = try run("explain", father: father, ["--variant", "9-127675855-C-T"])
      #expect(explained.stdout.contains("de_novo: PASS") == isTold, "\(explained.text)")
      #expect(explained.stdout.contains("de_novo: POSSIBLE, not evaluable") == !isTold, "\(explained.text)")
    }
  }

  @Test("Names exchanged between child and father are caught")
  func exchangedNames() throws {
    let folder = try TemporaryFolder()
    let text = try Demonstration.text().replacingOccurrences(
      of: "\tCHILD\tMOTHER\tFATHER\n", with: "\tFATHER\tMOTHER\tCHILD\n")
    let variants = try folder.write("exchanged.vcf", text)
    let outcome = try Program.run(["qc", "--vcf", variants, "--ped", Demonstration.pedigree, "--panel", "epilepsy"])
    #expect(outcome.status == 0)
    #expect(Rows(outcome.stdout).rows.contains { $0[1].contains("MOTHER") && $0[3] == "fail" }, "\(outcome.text)")
  }
}
